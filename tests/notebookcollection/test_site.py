import base64
import csv
import hashlib
import importlib
import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import unquote, urlsplit

import nbformat
import pandas as pd
import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from PIL import Image

from centralasia import using
from centralasia.figures import Drawing, figure
from datacontract import contract
from datacontract.phrases import dates_in_words, unbroken
from datacontract.words import MarkdownText
from notebookcollection.collection import CollectionError, find
from notebookcollection.publishing import bundles, site
from notebookcollection.publishing.figures import FigureMetadata
from notebookcollection.publishing.images import write_pngs


@pytest.fixture(scope="module")
def stored(root):
    project = find(root / "notebooks")
    return {name: project.path(name).read_text() for name in project.notebooks}


@pytest.fixture(scope="module")
def pages(built):
    return {
        p.relative_to(built).as_posix(): BeautifulSoup(p.read_text(), "html.parser")
        for p in built.rglob("*.html")
        if "_static" not in p.parts
    }


pytestmark = pytest.mark.slow


def test_the_front_page_says_each_finding_how_sure_it_is_with_a_picture_and_where_it_comes_from(pages):
    article = pages["index.html"].article
    findings = article.select("div.finding")
    assert 4 <= len(findings) <= 6
    for finding in findings:
        assert re.search(r"(Firm|Likely|Open): ", finding.get_text(" ", strip=True))
        assert finding.img["alt"]
        assert finding.find_next("a", href=re.compile(r"^\d\d_\w+\.html")), "no link to a chapter"
    caveat = article.select_one(".admonition")
    assert "was read" in caveat.get_text(" ", strip=True)
    assert caveat.find_next("h2").get_text().startswith("What it finds"), "the caveat stands before the findings"
    assert {"data/all.zip", "data/all.xlsx"} <= {a["href"] for a in article.select("a[download]")}


def test_the_list_of_chapters_says_what_each_asks(pages):
    entries = [li for li in pages["index.html"].article.select("li.toctree-l1") if li.a.get_text()[:1].isdigit()]
    assert len(entries) >= 10
    for entry in entries:
        asked = entry.get_text().removeprefix(entry.a.get_text())
        assert asked.endswith("?")
        assert asked in pages[entry.a["href"]].article.get_text()


def test_no_reader_meets_a_key_a_claim_number_a_reading_code_or_the_name_of_a_table(pages, root):
    def column(table, name):
        with (root / "data" / f"{table}.csv").open(encoding="utf-8") as file:
            return {row[name] for row in csv.DictReader(file)}

    ours = {key for key in column("sources", "source_key") if re.search(r"\d", key)} | column("claims", "claim_id")
    ours |= {code for code in column("readings", "reading") if "_" in code}
    ours |= {path.stem for path in (root / "data").glob("*.csv") if "_" in path.stem}
    for name, soup in pages.items():
        if name == "data/codebook.html":
            continue
        article = BeautifulSoup(str(soup.article or ""), "html.parser")
        for technical in article.select("details.hide, details.settings, pre, code, a.external"):
            technical.decompose()
        said = article.get_text(" ") + " ".join(image.get("alt", "") for image in article.select("img"))
        assert set(re.findall(r"\w+", said)) & ours == set(), name


def test_captions_lead_to_the_references_of_their_sources(pages):
    for name in ("05_ties.html", "pair_KAZ-TKM.html"):
        links = pages[name].select("figcaption a.citation")
        assert links
        assert all(len(link["title"]) > len(link.get_text()) for link in links), "the reference in full"
        listed = {tag["id"] for tag in pages[name].select("details.sources [id]")}
        assert any(link["href"].removeprefix("#") in listed for link in links)


def test_no_page_shows_an_empty_figure_and_tables_of_pairs_lead_to_their_pages(pages):
    for name, soup in pages.items():
        assert not soup.select("article img[alt^='Nothing is drawn here']"), name
    assert {a["href"] for a in pages["10_together.html"].select("th a[href]")} >= {"pair_KAZ-TKM.html"}


def test_every_notebook_has_a_page_in_the_navigation(pages, stored):
    linked = {a["href"] for a in pages["index.html"].select("nav a[href]")}
    for name in stored:
        if name[0].isdigit():
            assert f"{name}.html" in pages
            assert f"{name}.html" in linked


@pytest.mark.parametrize(("kind", "n", "one"), [("pair_", 10, "Kazakhstan–Turkmenistan"), ("state_", 5, "Uzbekistan")])
def test_every_pair_and_every_state_has_a_page_of_its_own_name(pages, kind, n, one):
    titles = [soup.h1.get_text() for name, soup in pages.items() if name.startswith(kind)]
    assert len(titles) == n
    assert any(title.startswith(one) for title in titles)
    assert len(set(titles)) == len(titles)


def test_links_and_images_lead_somewhere(pages, built):
    for page, soup in pages.items():
        ids = {tag["id"] for tag in soup.select("[id]")}
        for tag, key in [
            *((a, "href") for a in soup.select("a[href], link[href]")),
            *((t, "src") for t in soup.select("[src]")),
        ]:
            parts = urlsplit(tag[key])
            if parts.scheme in ("http", "https", "mailto", "data"):
                continue
            target = (built / page).parent / unquote(parts.path) if parts.path else built / page
            assert target.exists(), f"{page}: {tag[key]}"
            if not parts.path and parts.fragment:
                assert parts.fragment in ids, f"{page}: {tag[key]}"


def test_no_page_asks_another_host(pages, built):
    for page, soup in pages.items():
        for tag in soup.select(
            "script[src], img[src], iframe[src], link[rel=stylesheet], link[rel=preload], source[src]"
        ):
            address = tag.get("src") or tag.get("href")
            assert not urlsplit(address).netloc, f"{page}: {address}"
    for style in built.rglob("*.css"):
        for address in re.findall(r"url\(([^)]*)\)", style.read_text(errors="replace")):
            assert not address.strip("'\"").startswith(("http", "//")), f"{style.name}: {address}"


def test_every_figure_has_a_caption_and_its_description(pages, stored):
    for name, text in stored.items():
        if f"{name}.html" not in pages:
            continue
        described = [
            o["metadata"]["figure"]
            for c in json.loads(text)["cells"]
            for o in c.get("outputs", [])
            if "figure" in o.get("metadata", {})
        ]
        figures = pages[f"{name}.html"].select("article figure")
        assert [f.img["alt"] for f in figures] == [dates_in_words(d["alt"]) for d in described]
        for found, said in zip(figures, described, strict=True):
            caption = found.figcaption.get_text().strip()
            assert caption.startswith("Fig.")
            assert unbroken(dates_in_words(said["caption"])).split(".")[0] in caption


def test_every_figure_can_be_downloaded_with_its_data(pages, built):
    page = pages["01_priority_hierarchy.html"]
    links = {a.get_text(" ", strip=True): built / unquote(a["href"]) for a in page.select("article a.download")}
    data = [path.read_text() for path in (built / "figures").glob("01_priority_hierarchy-*.csv")]
    assert len(data) == len(page.select("article figure"))
    assert any(text.startswith("document_id,reading,list,rank,actor") for text in data)
    assert links["Data (CSV)"].read_text() in data
    assert links["PNG"].read_bytes().startswith(b"\x89PNG")
    assert json.loads(links["This notebook, executed"].read_text())["nbformat"] == 4


def test_tables_say_what_their_headers_head(pages):
    headers = pages["01_priority_hierarchy.html"].select("article table th")
    assert len(headers) > 20
    assert {h.get("scope") for h in headers} == {"col", "row"}


def test_pages_have_language_title_and_one_main_heading(pages):
    for page, soup in pages.items():
        assert soup.html["lang"] == "en", page
        assert soup.title.get_text(strip=True), page
        assert len(soup.select("h1")) == 1, page


def test_search_index_knows_the_words(built):
    assert "hierarchi" in (built / "searchindex.js").read_text()


def test_no_page_shows_a_date_in_digits(pages):
    """But for the address of a source, the code and the command line, and the pages on the tables themselves."""
    shown = re.compile(r"(?<![\w/=?-])[12]\d{3}-[01]\d-[0-3]\d(?![\w/-])")
    for name, page in pages.items():
        if re.match(r"((ru|kk)/)?(data/codebook|add_data|many_runs|cite)", name):
            continue
        article = BeautifulSoup(str(page.article or page), "html.parser")
        for part in article.select("pre, code, script, a.reference.external"):
            part.decompose()
        texts = [article.get_text(" "), *(image["alt"] for image in article.select("img[alt]"))]
        assert not [found for text in texts for found in shown.findall(text)], name


def _published(target, text):
    """A report of one page, put in place of `target`."""
    work = target.parent / f".{target.name}-{text}"
    (work / "html").mkdir(parents=True)
    (work / site.MARK).touch()
    (work / "html" / "index.html").write_text(text)
    site.publish(work / "html", target)


def test_a_place_may_be_named_from_here_and_the_report_from_the_root(tmp_path, monkeypatch):
    """From Python 3.12 on the folders that are made for a while have absolute paths, whatever is asked for."""
    monkeypatch.chdir(tmp_path)
    _published(Path("site"), "before")
    work = tmp_path / ".site-after"
    (work / "html").mkdir(parents=True)
    (work / site.MARK).touch()
    (work / "html" / "index.html").write_text("after")
    site.publish(work / "html", Path("site"))
    assert Path("site", "index.html").read_text() == "after"
    assert [path.name for path in tmp_path.glob(".site-*")] == [".site-after"]


def test_a_report_that_fails_leaves_the_last_one_and_says_where(project, monkeypatch):
    """Warnings name the cell of the notebook and the page of the settings, not files of the renderer, without colours."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    target, collection = project / "site", find(project / "notebooks")
    _published(target, "before")
    broken = json.loads((project / "notebooks" / "one.ipynb").read_text())
    broken["cells"].append({"cell_type": "markdown", "id": "last", "metadata": {}, "source": "a\n\n[x](nowhere.md)"})
    (project / "broken.ipynb").write_text(json.dumps(broken))
    index = project / "notebooks" / "site" / "index.md"
    index.write_text(index.read_text() + "\n\n[nor](here.md)\n")
    notebooks = {"one": project / "broken.ipynb", "two": collection.path("two")}
    with using(project / "data"), pytest.raises(CollectionError, match="could not be rendered") as error:
        site.render(notebooks, collection, target)
    told = [line for line in str(error.value).splitlines() if "not found: '" in line]
    line = len(index.read_text().splitlines())
    assert {text.partition(" WARNING")[0] for text in told} == {
        "one.ipynb, cell 5 (last), line 3:",
        f"{index}:{line}:",
    }
    assert (target / "index.html").read_text() == "before"
    left = {path.name for path in project.iterdir() if path.name.startswith((".", "site"))}
    assert left == {".site-before", ".site.work", "site"}
    assert not (project / ".site.work" / "whole").exists(), "the next report begins anew"


def _tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _executed(project, name, *figures):
    executed = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(f"# {name}", id="title"), *figures])
    executed.metadata["language_info"] = {"name": "python", "pygments_lexer": "ipython3"}
    (project / f"{name}.ipynb").write_text(nbformat.writes(executed))
    return project / f"{name}.ipynb"


def test_only_pages_that_changed_are_rendered_and_the_report_is_as_if_all_were(project):
    collection, target = find(project / "notebooks"), project / "site"
    one = _executed(project, "one", _figure_cell("seen", "Title", "Described.", "A caption."))
    notebooks = {"one": one, "two": _executed(project, "two")}
    with using(project / "data"):
        site.render(notebooks, collection, target)
        rendered = {path.name: path.stat().st_mtime_ns for path in (project / ".site.work" / "html").glob("*.html")}
        _executed(project, "one", _figure_cell("seen", "Title", "Drawn anew.", "A caption."))
        site.render(notebooks, collection, target)
        again = {path.name: path.stat().st_mtime_ns for path in (project / ".site.work" / "html").glob("*.html")}
        assert again["one.html"] > rendered["one.html"]
        assert again["two.html"] == rendered["two.html"], "a page that did not change was rendered"
        assert "Drawn anew." in (target / "one.html").read_text()
        step_by_step = _tree(target)
        shutil.rmtree(project / ".site.work")
        site.render(notebooks, collection, target)
        assert _tree(target) == step_by_step
        (project / "notebooks" / "site" / "index.md").write_text(
            (project / "notebooks" / "site" / "index.md").read_text().replace("# Report", "# The report")
        )
        site.render(notebooks, collection, target)
        assert (project / ".site.work" / "html" / "two.html").stat().st_mtime_ns > again["two.html"], "all share it"


def test_a_png_is_made_of_an_svg_and_made_again_only_when_that_changed(tmp_path):
    svg = tmp_path / "a.svg"
    svg.write_text('<svg xmlns="http://www.w3.org/2000/svg" width="72pt" height="36pt"><path d="M0 0h9v9z"/></svg>')
    write_pngs(tmp_path)
    image = tmp_path / "a.png"
    assert Image.open(image).size == (144, 72)
    made = image.stat().st_mtime_ns
    write_pngs(tmp_path)
    assert image.stat().st_mtime_ns == made
    (tmp_path / "a.txt").write_text("Source: Orient, undated. A collection.")
    svg.write_text(svg.read_text().replace("72pt", "144pt"))
    write_pngs(tmp_path)
    with_line = Image.open(image)
    assert with_line.width == 288
    assert with_line.height > 72 + 15, "the source line stands below the drawing"
    assert min(with_line.crop((0, 72, 288, with_line.height)).convert("L").tobytes()) < 128
    svg.write_text("<svg")
    with pytest.raises(CollectionError, match="an image of the report could not be made"):
        write_pngs(tmp_path)


def test_a_new_report_takes_the_place_of_the_old(tmp_path):
    target = tmp_path / "site"
    target.mkdir()
    (target / "ro-crate-metadata.json").write_text("{}")  # a copy of a report, which is no link
    for text in ("one", "two", "three"):
        _published(target, text)
        assert (target / "index.html").read_text() == text
        assert sorted(p.name for p in tmp_path.iterdir()) == [f".site-{text}", "site"], "earlier ones are removed"


def test_foreign_folders_stay_and_marked_ones_of_killed_reports_go(tmp_path):
    (tmp_path / ".site-notes").mkdir()
    (tmp_path / ".site-notes" / "thesis.txt").write_text("a year of work")
    (tmp_path / ".site-killed").mkdir()
    (tmp_path / ".site-killed" / site.MARK).touch()
    _published(tmp_path / "site", "new")
    assert sorted(p.name for p in tmp_path.iterdir()) == [".site-new", ".site-notes", "site"]
    assert (tmp_path / ".site-notes" / "thesis.txt").read_text() == "a year of work"


def test_a_folder_that_is_no_report_is_not_replaced(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "conf.py").write_text("settings")
    with pytest.raises(CollectionError, match="site is a folder that holds no report; move it away"):
        _published(tmp_path / "site", "new")
    assert (tmp_path / "site" / "conf.py").read_text() == "settings"
    (tmp_path / "link").symlink_to("site")
    with pytest.raises(CollectionError, match="link is a link that was not made by a report"):
        _published(tmp_path / "link", "new")


@pytest.mark.parametrize("links", [True, False], ids=["build folder", "report alone"])
def test_a_report_that_is_copied_elsewhere_works(tmp_path, links):
    _published(tmp_path / "build" / "site", "kept")
    if links:
        shutil.copytree(tmp_path / "build", tmp_path / "elsewhere", symlinks=True)
    else:
        shutil.copytree(tmp_path / "build" / "site", tmp_path / "elsewhere" / "site")
    shutil.rmtree(tmp_path / "build")
    assert (tmp_path / "elsewhere" / "site" / "index.html").read_text() == "kept"


def test_a_subscript_of_an_accented_letter_stands_beside_it(built):
    """docutils would set it under the letter, as if it were the bound of a sum."""
    page = BeautifulSoup((built / "methods.html").read_text(), "html.parser")
    assert page.find("mover", accent="true")
    assert [str(found) for found in page.find_all("munderover") if found.find_all("mo")[-1].get_text() in "ˆ˜ˉ~^"] == []


def test_the_policy_of_every_page_names_its_scripts_and_no_other(pages):
    for page, soup in pages.items():
        scripts = [s.string for s in soup.find_all("script", src=False) if s.get("type") != "application/ld+json"]
        digests = {base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts}
        policy = soup.select_one('meta[http-equiv="Content-Security-Policy"]')["content"]
        assert set(re.findall(r"'sha256-([^']+)'", policy)) == digests, page


def test_what_the_formulas_use_of_docutils_is_there():
    """It is no public part: where this fails, docutils has moved it, and `publishing/formulas.py` has to follow."""
    from docutils.utils.math.latex2mathml import tex2mathml

    for block in (False, True):
        found = BeautifulSoup(tex2mathml(r"\frac{a_1}{b}", as_block=block), "html.parser").math
        assert [tag.name for tag in found.mfrac.find_all(["mi", "mn"])] == ["mi", "mn", "mi"]
        assert (found.get("display") == "block") == block


def _figure_cell(identifier, title, alt, caption):
    @figure
    def draw(canvas):
        canvas.subplots().plot([1, 2])
        return Drawing(title, alt, caption, pd.DataFrame({"a": [1]}))

    data, metadata = draw()._repr_mimebundle_()
    assert {"title", "caption", "alt"} <= set(metadata["figure"]) <= set(FigureMetadata.__annotations__)
    output = nbformat.v4.new_output("display_data", data, metadata=metadata)
    return nbformat.v4.new_code_cell("draw()", id=identifier, outputs=[output])


def _language(tag):
    return next(above["lang"] for above in (tag, *tag.parents) if above.get("lang"))


def test_each_part_of_a_figure_is_marked_with_its_own_language(project):
    russian, plain = MarkdownText("Описание рисунка.", "ru"), "A caption in English."
    cells = [_figure_cell("seen", russian, russian, plain), _figure_cell("heard", "Title", "Described.", russian)]
    _executed(project, "one", *cells)
    _executed(project, "two")
    with (project / "notebooks" / "site" / "index.md").open("a") as index:
        index.write("\n<!-- begin one#seen a.svg -->\n<!-- end -->\n\n<!-- begin one#heard b.svg -->\n<!-- end -->\n")
    collection = find(project / "notebooks")
    with using(project / "data"):
        site.render({name: project / f"{name}.ipynb" for name in ("one", "two")}, collection, project / "site")
    page, front = (
        BeautifulSoup((project / "site" / f"{name}.html").read_text(), "html.parser") for name in ("one", "index")
    )
    seen, heard = page.select("figure")
    assert (seen.img["alt"], _language(seen.img)) == (russian, "ru")
    assert _language(seen.figcaption.find(string=re.compile("English")).parent) == "en"
    assert (heard.img["alt"], _language(heard.img)) == ("Described.", "en")
    assert _language(heard.figcaption.find(string=re.compile("Описание")).parent) == "ru"
    assert {_language(tag) for tag in page.select("summary, figcaption, a.download, pre")} == {"en"}
    assert [_language(image) for image in front.select("img")] == ["ru", "en"]


def test_a_fraction_in_a_formula_says_what_it_divides(root):
    """The writer of formulas takes all digits after a fraction without braces for its numerator."""
    for path in [*(root / "notebooks" / "site").glob("*.md"), *(root / "locale").rglob("*.po")]:
        assert not re.findall(r"frac(?![{a-z]).{12}", path.read_text(encoding="utf-8")), path.name


def test_every_function_that_the_methods_name_exists(root):
    page = (root / "notebooks" / "site" / "methods.md").read_text(encoding="utf-8")
    named = re.findall(r"`(centralasia[\w.]*)`", page)
    assert len(named) > 20
    for address in named:
        module, _, function = address.rpartition(".")
        assert callable(getattr(importlib.import_module(module), function, None)), address
    # No measure is described without naming what computes it.
    assert all("`centralasia." in measure for measure in page.split("\n### ")[1:])


def test_all_data_are_offered_as_one_zip_and_one_workbook(root, tmp_path, edit):
    with using(edit("ties.csv", "treaty of friendship, cooperation", "=1+1 of friendship, cooperation")):
        small = {name: contract.tables()[name] for name in ("ties", "actors", "sources")}
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bundles, "codebook", lambda: "# Codebook")
            patch.setattr(contract, "tables", lambda: small)
            bundles.write_bundles(tmp_path / "one")
            bundles.write_bundles(tmp_path / "two")
            (tmp_path / "two" / "all.xlsx").unlink()  # what is missing is made again
            bundles.write_bundles(tmp_path / "two")
        made = [{path.name: path.read_bytes() for path in (tmp_path / n).iterdir()} for n in ("one", "two")]
        assert made[0] == made[1], "the same bytes for the same data"
        names = zipfile.ZipFile(tmp_path / "one" / "all.zip").namelist()
        assert {"ties.csv", "datapackage.json", "README.md"} <= set(names)
        book = load_workbook(tmp_path / "one" / "all.xlsx")
        assert book.sheetnames == list(small)
        _, *rows = book["ties"].values
        assert len(rows) == len(contract.rows("ties"))
        cells = [cell for row in book["ties"].rows for cell in row if str(cell.value).startswith("=1+1")]
        assert cells
        assert {cell.data_type for cell in cells} == {"s"}, "text, and no formula"
