"""What Sphinx reads to make the report: settings, texts with their excerpts, data pages, notebooks made ready."""

import json
import shutil

from datacontract import context, contract
from datacontract import sources as references
from datacontract.codebook import codebook
from notebookcollection import headings
from notebookcollection.collection import Run
from notebookcollection.publishing.citation import FILE, citation_of, how_to_cite
from notebookcollection.publishing.excerpts import fill
from notebookcollection.publishing.made_with import made_with
from notebookcollection.publishing.markdown import inert
from notebookcollection.publishing.pages import SOURCE, prepared

SETTINGS_FOLDER = "site"  # in the folder of the notebooks: conf.py, index.md, style
_CONTRIBUTING = "CONTRIBUTING.md"  # of the project, above the notebooks


def stage(notebooks, collection, folder, titles, sources="data/sources.html"):
    """Lays out what Sphinx reads in `folder`, which is made; `sources` is the address of the list of sources."""
    shutil.copytree(collection.folder / SETTINGS_FOLDER, folder)
    _stage_project(folder, collection.folder.parent)
    for text in folder.glob("*.md"):
        page = headings.of_page(text.read_text(encoding="utf-8"), text.stem)
        filled, images = fill(page, notebooks, text.name)
        text.write_text(filled, encoding="utf-8")
        for name, image in images.items():
            (folder / name).write_text(image, encoding="utf-8")
    _stage_data(folder)
    downloads = folder / "downloads"
    downloads.mkdir()
    runs = {run.name: run for run in collection.runs()}
    for name, text in notebooks.items():
        (downloads / f"{name}.ipynb").write_text(text, encoding="utf-8")
        made = made_with(runs.get(name) or Run(name, name), collection)
        page = prepared(text, name, downloads, titles.get(name), made, sources)
        (folder / f"{name}.ipynb").write_text(page, encoding="utf-8")


def _stage_project(folder, project):
    """Texts of the project that pages include: how to cite, made from the citation file, and how to contribute."""
    target = folder / "project"
    target.mkdir()
    if citation := citation_of(project):
        (target / "cite.md").write_text(how_to_cite(citation), encoding="utf-8")
        shutil.copy(project / FILE, target)
    if (project / _CONTRIBUTING).is_file():
        text = (project / _CONTRIBUTING).read_text(encoding="utf-8")
        (target / _CONTRIBUTING).write_text(text.replace("(data/README.md)", "(data/codebook.md)"), encoding="utf-8")


def _stage_data(folder):
    """The codebook and the list of sources as pages, with the files that they offer."""
    origin, target = context.data_folder(), folder / "data"
    target.mkdir()
    for file in contract.files():
        shutil.copy(origin / file, target / file)
    (target / "codebook.md").write_text(codebook(), encoding="utf-8")
    every = references.sources()
    (target / "sources.bib").write_text(references.bibtex(every) + "\n", encoding="utf-8")
    (target / "sources.json").write_text(
        json.dumps(references.csl(every), indent=1, ensure_ascii=False), encoding="utf-8"
    )
    offer = "All of them as [BibTeX](sources.bib), [CSL-JSON](sources.json) or [CSV](sources.csv)."
    listed = SOURCE.sub(r'- <span id="source-\1"></span>**\1** ', inert(references.markdown(every)))
    page = f"# Sources\n\n{len(every)} sources, by key. {offer}\n\n{listed}\n"
    (target / "sources.md").write_text(page, encoding="utf-8")
