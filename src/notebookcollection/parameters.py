"""What the parameters cell of a notebook declares, and values in the types that it declares."""

import ast
import functools
import json
from dataclasses import dataclass

TYPES = {"str": str, "int": int, "float": float, "bool": bool}


class CollectionError(ValueError):
    """A notebook, a parameter or a setting of the collection that cannot be."""


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook, as its `parameters` cell declares it."""

    name: str
    kind: type
    default: object
    help: str


def declared_parameters(path):
    """The parameters that the tagged cell of a notebook declares, by name; do not change them.

    Each is one line ``name: type = default  # what is allowed``. They are read once as long as the file stays as it is.
    Raises `CollectionError` where the cell holds anything else, or the file is no notebook.
    """
    try:
        state = path.stat()
    except OSError as error:
        raise CollectionError(f"{path}: not a notebook ({error})") from None
    return _declared(path, state.st_mtime_ns, state.st_size)


@functools.lru_cache(maxsize=64)
def _declared(path, _modified, _size):
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError) as error:
        raise CollectionError(f"{path}: not a notebook ({error})") from None
    tagged = [c for c in cells if "parameters" in c["metadata"].get("tags", [])]
    source = "".join(tagged[0]["source"]) if tagged else ""
    lines = source.splitlines()
    found = {}
    for node in ast.parse(source).body:
        if not (isinstance(node, ast.AnnAssign) and getattr(node.annotation, "id", "") in TYPES):
            line = f"{path.name}: parameters cell, line {node.lineno}: {lines[node.lineno - 1]!r}"
            raise CollectionError(f"{line}; allowed: name: type = value, of type {', '.join(TYPES)}")
        comment = lines[node.end_lineno - 1][node.end_col_offset :].partition("#")[2].strip()
        kind = TYPES[node.annotation.id]
        found[node.target.id] = Parameter(node.target.id, kind, ast.literal_eval(node.value), comment)
    return found


def typed(notebook, parameter, value):
    """A value, text or typed, as the type of its parameter. Raises `CollectionError` that says what is allowed."""
    kind = parameter.kind
    if kind is bool and str(value).lower() in ("true", "false"):
        return str(value).lower() == "true"
    if kind is not bool and not (kind is str and not isinstance(value, str)):
        try:
            return kind(value)
        except ValueError:
            pass
    hint = "true or false" if kind is bool else f"a value of type {kind.__name__}"
    raise CollectionError(f"{notebook}: parameter {parameter.name} is {value!r}; allowed: {hint} ({parameter.help})")
