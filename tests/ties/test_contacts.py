from collections import Counter

import pandas as pd
import pytest

from centralasia import load, ties, using
from centralasia.regions import pairs
from datacontract.contract import rows
from datacontract.errors import ChoiceError

PAIRS = pairs("C5")


def test_visit_counts_against_a_plain_count_and_missing_is_not_zero():
    counts = ties.visit_counts(PAIRS, range(1992, 2026))
    plain = Counter(
        (r["pair"], int(r["date"][:4]))
        for r in rows("visits")
        if r["status"] == "held" and r["guest_rank"] == "head_of_state" and r["date"] < "2026"
    )
    assert dict(counts.stack().dropna().items()) == plain
    assert not (counts == 0).any(axis=None)
    found = ties.visits(PAIRS)
    found = found[found["date"] < "2026"]
    assert len(found) > counts.sum().sum() == found["leader"].sum()


def test_milestones_name_all_the_states_asked_for():
    named = {
        r["milestone_id"]
        for r in rows("milestones")
        if {"KAZ", "UZB"} <= set(r["parties"].split(";")) or r["parties"] == "C5"
    }
    assert set(ties.milestones(["KAZ", "UZB"])["milestone_id"]) == named


def test_a_group_stands_for_its_members_at_the_time(edit):
    data = edit("memberships.csv", "C5,KGZ,,", "C5,KGZ,,2020")
    with using(data):
        groups = load("milestones").query("parties == 'C5'")
        found = set(ties.milestones(["KGZ"])["milestone_id"])
    early, late = (groups["date"].str[:4].astype(int).pipe(f, 2020) for f in (pd.Series.le, pd.Series.gt))
    assert set(groups.loc[early, "milestone_id"]) <= found
    assert not set(groups.loc[late, "milestone_id"]) & found
    assert late.any() and early.any()


def test_an_unknown_status_is_refused():
    with pytest.raises(ChoiceError, match="status is 'cancelled'.*held"):
        ties.visits(PAIRS, "cancelled")
