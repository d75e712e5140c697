"""``datapackage.json`` as it is read: each key once in an object, of the forms that are known here."""

import json
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from datacontract.caches import cached_by_file
from datacontract.errors import DataError
from datacontract.forms import require_forms

__all__ = ["frozen", "parsed"]

LARGEST = 4_000_000  # bytes of a contract


def parsed(path: Path) -> dict[str, Any]:
    """A contract, parsed anew each time; its forms are looked at once as long as the file stays the same.

    Raises `DataError` where the file cannot be read, or is not of these forms.

    >>> import pathlib, tempfile
    >>> from datacontract.descriptor import parsed
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := pathlib.Path(folder, "datapackage.json")).write_text('{"resources": [], "resources": []}')
    ...     parsed(path)
    Traceback (most recent call last):
        ...
    datacontract.errors.DataError: ...datapackage.json: not a Data Package descriptor (the key 'resources' stands twice
        in one object)
    """
    _require_forms(path)
    return _descriptor(path)


@cached_by_file(maxsize=8)
def _require_forms(path: Path) -> None:
    require_forms(_descriptor(path, _with_each_key_once))


def _descriptor(path: Path, pairs: Callable[[list[tuple[str, Any]]], Any] | None = None) -> dict[str, Any]:
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it has more than 4 MB")
        package: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=pairs)
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    except (ValueError, RecursionError) as error:  # which tells line and column
        raise DataError(f"{path}: not a Data Package descriptor ({error})") from None
    return package


def _with_each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON. Raises ValueError where a key stands twice, of which a parser keeps the last, silently."""
    keys = [key for key, _ in pairs]
    if twice := next((key for number, key in enumerate(keys) if key in keys[:number]), None):
        raise ValueError(f"the key {twice!r} stands twice in one object")
    return dict(pairs)


def frozen(part: Any) -> Any:
    """A part of a contract that cannot be changed, since all share it: mappings and tuples.

    >>> from datacontract.descriptor import frozen
    >>> frozen({"primaryKey": ["pair", "date"]})["primaryKey"]
    ('pair', 'date')
    """
    if isinstance(part, dict):
        return MappingProxyType({key: frozen(value) for key, value in part.items()})
    return tuple(map(frozen, part)) if isinstance(part, list) else part
