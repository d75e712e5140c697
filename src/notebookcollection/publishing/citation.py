"""How to cite the project, from its citation file, in words and as BibTeX."""

import re

import yaml

FILE = "CITATION.cff"


def citation_of(project):
    """What the citation file of a project folder says; empty where there is none."""
    path = project / FILE
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.is_file() else {}


def how_to_cite(citation):
    """A reference and its BibTeX entry, in Markdown, from what a ``CITATION.cff`` says."""
    authors = [_name(author) for author in citation["authors"]]
    date, version, title = str(citation["date-released"]), citation["version"], citation["title"]
    address = citation.get("doi") or citation.get("url") or citation.get("repository-code")
    reference = f"{', '.join(authors)} ({date[:4]}). *{title}* (version {version})." + (
        f" {address}" if address else ""
    )
    fields = {
        "author": " and ".join(f"{{{author}}}" for author in authors),
        "title": f"{{{title}}}",
        "year": date[:4],
        "version": version,
        "url": address,
    }
    body = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    key = re.match(r"\w+", title)[0]
    licences = citation["license"] if isinstance(citation["license"], list) else [citation["license"]]
    return (
        f"{citation['message']}\n\n> {reference}\n\n```bibtex\n@software{{{key}{body}\n}}\n```\n\n"
        f"{citation['abstract']}\n\nLicences: {' and '.join(licences)}.\n"
    )


def _name(author):
    return author.get("name") or f"{author['given-names']} {author['family-names']}"
