"""What a rule looks at."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from datacontract.contract import Field, Resource, Row
from datacontract.faults import Fault

__all__ = ["Tables", "agrees", "precedes"]


@dataclass(frozen=True)
class Tables:
    """What a rule looks at: the tables of the contract, and the rows of those in which nothing else is wrong."""

    resources: Mapping[str, Resource]
    rows: Mapping[str, Sequence[Row]]
    rule: str

    def fields(self, where: Callable[[Field], bool]) -> Iterator[tuple[str, Field]]:
        """The fields for which `where` is true, each with the name of its table."""
        return ((name, f) for name in self.rows for f in self.resources[name]["schema"]["fields"] if where(f))

    def declared(self, key: str) -> Iterator[tuple[str, Any]]:
        """What the schemas declare under `key`, each item with the name of its table."""
        return ((name, item) for name in self.rows for item in self.resources[name]["schema"].get(key, []))

    def numbered(self, table: str) -> Iterator[tuple[int, Row]]:
        """The rows of a table with their lines in the file."""
        return enumerate(self.rows[table], 2)

    def codes(self, target: Mapping[str, Any], column: str = "field") -> set[str]:
        """What the column of the ``resource`` that `target` names may hold, or holds, and what it names ``also``.

        Where `target` says ``where``, the values of the rows that agree with it.
        """
        table, name, where = target["resource"], target[column], target.get("where", {})
        field = next((f for n, f in self.fields(lambda f: f["name"] == name) if n == table), {})
        used = {row[name] for row in self.rows.get(table, []) if agrees(row, where)} - {""}
        return {*(used if where else field.get("constraints", {}).get("enum", used)), *target.get("also", [])}

    def fault(self, table: str, row: int, column: str, allowed: str, value: str | None = None) -> Fault:
        """What is wrong with a cell; `value` is what to show in place of its text. Row 0 is the whole table."""
        shown = self.rows[table][row - 2][column] if value is None else value
        return Fault(self.resources[table]["path"], row, column, shown, allowed, self.rule)

    def missing(self, table: str, row: int, column: str, target: Mapping[str, Any], code: str) -> Fault:
        """A cell that names a code which has no row in its table; of a list it shows that code alone."""
        resource, field = target["resource"], target["field"]
        path, value = self.resources[table]["path"], self.rows[table][row - 2][column]
        (own,) = (f for f in self.resources[table]["schema"]["fields"] if f["name"] == column)
        shown = code if own["type"] == "list" and code in value.split(own["delimiter"]) else value
        return Fault(path, row, column, shown, f"a value of {resource}.{field}", self.rule, (resource, field, code))


def agrees(row: Row, where: Mapping[str, Sequence[str]]) -> bool:
    """Whether each column that `where` names holds one of its values.

    >>> from datacontract.rules.tables import agrees
    >>> row = {"kind": "regular", "status": "held"}
    >>> agrees(row, {"status": ["held", "planned"]}), agrees(row, {"status": ["held"], "kind": ["special"]})
    (True, False)
    """
    return all(row[column] in values for column, values in where.items())


def precedes(one: str, other: str) -> bool:
    """Whether a number or date comes before another; dates at the precision that both have.

    >>> from datacontract.rules.tables import precedes
    >>> precedes("2019", "2020-03"), precedes("2020", "2020-03"), precedes("9", "10")
    (True, False, True)
    """
    try:
        return float(one) < float(other)
    except ValueError:
        length = min(len(one), len(other))
        return one[:length] < other[:length]
