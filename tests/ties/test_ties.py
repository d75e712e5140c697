import csv
import itertools
import random
import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import DataError, cite, load, ties, using
from centralasia import pairs as pairs_room
from centralasia.figures.style import STYLE
from centralasia.names import NONE_FOUND, colour, level_name
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import members, pairs

PAIRS, ALL = pairs("C5"), pairs("C6")
SCALE = ["friendship", "strategic", "deepened_strategic", "alliance"]
YEARS = range(1992, 2026)

# Worked out by hand from the acts: the year each pair signed strategic partnership, a deepened one, an alliance.
BY_HAND = {
    "KAZ-KGZ": (None, None, 2003),
    "KAZ-TJK": (2015, None, 2023),
    "KAZ-TKM": (2017, 2024, None),
    "KAZ-UZB": (2013, None, 2021),
    "KGZ-TJK": (None, None, None),
    "KGZ-TKM": (2018, None, None),
    "KGZ-UZB": (2017, 2023, None),
    "TJK-TKM": (2017, 2023, None),
    "TJK-UZB": (2018, None, 2022),
    "TKM-UZB": (2017, 2022, None),
}


def _rows(root, table):
    with (root / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _rank(level):
    return -1 if level is None or pd.isna(level) else SCALE.index(level)


# Levels


def test_the_scale_is_that_of_the_contract():
    assert ties.levels() == SCALE


@pytest.mark.parametrize("pair", PAIRS)
def test_levels_reached_agree_with_those_worked_out_by_hand(pair):
    steps = ties.transitions([pair]).set_index("level")["date"].str[:4].astype(int)
    assert tuple(steps.get(level) for level in SCALE[1:]) == BY_HAND[pair]


def test_an_act_known_to_the_year_counts_at_its_end_and_may_count_before():
    assert ties.level_at("KAZ-KGZ", "2002-12-31").at_most == "friendship"
    within = ties.level_at("KAZ-KGZ", "2003-06-01")
    assert (within.level, within.at_most, within.since) == ("friendship", "alliance", "1997")
    assert ties.level_at("KAZ-KGZ", 2003).level == "alliance"


def test_one_of_two_days_counts_on_the_second():
    first, second = (ties.level_at("KGZ-UZB", f"2023-01-{day}") for day in (26, 27))
    assert (first.level, first.at_most) == ("strategic", "deepened_strategic")
    assert second.level == second.at_most == "deepened_strategic"


def test_an_undated_act_is_an_upper_bound_only():
    assert ties.level_at("KGZ-UZB", 1992) == ties.Level(None, "friendship", None, None, None)


def test_a_weaker_label_later_does_not_lower_the_level():
    found = ties.level_at("KAZ-TKM", 2025)
    assert (found.level, found.act, found.confidence) == ("deepened_strategic", "kaz-tkm-2024-10-10", "medium")


def test_the_confidence_is_the_best_by_then_and_the_date_that_of_the_first_act():
    assert ties.level_at("TJK-UZB", 2023).confidence == "medium"
    late = ties.level_at("TJK-UZB", 2024)
    assert (late.confidence, late.since) == ("high", "2022-06")


def test_only_signatures_give_a_level(edit):
    data = edit(
        "ties.csv",
        "kgz-tjk-2025-03-31,KGZ-TJK,2025-03-31,,signature",
        "kgz-tjk-2025-03-31,KGZ-TJK,2025-03-31,,ratification",
    )
    with using(data):
        assert ties.level_at("KGZ-TJK", 2025).level is None
    assert ties.level_at("KGZ-TJK", 2025).level == "friendship"


def test_firmer_acts_alone_give_the_lower_label():
    assert ties.level_at("KAZ-TKM", 2025, "high").level == "strategic"
    assert ties.level_at("KAZ-KGZ", 2023, "high").level is None


@settings(max_examples=15, derandomize=True, deadline=None)
@given(
    st.sampled_from(PAIRS),
    st.lists(st.dates(pd.Timestamp("1990-01-01").date(), pd.Timestamp("2026-12-31").date()), min_size=2, max_size=2),
)
def test_levels_never_fall_and_never_pass_their_bound(pair, days):
    early, late = (ties.level_at(pair, day.isoformat()) for day in sorted(days))
    assert _rank(early.level) <= _rank(late.level)
    assert _rank(early.at_most) <= _rank(late.at_most)
    assert all(_rank(found.level) <= _rank(found.at_most) for found in (early, late))
    strict = ties.level_at(pair, late.since or "2026", "high")
    assert _rank(strict.level) <= _rank(ties.level_at(pair, late.since or "2026", "medium").level)


def test_levels_by_year_against_a_plain_count_of_the_rows(root):
    found = ties.levels_by_year("C5", YEARS).set_index(["year", "pair"])["level"]
    for year, pair in itertools.product(YEARS, PAIRS):
        signed = [
            r
            for r in _rows(root, "ties")
            if r["pair"] == pair and r["event"] == "signature" and r["level"] and r["date"]
        ]
        own = [SCALE.index(r["level"]) for r in signed if int(r["date"][:4]) <= year]
        assert _rank(found[year, pair]) == max(own, default=-1)


def test_the_order_of_rows_does_not_matter(data_copy):
    path = data_copy / "ties.csv"
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    with using(data_copy):
        before = ties.levels_by_year("C5", YEARS)
    random.Random(7).shuffle(lines)
    path.write_text(header + "".join(lines), encoding="utf-8")
    with using(data_copy):
        after = ties.levels_by_year("C5", YEARS)
    pd.testing.assert_frame_equal(before, after)


def test_pairs_enter_when_their_states_do():
    counts = ties.levels_by_year("CM", [2017, 2018, 2024, 2025]).groupby("year").size()
    assert counts.to_dict() == {2018: 10, 2024: 10, 2025: 15}


# Shares, steps, times


@pytest.mark.parametrize("region", ["C5", "C6", "CM"])
def test_shares_add_up_and_cumulate_to_the_lower_bounds(region):
    by_year = ties.levels_by_year(region, range(2000, 2026))
    table = ties.shares(by_year)
    assert np.allclose(table.drop(columns="pairs").sum(axis=1), 1)
    for place, level in enumerate(SCALE):
        bounds = ties.at_or_above(by_year, level)
        assert np.allclose(bounds["lower"], table[SCALE[place:]].sum(axis=1))
        assert (bounds["lower"] <= bounds["upper"]).all()
        assert (bounds["upper"] >= bounds["lower"] + table[NONE_FOUND] - 1e-12).all()


def test_shares_worked_out_by_hand():
    by_year = ties.levels_by_year("C5", [2016])
    assert ties.shares(by_year).loc[2016].to_dict() == {
        "friendship": 0.2, "strategic": 0.2, "deepened_strategic": 0, "alliance": 0.1, NONE_FOUND: 0.5, "pairs": 10,
    }  # fmt: skip
    assert ties.at_or_above(by_year, "strategic").loc[2016].to_dict() == {"lower": 0.3, "upper": 0.8, "pairs": 10}


@pytest.mark.parametrize("confidence", ["low", "medium", "high"])
def test_steps_go_up_and_begin_with_no_label(confidence):
    steps = ties.transitions(PAIRS, minimum_confidence=confidence)
    assert steps["last"].is_monotonic_increasing
    for _, own in steps.groupby("pair"):
        codes = own["level"].cat.codes.tolist()
        assert codes == sorted(set(codes))
        assert own["before"].cat.codes.tolist() == [-1, *codes[:-1]]


def test_times_are_bounds_and_censored_at_the_end():
    waits = ties.times(["KAZ-KGZ", "KGZ-TKM"], 1992, 2025).set_index(["pair", "level"])
    assert waits.loc[("KAZ-KGZ", "alliance"), "date"] == "2003"
    assert waits.loc[("KAZ-KGZ", "strategic"), ["at_least", "at_most"]].tolist() == pytest.approx(
        [11.0, 12.0], abs=0.01
    )
    open_end = waits.loc[("KGZ-TKM", "alliance")]
    assert open_end["at_least"] == pytest.approx(34, abs=0.01)
    assert pd.isna(open_end["at_most"])


def test_what_was_signed_before_the_clock_took_no_time():
    assert (
        ties.times(["KAZ-UZB"], 2000, 2025).query("level == 'friendship'")[["at_least", "at_most"]].eq(0).all(axis=None)
    )


@pytest.mark.parametrize("until", [2005, 2012, 2017, 2025])
def test_the_median_is_that_of_kaplan_and_meier(until):
    from scipy.stats import CensoredData, ecdf

    waits = ties.times(PAIRS, 1992, until)
    for level, row in ties.median_times(waits).iterrows():
        own = waits[waits["level"] == level]
        done = own["at_most"].dropna()
        assert (row["reached"], row["pairs"]) == (len(done), len(PAIRS))
        if len(done) == 0:
            assert pd.isna(row["years"])
            continue
        curve = ecdf(CensoredData(uncensored=done, right=own.loc[own["at_most"].isna(), "at_least"])).sf
        below = curve.quantiles[curve.probabilities <= 0.5 + 1e-9]
        below = below[np.isin(below, done)]
        assert row["years"] == pytest.approx(below[0]) if len(below) else pd.isna(row["years"])


def test_wrong_arguments_name_parameter_value_and_what_is_allowed():
    with pytest.raises(ValueError, match="minimum_confidence is 'sure'.*allowed: low, medium, high"):
        ties.acts(PAIRS, "sure")
    with pytest.raises(DataError, match="'UZB-KAZ'.*as KAZ-UZB"):
        ties.acts(["UZB-KAZ"])
    with pytest.raises(ValueError, match="date is '2025-1'"):
        ties.level_at("KAZ-UZB", "2025-1")
    with pytest.raises(ValueError, match="level is 'union'.*friendship"):
        ties.at_or_above(ties.levels_by_year("C5", [2020]), "union")
    with pytest.raises(ValueError, match="since is 2021.*until.*2020"):
        ties.times(PAIRS, 2021, 2020)
    with pytest.raises(ValueError, match="first_year is 2021.*2020"):
        ties.period("C5", 2021, 2020)
    with pytest.raises(ValueError, match=r"last_year is 2090; allowed: up to 20\d\d"):
        ties.period("C5", 2021, 2090)
    with pytest.raises(ValueError, match="last_year is 2010.*CM has two members"):
        ties.period("CM", 2001, 2010)
    with pytest.raises(ValueError, match="status is 'cancelled'.*held"):
        ties.visits(PAIRS, "cancelled")


# Visits, milestones, treaties


def test_visit_counts_against_a_plain_count_and_missing_is_not_zero(root):
    counts = ties.visit_counts(PAIRS, YEARS)
    plain = Counter(
        (r["pair"], int(r["date"][:4]))
        for r in _rows(root, "visits")
        if r["status"] == "held" and r["guest_rank"] == "head_of_state"
    )
    assert dict(counts.stack().dropna().items()) == plain
    assert not (counts == 0).any(axis=None)
    both = ties.visit_counts(PAIRS, YEARS, rank=None)
    assert both.sum().sum() > counts.sum().sum()


def test_milestones_name_all_the_states_asked_for(root):
    named = {
        r["milestone_id"]
        for r in _rows(root, "milestones")
        if {"KAZ", "UZB"} <= set(r["parties"].split(";")) or r["parties"] == "C5"
    }
    assert set(ties.milestones(["KAZ", "UZB"])["milestone_id"]) == named


def test_a_group_stands_for_its_members_at_the_time(edit):
    data = edit("memberships.csv", "C5,KGZ,,", "C5,KGZ,,2020")
    groups = load("milestones", data).query("parties == 'C5'")
    early, late = (groups["date"].str[:4].astype(int).pipe(f, 2020) for f in (pd.Series.le, pd.Series.gt))
    found = set(ties.milestones(["KGZ"], data)["milestone_id"])
    assert set(groups.loc[early, "milestone_id"]) <= found
    assert not set(groups.loc[late, "milestone_id"]) & found
    assert late.any() and early.any()


def test_a_state_without_a_row_of_the_treaty_is_listed_as_unknown():
    rows = ties.treaty_signatures(["AZE", "KAZ"]).set_index("state")["status"]
    assert rows["KAZ"] == "signed"
    assert pd.isna(rows["AZE"])


# Themes of a pair


def test_themes_named_by_both_against_a_plain_count(root):
    named = {(r["meeting_id"], r["voice"], r["domain"]) for r in _rows(root, "agenda") if r["value"] == "1"}
    for pair in PAIRS:
        one, other = pair.split("-")
        both = {(m, d) for m, v, d in named if v == one and (m, other, d) in named}
        table = named_themes(pair)
        assert set(table.index[table["both"].fillna(False)]) == both
        assert table["both"].isin([True, pd.NA]).all()


def test_a_weak_zero_is_unknown(root):
    zero = next(r for r in _rows(root, "agenda") if r["value"] == "0")
    pair = next(p for p in PAIRS if zero["voice"] in p)
    assert pd.isna(named_themes(pair).loc[(zero["meeting_id"], zero["domain"]), zero["voice"]])


def test_a_state_without_a_voice_leaves_nothing_to_compare():
    assert named_themes("AZE-KAZ").empty


def test_the_common_denominator_against_a_plain_count(root):
    table, rows = common_denominator("KAZ-TKM"), _rows(root, "pair_agenda")
    shared = {r["domain"] for r in _rows(root, "domains") if r["common_denominator"].lower() == "true"}
    assert set(table.index) == shared
    for (domain, row), year in itertools.product(table.iterrows(), table.columns):
        named = any(r["domain"] == domain and r["date"].startswith(str(year)) and r["value"] == "1" for r in rows)
        assert row[year] == 1 if named else pd.isna(row[year])
    assert common_denominator("KAZ-UZB").empty


def test_a_year_is_0_only_where_every_event_names_the_theme_as_absent(edit):
    data = edit("pair_agenda.csv", ",INN,,,", ",INN,0,,")
    first = load("pair_agenda", data).query("value == 0")["date"].str[:4].astype(int).iloc[0]
    assert common_denominator("KAZ-TKM", data).loc["INN", first] == 0


def test_one_event_that_names_a_theme_as_absent_does_not_settle_a_year_with_another(data_copy):
    before, path = common_denominator("KAZ-TKM"), data_copy / "pair_agenda.csv"
    events = load("pair_agenda").query("pair == 'KAZ-TKM' and domain == 'WAT'")
    year = events["date"].str[:4].astype(int)
    open_year = next(y for y in sorted(set(year)) if (year == y).sum() > 1 and pd.isna(before.loc["WAT", y]))
    first = events.loc[year == open_year, "event_id"].iloc[0]
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    absent = [line.replace(",WAT,,", ",WAT,0,") if line.startswith(f"{first},") else line for line in lines]
    path.write_text("".join(absent), encoding="utf-8")
    assert (load("pair_agenda", data_copy)["value"] == 0).sum() == 1
    assert pd.isna(common_denominator("KAZ-TKM", data_copy).loc["WAT", open_year])


# Tables


def test_tables_read_without_codes_or_missing_cells():
    frames = [
        ties.act_table(PAIRS),
        ties.reached_table(ALL, 2025),
        ties.spread_table("C6", 2000, 2025),
        ties.waiting_table(PAIRS, 1992, 2025),
        ties.visit_table(PAIRS),
        ties.milestone_table(["TKM"]),
        ties.signature_table(members("C6")),
        pairs_room.theme_table("KAZ-TKM"),
    ]
    for frame in frames:
        assert len(frame)
        assert not frame.isna().any(axis=None)
        assert frame.columns.name
        assert not frame.astype("str").apply(lambda column: column.str.contains("nan|<NA>|_")).any(axis=None)


def test_a_table_without_rows_says_so():
    for frame in (
        ties.act_table(["AZE-KAZ"]),
        ties.visit_table(["AZE-KAZ"]),
        pairs_room.theme_table("AZE-KAZ"),
    ):
        assert frame.index.to_list() == [NONE_FOUND]
        assert (frame == "").all(axis=None)


def test_a_note_on_the_whole_speech_is_not_taken_for_one_on_the_theme():
    remarks = pairs_room.theme_table("KAZ-TKM").drop(columns="Theme")
    assert not remarks.apply(lambda column: column.str.contains("whole speech")).any(axis=None)
    assert remarks.apply(lambda column: column.str.startswith("opposite sign")).any(axis=None)


def test_levels_reached_in_words():
    table = ties.reached_table(PAIRS, 2025)
    assert table.loc["Kazakhstan–Turkmenistan"].tolist() == ["2017-04-18", "2017-04-18", "2024-10-10", ""]
    assert ties.reached_table(PAIRS, 2016).loc["Kazakhstan–Turkmenistan"].tolist() == [""] * 4


@pytest.mark.parametrize("pair", ["AZE-KAZ", "KAZ-TKM"])
def test_sources_are_all_known(pair):
    assert len(cite(pairs_room.pair_sources(pair)))


def test_sources_of_a_region_hold_the_map_and_every_act():
    keys = {key for cell in ties.region_sources("C5", 2025).dropna() for key in cell.split(";")}
    assert {"NATEARTH", "ZP", "EC24"} <= keys
    assert "LURER25" not in keys  # the pair with Russia is outside the region


# Sentences


def test_the_answer_follows_the_rows(edit):
    before = ties.ties_answer("C5", 1992, 2025)
    data = edit("ties.csv", "declaration,friendship,Khujand", "declaration,alliance,Khujand")
    with using(data):
        after = ties.ties_answer("C5", 1992, 2025)
    assert "4 stand at alliance, 4 at deepened strategic, 1 at strategic and 1 at friendship" in before
    assert "5 stand at alliance, 4 at deepened strategic and 1 at strategic" in after
    with using(data):
        assert "KGZ" in ties.level_map("C5", "TJK", 2025).data.query("level == 'alliance'")["state"].tolist()


def test_the_answer_says_where_the_acts_end():
    assert "reach to" in ties.ties_answer("C5", 2000, 2026)
    assert "reach to" not in ties.ties_answer("C5", 2000, 2025)


def test_a_region_without_acts_is_unknown_in_words():
    assert "no label was found for any of them" in ties.ties_answer("EUR4", 2000, 2020)
    assert "no label found with" in ties.ties_of_state("FRA", "EUR4", 2020)
    assert "No label" in ties.level_steps("EUR4", "FRA", 2000, 2020).title


def test_doubts_name_the_weak_acts_and_go_with_them(edit):
    assert "Kazakhstan–Turkmenistan: deepened strategic rests on acts of medium" in ties.ties_doubts("C5", 2025)
    assert "an act of 2025-11-25 carries the weaker label strategic" in pairs.pair_doubts("KAZ-TKM", 2025)
    assert "weaker" not in pairs.pair_doubts("KAZ-UZB", 2025)
    data = edit("ties.csv", "CN2410;N2410,medium", "CN2410;N2410,high")
    with using(data):
        assert "rests on" not in pairs.pair_doubts("KAZ-TKM", 2025)
    assert "Turkmenistan: deepened strategic rests" not in ties.ties_doubts("C5", 2025, "high")


def test_the_treaty_is_signed_as_of_the_year(edit):
    assert "3 of 5 states had signed" in ties.treaty_signed("C5", 2024)
    assert "Signed later: Tajikistan (2025-08-28)" in ties.treaty_signed("C5", 2024)
    assert "so both had in 6 of 10 pairs" in ties.treaty_signed("C5", 2025)
    assert "Not in the table: Azerbaijan" in ties.treaty_signed("C6", 2025)
    data = edit("treaty_signatures.csv", "TKM,no_signature_found,,,", "TKM,signed,2025-12-01,Ashgabat,")
    assert "5 of 5 states had signed" in ties.treaty_signed("C5", 2025, data)
    assert pairs.pair_treaty("KAZ-TKM", data).startswith("Both have signed")
    assert pairs.pair_treaty("KAZ-TKM").startswith("It is not established")


def test_steps_up_are_counted_in_words():
    steps = ties.transitions(PAIRS, 2025)
    assert ties.ties_rises("C5", 1992, 2025).startswith(f"{len(steps)} steps up were found from 1992 to 2025")
    assert ties.ties_rises("C5", 2025, 2025) == "1 step up was found in 2025."
    assert ties.ties_rises("C5", 1992, 1995) == "No step up was found from 1992 to 1995."


def test_visits_and_milestones_follow_the_rows(edit):
    assert pairs.pair_visits_found("KAZ-TKM").startswith("At least 13 visits")
    data = edit(
        "visits.csv",
        "TKM,KAZ,held,head_of_state,state,,S. Berdimuhamedov,N2511",
        "TKM,KAZ,planned,head_of_state,state,,S. Berdimuhamedov,N2511",
    )
    assert pairs.pair_visits_found("KAZ-TKM", data).startswith("At least 12 visits")
    assert pairs.pair_visits_found("KAZ-TKM", data).endswith("Not known to have been held: 1 planned.")
    assert "2025-11-24 state, planned" in pairs.pair_visits("KAZ-TKM", data).alt_text


@pytest.mark.parametrize("pair", ["AZE-KAZ", "AZE-TKM", "KAZ-TKM", "KAZ-UZB", "KGZ-TJK", "TJK-UZB"])
def test_every_pair_has_its_sentences(pair):
    told = [
        pairs.pair_answer(pair, 2025),
        pairs.pair_doubts(pair, 2025),
        pairs.pair_visits_found(pair),
        pairs.pair_milestones_found(pair),
        pairs.pair_themes_shared(pair),
        pairs.pair_denominator_found(pair),
        pairs.pair_treaty(pair),
    ]
    for text in told:
        assert text.endswith((".", "…"))
        assert not re.search(r"\bnan\b|<NA>|  |\b1 (visits|milestones|times)", text)
    if "AZE" in pair:
        assert "was found in the sources read" in told[0]


# Figures


def _drawn(figure_function, *arguments, **options):
    """The canvas of a figure and what the drawing returns, without writing an image."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        canvas = Figure(layout="constrained")
        result = figure_function.__wrapped__(canvas, *arguments, **options)
        canvas.draw_without_rendering()
    return canvas, result


def _texts(canvas):
    from matplotlib.text import Text

    return [t for t in canvas.findobj(Text) if t.get_text().strip() and t.get_visible()]


CASES = [
    (ties.level_steps, ("C5", "KAZ", 1992, 2025)),
    (ties.level_steps, ("C6", "AZE", 2010, 2026, "high")),
    (ties.level_shares, ("C5", 1992, 2025)),
    (ties.level_shares, ("CM", 2015, 2025)),
    (ties.level_map, ("C6", "UZB", 2016)),
    (ties.visit_grid, ("C5", "TKM", 1992, 2025)),
    (ties.visit_grid, ("EUR4", "FRA", 2000, 2025)),
    (ties.milestone_lanes, ("C6", "TKM", 1992, 2026)),
    *((function, arguments) for pair in ("KAZ-TKM", "AZE-KAZ") for function, arguments in (
        (pairs.pair_steps, (pair, 1992, 2025)),
        (pairs.pair_visits, (pair,)),
        (pairs.pair_milestones, (pair, 1992, 2025)),
        (pairs.pair_themes, (pair,)),
        (pairs.pair_denominator, (pair,)),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("function", "arguments"), CASES, ids=lambda x: getattr(x, "__name__", None))
def test_figures_fit_and_describe_themselves(function, arguments):
    canvas, (title, description, caption, drawn) = _drawn(function, *arguments)
    assert canvas.get_size_inches()[0] == pytest.approx(6.6)
    assert min(t.get_fontsize() for t in _texts(canvas)) >= 8.5
    assert canvas.get_tightbbox().width <= 6.6 * 1.03
    assert title and description and caption and drawn is not None
    assert not any("nan" in words.split() for words in (title, description, caption))


def test_every_pair_and_every_signature_is_in_the_description():
    made = ties.level_steps("C5", "KAZ", 1992, 2025)
    for act in ties.signatures(PAIRS).dropna(subset="date").itertuples():
        assert f"{level_name(act.level)} {act.date}" in made.alt_text
    assert made.title == "Highest level by 2025: alliance, in 4 of 10 pairs"
    assert len(made.data) == len(ties.signatures(PAIRS).dropna(subset="date"))


def test_the_description_of_steps_follows_the_rows(edit):
    data = edit(
        "ties.csv",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,declaration,strategic",
        "kgz-tkm-2018-08-23,KGZ-TKM,2018-08-23,,signature,treaty,alliance",
    )
    with using(data):
        made = ties.level_steps("C5", "KAZ", 1992, 2025)
    assert "Kyrgyzstan–Turkmenistan: alliance 2018-08-23 (treaty)" in made.alt_text
    assert made.title == "Highest level by 2025: alliance, in 5 of 10 pairs"
    with using(data):
        assert pairs.pair_steps("KGZ-TKM", 1992, 2025).title == "Kyrgyzstan–Turkmenistan in 2025: alliance, since 2018"
    with using(data):
        assert ties.level_shares("C5", 2020, 2025).data["alliance"].iloc[-1] == 0.5


def test_only_held_visits_of_heads_of_state_are_drawn_full():
    from matplotlib.colors import to_hex

    canvas, (title, _, _, drawn) = _drawn(pairs.pair_visits, "KAZ-UZB")
    faces = [to_hex(marks.get_facecolor()[0]) for marks in canvas.axes[0].collections]
    full = drawn[(drawn["status"] == "held") & (drawn["guest_rank"] == "head_of_state")]
    assert len(faces) == len(drawn) > len(full)
    assert len(faces) - faces.count("#ffffff") == len(full)
    assert f"At least {len(full)} visits" in title


@pytest.mark.parametrize("pair", ["AZE-KAZ", "AZE-UZB"])
def test_what_is_not_there_is_said_instead_of_drawn(pair):
    for function, arguments in (
        (pairs.pair_steps, (pair, 1992, 2025)),
        (pairs.pair_visits, (pair,)),
        (pairs.pair_themes, (pair,)),
    ):
        canvas, (title, *_) = _drawn(function, *arguments)
        assert not canvas.axes
        assert "found" in title or "holds no" in title


@pytest.mark.parametrize(("state", "year"), [*((state, 2025) for state in members("C6")), ("UZB", 2000)])
def test_names_on_the_map_do_not_overlap(state, year):
    canvas, _ = _drawn(ties.level_map, "C6", state, year)
    boxes = {t.get_text(): t.get_window_extent() for t in canvas.axes[0].texts}
    for (one, a), (other, b) in itertools.combinations(boxes.items(), 2):
        assert not a.overlaps(b), f"{one!r} and {other!r}"
    assert {text.splitlines()[0] for text in boxes} >= {
        "Kazakhstan",
        "Kyrgyzstan",
        "Tajikistan",
        "Turkmenistan",
        "Uzbekistan",
    }


def test_the_map_shows_the_chosen_state_and_shades_that_rise_with_the_level():
    from matplotlib.colors import to_hex, to_rgb

    from centralasia.ties.figures import level_style

    canvas, (_, description, _, drawn) = _drawn(ties.level_map, "C5", "KAZ", 2025)
    assert colour("KAZ") in {to_hex(p.get_facecolor()) for p in canvas.axes[0].patches}
    assert drawn.set_index("state")["level"].to_dict() == {
        s: ties.level_at(f"KAZ-{s}", 2025).level for s in ("KGZ", "TJK", "TKM", "UZB")
    }
    assert "Turkmenistan: deepened strategic, 2024" in description
    greys = [np.dot(to_rgb(level_style(level)["facecolor"]), [0.299, 0.587, 0.114]) for level in (None, *SCALE)]
    assert greys == sorted(greys, reverse=True)
    assert min(np.diff(greys[::-1])) > 0.08
    assert len({level_style(level)["hatch"] for level in (None, *SCALE)}) == 5


def test_the_map_is_read_through_the_contract(data_copy):
    shapes = ties.load_map()
    assert set(members("C6")) <= set(shapes)
    assert all(ring.shape[1] == 2 for polygons in shapes.values() for rings in polygons for ring in rings)
    (data_copy / "map_central_asia.geojson").write_text('{"features": [{}]}', encoding="utf-8")
    with pytest.raises(DataError, match=r"map_central_asia\.geojson: cannot be read as a map"):
        ties.load_map(data_copy)


def test_the_map_refuses_who_does_not_belong():
    with pytest.raises(DataError, match="state 'AZE' is no member of CM in 2024.*allowed: KAZ"):
        ties.level_map("CM", "AZE", 2024)


def test_figures_are_the_same_bytes_twice():
    assert (
        ties.level_map("C5", "KAZ", 2025)._repr_mimebundle_() == ties.level_map("C5", "KAZ", 2025)._repr_mimebundle_()
    )
