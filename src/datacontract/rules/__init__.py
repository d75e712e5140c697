"""Rules that Table Schema cannot say, each with a name, in `RULES`.

Most are declared in the contract itself, by a property of a field (``reference``, ``means``) or of a schema
(``ordered``, ``totals`` …), so that a new table gets them by declaring them.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from datacontract.context import CONTRACT_FILE
from datacontract.contract import Resource, Row
from datacontract.faults import Fault
from datacontract.rules import codes, groups, meanings, texts
from datacontract.rules.tables import Tables

__all__ = ["RULES", "Tables", "apply"]

Rule = Callable[[Tables], Iterator[Fault]]
# A rule of a later group looks only at tables in which those before it found nothing, so that one slip is one fault.
_GROUPS: tuple[tuple[tuple[str, Rule], ...], ...] = (
    (
        ("reference", codes.references), ("reference-by", codes.references_by_kind), ("pair", codes.pairs),
        ("unordered-pair", codes.unordered_pairs),
        ("text", texts.plain_text), ("meaning", meanings.meanings),
    ),
    (
        ("kind", codes.codes_of_a_kind), ("different", codes.different_codes), ("side", codes.sides_of_pairs),
        ("key", codes.keys_that_begin), ("sorted", codes.lists_in_order), ("order", meanings.dates_in_order),
        ("together", groups.what_goes_together), ("label", texts.labels_of_codes), ("range", groups.plausible_ranges),
    ),
    (
        ("unused-source", codes.sources_are_used), ("total", groups.totals), ("expected", groups.expected_rows),
        ("sequence", meanings.stages_in_sequence), ("rank", groups.ranks_without_gaps), ("single", groups.at_most_one),
        ("whole", groups.whole_units), ("sourced", meanings.sourced_in_time),
    ),
)  # fmt: skip
RULES = tuple(rule for group in _GROUPS for rule in group)


def apply(resources: Mapping[str, Resource], rows: Mapping[str, Sequence[Row]]) -> list[Fault]:
    """The faults that the rules find in the rows of these tables.

    >>> from datacontract.rules import apply
    >>> visits = {"name": "visits", "path": "visits.csv", "schema": {"fields": [], "different": [["guest", "host"]]}}
    >>> print(*apply({"visits": visits}, {"visits": [{"guest": "KAZ", "host": "KAZ"}]}))
    visits.csv, row 2, column host: 'KAZ' is not allowed; allowed: another code than guest has [different]
    """
    faults: list[Fault] = []
    for group in _GROUPS:
        broken = {fault.file for fault in faults}
        sound = {name: lines for name, lines in rows.items() if resources[name]["path"] not in broken}
        faults += [fault for name, rule in group for fault in _applied(name, rule, Tables(resources, sound, name))]
    return faults


def _applied(name: str, rule: Rule, tables: Tables) -> list[Fault]:
    try:
        return list(rule(tables))
    except (LookupError, TypeError, ValueError) as error:  # declared for columns that cannot have it
        what = f"{type(error).__name__} {error}"
        return [Fault(CONTRACT_FILE, 0, "", what, f"the rule {name!r} on tables and columns that fit it", "contract")]
