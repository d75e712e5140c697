"""What the parameters cell of a notebook declares, and values in the types that it declares."""

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from datacontract.caches import cached_by_file
from datacontract.errors import RefusalError

__all__ = ["CollectionError", "Parameter", "Value", "convert", "declared_parameters"]

Value = str | int | float | bool
INJECTED = "injected-parameters"  # papermill's tag of the cell that it adds
TYPES: dict[str, type] = {"str": str, "int": int, "float": float, "bool": bool}


class CollectionError(RefusalError):
    """A notebook, a parameter or a setting of the collection that cannot be."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook, as its `parameters` cell declares it."""

    name: str
    kind: type
    default: Value
    help: str


def declared_parameters(path: Path) -> Mapping[str, Parameter]:
    """The parameters that the tagged cell of a notebook declares, by name; they are shared and not to be changed.

    Each is one line ``name: type = default  # what is allowed``. They are read once as long as the file stays as it is.
    Raises `CollectionError` where the cell holds anything else, or the file is no notebook.

    >>> import json, pathlib, tempfile
    >>> from notebookcollection.parameters import declared_parameters
    >>> cell = {"metadata": {"tags": ["parameters"]}, "source": ["year: int = 2018  # a year with data"]}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := pathlib.Path(folder, "ties.ipynb")).write_text(json.dumps({"cells": [cell]}))
    ...     declared_parameters(path)["year"]
    Parameter(name='year', kind=<class 'int'>, default=2018, help='a year with data')
    """
    try:
        found: Mapping[str, Parameter] = _declared(path)
    except OSError as error:
        raise CollectionError(f"{path}: not a notebook ({error})") from None
    return found


@cached_by_file()
def _declared(path: Path) -> dict[str, Parameter]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        tags = [cell["metadata"].get("tags", []) for cell in cells]
        sources = ["".join(cell["source"]) for cell in cells]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise CollectionError(f"{path}: not a notebook ({type(error).__name__}: {error})") from None
    for number, (cell, tagged) in enumerate(zip(cells, tags, strict=True), 1):
        if INJECTED in tagged:  # it would take the place of every default
            where = f"{path}: cell {number} ({cell.get('id', 'no id')}) holds the parameters of a run"
            raise CollectionError(f"{where}; delete it: a source notebook has only the cell of its defaults")
    source = next((text for text, tagged in zip(sources, tags, strict=True) if "parameters" in tagged), "")
    return {parameter.name: parameter for parameter in _parameters(source, path.name)}


def _parameters(source: str, file: str) -> Iterator[Parameter]:
    where, lines = f"{file}: parameters cell", source.splitlines()
    try:
        statements = ast.parse(source).body
    except (SyntaxError, ValueError) as error:
        raise CollectionError(f"{where}: {error}") from None
    for node in statements:
        match node:
            case ast.AnnAssign(target=ast.Name(name), annotation=ast.Name(kind), value=ast.expr() as expression) if (
                kind in TYPES
            ):
                rest = lines[(node.end_lineno or 0) - 1][node.end_col_offset or 0 :]
                try:
                    default = ast.literal_eval(expression)
                except ValueError:
                    default = None
                if type(default) is TYPES[kind] or (kind, type(default)) == ("float", int):
                    yield Parameter(name, TYPES[kind], default, rest.partition("#")[2].strip())
                    continue
        line = f"{where}, line {node.lineno}: {lines[node.lineno - 1]!r}"
        raise CollectionError(f"{line}; allowed: name: type = value, of type {', '.join(TYPES)}")


def convert(notebook: str, parameter: Parameter, value: Value) -> Value:
    """A value, text or typed, in the type of its parameter. Raises `CollectionError` that says what is allowed.

    >>> from notebookcollection.parameters import Parameter, convert
    >>> convert("ties", Parameter("year", int, 2018, "a year with data"), "2020")
    2020
    >>> convert("ties", Parameter("year", int, 2018, "a year with data"), "soon")
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: ties: parameter year is 'soon'; allowed: a value of type int
        (a year with data)
    """
    kind, text = parameter.kind, str(value)
    try:
        if kind is bool:
            return {"true": True, "false": False}[text.lower()]
        if kind is not str or isinstance(value, str):
            converted: Value = kind(value)
            return converted
    except (KeyError, ValueError, TypeError, OverflowError):
        pass
    hint = "true or false" if kind is bool else f"a value of type {kind.__name__}"
    raise CollectionError(f"{notebook}: parameter {parameter.name} is {value!r}; allowed: {hint} ({parameter.help})")
