import itertools
import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import DataError, load, using
from centralasia.names import short_name
from centralasia.regions import (
    _covers,
    check_pair,
    members,
    members_at_end,
    pair_code,
    pair_name,
    pairs,
    pairs_at_end,
    regions,
    states_of,
)


def test_regions_are_those_that_have_members():
    assert regions() == list(dict.fromkeys(load("memberships")["region"]))


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_a_region_is_named_in_words(language, monkeypatch):
    monkeypatch.setenv("CENTRALASIA_LANGUAGE", language)
    codes = set(load("actors").query("kind == 'state'")["actor"])
    for region in regions():
        assert not codes & set(re.findall(r"\w+", short_name(region))), region


def test_the_consultative_meetings_have_one_name_in_every_language():
    row = load("actors").set_index("actor").loc["CM"]
    assert row["name"] == row["short_name"]
    texts = load("labels").query("code == 'CM'").groupby("language")["text"].agg(["nunique", "size"])
    assert (texts["nunique"] == 1).all()
    assert (texts["size"] == 2).all()


def test_membership_begins_on_its_day():
    before, since = members("CM", "2025-11-15"), members("CM", "2025-11-16")
    assert set(since) - set(before) == {"AZE"}
    assert members("CM", "2018-03-14") == []


@pytest.mark.parametrize("on", [2025, "2025", "2025-11"])
def test_a_year_or_month_counts_who_belonged_in_it(on):
    assert "AZE" in members("CM", on)


def test_without_a_day_everyone_with_a_row_counts():
    assert members("CM") == sorted(load("memberships").query("region == 'CM'")["actor"])


def test_blank_dates_bound_nothing():
    assert members("C5", "1800") == members("C5", "2999-12-31") == members("C5")


def test_members_and_pairs_are_in_alphabetical_order():
    assert members("C5") == sorted(members("C5"))
    assert pairs("C5") == sorted(pairs("C5"))


@pytest.mark.parametrize("region", ["C5", "C6", "CM"])
def test_pairs_are_all_pairs_once(region):
    own = members(region)
    expected = {frozenset(pair) for pair in itertools.product(own, own) if len(set(pair)) == 2}
    found = [frozenset(pair.split("-")) for pair in pairs(region)]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_a_membership_that_ends_lasts_to_its_last_day(edit):
    with using(edit("memberships.csv", "C5,KGZ,,", "C5,KGZ,,2019-06")):
        assert "KGZ" in members("C5", "2019-06-30")
        assert "KGZ" not in members("C5", "2019-07-01")
        assert len(pairs("C5", 2020)) == len(pairs_at_end("C5", 2019)) == 6
        assert len(pairs("C5", 2019)) == 10
        assert "KGZ" not in members_at_end("C5", 2019)


def test_a_new_row_is_a_new_member(edit):
    with using(edit("memberships.csv", "CA4,KAZ", "C5,MNG,2030,,UNGA,\nCA4,KAZ")):
        assert "MNG" not in members("C5", 2029)
        assert "KAZ-MNG" in pairs("C5", 2030)


def test_unknown_regions_and_dates_are_refused():
    with pytest.raises(DataError, match=r"no region 'C7'.*did you mean 'C[M56]'\?.*allowed: C5"):
        members("C7")
    for wrong in ("16.11.2025", "2025-13", "25", "2025-11-1", ""):
        with pytest.raises(ValueError, match="date is .*allowed: an ISO 8601 date"):
            members("C5", wrong)


@pytest.mark.parametrize("wrong", ["TKM-KAZ", "KAZ", "KAZ-KAZ", "KAZ-KGZ-TJK", ""])
def test_what_is_no_pair_is_refused(wrong):
    with pytest.raises(DataError, match="allowed: two"):
        check_pair(wrong)


def test_a_turned_pair_is_told_its_order():
    with pytest.raises(DataError, match="'TKM-KAZ'.*as KAZ-TKM"):
        check_pair("TKM-KAZ")


def test_pairs_by_name():
    assert check_pair("KAZ-TKM") == states_of("KAZ-TKM") == ("KAZ", "TKM")
    assert pair_code("TKM", "KAZ") == pair_code("KAZ", "TKM") == "KAZ-TKM"
    assert pair_name("KAZ-TKM") == "Kazakhstan–Turkmenistan"
    with pytest.raises(DataError, match="no actor 'XXX'"):
        pair_name("KAZ-XXX")


_DAYS = st.dates(pd.Timestamp("2018-01-01").date(), pd.Timestamp("2020-12-31").date())
_DATES = st.builds(lambda day, length: day.isoformat()[:length], _DAYS, st.sampled_from([4, 7, 10]))


@pytest.mark.slow
@settings(max_examples=300)
@given(st.none() | _DATES, st.none() | _DATES, _DATES)
def test_a_member_counts_where_the_two_spans_of_days_meet(start, end, on):
    """The rule on text against one on calendar days: spans overlap, if the membership itself is a span."""
    first = pd.Period(start).start_time if start else pd.Timestamp.min
    last = pd.Period(end).end_time if end else pd.Timestamp.max
    if first <= last:
        assert _covers(start, end, on) == (first <= pd.Period(on).end_time and pd.Period(on).start_time <= last)


def test_a_state_that_left_and_came_back_in_a_year_is_one_member(data_copy):
    with (data_copy / "memberships.csv").open("a") as file:
        file.write("CM,KAZ,2024-12-01,,UNGA,\n")
    with using(data_copy):
        assert members("CM", 2025).count("KAZ") == 1
        assert len(pairs("CM", 2024)) == 10
