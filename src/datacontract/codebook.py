"""The codebook: the contract as a page for people, so that ``data/README.md`` can never say something else."""

import re

from datacontract import contract
from datacontract.check import allowed
from datacontract.contract import Field, Resource

__all__ = ["CODEBOOK", "codebook"]

CODEBOOK = "README.md"
_HEAD = """# Codebook

{description}

This page is generated from [datapackage.json](datapackage.json), the contract of the data, by `centralasia codebook`;
do not edit it. `centralasia check` says whether the tables keep the contract.
"""
_NOTES = {"coverage": "Coverage", "missing": "Missing values", "gaps": "Known gaps", "adding": "Adding a row"}


def codebook() -> str:
    """The text of the codebook of the data folder, in Markdown."""
    package = contract.contract()
    parts = [_HEAD.format_map(package)]
    if conventions := package.get("conventions"):
        parts += ["Rules that hold everywhere:\n", *(f"- {convention}" for convention in conventions), ""]
    parts.append("## Tables\n\n| table | one row is | rows |\n| --- | --- | ---: |")
    for resource in package["resources"]:
        what = re.split(r"[.?:;] ", resource["description"])[0].removeprefix("One row is ").rstrip(".")
        rows = len(contract.rows(resource["name"])) if "schema" in resource else ""
        parts.append(f"| [{resource['name']}](#{resource['name']}) | {_cell(what)} | {rows} |")
    parts += [_section(resource) for resource in package["resources"]]
    return "\n".join(parts) + "\n"


def _section(resource: Resource) -> str:
    notes = resource.get("notes", {})
    lines = [f"\n## {resource['name']}\n", f"**{resource['title']}** ([{resource['path']}]({resource['path']}))\n"]
    lines.append(resource["description"] + "\n")
    if "schema" in resource:
        lines += ["| column | type | meaning | allowed |", "| --- | --- | --- | --- |"]
        lines += [_field(field) for field in resource["schema"]["fields"]]
        lines.append(f"\nKey: {', '.join(f'`{k}`' for k in resource['schema']['primaryKey'])}.")
        for key in resource["schema"].get("foreignKeys", []):
            target = key["reference"]["resource"] or resource["name"]
            lines.append(f"`{key['fields'][0]}` refers to `{key['reference']['fields'][0]}` of [{target}](#{target}).")
    lines += [f"\n*{word}.* {notes[name]}" for name, word in _NOTES.items() if notes.get(name)]
    lines.append(f"\n*Licence.* {', '.join(licence['title'] for licence in resource['licenses'])}.")
    lines.append(f"*Sources.* {'; '.join(source['title'] for source in resource['sources'])}.")
    return "\n".join(lines)


def _field(field: Field) -> str:
    unit = f" ({field['unit']})" if "unit" in field else ""
    rule = allowed(field).removeprefix(f"type {field['type']}, ")
    rule = re.sub(r"of the form (.+?)(?=, |$)", r"of the form `\1`", rule)
    return f"| `{field['name']}` | {field['type']}{unit} | {_cell(field['description'])} | {_cell(rule)} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
