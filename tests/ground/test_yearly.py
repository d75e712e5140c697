"""The long table of yearly measures, and what the page Explore draws of it."""

import json
import math
import re

import pytest

from centralasia import load, ties, using, votes
from centralasia.yearly import explore_data, yearly
from centralasia.yearly_map import map_data
from datacontract.language import sort_key


@pytest.fixture(scope="module")
def frame():
    return yearly()


def _row(frame, **wanted):
    for column, value in wanted.items():
        frame = frame[frame[column] == value]
    assert len(frame) == 1
    return frame["value"].iloc[0]


def test_a_row_is_a_measure_of_a_state_a_partner_and_a_year(frame):
    assert not frame.duplicated(["measure", "state", "partner", "series", "year"]).any()
    assert set(frame["measure"]) == {
        "agreement",
        "likeness",
        "sentences",
        "export",
        "import",
        "income",
        "ties",
        "visits",
    }
    assert frame["value"].notna().all()


def test_values_are_those_of_the_rooms(frame):
    pair = votes.pair_years(["KAZ-RUS"], votes.Choice("agreement", "left_out", 2020, 2020))["value"].iloc[0]
    assert _row(frame, measure="agreement", state="KAZ", partner="RUS", year=2020) == pair
    trade = load("trade").query("reporter == 'KAZ' and partner == 'UZB' and year == 2020 and flow == 'export'")
    wanted = trade["thousand_usd"].iloc[0] / 1000
    assert _row(frame, measure="export", state="KAZ", partner="UZB", year=2020, series="national") == wanted
    visits = ties.visit_counts(["TKM-UZB"], [2017]).loc["TKM-UZB", 2017]
    assert _row(frame, measure="visits", state="UZB", partner="TKM", year=2017) == visits > 1
    income = load("indicators").query("indicator == 'gdp_pc_ppp' and state == 'TJK' and year == 2019")["value"].iloc[0]
    assert _row(frame, measure="income", state="TJK", year=2019) == income


def test_a_measure_of_a_pair_is_the_same_from_both_sides(frame):
    for measure in ("agreement", "ties"):
        one = _row(frame, measure=measure, state="KAZ", partner="UZB", year=2015)
        assert _row(frame, measure=measure, state="UZB", partner="KAZ", year=2015) == one
    alike = frame[frame["measure"] == "likeness"].set_index(["state", "partner", "year"])["value"]
    assert len(alike.loc["KAZ", "TKM"]) > 20
    assert alike.loc["KAZ", "TKM"].equals(alike.loc["TKM", "KAZ"])


def test_a_speech_that_does_not_name_a_partner_names_it_no_time_and_a_missing_speech_is_unknown(frame):
    held = load("speeches").query("state == 'TKM'")["year"]
    own = frame.query("measure == 'sentences' and state == 'TKM' and partner == 'JPN'")
    assert set(own["year"]) == set(held)
    assert (own["value"] == 0).any()


def test_a_pair_that_nobody_searched_has_no_label(frame):
    pairs = {"-".join(sorted(pair)) for pair in frame.query("measure == 'ties'")[["state", "partner"]].to_numpy()}
    assert pairs <= set(load("searched_pairs").query("subject == 'ties'")["pair"])


@pytest.mark.slow
def test_the_page_has_all_rows_and_its_words_in_the_language(frame):
    data = explore_data()
    points = [
        p for m in data["rows"].values() for s in m.values() for o in s.values() for own in o.values() for p in own
    ]
    assert len(points) == len(frame)
    assert data["rows"]["ties"]["KAZ"]["UZB"][""][-1][1] == data["levels"].index("alliance")
    with using(language="ru"):
        russian = explore_data()
    assert russian["marks"] == {"decimal": ",", "thousands": "\u00a0"}
    assert {state["name"] for state in russian["states"]} >= {"Казахстан", "Узбекистан"}
    with using(language="kk"):  # in which the order of the codes is not that of the names
        kazakh = explore_data()
        for offered in ("states", "partners"):
            names = [place["name"] for place in kazakh[offered]]
            assert names == sorted(names, key=sort_key)
    assert len(json.dumps(data, separators=(",", ":"))) < 400_000


def _corners(area):
    return [tuple(map(int, pair.split())) for pair in re.split("[MLZ]+", area["path"]) if pair]


def test_every_state_of_the_map_lies_on_it_with_its_name_inside():
    data = map_data()
    assert {area["key"] for area in data["areas"]} == set(ties.load_map())
    assert {area["key"] for area in data["areas"][:6]} == {"KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE"}
    for area in data["areas"]:
        across, down = zip(*_corners(area), strict=True)
        assert 0 <= min(across) <= area["at"][0] <= max(across) <= data["width"], area["name"]
        assert 0 <= min(down) <= area["at"][1] <= max(down) <= data["height"], area["name"]


def test_the_map_is_turned_as_maps_are_and_right_in_its_middle_latitude():
    """Kyrgyzstan is east of Turkmenistan, Russia north of Iran; a degree of latitude is longer than one of longitude."""
    data = map_data()
    place = {area["key"]: area["at"] for area in data["areas"]}
    assert place["KGZ"][0] > place["TKM"][0] and place["RUS"][1] < place["IRN"][1]
    assert data["height"] / data["width"] == pytest.approx(30 / (56 * math.cos(math.radians(45))), rel=0.01)
