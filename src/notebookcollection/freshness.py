"""What a result was made from, so that it is made again when, and only when, one of these things has changed."""

import hashlib
import json
import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from datacontract import context, contract
from datacontract.catalogues import catalogue_files
from datacontract.language import language
from notebookcollection import reach
from notebookcollection.collection import SETTINGS, Collection, Run

__all__ = [
    "RECORD", "check_inputs", "code", "code_digest", "digest", "environment", "frame", "inputs", "libraries",
    "packages", "read_record", "report_inputs", "stale_reason", "state", "versions",
]  # fmt: skip

RECORD = "record.json"
GROUND = ("datacontract", "notebookcollection")  # what checks the data, runs notebooks and publishes them
CHECKERS = ("frictionless",)
RUNNERS = ("ipykernel", "ipython", "nbclient", "nbformat", "papermill")
PUBLISHERS = ("beautifulsoup4", "myst-nb", "pydata-sphinx-theme", "resvg-py", "rocrate", "sphinx")
State = dict[str, dict[str, str]]


def digest(*parts: str | bytes) -> str:
    """A short name for bytes and texts that changes when they do.

    >>> from notebookcollection.freshness import digest
    >>> digest("ab", "c") == digest("a", "bc"), digest("ab") == digest(b"ab"), len(digest("ab"))
    (False, True, 24)
    """
    found = hashlib.sha256()
    for part in parts:
        content = part if isinstance(part, bytes) else part.encode()
        found.update(len(content).to_bytes(8, "big") + content)
    return found.hexdigest()[:24]


def _file(path: Path) -> str:
    return digest(path.read_bytes()) if path.is_file() else "none"


def _folder(folder: Path) -> str:
    files = sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts)
    return digest(*(part for p in files for part in (p.relative_to(folder).as_posix(), p.read_bytes())))


def packages(collection: Collection) -> tuple[str, ...]:
    """The packages whose code a result may depend on: those of the collection, and those that make it.

    >>> from pathlib import Path
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.freshness import packages
    >>> packages(Collection(Path("notebooks"), {"packages": ["centralasia"]}))
    ('centralasia', 'datacontract', 'notebookcollection')
    """
    return (*collection.settings.get("packages", []), *GROUND)


def code(names: Iterable[str]) -> dict[str, str]:
    """The files of these packages, by name.

    >>> from notebookcollection.freshness import code
    >>> [name for name in code(["datacontract"]) if "rules" in name][:2]
    ['datacontract/rules/__init__.py', 'datacontract/rules/codes.py']
    """
    return {name: _file(path) for name, path in reach.all_files(names).items()}


def code_digest(names: Iterable[str]) -> str:
    """A short name for the code of these packages.

    >>> from notebookcollection.freshness import code_digest
    >>> code_digest(["datacontract"]) == code_digest(["datacontract"]) != code_digest(["notebookcollection"])
    True
    """
    return digest(*(part for file in code(names).items() for part in file))


def versions(libraries: Iterable[str]) -> dict[str, str]:
    """The versions of Python and of these libraries as they are installed here; ``none`` where one is not.

    >>> from notebookcollection.freshness import versions
    >>> versions(["no-such-library"])
    {'Python': '3...', 'no-such-library': 'none'}
    """
    from importlib import metadata  # which only what runs something needs

    found = {"Python": f"{sys.version_info.major}.{sys.version_info.minor}"}
    for name in (name for name in libraries if name not in found):
        known = next(iter(metadata.distributions(name=name)), None)
        # `known.version` parses all of the file, which takes thirty times as long.
        said = re.search(r"^Version: *(.+)$", known.read_text("METADATA") or "", re.MULTILINE) if known else None
        found[name] = said[1] if said else "none"
    return found


def libraries(collection: Collection) -> tuple[str, ...]:
    """What results depend on beside code of the collection: what it computes and draws with, and what runs it.

    >>> from pathlib import Path
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.freshness import libraries
    >>> libraries(Collection(Path("notebooks"), {"libraries": ["pandas"]}))[:1]
    ('pandas',)
    """
    return (*collection.settings["libraries"], *RUNNERS)


def environment(collection: Collection) -> dict[str, str]:
    """What every result depends on beside data and code: the language, the drawings, and what is installed.

    >>> from pathlib import Path
    >>> from datacontract.context import using
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.freshness import environment
    >>> with using(language="ru"):
    ...     found = environment(Collection(Path("no folder/notebooks"), {"libraries": []}))
    >>> found["the language"], found["requirements.lock"], "nbclient" in found
    ('ru', 'none', True)
    """
    return {
        "the language": language(),
        **({"drawings for narrow screens": "yes"} if context.narrow_wanted() else {}),
        **{f"{path.name} in {language()}": _file(path) for path in catalogue_files(language())},
        **versions(libraries(collection)),
        "requirements.lock": _file(collection.folder.parent / "requirements.lock"),
    }


def state(collection: Collection) -> State:
    """Everything that results may depend on, as it is before the first run.

    What changes while runs are at work is thereby noticed by the next report.

    >>> import pathlib, tempfile
    >>> from notebookcollection.collection import find
    >>> from notebookcollection.freshness import digest, state
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "collection.toml").write_text("[notebooks.ties]")
    ...     _ = pathlib.Path(folder, "ties.ipynb").write_text("{}")
    ...     now = state(find(folder))
    >>> list(now), now["notebooks"]["ties.ipynb"] == digest("{}")
    (['environment', 'code', 'data', 'notebooks'], True)
    """
    folder = context.data_folder()
    return {
        "environment": environment(collection),
        "code": code(packages(collection)),
        "data": {f"data/{file}": _file(folder / file) for file in contract.files()},
        "notebooks": {f"{name}.ipynb": _file(collection.path(name)) for name in collection.notebooks},
    }


def inputs(run: Run, reads: Iterable[str], files: Iterable[str], now: State) -> dict[str, str]:
    """What one run depends on, given the data files it reads, the files of code it reaches and the state of things.

    >>> from notebookcollection.collection import Run
    >>> from notebookcollection.freshness import inputs
    >>> now = {"notebooks": {"ties.ipynb": "3f"}, "environment": {}, "code": {}, "data": {"data/ties.csv": "9a"}}
    >>> inputs(Run("ties", "ties-2020", {"year": 2020}), ["ties.csv"], [], now)
    {'ties.ipynb': '3f', 'its parameters': '{"year": 2020}', 'data/datapackage.json': 'none', 'data/ties.csv':
        '9a'}
    """
    notebook, data = f"{run.notebook}.ipynb", (f"data/{name}" for name in (context.CONTRACT_FILE, *reads))
    return {
        notebook: now["notebooks"][notebook],
        "its parameters": json.dumps(run.parameters, sort_keys=True),
        **now["environment"],
        **{name: now["code"].get(name, "none") for name in files},
        **{name: now["data"].get(name, "none") for name in data},
    }


def check_inputs(now: State) -> dict[str, str]:
    """What the check of the data depends on.

    >>> from notebookcollection.freshness import check_inputs
    >>> now = {"environment": {}, "code": {"datacontract/words.py": "3f", "centralasia/dates.py": "7c"}, "data": {}}
    >>> [name for name in check_inputs(now) if name.endswith(".py")]
    ['datacontract/words.py']
    """
    rules = {name: found for name, found in now["code"].items() if name.startswith(GROUND[0])}
    return {**now["environment"], **versions(CHECKERS), **rules, **now["data"]}


def frame(collection: Collection) -> dict[str, str]:
    """What all pages of the rendered report depend on: settings, what publishes it, and the environment.

    >>> import pathlib, tempfile
    >>> from notebookcollection.collection import find
    >>> from notebookcollection.freshness import frame, stale_reason
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     pathlib.Path(folder, "collection.toml").touch()
    ...     before = frame(collection := find(folder))
    ...     _ = (collection.folder / "collection.toml").write_text('title = "Ties"')
    ...     stale_reason(before, frame(collection))
    'collection.toml changed'
    """
    return {
        SETTINGS: _file(collection.folder / SETTINGS),
        "the settings of the site": _folder(collection.folder / "site"),
        **environment(collection),
        **versions(PUBLISHERS),
        **code(GROUND),
    }


def report_inputs(collection: Collection, now: State, results: Mapping[str, str]) -> dict[str, str]:
    """What the rendered report depends on: what all pages share, texts, data, and the results, by name.

    >>> from pathlib import Path
    >>> from notebookcollection.collection import Collection
    >>> from notebookcollection.freshness import report_inputs
    >>> collection, now = Collection(Path("no folder/notebooks"), {"libraries": []}), {"data": {"data/ties.csv": "9a"}}
    >>> found = report_inputs(collection, now, {"ties-2020": "3f"})
    >>> found["CITATION.cff"], found["data/ties.csv"], found["ties-2020"]
    ('none', '9a', '3f')
    """
    texts = {name: _file(collection.folder.parent / name) for name in ("CITATION.cff", "CONTRIBUTING.md")}
    return {**frame(collection), **texts, **now["data"], **results}


def stale_reason(before: Mapping[str, str] | None, now: Mapping[str, str]) -> str | None:
    """The first thing that is not as it was, in words; None if all is.

    >>> from notebookcollection.freshness import stale_reason
    >>> now = {"data/ties.csv": "9a", "code": "3f"}
    >>> stale_reason(now, now), stale_reason(now | {"code": "7c"}, now), stale_reason(None, now)
    (None, 'code changed', 'not made before')
    """
    if before is None:
        return "not made before"
    changed = (name for name in [*now, *before] if before.get(name) != now.get(name))
    return next((f"{name} changed" for name in changed), None)


def read_record(build: Path) -> dict[str, Any]:
    """What an earlier report was made from; empty if there was none or it cannot be read.

    >>> from pathlib import Path
    >>> from notebookcollection.freshness import read_record
    >>> read_record(Path("no such folder"))
    {}
    """
    try:
        record: dict[str, Any] = json.loads((build / RECORD).read_text(encoding="utf-8"))
        return record
    except (OSError, ValueError):
        return {}
