import numpy as np
import pandas as pd
import pytest

from centralasia import hierarchy, using
from datacontract.contract import rows

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_error_rates_against_a_plain_count():
    drawn = [r for r in rows("verification") if r["sample"] == "random" and r["verdict"] != "not_found"]
    rates = hierarchy.error_rates()
    for level in ("low", "medium", "high"):
        own = [r["verdict"] for r in drawn if r["confidence"] == level]
        wrong = own.count("contradicted")
        assert rates.loc[level].tolist() == pytest.approx([len(own), wrong, (wrong + 0.5) / (len(own) + 1)])


@pytest.mark.slow
def test_shares_of_places_are_those_worked_out_by_hand():
    """A place of one reading keeps 1 - e of the draws; each other place of the list that was read takes an equal part."""
    rate = hierarchy.error_rates()["rate"]
    drawn = hierarchy.places_drawn(["kaz-2020"], "CA4", draws=200_000).set_index("place")["share"]
    assert drawn["4th"] == pytest.approx(1 - rate["medium"], abs=0.005)
    for place in ("1st", "2nd", "3rd", "5th"):
        assert drawn[place] == pytest.approx(rate["medium"] / 4, abs=0.003)
    contested = hierarchy.places_drawn(["kaz-2014"], "CA4", draws=200_000).set_index("place")["share"]
    sound = (1 - rate["medium"]) / 3
    assert contested["joint 2nd"] == pytest.approx(sound, abs=0.005)
    assert contested["1st"] == pytest.approx(sound + 2 * rate["medium"] / 12, abs=0.005)


def test_draws_are_seeded_and_do_not_depend_on_what_else_is_drawn():
    first = hierarchy.draw_places("kaz-2020", "CA4", 500, 7)
    pd.testing.assert_frame_equal(first, hierarchy.draw_places("kaz-2020", "CA4", 500, 7))
    assert not first.equals(hierarchy.draw_places("kaz-2020", "CA4", 500, 8))
    wrong = [
        hierarchy.draw_places(d, "CA4", 500, 7)["rank"].ne(at) for d, at in (("kaz-2020", 4), ("kaz-2013-oped", 3))
    ]
    assert wrong[0].any() and not wrong[0].equals(wrong[1]), "two documents err apart from each other"
    both, alone = (hierarchy.places_drawn(d, "CA4", 500, 7) for d in (EDITIONS, ["kaz-2020"]))
    assert both[both["document_id"] == "kaz-2020"]["share"].tolist() == alone["share"].tolist()


def test_shares_add_up_and_a_reading_without_a_place_stays_without_one():
    found = hierarchy.places_drawn(EDITIONS, "CA4", 2000, 1, "all")
    assert np.allclose(found.groupby("document_id")["share"].sum(), 1)
    without = found[(found["document_id"] == "kaz-2020") & (found["place"] == "no place")]["share"].item()
    assert without == pytest.approx(0.5, abs=0.05)
    moved = hierarchy.moves_drawn("kaz-2014", "kaz-2020", "CA4", 2000, 1, "all")
    assert moved.sum() == pytest.approx(1)
    assert moved["unknown"] == pytest.approx(without)


def test_a_place_of_a_list_of_one_cannot_go_elsewhere():
    assert set(hierarchy.draw_places("uzb-2012", "CA4", 300)["rank"]) == {1}


def test_where_no_row_was_found_wrong_the_places_are_firmer(data_copy):
    path = data_copy / "verification.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(",random,contradicted,", ",random,confirmed,"), encoding="utf-8")
    before = hierarchy.moves_drawn("kaz-2014", "kaz-2020", "CA4")["down"]
    with using(data_copy):
        assert hierarchy.moves_drawn("kaz-2014", "kaz-2020", "CA4")["down"] > before


def test_places_that_read_alike_are_one_place(monkeypatch):
    drawn = pd.DataFrame(
        {"rank": pd.array([2, 2], "Int64"), "sharing": [2, 3], "middle": pd.array([2.5, 3], "Float64")}
    )
    monkeypatch.setattr(hierarchy.draws, "draw_places", lambda *asked: drawn)
    found = hierarchy.places_drawn(["kaz-2014"], "CA4", 2)
    assert found[["place", "share"]].values.tolist() == [["joint 2nd", 1.0]]
    assert hierarchy.draws_table(["kaz-2014"], "CA4", 2, 1).iloc[:, 0].tolist() == ["100\N{NO-BREAK SPACE}%"]


def test_a_reading_that_does_not_name_a_partner_has_no_confidence():
    assert "nan" not in hierarchy.reading_table(["kaz-2008-board"], "CHN", "all").to_csv()
