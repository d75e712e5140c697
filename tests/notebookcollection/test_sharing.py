"""What would stand twice in a report: copies by Sphinx, and files that are the same in every language."""

from notebookcollection.publishing.sharing import add_language, replace_copies


def _lay_out(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def _names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_pages_lead_to_figures_and_data_instead_of_copies_which_go(tmp_path):
    kept = {
        "figures/one-a.svg": "<svg>",
        "data/a.csv": "1",
        "_images/other.svg": "<svg/>",
        "_downloads/d/n.ipynb": "{}",
    }
    gone = {"_images/abc.svg": "<svg>", "_downloads/c/a.csv": "1", "_images/from_before.svg": "<svg >"}
    _lay_out(tmp_path, kept | gone)
    text = '<img src="../_images/abc.svg"><img src="../_images/other.svg"><a href="../_downloads/c/a.csv">{}</a>{}'
    page = tmp_path / "data" / "page.html"
    texts = {page: text.format("a", '<a href="../_downloads/d/n.ipynb">n</a>')}
    assert replace_copies(tmp_path, ["figures", "data"], texts)[page] == (
        '<img src="../figures/one-a.svg"><img src="../_images/other.svg"><a href="../data/a.csv">a</a>'
        '<a href="../_downloads/d/n.ipynb">n</a>'
    )
    assert _names(tmp_path) == set(kept)
    assert not (tmp_path / "_downloads" / "c").exists()


def test_a_language_takes_what_is_the_same_from_the_whole(tmp_path):
    site, other = tmp_path / "site", tmp_path / "ru"
    _lay_out(
        site, {"_static/a.css": "a", "data/a.csv": "1", "words.js": "en", "data/page.html": "en", "index.html": ""}
    )
    page = '<link href="../_static/a.css?v=1"><a href="a.csv">a</a><script src="../words.js"></script>'
    page += '<a href="../index.html#b">i</a><a href="#b">b</a><a href="https://example.org/data/a.csv">e</a>'
    own = {"words.js": "ru", "data/page.html": page, "index.html": "", "datapackage.json": "{}"}
    _lay_out(other, {"_static/a.css": "a", "data/a.csv": "1", **own})
    add_language(site, other, "ru")
    assert _names(site / "ru") == {"words.js", "data/page.html", "index.html"}
    led = page.replace("../_static/a.css", "../../_static/a.css").replace('href="a.csv"', 'href="../a.csv"')
    assert (site / "ru" / "data" / "page.html").read_text() == led
