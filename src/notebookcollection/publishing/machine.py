"""The report for machines: schema.org metadata, an RO-Crate that names what the report holds, a sitemap."""

import json
import shutil
from xml.sax.saxutils import escape

from datacontract import context, contract, sources
from notebookcollection.publishing.citation import citation_of

CRATE = "ro-crate-metadata.json"
_PROFILE = "https://w3id.org/ro/crate/1.1"
_MEDIA = {"csv": "text/csv", "svg": "image/svg+xml", "png": "image/png", "json": "application/json"}
_NOTEBOOK = "application/x-ipynb+json"


def metadata(collection):
    """The script element with the schema.org Dataset of the data, for the head of the front page."""
    package = contract.contract()
    said = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "license": package["licenses"][0]["path"],
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "creator": [{"@type": "Organization", "name": c["title"]} for c in package["contributors"]],
        "variableMeasured": [resource["title"] for resource in package["resources"]],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": resource["title"],
                "contentUrl": f"data/{resource['path']}",
                "encodingFormat": resource["mediatype"],
            }
            for resource in package["resources"]
        ],
    }
    text = json.dumps(said, ensure_ascii=False, indent=1).replace("<", "\\u003c")  # "</script>" would end the element
    return f'<script type="application/ld+json">\n{text}\n</script>\n'


def describe(site, notebooks, collection):
    """Writes into the rendered `site` the data, their data package, its RO-Crate and, with an address, its sitemap."""
    package, origin = contract.contract(), context.data_folder()
    (site / "data").mkdir(exist_ok=True)
    for file in contract.files():
        shutil.copy(origin / file, site / "data" / file)  # under the names that the contract gives them
    moved = [resource | {"path": f"data/{resource['path']}"} for resource in package["resources"]]
    _write(site / context.CONTRACT_FILE, package | {"resources": moved})
    _write(site / CRATE, {"@context": f"{_PROFILE}/context", "@graph": _graph(site, notebooks, package, collection)})
    address = collection.settings.get("site_url")
    if address:
        (site / "sitemap.xml").write_text(_sitemap(site, address), encoding="utf-8")


def _graph(site, notebooks, package, collection):
    """The entities of the crate: the descriptor, the report, its files, sources and makers."""
    makers = [{"@id": f"#maker-{i}", "@type": "Organization", "name": c["title"]} for i, c in _numbered(package)]
    licence = package["licenses"][0]
    cited = list(_sources())
    files = [*_tables(package), *_of_notebooks(site, notebooks)]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": package["title"],
        "description": package["description"],
        "version": package["version"],
        "datePublished": str(citation_of(collection.folder.parent).get("date-released", "")),
        "license": {"@id": licence["path"]},
        "author": [{"@id": maker["@id"]} for maker in makers],
        "hasPart": [{"@id": file["@id"]} for file in files],
        "citation": [{"@id": source["@id"]} for source in cited],
    }
    return [
        {
            "@id": CRATE,
            "@type": "CreativeWork",
            "about": {"@id": "./"},
            "conformsTo": {"@id": _PROFILE},
        },
        {key: value for key, value in root.items() if value},
        *files,
        *cited,
        *makers,
        {"@id": licence["path"], "@type": "CreativeWork", "name": licence["title"]},
    ]


def _numbered(package):
    return enumerate(package["contributors"], 1)


def _file(path, name, media, **more):
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": media, **more}


def _tables(package):
    """The contract and the tables of the data."""
    first = _file(context.CONTRACT_FILE, "Contract of the data (Data Package)", _MEDIA["json"])
    parts = [
        _file(f"data/{r['path']}", r["title"], r["mediatype"], description=r["description"])
        for r in package["resources"]
    ]
    return [first, *parts]


def _of_notebooks(site, notebooks):
    """The executed notebooks, and the data and images of their figures, each based on its notebook."""
    offered = {p.name: p.relative_to(site).as_posix() for p in sorted(site.glob("_downloads/*/*"))}
    for name, text in notebooks.items():
        cells, made = json.loads(text)["cells"], offered[f"{name}.ipynb"]
        heading = "".join(cells[0]["source"]).partition("\n")[0].lstrip("# ")
        yield _file(made, f"{heading} ({name})", _NOTEBOOK)
        for cell in cells:
            for output in cell.get("outputs", []):
                figure = output.get("metadata", {}).get("figure")
                for end in ("csv", "svg", "png") if figure else ():
                    told = figure["caption"] if end == "csv" else figure["alt"]
                    path = offered[f"{name}-{cell['id']}.{end}"]
                    yield _file(path, figure["title"], _MEDIA[end], description=told, isBasedOn={"@id": made})


def _sources():
    """The sources of the data as creative works, by key."""
    for item in sources.csl(sources.sources()):
        known = {"url": item.get("URL"), "publisher": item.get("publisher"), "identifier": item.get("DOI")}
        known = {key: value for key, value in known.items() if value}
        yield {"@id": f"#source-{item['id']}", "@type": "CreativeWork", "name": item["title"], **known}


def _sitemap(site, address):
    """The addresses of all pages, below the public address of the report."""
    pages = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if "_static" not in p.parts)
    lines = [f"<url><loc>{escape(address.rstrip('/'))}/{escape(page)}</loc></url>" for page in pages]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return head + "\n".join(lines) + "\n</urlset>\n"


def _write(path, content):
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
