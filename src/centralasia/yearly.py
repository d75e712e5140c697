"""What is known year by year of a state and its partners, as one long table, and as the page *Explore* draws it."""

from collections.abc import Collection
from typing import Any

import pandas as pd

from centralasia import economies, partners, ties, votes
from centralasia.names import colour, level_name, short_name
from centralasia.regions import members, pair_code
from centralasia.tables import load
from centralasia.yearly_map import map_data
from datacontract.contract import latest_year
from datacontract.language import _, language, number_marks, sort_key

__all__ = ["explore_data", "yearly"]

REGION = "C6"  # whose members are the states to choose from
STEPS = {
    "agreement": 0.0001, "likeness": 0.0001, "export": 0.1, "import": 0.1, "income": 1, "sentences": 1, "ties": 1,
    "visits": 1,
}  # fmt: skip


def yearly() -> pd.DataFrame:
    """Every yearly measure of the six states with each other and with other states.

    Returns
    -------
    pandas.DataFrame
        One row a measure, state, partner and year: ``measure``; ``state``; ``partner``, "" where the measure is of the
        state alone; ``year``; ``series``, whose numbers these are where several publish them, else ""; ``value``.
        ``agreement`` is the share of roll calls in which both voted alike, half-way for an abstention beside a yes or
        no; ``likeness`` the cosine of the words of two speeches; ``sentences`` those of a speech that name the partner;
        ``export`` and ``import`` are in millions of US dollars, as the state records them; ``income`` is the gross
        domestic product per person at purchasing power parity; ``ties`` the level of signed ties, 0 for none found;
        ``visits`` the held visits of heads of state that were found. A year that is not known, or of which no visit
        was found, has no row.
    """
    states = members(REGION)
    found = [_agreement(states), _likeness(states), _sentences(states), _trade(states), _income(), _ties(), _visits()]
    frame = pd.concat(found, ignore_index=True).astype({"year": "int64"})
    order = ["measure", "state", "partner", "series", "year"]
    return frame[[*order, "value"]].dropna(subset="value").sort_values(order, ignore_index=True)


def _both_ways(frame: pd.DataFrame, states: list[str]) -> pd.DataFrame:
    """Rows of a pair, once for each of its members that is one of the states; ``pair`` gives way to both."""
    ends = frame["pair"].str.split("-", n=1, expand=True)
    rows = [frame.assign(state=ends[one], partner=ends[other]) for one, other in ((0, 1), (1, 0))]
    joint = pd.concat(rows)
    return joint[joint["state"].isin(states)].assign(series="")


def _agreement(states: list[str]) -> pd.DataFrame:
    others = votes.voting_states()
    pairs = sorted({pair_code(a, b) for a in states for b in others if a != b})
    known = votes.pair_years(pairs, votes.Choice("agreement", "left_out", 1991, int(load("unga_years")["year"].max())))
    return _both_ways(votes.comparable(known), states).assign(measure="agreement")


def _likeness(states: list[str]) -> pd.DataFrame:
    rows = load("speech_pairs")
    rows = rows.assign(pair=rows["state_a"] + "-" + rows["state_b"], value=rows["all_words"])
    joint = _both_ways(rows, states)
    return joint[joint["partner"].isin(votes.voting_states())].assign(measure="likeness")


def _sentences(states: list[str]) -> pd.DataFrame:
    """How often each speech names a partner: a speech that is there and does not name it does so no time."""
    held = load("speeches").query("state in @states")[["state", "year"]]
    named = load("speech_partners").rename(columns={"actor": "partner", "sentences": "value"})
    every = held.merge(pd.DataFrame({"partner": votes.voting_states()}), how="cross").query("state != partner")
    joint = every.merge(named[["state", "year", "partner", "value"]], how="left").fillna({"value": 0})
    return joint.assign(measure="sentences", series="")


def _trade(states: list[str]) -> pd.DataFrame:
    national = load("trade").rename(columns={"thousand_usd": "value"}).assign(series="national")
    national["value"] /= 1000
    rows = pd.concat([national, load("partner_trade").rename(columns={"million_usd": "value"})])
    rows = rows.rename(columns={"reporter": "state", "flow": "measure"}).astype({"measure": "str", "series": "str"})
    return rows[rows["state"].isin(states) & rows["partner"].isin(votes.voting_states())]


def _income() -> pd.DataFrame:
    rows = load("indicators")
    return rows[rows["indicator"] == economies.INCOME].assign(measure="income", partner="", series="")


def _ties() -> pd.DataFrame:
    scale, last = ties.levels(), latest_year("ties.date")
    rows = ties.levels_by_year(REGION, range(1992, last + 1))
    place = {level: number for number, level in enumerate(scale, 1)}
    rows = rows.assign(value=[place.get(level, 0) for level in rows["level"]], measure="ties")
    return _both_ways(rows[rows["pair"].isin(ties.searched())], members(REGION))


def _visits() -> pd.DataFrame:
    pairs = sorted(ties.searched("visits"))
    dates = load("visits")["date"].dropna().str[:4].astype(int)
    counts = ties.visit_counts(pairs, range(dates.min(), dates.max() + 1)).astype("float")
    rows = counts.melt(ignore_index=False, value_name="value").dropna().reset_index().assign(measure="visits")
    return _both_ways(rows, members(REGION))


def _by_alphabet(codes: Collection[str]) -> list[str]:
    return sorted(codes, key=lambda code: sort_key(short_name(code)))


def explore_data() -> dict[str, Any]:
    """What the page *Explore* draws, with all of its words in the language of the reader."""
    frame, marks = yearly(), number_marks(language())
    measures = {
        "agreement": (_("Agreement in votes"), _("0: always opposed, 1: always alike")),
        "likeness": (_("Likeness of speeches"), _("cosine of their words, 0 to 1")),
        "sentences": (_("Naming in speeches"), _("sentences of a speech that name the partner")),
        "export": (_("Exports to the partner"), _("million US dollars, as the state records them")),
        "import": (_("Imports from the partner"), _("million US dollars, as the state records them")),
        "income": (_("Income per person"), _("international dollars at purchasing power parity")),
        "ties": (_("Label of signed ties"), ""),
        "visits": (_("Visits of heads of state"), _("held visits that were found, in either direction")),
    }
    rows: dict[str, Any] = {}
    for (measure, state, partner, series), own in frame.groupby(["measure", "state", "partner", "series"]):
        values = (own["value"] / STEPS[measure]).round() * STEPS[measure]
        points = [[int(y), round(v, 4)] for y, v in zip(own["year"], values, strict=True)]
        rows.setdefault(measure, {}).setdefault(state, {}).setdefault(partner, {})[series] = points
    states = _by_alphabet(members(REGION))
    return {
        "measures": [{"key": key, "name": name, "unit": unit} for key, (name, unit) in measures.items()],
        "states": [{"key": code, "name": short_name(code)} for code in states],
        "partners": [
            {"key": code, "name": short_name(code), "colour": colour(code)}
            for code in _by_alphabet({*frame["partner"], *states} - {""})
        ],
        "levels": [level_name(None), *map(level_name, ties.levels())],
        "series": {"": ""} | {series: partners.series_name(series) for series in partners.SERIES},
        "rows": rows, "first": int(frame["year"].min()), "last": int(frame["year"].max()),
        "map": map_data(),
        "marks": {"decimal": marks["."], "thousands": marks[","]},
        "words": {
            "measure": _("Measure"), "state": _("State"), "partners": _("Partners"), "first": _("From"),
            "last": _("To"), "year": _("Year"), "nothing": _("Nothing is known for this choice."),
            "download": _("Download these numbers (CSV)"), "table": _("The numbers in a table"),
            "chart": _("Line chart: {measure}, {state}, {first} to {last}. Lines: {n}.",
                       measure="{measure}", state="{state}", first="{first}", last="{last}", n="{n}"),
        },
    }  # fmt: skip
