"""A collection of notebooks: which run, with which parameters, and whether those can be.

Everything here is plain TOML, JSON and CSV, so that a wrong parameter is refused in milliseconds,
long before a kernel would start.
"""

import itertools
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from datacontract import contract, labels
from datacontract.context import CONTRACT_FILE, READS_VARIABLE, data_folder, set_default_folder
from datacontract.errors import suggest
from notebookcollection import prose
from notebookcollection.parameters import CollectionError, Parameter, Value, convert, declared_parameters
from notebookcollection.rules import Given, Rule, allowed_values, columns_of, fault_of, settled
from notebookcollection.sets import read_sets
from notebookcollection.settings import SETTINGS, check_name, read_settings

__all__ = [
    "SETTINGS",
    "Collection",
    "CollectionError",
    "Given",
    "Result",
    "Rule",
    "Run",
    "check_parameters",
    "columns_of",
    "find",
]

PAGES = {"search", "genindex"}  # that every report has


@dataclass(frozen=True)
class Run:
    """One execution: the notebook, the parameters that differ from its defaults, the name and title of the result."""

    notebook: str
    name: str
    parameters: dict[str, Value] = field(default_factory=dict)
    title: str | None = None  # None: that of the notebook


@dataclass(frozen=True)
class Result:
    """What came of a run: the executed notebook as text, the error if a cell failed, the data files it read.

    `seconds` is how long it took; two results that differ in nothing else are the same.
    """

    name: str
    text: str
    error: str | None = None
    reads: tuple[str, ...] = ()
    seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Collection:
    """The notebooks of a folder and its ``collection.toml``."""

    folder: Path
    settings: dict[str, Any]

    @property
    def notebooks(self) -> list[str]:
        """The names of the notebooks, in the order of the settings."""
        return list(self.settings["notebooks"])

    @property
    def preload(self) -> list[str]:
        """The modules that a warm kernel has imported beforehand, and the functions (``module:function``) it called."""
        return list(self.settings["preload"])

    def path(self, notebook: str) -> Path:
        """The file of a notebook. Raises `CollectionError` with the names there are."""
        if notebook not in self.settings["notebooks"]:
            raise CollectionError(f"no notebook {notebook!r}; {suggest(notebook, self.notebooks)}")
        return self.folder / f"{notebook}.ipynb"

    def parameters(self, notebook: str) -> Mapping[str, Parameter]:
        """The parameters of a notebook, by name."""
        return declared_parameters(self.path(notebook))

    def rule(self, notebook: str, name: str) -> Rule:
        """What the settings say of a parameter; empty where any value of its type may be."""
        return dict(self.settings["notebooks"][notebook].get("parameters", {}).get(name, {}))

    def allowed(self, notebook: str, name: str, given: Given) -> list[str] | None:
        """The values that a parameter may take, given the others; None where any value of its type may."""
        rule = self.rule(notebook, name)
        return allowed_values(rule, given) if columns_of(rule) or "options" in rule else None

    def check(self, notebook: str, given: Given) -> dict[str, Value]:
        """Checks parameters and turns text into their types.

        `given` maps names to values (text, as from a command line, or already typed). Returns
        the typed values. Raises `CollectionError` that names the parameter, the value, the nearest match and
        what is allowed. Parameters that depend on one another are checked together.
        """
        known = self.parameters(notebook)
        self._check_names(notebook, given)
        typed = {name: convert(notebook, known[name], value) for name, value in given.items()}
        rules = {name: self.rule(notebook, name) for name in known}
        together = settled(rules, {name: p.default for name, p in known.items()} | typed)
        for name, value in together.items():
            fault = fault_of(rules[name], value, self.allowed(notebook, name, together), together)
            if fault:
                raise CollectionError(f"{notebook}: parameter {name}{fault}")
        return typed

    def _check_names(self, notebook: str, names: Iterable[str], where: str = "") -> None:
        known = self.parameters(notebook)
        for name in names:
            if name not in known:
                raise CollectionError(f"{where}{notebook} has no parameter {name!r}; {suggest(name, known)}")

    def runs(self) -> list[Run]:
        """Every run of the settings, expanded, checked, in order; names are unique."""
        runs: dict[str, Run] = {}
        pages = PAGES | {path.stem for path in (self.folder / "site").glob("*.md")}
        for number, entry in enumerate(self.settings["runs"], 1):
            where = f"{SETTINGS}: [[runs]] {number}: "
            axes = {name: allowed_values(rule, {}) for name, rule in entry.get("each", {}).items()}
            template = entry.get("name") or "_".join([entry["notebook"], *(f"{{{name}}}" for name in axes)])
            for values in itertools.product(*axes.values()):
                parameters = entry.get("parameters", {}) | dict(zip(axes, values, strict=True))
                name = _filled(
                    template, {key: str(value).replace(" ", "+") for key, value in parameters.items()}, where
                )
                check_name(name, where, pages)
                if name in runs:
                    raise CollectionError(f"{SETTINGS}: two runs are named {name!r}; allowed: each name once")
                checked = self.check(entry["notebook"], parameters)
                runs[name] = Run(entry["notebook"], name, checked, _title(entry, parameters, where))
        return list(runs.values())

    def batch(self, notebook: str, path: str | os.PathLike[str]) -> list[Run]:
        """A run of a notebook for each row of a CSV file whose columns are parameters.

        A column ``name`` names the results; otherwise their parameters do. Rows that are blank throughout, as
        spreadsheets leave them, are left out. Raises `CollectionError` that names file and row.
        """
        self.path(notebook)
        columns, rows = read_sets(path)
        self._check_names(notebook, (column for column in columns if column != "name"), f"{path}, row 1: ")
        runs: dict[str, tuple[int, Run]] = {}
        for number, row in rows:
            try:
                run = self._run_of_row(notebook, dict(zip(columns, row, strict=True)))
                if run.name in runs:
                    first = runs[run.name][0]
                    raise CollectionError(f"row {first} has the same name, {run.name!r}; allowed: each name once")
            except CollectionError as error:
                raise CollectionError(f"{path}, row {number}: {error}") from None
            runs[run.name] = number, run
        return [run for _, run in runs.values()]

    def _run_of_row(self, notebook: str, row: dict[str, str]) -> Run:
        given = self.check(notebook, {column: text for column, text in row.items() if text and column != "name"})
        name = row.get("name") or "_".join([notebook, *(str(value).replace(" ", "+") for value in given.values())])
        check_name(name)
        return Run(notebook, name, given)

    def refuse_sources(self, outputs: Iterable[Path], *others: Path) -> None:
        """Raises `CollectionError` where one of these outputs is a file that results are made from, by any name.

        Those are notebooks, settings, pages, tables, and the `others`.
        """
        own = [*self.folder.glob("*.ipynb"), self.folder / SETTINGS, *(self.folder / "site").rglob("*"), *others]
        own += [self.folder / name for name in self.settings.get("excerpts", [])]
        own += [data_folder() / name for name in contract.files()]
        sources = {_identity(path) for path in own if path.is_file()}
        for path in outputs:
            if path.is_file() and _identity(path) in sources:
                raise CollectionError(f"{path}: results are made from this file; allowed: another name or folder")


def find(folder: str | os.PathLike[str] | None = None) -> Collection:
    r"""The collection in `folder`, or in ``notebooks/`` here or in a folder above.

    Its data folder, where it has one, becomes the one that is read by default. Raises `CollectionError` where there is
    no collection or its settings cannot be read.

    >>> import pathlib, tempfile
    >>> from notebookcollection.collection import find
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = pathlib.Path(folder, "collection.toml").write_text("[notebooks.one]\n[notebooks.two]\n")
    ...     find(folder).notebooks
    ['one', 'two']
    """
    here = Path.cwd()
    candidates = [Path(folder)] if folder else [p / "notebooks" for p in (here, *here.parents)]
    found = next((candidate for candidate in candidates if (candidate / SETTINGS).is_file()), None)
    if not found:
        beyond = "" if folder else " or in notebooks/ of a folder above"
        raise CollectionError(f"no {SETTINGS} in {candidates[0]}{beyond}")
    found = found.resolve()
    settings = read_settings(found / SETTINGS)
    if "data" in settings and os.path.isfile(found / settings["data"] / CONTRACT_FILE):  # be it no name at all
        set_default_folder((found / settings["data"]).resolve())
    return Collection(found, settings)


def check_parameters(notebook: str, values: Mapping[str, object]) -> None:
    """Checks what the parameters cell of a notebook has set, as the command line does; the cell after it calls this.

    `values` has them by name: ``check_parameters("05_ties", locals())``. Raises `CollectionError`, which a notebook
    shows in one line. In a run, which has checked them before, and away from the collection it does nothing.

    >>> import contextlib, json, pathlib, tempfile
    >>> from notebookcollection.collection import check_parameters
    >>> cell = {"metadata": {"tags": ["parameters"]}, "source": ["year: int = 2018  # a year with data"]}
    >>> with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
    ...     (notebooks := pathlib.Path("notebooks")).mkdir()
    ...     _ = (notebooks / "collection.toml").write_text("[notebooks.ties]")
    ...     _ = (notebooks / "ties.ipynb").write_text(json.dumps({"cells": [cell]}))
    ...     check_parameters("ties", {"year": "2018"})
    Traceback (most recent call last):
        ...
    notebookcollection.parameters.CollectionError: ties: parameter year is '2018'; allowed: a value of type int
        (a year with data)
    """
    if READS_VARIABLE in os.environ:
        return
    try:
        collection = find()
    except CollectionError:
        return
    given: dict[str, Any] = {}
    for name, parameter in collection.parameters(notebook).items():
        value = values.get(name)
        if type(value) is not parameter.kind and (parameter.kind, type(value)) != (float, int):
            kind = f"a value of type {parameter.kind.__name__}"
            raise CollectionError(f"{notebook}: parameter {name} is {value!r}; allowed: {kind} ({parameter.help})")
        given[name] = value
    collection.check(notebook, given)


def _identity(path: Path) -> tuple[int, int]:
    """What all names of a file have in common."""
    found = path.stat()
    return found.st_dev, found.st_ino


def _filled(template: str, values: Mapping[str, object], where: str) -> str:
    """A template of ``{name}`` with values for its names."""
    try:
        return template.format(**values)
    except (LookupError, ValueError, AttributeError, TypeError):
        raise CollectionError(f"{where}{template!r} cannot be filled; {suggest(template, values)} in braces") from None


def _title(entry: dict[str, Any], parameters: Given, where: str) -> str | None:
    """The title of a run's page: its template, with names for the codes where a column of codes is given."""
    if "title" not in entry:
        return None
    kind, named = entry.get("labels", ""), contract.names_of(*entry["names"].split(".")) if "names" in entry else {}

    def name_of(code: str) -> str:
        return labels.translate_name(kind, code, named[code]) if code in named else code

    words = {name: "–".join(map(name_of, str(value).split("-"))) for name, value in parameters.items()}
    return prose.of_run(_filled(entry["title"], words, where), "labels" in entry)
