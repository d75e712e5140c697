"""What a result was made from, so that it is made again when, and only when, one of these things has changed."""

import hashlib
import json
import sys
from importlib.util import find_spec
from pathlib import Path

from datacontract import context, contract, labels
from notebookcollection.collection import SETTINGS

RECORD = "record.json"
_PACKAGES = ("centralasia", "datacontract", "notebookcollection")


def digest(*parts):
    """A short name for bytes and texts that changes when they do."""
    found = hashlib.sha256()
    for part in parts:
        part = part if isinstance(part, bytes) else part.encode()
        found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()[:24]


def _file(path):
    return digest(path.read_bytes()) if path.is_file() else "none"


def _folder(folder, pattern="*"):
    files = sorted(p for p in folder.rglob(pattern) if p.is_file() and "__pycache__" not in p.parts)
    return digest(*(part for p in files for part in (p.relative_to(folder).as_posix(), p.read_bytes())))


def package():
    """The code of this package."""
    folders = (Path(find_spec(name).origin).parent for name in _PACKAGES)
    return digest(*(_folder(folder, "*.py") for folder in folders))


def surroundings(collection):
    """What every result depends on beside the data: language, package, interpreter, locked environment."""
    return {
        "the language": labels.language(),
        "the package": package(),
        "Python": sys.version,
        "requirements.lock": _file(collection.folder.parent / "requirements.lock"),
    }


def state(collection):
    """Everything that results may depend on, as it is before the first run.

    What changes while runs are at work is thereby noticed by the next report.
    """
    folder = context.data_folder()
    return {
        "around": surroundings(collection),
        "data": {f"data/{file}": _file(folder / file) for file in contract.files()},
        "notebooks": {f"{name}.ipynb": _file(collection.path(name)) for name in collection.notebooks},
    }


def inputs(run, reads, now):
    """What one run depends on, given the data files it reads and the state of things."""
    notebook, data = f"{run.notebook}.ipynb", (f"data/{name}" for name in (context.CONTRACT_FILE, *reads))
    return {
        notebook: now["notebooks"][notebook],
        "its parameters": json.dumps(run.parameters, sort_keys=True),
        **now["around"],
        **{name: now["data"].get(name, "none") for name in data},
    }


def report_inputs(collection, now, results):
    """What the rendered report depends on beside the code: settings, all data, and the results, by name."""
    return {
        SETTINGS: _file(collection.folder / SETTINGS),
        "the settings of the site": _folder(collection.folder / "site"),
        **{name: _file(collection.folder.parent / name) for name in ("CITATION.cff", "CONTRIBUTING.md")},
        **now["around"],
        **now["data"],
        **results,
    }


def changed(before, now):
    """The first thing that is not as it was, in words; None if all is."""
    if before is None:
        return "not made before"
    names = [name for name in [*now, *before] if before.get(name) != now.get(name)]
    return f"{names[0]} changed" if names else None


def read_record(build):
    """What an earlier report was made from; empty if there was none or it cannot be read."""
    try:
        return json.loads((build / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
