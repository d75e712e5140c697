"""What a parameter may be: the rules of ``collection.toml``, asked of the tables and of the other parameters."""

import itertools
import operator
from collections.abc import Iterator, Mapping
from typing import Any

from datacontract import contract
from datacontract.errors import suggest
from notebookcollection.parameters import CollectionError, Value
from notebookcollection.settings import SETTINGS

__all__ = ["Given", "Rule", "allowed_values", "columns_of", "fault_of", "settled"]

Rule = dict[str, Any]
Given = Mapping[str, Value]
LATEST = 0  # what stands for the last year with data, where a rule says which column has them


def columns_of(rule: Rule) -> list[str]:
    """The columns, as ``table.column``, whose values a rule allows.

    >>> from notebookcollection.rules import columns_of
    >>> columns_of({"column": "ties.pair", "also": "visits.pair", "options": ["all"]})
    ['ties.pair', 'visits.pair']
    """
    return [rule[key] for key in ("column", "pairs", "also") if key in rule]


def allowed_values(rule: Rule, given: Given) -> list[str]:
    """The values that a rule allows, read from the tables, and the words it names itself.

    >>> from notebookcollection.rules import allowed_values
    >>> allowed_values({"pairs": "memberships.actor", "where": {"region": "$region"}}, {"region": "C5"})[:3]
    ['KAZ-KGZ', 'KAZ-TJK', 'KAZ-TKM']
    """
    where = dict(rule.get("where", {}))
    for key, text in where.items():
        if text.startswith("$"):
            if text[1:] not in given:
                raise CollectionError(f"{SETTINGS}: where, {key}: {text} is no parameter; {suggest(text, given)}")
            where[key] = str(given[text[1:]])
    if "pairs" in rule:
        members = sorted(contract.distinct(rule["pairs"], where))
        return ["-".join(pair) for pair in itertools.combinations(members, 2)]
    found = contract.distinct(rule["column"], where) if "column" in rule else []
    if "within" in rule:
        inside = set(contract.distinct(rule["within"]))
        found = [value for value in found if value in inside]
    also = contract.distinct(rule["also"]) if "also" in rule else []
    return [*found, *also, *rule.get("options", [])]


def fault_of(rule: Rule, value: Value, allowed: list[str] | None, together: Given) -> str | None:
    """What is wrong with a value and what is allowed, as the end of a sentence about the parameter; None: nothing.

    >>> from notebookcollection.rules import fault_of
    >>> fault_of({"options": ["low", "high"]}, "hihg", ["low", "high"], {})
    ": 'hihg' is not known; did you mean 'high'? allowed: low, high"
    >>> fault_of({"until": "last_year"}, 2025, None, {"last_year": 2020})
    ' is 2025; allowed: not after last_year, which is 2020'
    """
    if isinstance(value, str) and not value.isascii():
        return f" is {value!r}; allowed: codes in ASCII letters"
    items = str(value).split() if rule.get("list") else [value]
    unknown = [item for item in items if allowed is not None and item not in allowed]
    if unknown:
        others = [text[1:] for text in rule.get("where", {}).values() if text.startswith("$")]
        condition = "".join(f" with {name}={together[name]}" for name in others)
        elsewhere = "".join(
            f"; allowed with {name}={', '.join(found)}" for name, found in _elsewhere(rule, str(unknown[0]), together)
        )
        return f": {unknown[0]!r} is not known{condition}{elsewhere or f'; {suggest(unknown[0], allowed or [])}'}"
    if rule.get("list"):
        least = rule.get("minimum", 1)
        if len(items) < least:
            return f" is {value!r}; allowed: {least} or more of {', '.join(allowed or [])}"
        return f" is {value!r}; allowed: each value once" if len(set(items)) < len(items) else None
    for bound, beyond in (("minimum", operator.lt), ("maximum", operator.gt)):
        if bound in rule and isinstance(value, str):
            return f": {SETTINGS} has a {bound} for it; allowed: for numbers, or the length of a list"
        if bound in rule and value != (LATEST if "latest" in rule else None) and beyond(value, rule[bound]):
            return f" is {value!r}; allowed: {bound} {rule[bound]}"
    return _fault_of_year(rule, value, together) if isinstance(value, int) else None


def _fault_of_year(rule: Rule, year: int, together: Given) -> str | None:
    """What is wrong with a year: it is later than the data, or than the last year that is asked for."""
    if "latest" in rule and year > (known := contract.latest_year(rule["latest"])):
        return f" is {year}; allowed: up to {known}, the last year of {rule['latest']}; {LATEST} stands for it"
    if "until" in rule and rule["until"] not in together:
        return f": {SETTINGS}: until {rule['until']!r} is no parameter; {suggest(rule['until'], together)}"
    if "until" in rule and isinstance(until := together[rule["until"]], int) and year > until:
        return f" is {year}; allowed: not after {rule['until']}, which is {until}"
    return None


def _elsewhere(rule: Rule, value: Value, together: Given) -> Iterator[tuple[str, list[str]]]:
    """Other parameters that a value depends on, each with those of its values that would allow it."""
    table = next(iter(columns_of(rule)), "").partition(".")[0]
    for column, text in rule.get("where", {}).items():
        if text.startswith("$"):
            others = contract.distinct(f"{table}.{column}")
            if found := [other for other in others if value in allowed_values(rule, {**together, text[1:]: other})]:
                yield text[1:], found


def settled(rules: Mapping[str, Rule], together: Given) -> dict[str, Value]:
    """Parameters with the last year with data where one holds what stands for it.

    >>> from notebookcollection.rules import settled
    >>> settled({"last_year": {"latest": "ties.date"}}, {"pair": "KAZ-UZB", "last_year": 0})["last_year"] >= 2025
    True
    """
    years = {name: rule["latest"] for name, rule in rules.items() if "latest" in rule and together.get(name) == LATEST}
    return {**together, **{name: contract.latest_year(address) for name, address in years.items()}}
