import pytest

from centralasia import hierarchy, using
from datacontract.errors import ChoiceError

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]


def test_the_place_in_2014_is_contested_and_no_reading_comes_before_the_others():
    """Referee: 1st by two analysts, 3rd or joint 2nd by a blog; one reading up, one level but for China, one down."""
    found = hierarchy.distinct_places("kaz-2014", "CA4")
    assert found["rank"].tolist() == [1, 2, 3]
    assert found["middle"].tolist() == [1, 2.5, 3]
    assert found["sharing"].tolist() == [1, 2, 1]
    assert set(found["confidence"]) == {"medium"}
    gains = hierarchy.distinct_moves("kaz-2014", "kaz-2020-draft", "CA4")["gain"]
    assert gains.tolist() == [-1, 0.5, 1]


def test_readings_that_say_the_same_of_an_actor_count_once():
    found = hierarchy.distinct_places("kaz-2014", "CA4", "all")
    assert found["rank"].tolist() == [1, 2, 3]
    assert found["readings"].tolist() == [("ca_first", "ratel14"), ("ca_tied_2_3",), ("baseline", "usa_eu_tied")]
    assert len(hierarchy.distinct_places("kaz-2020-draft", "CA4", "all")) == 1
    # Of the EU, usa_eu_tied says something else.
    assert hierarchy.distinct_places("kaz-2014", "EU", "all")["middle"].tolist() == [4.5, 5]


def test_a_cautious_reading_is_asked_for_by_name_of_all():
    assert hierarchy.distinct_places("kaz-2020", "CA4")["rank"].tolist() == [4]
    both = hierarchy.distinct_places("kaz-2020", "CA4", "all")
    assert both["status"].tolist() == ["placed", "unplaced"]
    with pytest.raises(ChoiceError, match="which is 'both'.*equal, all"):
        hierarchy.distinct_places("kaz-2020", "CA4", "both")


def test_names_are_for_readers():
    assert hierarchy.reading_name("kaz-2014", "ca_first") == "the region named first, by two analysts"
    assert hierarchy.reading_name("kaz-2019-interview", "baseline") == ""


@pytest.mark.slow
def test_a_reading_that_nobody_rated_is_an_equal_and_shown_by_its_code(data_copy):
    with (data_copy / "priorities.csv").open("a", encoding="utf-8") as file:
        file.write("kaz-2020,own_notes,partners,1,CA4,,,stated,SCRIB,,low,\n")
    with using(data_copy):
        assert hierarchy.admitted("kaz-2020") == ["baseline", "own_notes"]
        assert hierarchy.distinct_places("kaz-2020", "CA4")["name"].tolist() == [
            "reading own notes",
            "by one summary sentence",
        ]


def test_precedence_by_hand():
    found = hierarchy.precedence(EDITIONS, "CA4").set_index(["document_id", "other"])
    assert found.loc[("kaz-2014", "CHN")].tolist() == [1, 1, 1, 0]
    assert found.loc[("kaz-2014", "RUS")].tolist() == [1, 0, 2, 0]
    assert found.loc[("kaz-2014", "USA")].tolist() == [3, 0, 0, 0]
    assert found.loc[("kaz-2020", "USA")].tolist() == [0, 0, 1, 0]
    assert found.index.get_level_values("other").unique().tolist() == ["RUS", "CHN", "USA", "EU"]
    unplaced = hierarchy.precedence(["kaz-2020"], "CA4", "all", ["RUS", "TUR"]).set_index("other")
    assert unplaced.loc["RUS"].tolist()[1:] == [0, 0, 1, 1]
    assert unplaced.loc["TUR", "unknown"] == 2


def test_a_move_is_between_two_documents():
    with pytest.raises(ChoiceError, match="'kaz-2014' is given twice; allowed: two different documents"):
        hierarchy.distinct_moves("kaz-2014", "kaz-2014", "CA4")


def test_texts_that_would_settle_it_are_found_by_document_and_by_claim():
    assert hierarchy.settling_texts(["kaz-2020"])["text_id"].tolist() == ["kaz-2020-text"]
    assert hierarchy.settling_texts(claims=["c40"])["text_id"].tolist() == ["tkm-2019-speech"]
    assert hierarchy.settling_texts(claims=["c05"]).empty
    assert hierarchy.settling_table(claims=["c05"]).index.tolist() == ["none is named"]
