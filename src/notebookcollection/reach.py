"""Which files of code a notebook's result depends on: those that its imports reach, found without running it."""

import ast
import functools
import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

__all__ = ["all_files", "reached_files"]

# Whoever calls these may import anything.
UNSEEN = {"exec", "eval", "__import__", "import_module", "get_ipython", "globals", "reload"}
# What every result depends on beside its own imports.
RUNNERS = {"notebookcollection.running.notebook", "notebookcollection.running.kernels"}


def folder_of(package: str) -> Path:
    """The folder of a top-level package. Raises ImportError where there is none of that name."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ImportError(f"no package {package!r}")
    return Path(spec.origin).parent


def all_files(packages: Iterable[str]) -> dict[str, Path]:
    """The files of these packages, modules and what lies beside them, by name: ``centralasia/ties/figures.py``.

    >>> from notebookcollection.reach import all_files
    >>> [name for name in all_files(["notebookcollection"]) if "publishing/s" in name][:2]
    ['notebookcollection/publishing/sharing.py', 'notebookcollection/publishing/site.py']
    """
    found = {}
    for package in packages:
        folder = folder_of(package)
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc":
                found[f"{package}/{path.relative_to(folder).as_posix()}"] = path
    return found


def reached_files(notebook: str, packages: tuple[str, ...], files: Iterable[str]) -> list[str]:
    """Those of the `files` of `all_files` on which the result of a notebook, given as text, depends.

    All of them where the notebook imports a package as a whole (``import centralasia``) or imports what cannot be seen
    (``exec``, a magic command). The files beside a module that is reached, as a table in its folder, are reached too.

    >>> import json
    >>> from notebookcollection.reach import reached_files
    >>> files = ["datacontract/__init__.py", "datacontract/words.py", "datacontract/sources.py"]
    >>> for source in ("from datacontract import words", "import datacontract"):
    ...     notebook = json.dumps({"cells": [{"cell_type": "code", "source": source}]})
    ...     print(reached_files(notebook, ("datacontract",), files))
    ['datacontract/__init__.py', 'datacontract/words.py']
    ['datacontract/__init__.py', 'datacontract/sources.py', 'datacontract/words.py']
    """
    graph, known = _graph(packages), set(_graph(packages).modules)
    roots = set(RUNNERS)
    for name in _imported(notebook):
        if name is None or name in packages:
            return sorted(files)
        roots.add(next(part for part in _from_inside(name) if part in known or "." not in part))
    modules = set(roots & known)
    for root in roots & known:
        modules |= graph.find_upstream_modules(root)
    modules |= {part for module in modules for part in _from_inside(module)}
    folders = {module.replace(".", "/") for module in modules}
    return sorted(file for file in files if _module(file) in modules or _beside(file) in folders)


def _imported(notebook: str) -> Iterator[str | None]:
    """What the cells import, as dotted names of modules or of what is in them; None for what cannot be seen."""
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] != "code":
            continue
        try:
            nodes = list(ast.walk(ast.parse("".join(cell["source"]))))
        except SyntaxError:
            yield None
            continue
        for node in nodes:
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" if alias.name != "*" else None for alias in node.names)
            elif UNSEEN & {getattr(node, "id", ""), getattr(node, "attr", "")}:
                yield None


def _from_inside(name: str) -> Iterator[str]:
    """A dotted name, then what it lies in: ``a.b.c``, ``a.b``, ``a``."""
    while name:
        yield name
        name = name.rpartition(".")[0]


def _module(file: str) -> str:
    return file.removesuffix(".py").removesuffix("/__init__").replace("/", ".") if file.endswith(".py") else ""


def _beside(file: str) -> str:
    """The folder of a file that is no module."""
    return "" if file.endswith(".py") else file.rpartition("/")[0]


@functools.lru_cache(maxsize=4)
def _graph(packages: tuple[str, ...]) -> Any:
    import grimp  # here, since only what executes a notebook needs it

    return grimp.build_graph(*packages, cache_dir=None)
