"""What many executed notebooks have found, as one long table: sentences, tables, and the data of figures."""

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from datacontract.files import check_writable, written_aside
from notebookcollection.collection import Collection, Run

__all__ = ["COLUMNS", "check_table", "collect", "found_in"]

COLUMNS = ("set", "parameters", "notebook", "cell", "row", "name", "value")
LEFT_OUT = "sources"  # the cell that lists what was cited
Found = tuple[str, str, str, str]  # cell, row, name, value


def check_table(path: Path, collection: Collection) -> None:
    """Raises what would be raised in the end where the table cannot be written, or would stand over a source.

    >>> import contextlib, pathlib, tempfile
    >>> from notebookcollection.collection import find
    >>> from notebookcollection.running.collect import check_table
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     (settings := pathlib.Path("collection.toml")).touch()
    ...     check_table(settings, find("."))
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: collection.toml: results are made from this file; allowed: another
        name or folder
    """
    collection.refuse_sources([path])
    check_writable(path)


def collect(runs: Sequence[Run], folder: Path, path: Path) -> int:
    r"""Writes what the executed notebooks of these runs hold to a CSV file; returns how many notebooks were there.

    A row is one value: the set and its parameters, the cell, which row of its table or figure, and what it is called.
    Of a sentence the name is ``text``, of the title of a figure ``title``.

    >>> import json, pathlib, tempfile
    >>> from notebookcollection.collection import Run
    >>> from notebookcollection.running.collect import collect
    >>> cells = [{"id": "order", "outputs": [{"data": {"text/markdown": "Kazakhstan signs most."}}]}]
    >>> runs = [Run("ties", "ties_2018", {"year": 2018}), Run("ties", "ties_2020", {"year": 2020})]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "found.csv")
    ...     _ = path.with_name("ties_2018.ipynb").write_text(json.dumps({"cells": cells}))
    ...     number = collect(runs, path.parent, path)
    ...     print(number, path.read_text(), sep="\n")
    1
    set,parameters,notebook,cell,row,name,value
    ties_2018,year=2018,ties,order,,text,Kazakhstan signs most.
    """
    number = 0
    with written_aside(path) as aside, aside.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for run in runs:
            if not (notebook := folder / f"{run.name}.ipynb").is_file():
                continue  # it has failed
            given = "; ".join(f"{name}={value}" for name, value in run.parameters.items())
            table.writerows(
                (run.name, given, run.notebook, *found) for found in found_in(notebook.read_text(encoding="utf-8"))
            )
            number += 1
    return number


def found_in(text: str) -> Iterator[Found]:
    r"""What an executed notebook, as text, holds: cell, row, name and value of each.

    >>> import json
    >>> from notebookcollection.running.collect import found_in
    >>> figure = {"data": {"text/csv": "year,ties\n2018,4\n"}, "metadata": {"figure": {"title": "Ties a year"}}}
    >>> list(found_in(json.dumps({"cells": [{"id": "steps", "outputs": [figure]}]})))
    [('steps', '', 'title', 'Ties a year'), ('steps', '1', 'year', '2018'), ('steps', '1', 'ties', '4')]
    """
    for cell in json.loads(text)["cells"]:
        outputs = cell.get("outputs", []) if cell["id"] != LEFT_OUT else []
        for output in outputs:
            for row, name, value in _values(output.get("data", {}), output.get("metadata", {})):
                yield cell["id"], row, name, value


def _values(data: Mapping[str, Any], metadata: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    whole = {form: "".join(found) for form, found in data.items() if isinstance(found, str | list)}
    if "text/csv" in whole:
        yield "", "title", metadata.get("figure", {}).get("title", "")
        for number, row in enumerate(csv.DictReader(io.StringIO(whole["text/csv"], newline="")), 1):
            yield from ((str(number), name, value) for name, value in row.items())
    elif "text/html" in whole and "<table" in whole["text/html"]:
        yield from _of_table(whole["text/html"])
    elif "text/markdown" in whole:
        yield "", "text", whole["text/markdown"]
    elif "text/plain" in whole:
        yield "", "text", whole["text/plain"]


def _of_table(text: str) -> Iterator[tuple[str, str, str]]:
    """The cells of an HTML table, with the headings of their rows and columns."""
    from bs4 import BeautifulSoup  # only those who collect wait for it

    rows = BeautifulSoup(text, "html.parser").find_all("tr")
    headings = [cell.get_text(" ", strip=True) for cell in rows[0].find_all("th")]
    for number, row in enumerate(rows[1:], 1):
        own = [cell.get_text(" ", strip=True) for cell in row.find_all("th")]
        values = [cell.get_text(" ", strip=True) for cell in row.find_all("td")]
        for name, value in zip(headings[-len(values) :], values, strict=False) if values else ():
            yield " ".join(own) or str(number), name, value
