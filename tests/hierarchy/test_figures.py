import pytest
from sweeps import first

from centralasia import hierarchy, load, using

pytestmark = pytest.mark.slow

EDITIONS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
MANY = ["kaz-2005", "kaz-2008-board", *EDITIONS, "kaz-2020-05-statement", "kaz-2022-statement"]


def test_the_title_gives_every_place_that_the_readings_allow():
    drawn = hierarchy.order_chart(EDITIONS, "CA4")
    assert drawn.title == "Central Asia: 1st, joint 2nd or 3rd in 2014, 2nd in the draft of 2019 and 4th in 2020"
    assert "2= China, 2= Central Asia" in drawn.alt_text
    assert "(the region named first, by two analysts): 1 Central Asia, 2 Russia" in drawn.alt_text
    assert hierarchy.order_chart(MANY, "CA4").title.startswith(
        "Central Asia: without a place in 2005, without a place in 2008"
    )
    assert hierarchy.order_chart(EDITIONS, "CA4", "all").title.endswith("4th or without a place in 2020")


def test_an_order_that_two_readings_share_is_drawn_once():
    drawn = hierarchy.order_chart(["kgz-2007", "kgz-2019"], "NEI")
    assert drawn.data.groupby("document_id")["reading"].nunique().to_dict() == {"kgz-2007": 1, "kgz-2019": 1}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize(("focus", "which"), first([("RUS", "all"), ("CA4", "equal"), ("TUR", "equal")], several=True))
def test_every_name_stays_in_its_box(focus, which, language):
    with using(language=language):
        drawn = hierarchy.order_chart(EDITIONS, focus, which)
    canvas = drawn._canvas
    canvas.draw_without_rendering()
    axes = canvas.axes[0]
    names = [text for text in axes.texts if text.get_ha() == "left"]
    assert len(names) == 2 * drawn.data["rank"].notna().sum()
    boxes = sorted(patch.get_window_extent().x1 for patch in axes.patches)
    for text in names:
        assert min(x for x in boxes if x > text.get_window_extent().x0) >= text.get_window_extent().x1 - 0.5


def test_the_description_follows_the_data(edit):
    folder = edit("priorities.csv", "kaz-2020,baseline,partners,4,CA4", "kaz-2020,baseline,partners,1,CA4")
    with using(folder):
        drawn = hierarchy.order_chart(EDITIONS, "CA4")
    assert drawn.title.endswith("and joint 1st in 2020")


def test_labels_are_drawn_and_said(edit):
    drawn = hierarchy.relationship_labels(EDITIONS)
    assert drawn.title == "The highest label, alliance, goes to Russia alone"
    assert "Kazakhstan 2020–2030: Russia alliance, China deepened strategic" in drawn.alt_text
    folder = edit("priorities.csv", "1,RUS,allied relations,alliance", "1,RUS,allied relations,strategic")
    with using(folder):
        assert "Kazakhstan 2020–2030: Russia strategic" in hierarchy.relationship_labels(EDITIONS).alt_text
    assert (
        hierarchy.relationship_labels(["kgz-2022-programme", "uzb-2012"]).title == "No label was seen for any partner."
    )
    assert (
        hierarchy.relationship_labels(["kgz-2007", "kgz-2019"]).title == "The highest label, alliance, goes to nobody"
    )


def test_a_document_of_one_partner_is_drawn(data_copy):
    rows = load("priorities")
    rows[rows["actor"] == "RUS"].to_csv(data_copy / "priorities.csv", index=False)
    with using(data_copy):
        assert hierarchy.order_chart(EDITIONS, "RUS").title.startswith("Russia: 1st")
