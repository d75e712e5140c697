import itertools

import pandas as pd
import pytest

from centralasia import load, using
from centralasia.pairs import common_denominator, named_themes, shared_themes, theme_grid
from centralasia.regions import pairs
from datacontract.contract import rows

PAIRS = pairs("C5")


def test_themes_named_by_both_against_a_plain_count():
    named = {(r["meeting_id"], r["voice"], r["domain"]) for r in rows("agenda") if r["value"] == "1"}
    for pair in PAIRS:
        one, other = pair.split("-")
        both = {(m, d) for m, v, d in named if v == one and (m, other, d) in named}
        table = named_themes(pair)
        assert set(table.index[table["both"].fillna(False)]) == both
        refused = table[[one, other]].eq(-1).fillna(False).any(axis=1)
        assert (table["both"].eq(False).fillna(False) == refused).all()  # an unknown theme is neither


def test_themes_follow_the_meetings_in_time_and_the_coding_frame():
    dates = {r["meeting_id"]: r["date"] for r in rows("meetings")}
    frame = [r["domain"] for r in rows("domains")]
    for pair in PAIRS:
        order = [(dates[meeting], frame.index(domain)) for meeting, domain in named_themes(pair).index]
        assert order == sorted(order)


@pytest.mark.slow
def test_a_refusal_is_no_shared_theme():
    """Referee, sentence 40: Turkmenistan named the region as one voice in 2024 to refuse it."""
    table = named_themes("KAZ-TKM")
    assert table.loc[("cm-2024", "REG")].tolist() == [1, -1, False]
    refused = "In 2024 Turkmenistan named “Region as one voice” to refuse it, which is not counted."
    assert refused in shared_themes("KAZ-TKM")
    assert "Turkmenistan refused Region as one voice in 2024" in theme_grid("KAZ-TKM").alt_text


def test_a_zero_settles_nothing(edit):
    with using(
        edit("agenda.csv", "cm-2024,TJK,WAT,,,coded,E. Rahmon,NTJ24,,", "cm-2024,TJK,WAT,0,,coded,E. Rahmon,NTJ24,low,")
    ):
        assert pd.isna(named_themes("KAZ-TJK").loc[("cm-2024", "WAT"), "TJK"])


def test_a_state_without_a_voice_leaves_nothing_to_compare():
    assert named_themes("AZE-KAZ").empty


def test_the_common_denominator_against_a_plain_count():
    table, events = common_denominator("KAZ-TKM"), rows("pair_agenda")
    shared = {r["domain"] for r in rows("domains") if r["common_denominator"].lower() == "true"}
    assert set(table.index) == shared
    for (domain, row), year in itertools.product(table.iterrows(), table.columns):
        named = any(r["domain"] == domain and r["date"].startswith(str(year)) and r["value"] == "1" for r in events)
        assert row[year] == 1 if named else pd.isna(row[year])
    assert (table.dtypes == "Int64").all(), "whole numbers beside what is missing"
    assert common_denominator("KAZ-UZB").empty


def test_a_year_is_0_only_where_every_event_names_the_theme_as_absent(edit):
    data = edit("pair_agenda.csv", ",INN,,,", ",INN,0,,")
    with using(data):
        first = load("pair_agenda").query("value == 0")["date"].str[:4].astype(int).iloc[0]
        assert common_denominator("KAZ-TKM").loc["INN", first] == 0


def test_one_event_that_names_a_theme_as_absent_does_not_settle_a_year_with_another(data_copy):
    before, path = common_denominator("KAZ-TKM"), data_copy / "pair_agenda.csv"
    events = load("pair_agenda").query("pair == 'KAZ-TKM' and domain == 'WAT'")
    year = events["date"].str[:4].astype(int)
    open_year = next(y for y in sorted(set(year)) if (year == y).sum() > 1 and pd.isna(before.loc["WAT", y]))
    first = events.loc[year == open_year, "event_id"].iloc[0]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    absent = [line.replace(",WAT,,", ",WAT,0,") if line.startswith(f"{first},") else line for line in lines]
    path.write_text("".join(absent), encoding="utf-8")
    with using(data_copy):
        assert (load("pair_agenda")["value"] == 0).sum() == 1
        assert pd.isna(common_denominator("KAZ-TKM").loc["WAT", open_year])
