import json
import re

from datacontract import contract
from datacontract.context import using
from notebookcollection import headings


def test_no_heading_is_translated_but_those_there_are(root):
    notebooks = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (root / "notebooks").glob("*.ipynb")}
    cells = [
        (name, cell["id"])
        for name, notebook in notebooks.items()
        for cell in notebook["cells"]
        if cell["cell_type"] == "markdown" and "".join(cell["source"]).startswith("#")
    ]
    page = (root / "notebooks" / "site" / "index.md").read_text(encoding="utf-8")
    of_page = {
        "index#" + re.sub(r"\W+", "-", h.lower()).strip("-") for h in re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    }
    settings = (root / "notebooks" / "collection.toml").read_text(encoding="utf-8")
    for language in ("ru", "kk"):
        codes = set(contract.distinct("labels.code", {"kind": "heading", "language": language}))
        used = {code for name, cell in cells for code in (f"{name}#{cell}", cell) if code in codes}
        assert codes & of_page
        assert [c for c in codes - used - of_page if f'name = "{c}"' not in settings] == []


def test_headings_of_notebooks_and_pages(root):
    text = (root / "notebooks" / "05_ties.ipynb").read_text(encoding="utf-8")
    page = "# Report\n\n## What it finds\n\nprose\n"
    assert headings.of_notebook(text, "05_ties") == text
    assert headings.of_page(page, "index") == page
    with using(language="ru"):
        cells = {c["id"]: "".join(c["source"]) for c in json.loads(headings.of_notebook(text, "05_ties"))["cells"]}
        assert headings.of_page(page, "index") == '# Report\n\n## <span lang="ru">Результаты</span>\n\nprose\n'
    assert cells["title"].startswith('# <span lang="ru">5 Отношения в парах государств</span>\n\n**Do')
    assert cells["limits"].startswith('## <span lang="ru">Ограничения</span>')
