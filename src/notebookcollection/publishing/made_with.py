"""What a page was made with, in words: its parameters, with names for the codes that tables hold."""

import shlex

from datacontract import contract
from notebookcollection.publishing.markdown import literal


def made_with(run, collection):
    """A section in Markdown: every parameter of a run, its value in words, and the command that changes it."""
    declared = collection.parameters(run.notebook)
    if not declared:
        return ""
    values = {name: p.default for name, p in declared.items()} | run.parameters
    rules = collection.settings["notebooks"][run.notebook].get("parameters", {})
    lines = []
    for name, parameter in declared.items():
        shown = literal(_in_words(values[name], rules.get(name, {})))
        given = ", set for this page" if name in run.parameters else ""
        lines.append(f"- `{name}`: **{shown}**{given} *({literal(parameter.help)})*")
    changed = run.parameters or dict([next(iter(values.items()))])
    command = ["centralasia", "run", run.notebook, *(w for k, v in changed.items() for w in ("-p", f"{k}={v}"))]
    told = "Each parameter can be changed; what is allowed is checked before anything runs:"
    return "\n".join(["## Made with", "", *lines, "", told, "", "```sh", shlex.join(command), "```"])


def _in_words(value, rule):
    """A value with the names of its codes: ``Russia (RUS), China (CHN)``."""
    if not isinstance(value, str):
        return str(value)
    names = _names(rule)
    if "pairs" in rule:
        named = "–".join(names.get(code, code) for code in value.split("-"))
        return f"{named} ({value})"
    items = value.split() if rule.get("list") else [value]
    return ", ".join(f"{names[item]} ({item})" if names.get(item) else item.replace("_", " ") for item in items)


def _names(rule):
    """Names by code, from the tables whose columns a rule names."""
    found = {}
    also = rule.get("also")
    for addresses in (rule.get("pairs"), rule.get("values"), also if isinstance(also, str) else None):
        for address in [addresses] if isinstance(addresses, str) else addresses or []:
            if "." in address:
                found = _names_of(*address.split(".")) | found
    return found


def _names_of(table, column):
    """Names by code for a column: of its own table where it is the key there, else of the table it refers to."""
    schema = contract.table(table)["schema"]
    if schema["primaryKey"] != [column]:
        for key in schema.get("foreignKeys", []):
            if key["fields"] == [column]:
                table = key["reference"]["resource"] or table
                column = key["reference"]["fields"][0]
    is_key = contract.table(table)["schema"]["primaryKey"] == [column]
    return contract.names_of(table, column) if is_key else {}
