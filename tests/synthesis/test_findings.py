"""What the findings say, and that how sure they are follows from the numbers."""

import pandas as pd
import pytest

from centralasia import economies, hierarchy, load, meetings, speeches, synthesis, ties, votes

DOCUMENTS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
CHOICE = votes.Choice("agreement", "left_out", 1992, 2025)


def _grade(finding):
    statement, reason = finding.split("\n\n")
    assert statement.endswith(".")
    assert reason.endswith(".")
    return reason.split(":")[0].strip("*")


def test_measures_that_agree_beyond_chance_are_likely_and_others_cannot_be_told():
    states = ["AZE", "KAZ", "KGZ", "TJK", "TKM", "UZB"]
    pairs = [f"{one}-{other}" for one in states for other in states if one < other]
    same = pd.DataFrame(
        dict.fromkeys(["ties", "visits", "votes", "words", "trade"], pd.Series(range(15), pairs, dtype=float))
    )
    found = synthesis.together_finding("C6", same)
    assert _grade(found) == "Likely"
    assert "10 of 10 comparisons" in found
    assert "tell one story" in found
    mixed = same.sample(frac=1, random_state=3).set_axis(pairs)[["visits"]].join(same[["ties", "votes"]].iloc[:, :1])
    assert _grade(synthesis.together_finding("C6", mixed)) == "Open"


def test_the_order_is_as_sure_as_its_readings(monkeypatch):
    found = synthesis.order_finding(DOCUMENTS, "CA4")
    assert _grade(found) == "Likely"
    assert "hether the draft of 2019 raised Central Asia is open" in found
    assert found.startswith("The concept of 2020–2030 places Central Asia lower than the concept of 2014–2020 did.")
    assert _grade(synthesis.order_finding(DOCUMENTS[:2], "CA4")) == "Open"
    monkeypatch.setattr(hierarchy, "all_unread", lambda documents: False)
    monkeypatch.setattr(hierarchy, "moves_drawn", lambda *asked: pd.Series({"up": 0.0, "down": 0.99}))
    assert _grade(synthesis.order_finding(DOCUMENTS, "CA4")) == "Firm"


def test_the_caveat_says_that_the_texts_were_not_read():
    assert "No full text of these concepts was read" in synthesis.order_caveat(DOCUMENTS, "CA4")


def test_the_caveat_names_no_place_where_there_is_none():
    assert synthesis.order_caveat(["kaz-2005", "kaz-2008-board"], "CA4") == ""


def test_ties_are_firm_where_every_act_is(monkeypatch):
    counts = ties.level_counts("C5", 2025)
    assert _grade(synthesis.ties_finding("C5", 2025)) == "Likely"
    monkeypatch.setattr(ties, "level_counts", lambda region, year: counts.assign(found=counts["firm"]))
    assert _grade(synthesis.ties_finding("C5", 2025)) == "Firm"


@pytest.mark.parametrize(
    ("raw", "alpha", "grade"),
    [
        ((0.01, 0.1), (0.01, 0.2), "Firm"),
        ((0.01, 0.1), (-0.1, 0.2), "Likely"),
        ((-0.01, 0.1), (0.1, 0.2), "Open"),
    ],
)
def test_votes_are_as_sure_as_their_intervals(monkeypatch, raw, alpha, grade):
    ends = dict(zip(["low", "high", "alpha_low", "alpha_high"], [*raw, *alpha], strict=True))
    known = votes.period_changes("C5", CHOICE, 1).assign(**ends)
    monkeypatch.setattr(votes, "period_changes", lambda *asked: known)
    assert _grade(synthesis.votes_finding("C5", CHOICE)) == grade


@pytest.mark.parametrize(
    ("directions", "against", "grade"),
    [
        (["apart", "unclear", "closer"], (), "Open"),
        (["closer", "unclear", "closer"], (), "Open"),
        (["closer"] * 3, ("KAZ",), "Likely"),
        (["closer"] * 3, (), "Firm"),
    ],
)
def test_incomes_are_as_sure_as_the_choice_of_the_first_year_lets_them(monkeypatch, directions, against, grade):
    panels = [economies.panel("gdp_pc_ppp", "C5", 1991, 2024)]
    known = economies.windows(panels)
    known = known.assign(direction=directions, against=[against] * len(known))
    monkeypatch.setattr(economies, "windows", lambda asked: known)
    found = synthesis.economies_finding(panels)
    assert _grade(found) == grade
    assert ("the answer turns" in found) == ("apart" in directions)


def test_votes_of_years_that_cannot_be_compared_tell_nothing():
    assert _grade(synthesis.votes_finding("C5", votes.Choice("agreement", "left_out", 2025, 2026))) == "Open"


def test_a_year_in_which_several_windows_begin_is_told_once():
    panels = [economies.panel("gdp_pc_ppp", "C5", 2013, 2024)]
    assert synthesis.economies_finding(panels).count("since 2013") == 1


def test_ties_without_sources_are_known_without_a_count_of_them():
    assert "0 sources" not in synthesis.ties_basis("CM", 1992)


def test_speeches_are_firm_only_against_every_period_and_beside_others(monkeypatch):
    change = type("Change", (), {"low": 0.1})
    monkeypatch.setattr(speeches, "likeness_change", lambda *asked, **more: change)
    assert _grade(synthesis.speeches_finding("C5")) == "Firm"
    change.low = -0.1
    assert _grade(synthesis.speeches_finding("C5")) == "Open"


def test_agendas_are_open_where_the_interval_holds_zero():
    found = meetings.shift(meetings.speech_codes(meetings.Choice("CM", 1992, 2025)))
    assert (_grade(synthesis.agendas_finding(meetings.Choice("CM", 1992, 2025))) == "Open") == (
        found.low <= 0 <= found.high
    )


def test_in_short_the_findings_are_counted_by_what_they_say(monkeypatch):
    asked = (DOCUMENTS, "CA4", "C5", CHOICE, meetings.Choice("CM", 1992, 2025))
    panels = [economies.panel("gdp_pc_ppp", "C5", 1991, 2024)]
    said = synthesis.in_short(*asked, panels)
    assert said.startswith("**In short:** The concept of 2020–2030 places Central Asia lower")
    assert "drew closer in votes in the General Assembly and speeches before the United Nations." in said
    assert said.endswith("Whether they drew closer in incomes and the agendas of their meetings is open.")
    known = economies.windows(panels)
    known = known.assign(direction=["apart"] * len(known), against=[()] * len(known))
    monkeypatch.setattr(economies, "windows", lambda asked: known)
    assert "moved apart in incomes." in synthesis.in_short(*asked, panels)


@pytest.mark.slow
def test_each_finding_says_how_it_is_known():
    order = synthesis.order_basis(DOCUMENTS)
    assert "12 sources (the best kind among them: research)" in order
    assert "Nobody coded the places a second time." in order
    assert "156 speeches, 1992 to 2024. 9 more are not in the collection" in synthesis.speeches_basis("C5")
    agendas = synthesis.agendas_basis(meetings.Choice("CM", 1992, 2025))
    assert "29 of 36 speeches were read far enough to code." in agendas
    assert "agree reliably (Krippendorff's alpha 0.92)" in agendas
    known = load("unga_years").query("1992 <= year <= 2025 and comparable")["roll_calls"].sum()
    assert f"{known:,} roll calls" in synthesis.votes_basis(CHOICE)
    panels = [economies.panel("gdp_pc_ppp", "C5", 1991, 2024)]
    assert f"{int(panels[0].low.to_numpy().sum())} of {panels[0].values.size}." in synthesis.economies_basis(panels)
    values = synthesis.closeness("C5", 2025)
    assert "unknown" not in synthesis.together_basis(values.notna().astype(float))
    values.iloc[0, 1] = float("nan")
    assert "59 values, from" in synthesis.together_basis(values)
    assert "1 more is unknown." in synthesis.together_basis(values)


def test_the_day_of_the_update_is_that_of_the_latest_source():
    latest = max(date for date in load("sources")["date"].dropna().astype(str) if len(date) == 10)
    assert synthesis.updated().endswith(f"{int(latest[8:])} {pd.Timestamp(latest):%B %Y}.")
    assert f"{len(load('sources')):,} sources" in synthesis.updated()


def test_a_state_is_closest_where_its_own_pairs_are_highest():
    values = pd.DataFrame({"visits": [1.0, 5, 9], "votes": [0.5, 0.9, 1.0]}, ["KAZ-KGZ", "KAZ-UZB", "KGZ-UZB"])
    assert list(synthesis.pairs_of("KAZ", values).index) == ["KAZ-KGZ", "KAZ-UZB"]
    said = synthesis.state_answer("KAZ", values)
    assert said == "**Kazakhstan** is closest to Uzbekistan by visits of heads of state and agreement in votes."


def test_the_treaty_of_a_state_is_signed_or_not_known():
    assert "Kazakhstan signed the 21st-century treaty" in synthesis.treaty_of_state("KAZ")
    assert "Turkmenistan is not known to have signed" in synthesis.treaty_of_state("TKM")


def test_what_is_open_says_why():
    assert "**Open:** no reading gives it a place in both texts" in synthesis.order_finding(
        ["kaz-2005", "kaz-2008-board"], "CA4"
    )
    early = synthesis.ties_finding("C5", 2000)
    assert early.startswith("No pair is known to have signed"), "nothing found is not nothing signed"
    assert "**Open:** none was found, which does not prove" in early
    agendas = synthesis.agendas_finding(meetings.Choice("CM", 2018, 2022))
    assert "**Open:** what they share beyond chance has not clearly changed" in agendas, "they share less"
