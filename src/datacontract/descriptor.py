"""``datapackage.json`` as it is read: each key once in an object, of the forms that are known here."""

import functools
import json
from pathlib import Path
from types import MappingProxyType
from typing import Any

from datacontract.errors import DataError
from datacontract.forms import require_forms

__all__ = ["frozen", "parsed"]

LARGEST = 4_000_000  # bytes of a contract


def parsed(path: Path) -> dict[str, Any]:
    """A contract, parsed anew each time; its forms are looked at once for each text.

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
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it has more than 4 MB")
        text = path.read_text(encoding="utf-8")
        _require_forms(text)
        package: dict[str, Any] = json.loads(text)
    except DataError:  # of its forms, which says all
        raise
    except OSError as error:
        raise DataError(f"{path.name}: cannot be read ({error})") from None
    except (ValueError, RecursionError) as error:  # which tells line and column
        raise DataError(f"{path}: not a Data Package descriptor ({error})") from None
    return package


@functools.lru_cache(maxsize=8)
def _require_forms(text: str) -> None:
    require_forms(json.loads(text, object_pairs_hook=_with_each_key_once))


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
