"""A collection of notebooks: which run, with which parameters, and whether those can be.

Everything here is plain TOML, JSON and CSV, so that a wrong parameter is refused in milliseconds,
long before a kernel would start.
"""

import csv
import itertools
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from datacontract import contract, labels
from datacontract.context import set_default_folder
from datacontract.errors import suggest
from notebookcollection import headings
from notebookcollection.parameters import CollectionError, declared_parameters, typed

SETTINGS = "collection.toml"
_FILE_NAME = re.compile(r"[A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,180}")


@dataclass(frozen=True)
class Run:
    """One execution: the notebook, the parameters that differ from its defaults, the name and title of the result."""

    notebook: str
    name: str
    parameters: dict = field(default_factory=dict)
    title: str | None = None  # None: that of the notebook


@dataclass(frozen=True)
class Collection:
    """The notebooks of a folder and its ``collection.toml``."""

    folder: Path
    settings: dict

    @property
    def notebooks(self):
        """The names of the notebooks, in the order of the settings."""
        return list(self.settings["notebooks"])

    @property
    def preload(self):
        """The modules that a warm kernel has imported beforehand."""
        return self.settings.get("preload", [])

    def path(self, notebook):
        """The file of a notebook. Raises `CollectionError` with the names there are."""
        if notebook not in self.settings["notebooks"]:
            raise CollectionError(f"no notebook {notebook!r}; {suggest(notebook, self.notebooks)}")
        return self.folder / f"{notebook}.ipynb"

    def parameters(self, notebook):
        """The parameters of a notebook, by name."""
        return declared_parameters(self.path(notebook))

    def allowed(self, notebook, name, given):
        """The values that a parameter may take, given the others; None where any value of its type may."""
        rule = self.settings["notebooks"][notebook].get("parameters", {}).get(name, {})
        return self._values(rule, given) if {"values", "pairs"} & set(rule) else None

    def check(self, notebook, given):
        """Checks parameters and turns text into their types.

        `given` maps names to values (text, as from a command line, or already typed). Returns
        the typed values. Raises `CollectionError` that names the parameter, the value, the nearest match and
        what is allowed. Parameters that depend on one another are checked together.
        """
        known = self.parameters(notebook)
        self._known(notebook, given)
        given = {name: typed(notebook, known[name], value) for name, value in given.items()}
        together = {name: p.default for name, p in known.items()} | given
        for name, value in together.items():
            self._check_value(notebook, name, value, together)
        return given

    def _known(self, notebook, names, where=""):
        """Raises `CollectionError` where one of these is no parameter of the notebook."""
        known = self.parameters(notebook)
        for name in names:
            if name not in known:
                raise CollectionError(f"{where}{notebook} has no parameter {name!r}; {suggest(name, known)}")

    def _check_value(self, notebook, name, value, together):
        rule = self.settings["notebooks"][notebook].get("parameters", {}).get(name, {})
        where = f"{notebook}: parameter {name}"
        if isinstance(value, str) and not value.isascii():
            raise CollectionError(f"{where} is {value!r}; allowed: codes in ASCII letters")
        for bound, beyond in (("minimum", lambda a, b: a < b), ("maximum", lambda a, b: a > b)):
            if not rule.get("list") and bound in rule and beyond(value, rule[bound]):
                raise CollectionError(f"{where} is {value!r}; allowed: {bound} {rule[bound]}")
        allowed = self.allowed(notebook, name, together)
        if allowed is None:
            return
        items = value.split() if rule.get("list") else [value]
        for item in items:
            if item not in allowed:
                raise CollectionError(
                    f"{where}: {item!r} is not known{_condition(rule, together)}; {suggest(item, allowed)}"
                )
        if rule.get("list") and len(items) < rule.get("minimum", 1):
            raise CollectionError(f"{where} is {value!r}; allowed: {rule['minimum']} or more of {', '.join(allowed)}")
        if len(set(items)) != len(items):
            raise CollectionError(f"{where} is {value!r}; allowed: each value once")

    def _values(self, rule, given):
        """The values that a rule of the settings stands for, read from the tables, and those it names ``also``."""
        return [*self._own_values(rule, given), *self._also(rule.get("also", []), given)]

    def _also(self, also, given):
        """More values: words, or those of a column where one is named."""
        if isinstance(also, str):
            return self._own_values({"values": also}, given)
        return also

    def _own_values(self, rule, given):
        where = {k: given[v[1:]] if v.startswith("$") else v for k, v in rule.get("where", {}).items()}
        if "pairs" in rule:
            members = sorted(contract.distinct(rule["pairs"], where))
            return ["-".join(pair) for pair in itertools.combinations(members, 2)]
        if isinstance(rule["values"], list) and "." not in rule["values"][0]:
            return rule["values"]
        first, *others = [rule["values"]] if isinstance(rule["values"], str) else rule["values"]
        found = contract.distinct(first, where)
        for address in others:
            also = set(contract.distinct(address))
            found = [value for value in found if value in also]
        return found

    def _title(self, entry, parameters, run):
        """The title of a run's page: its template, with names for the codes where a column of names is given."""
        if "title" not in entry:
            return None
        names = {}
        if "names" in entry:
            table, code, name = entry["names"].split(".")
            rows, said = contract.rows(table), labels.localized(labels.translate_name)
            names = {row[code]: said(entry.get("labels"), row[code], row[name]) for row in rows}
        read = {k: "–".join(names.get(code, code) for code in str(v).split("-")) for k, v in parameters.items()}
        return headings.of_run(run, entry["title"].format(**read), "labels" in entry)

    def runs(self):
        """Every run of the settings, expanded, checked, in order; names are unique."""
        runs = []
        for entry in self.settings.get("runs", []):
            axes = {name: self._values(rule, {}) for name, rule in entry.get("each", {}).items()}
            for values in itertools.product(*axes.values()):
                parameters = entry.get("parameters", {}) | dict(zip(axes, values, strict=True))
                template = entry.get("name") or "_".join([entry["notebook"], *(f"{{{name}}}" for name in axes)])
                self.path(entry["notebook"])
                checked = self.check(entry["notebook"], parameters)
                name = template.format(**parameters)
                title = self._title(entry, parameters, name)
                runs.append(Run(entry["notebook"], name, checked, title))
        names = [run.name for run in runs]
        for name in names:
            if names.count(name) > 1:
                raise CollectionError(f"{SETTINGS}: two runs are named {name!r}; allowed: each name once")
        return runs

    def sets(self, notebook, path):
        """A run of a notebook for each row of a CSV file whose columns are parameters.

        A column ``name`` names the results; otherwise their parameters do. Raises `CollectionError` that names file
        and row.
        """
        self.path(notebook)
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file, strict=True)
                rows, columns = list(reader), reader.fieldnames or []
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CollectionError(f"{path}: cannot be read ({error})") from None
        if not rows:
            raise CollectionError(f"{path} has no rows; allowed: a header of parameters, then a row for each run")
        self._known(notebook, (column for column in columns if column != "name"), f"{path}, row 1: ")
        runs, seen = [], {}
        for number, row in enumerate(rows, 2):
            try:
                if None in row or None in row.values():
                    raise CollectionError("its cells are not as many as those of the header")
                own = row.pop("name", "")
                given = self.check(notebook, {name: value for name, value in row.items() if value})
                name = own or "_".join([notebook, *(str(value).replace(" ", "+") for value in given.values())])
                if not _FILE_NAME.fullmatch(name):
                    raise CollectionError(
                        f"{name!r} cannot name a file; allowed: a column name, of letters, digits, -_+."
                    )
                if name in seen:
                    raise CollectionError(f"row {seen[name]} has the same name, {name!r}; allowed: each name once")
            except CollectionError as error:
                raise CollectionError(f"{path}, row {number}: {error}") from None
            seen[name] = number
            runs.append(Run(notebook, name, given))
        return runs


def find(folder=None):
    """The collection in `folder`, or in ``notebooks/`` here or in a folder above.

    Raises `CollectionError` where there is none or its settings cannot be read.
    """
    here = Path.cwd()
    candidates = [Path(folder)] if folder else [p / "notebooks" for p in (here, *here.parents)]
    for candidate in candidates:
        if (candidate / SETTINGS).is_file():
            return _open(candidate.resolve())
    raise CollectionError(
        f"no {SETTINGS} in {candidates[0]}" + ("" if folder else " or in notebooks/ of a folder above")
    )


def _open(folder):
    try:
        settings = tomllib.loads((folder / SETTINGS).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CollectionError(f"{folder / SETTINGS}: {error}") from None
    settings.setdefault("notebooks", {})
    if "data" in settings:
        set_default_folder((folder / settings["data"]).resolve())
    return Collection(folder, settings)


def _condition(rule, together):
    """`` with state=KAZ``: on which other parameters the allowed values hang."""
    others = [v[1:] for v in rule.get("where", {}).values() if v.startswith("$")]
    return "".join(f" with {name}={together[name]}" for name in others)
