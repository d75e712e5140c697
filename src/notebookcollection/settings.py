"""``collection.toml``, read and checked: whatever it holds, it is settings or a refusal in one line."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from textwrap import shorten
from typing import Any

from datacontract.errors import suggest
from notebookcollection.parameters import CollectionError

__all__ = ["SETTINGS", "check_name", "read_settings"]

SETTINGS = "collection.toml"
FAILED = ".failed"  # at the end of a name: that of a failed notebook beside its last good result
TEXT, TEXTS, TABLE, TABLES = "a text", "a list of texts", "a table", "a list of tables"
TOP = dict.fromkeys(("data", "title", "site_url", "social_image", "explore"), TEXT)
LISTS = ("packages", "preload", "libraries", "excerpts", "on_screen", "languages", "untranslated")
TOP |= dict.fromkeys(LISTS, TEXTS) | {"notebooks": TABLE, "runs": TABLES}
RUN = {"notebook": TEXT, "name": TEXT, "title": TEXT, "names": TEXT, "labels": TEXT, "parameters": TABLE, "each": TABLE}
RULE = {"column": TEXT, "within": TEXT, "also": TEXT, "pairs": TEXT, "where": TABLE, "options": TEXTS}
RULE |= {"latest": TEXT, "until": TEXT}
RULE |= {"list": "true or false", "minimum": "a number", "maximum": "a number"}
_FILE_NAME = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,180}")


def read_settings(path: Path) -> dict[str, Any]:
    r"""The settings in a file, with what may be left out.

    Raises `CollectionError` where it cannot be read, has a key that nobody reads, or a value of another kind.

    >>> import pathlib, tempfile
    >>> from notebookcollection.settings import read_settings
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = (path := pathlib.Path(folder, "collection.toml")).write_text("[notebooks.ties]\nparameter = {}")
    ...     read_settings(path)
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: collection.toml: ties, no key 'parameter'; did you mean
        'parameters'? allowed: parameters
    """
    try:
        settings = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:  # no TOML, no UTF-8, a number of thousands of digits
        raise CollectionError(f"{path}: {error}") from None
    _check(settings, TOP, "")
    settings = {"notebooks": {}, "runs": []} | {name: [] for name in LISTS} | settings
    _check(settings["notebooks"], dict.fromkeys(settings["notebooks"], TABLE), "notebooks, ")
    for name, notebook in settings["notebooks"].items():
        check_name(name, f"{SETTINGS}: notebook ")
        _check(notebook, {"parameters": TABLE}, f"{name}, ")
        _check_rules(notebook.get("parameters", {}), f"{name}, ")
    for number, run in enumerate(settings["runs"], 1):
        where = f"[[runs]] {number}, "
        _check(run, RUN, where)
        if "notebook" not in run:
            raise CollectionError(f"{SETTINGS}: {where}notebook is missing; {suggest('', settings['notebooks'])}")
        _check_rules(run.get("each", {}), where)
        if twice := sorted({*run.get("parameters", {})} & {*run.get("each", {})}):
            raise CollectionError(f"{SETTINGS}: {where}{twice[0]} is in parameters and in each; allowed: one of them")
    return settings


def check_name(name: str, where: str = "", taken: Iterable[str] = ()) -> None:
    """Raises `CollectionError` where a result cannot have this name, which will be that of its file and its page.

    >>> from notebookcollection.settings import check_name
    >>> check_name("pair KAZ/UZB")
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: 'pair KAZ/UZB' cannot name a file; allowed: a name of ASCII
        letters, digits and -_+., 181 at most
    """
    if not _FILE_NAME.fullmatch(name):
        allowed = "ASCII letters, digits and -_+., 181 at most"
        raise CollectionError(f"{where}{name!r} cannot name a file; allowed: a name of {allowed}")
    if name.endswith(FAILED):
        raise CollectionError(f"{where}{name!r} would be a failed notebook; allowed: a name that does not end so")
    if name in taken:
        raise CollectionError(f"{where}{name!r} is another page of the report; allowed: another name")


def _check_rules(rules: Mapping[str, Any], where: str) -> None:
    _check(rules, dict.fromkeys(rules, TABLE), where)
    for name, rule in rules.items():
        _check(rule, RULE, f"{where}{name}: ")
        _check(rule.get("where", {}), dict.fromkeys(rule.get("where", {}), TEXT), f"{where}{name}, where, ")


def _check(table: Mapping[str, Any], kinds: Mapping[str, str], where: str) -> None:
    """Raises `CollectionError` where a table has another key than these, or a value of another kind."""
    for key, value in table.items():
        if key not in kinds:
            raise CollectionError(f"{SETTINGS}: {where}no key {key!r}; {suggest(key, kinds)}")
        if not _is(value, kinds[key]):
            raise CollectionError(f"{SETTINGS}: {where}{key} is {_shown(value)}; allowed: {kinds[key]}")


def _shown(value: Any) -> str:
    try:
        return shorten(repr(value), 80, placeholder=" …")
    except ValueError:  # of thousands of digits, written in sixteens
        return "a very long number"


def _is(value: Any, kind: str) -> bool:
    match kind:
        case "a text":
            return isinstance(value, str)
        case "a table":
            return isinstance(value, dict)
        case "true or false":
            return isinstance(value, bool)
        case "a number":
            return isinstance(value, int | float) and not isinstance(value, bool)
    inner = str if kind == TEXTS else dict
    return isinstance(value, list) and all(isinstance(item, inner) for item in value)
