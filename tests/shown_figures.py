"""The figures that the notebooks show, with the arguments that they give them, without running the rest of a notebook."""

import ast
import functools
import inspect
import json
from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, NamedTuple

from conftest import ROOT

from centralasia import ROOMS
from centralasia.figures import Figure
from notebookcollection.collection import find

COLLECTION = find(ROOT / "notebooks")


def public_figures() -> dict[Any, str]:
    """Every drawing function that a room's face exports, and its name, as ``room.name``."""
    faces = {room: import_module(f"centralasia.{room}") for room in ROOMS}
    functions = [(f"{room}.{name}", getattr(face, name)) for room, face in faces.items() for name in face.__all__]
    return {f: name for name, f in functions if inspect.isfunction(f) and _draws(f)}


def _draws(function: Any) -> bool:
    drawing = getattr(function, "__wrapped__", None)
    return drawing is not None and "Drawing" in str(inspect.signature(drawing).return_annotation)


class Call(NamedTuple):
    """A call of a public figure in a notebook."""

    notebook: str
    name: str
    at: int
    text: str

    def __str__(self) -> str:
        return f"{self.notebook}: {self.text}"


class Shown:
    """The code of a notebook, of which only what a figure needs is run, once, with the parameters given."""

    def __init__(self, notebook: str, parameters: Mapping[str, Any] | None = None) -> None:
        cells = json.loads((ROOT / f"notebooks/{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
        self._tree: list[ast.stmt] = []
        for cell in (cell for cell in cells if cell["cell_type"] == "code"):
            self._tree += ast.parse("".join(cell["source"])).body
            if "parameters" in cell["metadata"].get("tags", []):
                self._tree += ast.parse("\n".join(f"{k} = {v!r}" for k, v in (parameters or {}).items())).body
        self.notebook, self._names, self._ran = notebook, {}, set()
        for at, statement in enumerate(self._tree):
            if isinstance(statement, ast.Import | ast.ImportFrom):
                self._run(at)

    def calls(self) -> Iterator[Call]:
        """Every call of a public figure, in the order of the notebook."""
        figures = public_figures()
        for at, statement in enumerate(self._tree):
            for node in ast.walk(statement):
                if isinstance(node, ast.Call) and (name := figures.get(self._called(node))):
                    yield Call(self.notebook, name, at, ast.unparse(node))

    def draw(self, call: Call) -> Figure:
        """The figure of a call, after the assignments that its arguments rest on."""
        self._prepare(ast.parse(call.text), call.at)
        return eval(call.text, self._names)

    def _called(self, node: ast.Call) -> Any:
        """The function that ``room.name(…)`` calls."""
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            return getattr(self._names.get(node.func.value.id), node.func.attr, None)
        return None

    def _prepare(self, code: ast.AST, before: int) -> None:
        """Runs what gives values to the names that a piece of code reads."""
        read = {n.id for n in ast.walk(code) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        for at, statement in enumerate(self._tree[:before]):
            given = {n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
            if at not in self._ran and given & read:
                self._prepare(statement, at)
                self._run(at)

    def _run(self, at: int) -> None:
        self._ran.add(at)
        exec(compile(ast.Module([self._tree[at]], []), self.notebook, "exec"), self._names)


@functools.cache
def _notebook(notebook: str, language: str) -> Shown:
    return Shown(notebook)


@functools.cache
def drawn(call: Call, language: str = "en") -> Figure:
    """A figure of a notebook with its default parameters; the environment has to be in that language."""
    return _notebook(call.notebook, language).draw(call)


CALLS = [call for notebook in COLLECTION.notebooks if notebook != "explore" for call in Shown(notebook).calls()]
ONE_OF_EACH = list({call.name: call for call in CALLS}.values())  # where time is short; the last stands for the others
