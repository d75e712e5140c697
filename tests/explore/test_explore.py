import pytest

from centralasia import load
from centralasia.explore.explorer import explore
from centralasia.explore.views import options, page, shown
from centralasia.figures.figure import Figure
from datacontract import contract

START = {
    "view": "order", "state": "KAZ", "documents": ["kaz-2014", "kaz-2020"], "partner": "CA4", "region": "C5",
    "pair": "KAZ-TKM", "measure": "agreement", "indicator": "life_exp", "first_year": 1992, "last_year": 2025,
}  # fmt: skip


def test_choices_follow_each_other_and_lose_no_code_to_a_name_that_two_share():
    documents = load("documents").set_index("document_id")["state"]
    for state in options("state", {}).values():
        found = options("documents", {"state": state}).values()
        assert set(documents[list(found)]) == {state}
    assert list(options("region", {}).values()) == contract.distinct("memberships.region")
    assert len(options("indicator", {})) == len(load("indicator_definitions"))
    assert options("pair", {"region": "SC3"})["Armenia–Georgia"] == "ARM-GEO"
    assert len(options("pair", {"region": "C6"})) == 15
    assert not {"EUR4", "SAS"} & set(options("partner", {"documents": ["kaz-2014", "kaz-2020"]}).values())


@pytest.mark.parametrize(
    ("view", "choice", "told"),
    [
        ("order", {"documents": ("tkm-2017",), "partner": "RUS"}, "Choose two or more documents."),
        ("ties", {"region": "CM", "pair": "KAZ-UZB", "years": (1991, 1993)}, "Consultative Meetings has two members"),
        (
            "votes",
            {"region": "CM", "measure": "pi", "years": (1991, 1993)},
            "region is Consultative Meetings: 0 members",
        ),
        ("economy", {"region": "C5", "indicator": "life_exp", "years": (2010, 2010)}, "allowed: before last year"),
    ],
)
def test_a_choice_without_data_says_so(view, choice, told):
    (sentence,) = shown(view, **choice)
    assert told in sentence


def test_figures_describe_themselves_and_text_is_no_markup():
    parts = shown("ties", region="C5", pair="KAZ-TKM", years=(1992, 2025))
    figures = [part for part in parts if isinstance(part, Figure)]
    html = page([*parts, MarkdownText("**<b>** & more")])
    assert len(figures) == html.count('<img alt="') == 2
    assert all(figure.title in html for figure in figures)
    assert "<p><strong>&lt;b&gt;</strong> &amp; more</p>" in html


def test_widgets_redraw_only_what_is_in_front(monkeypatch):
    drawn = []

    def noted(view, **choice):
        drawn.append(view)
        return [MarkdownText(f"{view} {choice}")]

    monkeypatch.setattr("centralasia.explore.shown", noted)
    explorer = explore(**START)
    choices = explorer._choices
    assert drawn == ["order"]
    choices["state"].value = "TJK"
    assert "('tjk-1993', 'tjk-2002', 'tjk-2015'), 'partner': 'CA4'" in repr(explorer)
    assert drawn == ["order"] * 2, "one change is one drawing, whatever follows from it"
    choices["view"].value = "ties"
    choices["region"].value = "SC3"
    assert repr(explorer) == "ties {'region': 'SC3', 'pair': 'ARM-AZE', 'years': (1992, 2025)}"
    assert drawn == ["order"] * 2 + ["ties"] * 2
    assert all(widget.alt_text for widget in choices.values())


def test_a_start_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="pair is 'ARM-GEO'; .*allowed: KAZ-KGZ"):
        explore(**{**START, "pair": "ARM-GEO"})
    with pytest.raises(ValueError, match="documents is 'kgz-2007'"):
        explore(**{**START, "documents": ["kgz-2007"]})
