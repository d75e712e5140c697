"""The report for machines: how to cite it, schema.org metadata, an RO-Crate that names what it holds, a sitemap."""

import itertools
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import yaml

from datacontract import context, contract, sources
from datacontract.files import write_if_changed
from datacontract.language import _, ngettext
from datacontract.words import capitalised
from notebookcollection.collection import Collection
from notebookcollection.publishing import bundles
from notebookcollection.publishing.figures import FIGURES, figure_metadata

if TYPE_CHECKING:
    from rocrate.rocrate import ROCrate

__all__ = ["CITATION", "CITATION_TEXTS", "citation", "copy_data", "dataset_element", "how_to_cite", "write_metadata"]

CITATION = "CITATION.cff"
CITATION_TEXTS = ("message", "abstract")  # in the language of the reader
CRATE = "ro-crate-metadata.json"
_MEDIA = {"csv": "text/csv", "svg": "image/svg+xml", "png": "image/png"}


def citation(project: Path) -> dict[str, Any]:
    r"""What the citation file of a project folder says; empty where there is none.

    >>> import pathlib, tempfile
    >>> from notebookcollection.publishing.metadata import citation
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     before = citation(project := pathlib.Path(folder))
    ...     _ = (project / "CITATION.cff").write_text("title: Ties\nversion: 1.0.0\n")
    ...     before, citation(project)
    ({}, {'title': 'Ties', 'version': '1.0.0'})
    """
    path = project / CITATION
    return dict(yaml.safe_load(path.read_text(encoding="utf-8"))) if path.is_file() else {}


def how_to_cite(said: Mapping[str, Any]) -> str:
    """A reference and its BibTeX entry, in Markdown, from what a ``CITATION.cff`` says.

    >>> from notebookcollection.publishing.metadata import how_to_cite
    >>> said = {"title": "Ties", "version": "1.0.0", "date-released": "2026-11-26", "license": "MIT"}
    >>> said |= {"authors": [{"name": "the contributors"}], "message": "Please cite it.", "abstract": "Who signs."}
    >>> print(how_to_cite(said).splitlines()[2])
    > The contributors (2026). *Ties* (version 1.0.0).
    """
    authors = [a.get("name") or f"{a['given-names']} {a['family-names']}" for a in said["authors"]]
    year, version, title = str(said["date-released"])[:4], said["version"], said["title"]
    address = said.get("doi") or said.get("url") or said.get("repository-code") or ""
    reference = f"{capitalised(', '.join(authors))} ({year}). *{title}* (version {version}). {address}".rstrip()
    fields = {"author": " and ".join(f"{{{author}}}" for author in authors), "title": f"{{{title}}}", "year": year}
    fields |= {"version": version, "url": address}
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    key = re.split(r"\W", title)[0]
    licences = said["license"] if isinstance(said["license"], list) else [said["license"]]
    message, abstract = (_(said[key])._repr_markdown_() for key in CITATION_TEXTS)
    licensed = ngettext("Licence: {names}.", "Licences: {names}.", len(licences), names=licences)
    return f"{message}\n\n> {reference}\n\n```bibtex\n@software{{{key}{body}\n}}\n```\n\n{abstract}\n\n{licensed}\n"


def dataset_element() -> str:
    """The script element with the schema.org Dataset of the data, for the head of the front page.

    >>> import json
    >>> from notebookcollection.publishing.metadata import dataset_element
    >>> begin, *text, end = dataset_element().splitlines()
    >>> begin, json.loads("".join(text))["distribution"][0]["contentUrl"], end
    ('<script type="application/ld+json">', 'data/sources.csv', '</script>')
    """
    package = contract.contract()
    files = [(resource["title"], resource["path"], resource["mediatype"]) for resource in package["resources"]]
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": [{"@type": "Organization", "name": maker["title"]} for maker in package["contributors"]],
        "variableMeasured": [title for title, _, _ in files],
        "distribution": [
            {"@type": "DataDownload", "name": title, "contentUrl": f"data/{path}", "encodingFormat": media}
            for title, path, media in files
        ],
    }
    # "</script>" would end the element.
    text = json.dumps(dataset, ensure_ascii=False, indent=1).replace("<", "\\u003c")
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def copy_data(folder: Path) -> None:
    """Copies the files of the data folder into `folder`, under the names that the contract gives them.

    >>> import json, pathlib, tempfile
    >>> from datacontract.context import using
    >>> from notebookcollection.publishing.metadata import copy_data
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     contract = {"resources": [{"name": "borders", "path": "borders.geojson"}]}
    ...     _ = (data := pathlib.Path(folder, "datapackage.json")).write_text(json.dumps(contract))
    ...     for name in ("borders.geojson", "notes.txt"):
    ...         data.with_name(name).touch()
    ...     with using(folder):
    ...         copy_data(data.with_name("copies"))
    ...     sorted(path.name for path in data.with_name("copies").iterdir())
    ['borders.geojson', 'datapackage.json']
    """
    for file in contract.files():
        write_if_changed(folder / file, (context.data_folder() / file).read_bytes())


def write_metadata(site: Path, notebooks: Mapping[str, Path], collection: Collection) -> None:
    """Writes into the rendered `site` its data package, its RO-Crate and, with an address, its sitemap."""
    package = contract.contract()
    moved = [resource | {"path": f"data/{resource['path']}"} for resource in package["resources"]]
    crate = _crate(site, notebooks, str(citation(collection.folder.parent).get("date-released", "")))
    described = {context.CONTRACT_FILE: package | {"resources": moved}, CRATE: crate.metadata.generate()}
    for name, content in described.items():
        (site / name).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if address := collection.settings.get("site_url"):
        pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if "_static" not in p.parts)
        lines = [f"<url><loc>{escape(address.rstrip('/'))}/{escape(page)}</loc></url>" for page in pages]
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        (site / "sitemap.xml").write_text("\n".join([head, *lines, "</urlset>\n"]), encoding="utf-8")


def _crate(site: Path, notebooks: Mapping[str, Path], published: str) -> "ROCrate":
    """The report as an RO-Crate: its files, what they rest on, and who made it."""
    from rocrate.rocrate import ROCrate  # which takes longer to import than most commands to run

    package, crate = contract.contract(), ROCrate(version="1.1")

    def add(identifier: str, kind: str, name: str, /, **more: Any) -> Any:
        known = {key: value for key, value in more.items() if value}
        return crate.add_jsonld({"@id": identifier, "@type": kind, "name": name, **known})

    def add_file(path: str, name: str, media: str, **more: Any) -> Any:
        return crate.add_file(dest_path=path, properties={"name": name, "encodingFormat": media, **more})

    root, licence = crate.root_dataset, package["licenses"][0]
    del root["datePublished"]  # which is today's
    root["name"], root["description"], root["version"] = package["title"], package["description"], package["version"]
    if published:
        root["datePublished"] = published
    root["license"] = add(licence["path"], "CreativeWork", licence["title"])
    makers = enumerate(package["contributors"], 1)
    root["author"] = [add(f"#maker-{number}", "Organization", maker["title"]) for number, maker in makers]
    for item in sources.csl(sources.sources()):
        known = {"url": item.get("URL"), "publisher": item.get("publisher"), "identifier": item.get("DOI")}
        root.append_to("citation", add(f"#source-{item['id']}", "CreativeWork", item["title"], **known))
    add_file(context.CONTRACT_FILE, "Contract of the data (Data Package)", "application/json")
    for table in package["resources"]:
        add_file(f"data/{table['path']}", table["title"], table["mediatype"], description=table["description"])
    for name, (title, media) in bundles.BUNDLES.items():
        add_file(f"data/{name}", title, media)
    offered = {p.name: p.relative_to(site).as_posix() for p in sorted(site.glob("_downloads/*/*.ipynb"))}
    for name, path in notebooks.items():
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        heading = "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")
        made = add_file(offered[f"{name}.ipynb"], f"{heading} ({name})", "application/x-ipynb+json")
        shown = [
            (c["id"], figure)
            for c in cells
            for o in c.get("outputs", [])
            if (figure := figure_metadata(o)) and not figure.get("empty")
        ]
        for (cell, figure), (ending, media) in itertools.product(shown, _MEDIA.items()):
            more = {"description": figure["caption" if ending == "csv" else "alt"], "isBasedOn": made}
            add_file(f"{FIGURES}/{name}-{cell}.{ending}", figure["title"], media, **more)
    return crate
