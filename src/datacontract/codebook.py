"""The codebook: the contract as a page for people, so that ``data/README.md`` can never say something else."""

import re
from collections import Counter

from datacontract import contract
from datacontract.allowed import allowed
from datacontract.contract import Field, Resource
from datacontract.words import join_list, plain, pluralize

__all__ = ["CODEBOOK", "codebook"]

CODEBOOK = "README.md"
_HEAD = """# Codebook

{description}

This page is generated from [datapackage.json](datapackage.json), the contract of the data, by `centralasia codebook`;
do not edit it. `centralasia check` says whether the tables keep the contract.
"""
_NOTES = {
    "coverage": "Coverage",
    "missing": "Missing values",
    "gaps": "Known gaps",
    "reliability": "Reliability",
    "adding": "Adding a row",
}


def codebook() -> str:
    """The text of the codebook of the data folder, in Markdown.

    >>> import json, pathlib, tempfile
    >>> from datacontract import codebook, context
    >>> borders = {"name": "borders", "path": "borders.geojson", "description": "Outlines of states."}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "datapackage.json").write_text(json.dumps({"resources": [borders]}))
    ...     with context.using(folder):
    ...         print(codebook.codebook().strip().splitlines()[-1])
    Outlines of states.
    """
    package = contract.contract()
    parts = [_HEAD.format(description=package.get("description", ""))]
    if conventions := package.get("conventions"):
        parts += ["Rules that hold everywhere:\n", *(f"- {convention}" for convention in conventions), ""]
    parts.append("## Tables\n\n| table | one row is | rows |\n| --- | --- | ---: |")
    for resource in package["resources"]:
        what = re.split(r"[.?:;] ", resource.get("description", ""))[0].removeprefix("One row is ").rstrip(".")
        rows = len(contract.rows(resource["name"])) if "schema" in resource else ""
        parts.append(f"| [{resource['name']}](#{resource['name']}) | {_cell(what)} | {rows} |")
    parts += [_section(resource) for resource in package["resources"]]
    return "\n".join(parts) + "\n"


def _section(resource: Resource) -> str:
    notes = resource.get("notes", {})
    lines = [
        f"\n## {resource['name']}\n",
        f"**{resource.get('title', resource['name'])}** ([{resource['path']}]({resource['path']}))\n",
    ]
    lines.append(resource.get("description", "") + "\n")
    if "schema" in resource:
        lines += ["| column | type | meaning | allowed |", "| --- | --- | --- | --- |"]
        lines += [_field(field) for field in resource["schema"]["fields"]]
        lines.append(f"\nKey: {', '.join(f'`{k}`' for k in resource['schema']['primaryKey'])}.")
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"] or resource["name"]
            lines.append(f"`{key['fields'][0]}` refers to `{key['reference']['fields'][0]}` of [{target}](#{target}).")
    lines += [f"\n*{word}.* {notes[name]}" for name, word in _NOTES.items() if notes.get(name)]
    if "known" in resource:
        lines += [f"\n*How much is known.* {_known(resource)}", f"\n*Looked up again.* {_verified(resource['name'])}"]
    licences = ", ".join(licence.get("title", "") for licence in resource.get("licenses", []))
    sources = "; ".join(source.get("title", "") for source in resource.get("sources", []))
    named = [f"*{word}.* {said}." for word, said in (("Licence", licences), ("Sources", sources)) if said]
    return "\n".join([*lines, *(["", *named] if named else [])])


def _known(resource: Resource) -> str:
    """In how many rows the columns that the contract calls ``known`` are filled in, and how sure those rows are."""
    rows = contract.rows(resource["name"])
    parts = [f"`{column}` in {sum(bool(row[column]) for row in rows)}" for column in resource["known"]]
    sure = Counter(row.get("confidence", "") for row in rows)
    levels = [f"{level} in {sure[level]}" for level in ("high", "medium", "low")]
    return f"Of {pluralize(len(rows), 'row')}: {', '.join([*parts, f'confidence {join_list(levels)}'])}."


def _verified(table: str) -> str:
    """What came of the facts of a table that were looked up again, those drawn at random apart from the rest."""
    about = contract.contract().get("verification", {})
    known = about.get("resource") in contract.tables()
    rows = [row for row in contract.rows(about["resource"]) if row.get("table") == table] if known else []
    parts = []
    for random in (True, False):
        own = [row for row in rows if (row.get("sample") == about["random"]) is random]
        counts = sorted(Counter(row.get("verdict", "") for row in own).items())
        verdicts = join_list(f"{n} {plain(verdict)}" for verdict, n in counts)
        what = "drawn at random" if random else "picked or met on the way"
        parts += [f"{pluralize(len(own), 'fact')} {what}: {verdicts}"] if own else []
    if not parts:
        return "Nothing so far."
    return f"{'; '.join(parts)} ({join_list(sorted({row.get('checked', '') for row in rows}))})."


def _field(field: Field) -> str:
    unit = f" ({field['unit']})" if "unit" in field else ""
    meaning = _cell(field.get("description", ""))
    return f"| `{field['name']}` | {field['type']}{unit} | {meaning} | {_cell(allowed(field))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
