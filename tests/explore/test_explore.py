import base64
import re

import pytest
from conftest import assert_prose, assert_translated

from centralasia import economies, load, using
from centralasia.explore import CHOICES, VIEWS, Explorer, choice_name, options, show
from centralasia.explore_page import again, as_html, as_markdown, kept
from centralasia.figures import Figure
from datacontract import contract
from datacontract.language import sort_key
from datacontract.words import MarkdownText
from notebookcollection.collection import find

START = {
    "view": "order", "state": "KAZ", "documents": ["kaz-2014", "kaz-2020"], "partner": "CA4", "region": "C5",
    "pair": "KAZ-TKM", "measure": "agreement", "indicator": "life_exp", "years": (1992, 2025),
}  # fmt: skip


def test_choices_follow_each_other_and_lose_no_code_to_a_name_that_two_share():
    documents = load("documents").set_index("document_id")["state"]
    for _, state in options("state", {}):
        found = [document for _, document in options("documents", {"state": state})]
        assert set(documents[found]) == {state}
    assert [region for _, region in options("region", {})] == contract.distinct("memberships.region")
    assert len(options("indicator", {})) == len(load("indicator_definitions"))
    assert ("Armenia–Georgia", "ARM-GEO") in options("pair", {"region": "SC3"})
    assert len(options("pair", {"region": "C6"})) == 15
    assert not {"EUR4", "SAS"} & {code for _, code in options("partner", {"documents": ["kaz-2014", "kaz-2020"]})}


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
def test_states_and_partners_stand_in_the_order_of_the_alphabet(language):
    with using(language=language):
        for choice in ("state", "partner"):
            names = [name for name, _ in options(choice, START)]
            assert names == sorted(names, key=sort_key) and len(names) > 3


def test_two_codes_of_one_name_are_both_offered(edit):
    with using(edit("indicator_definitions.csv", "E-government,", "Life expectancy,")):
        named = [code for name, code in options("indicator", {}) if name == "Life expectancy"]
    assert named == ["egov_development", "life_exp"]


@pytest.mark.parametrize(
    ("view", "choice", "told"),
    [
        ("order", {"documents": ("tkm-2017",), "partner": "RUS"}, "Choose two or more documents:"),
        ("ties", {"region": "CM", "pair": "KAZ-UZB", "years": (1991, 1993)}, "at whose end CM has two members or more"),
        ("votes", {"region": "CM", "measure": "pi", "years": (1991, 1993)}, "region is 'CM': 0 members"),
        ("economy", {"region": "C5", "indicator": "life_exp", "years": (2010, 2010)}, "allowed: before last year"),
    ],
)
def test_a_choice_without_data_says_so(view, choice, told):
    (sentence,) = show(view, **choice)
    assert told in sentence
    assert_prose(sentence)


def test_a_fault_in_a_view_is_no_finding(monkeypatch):
    def faulty(*_):
        raise ValueError("operands could not be broadcast together")

    monkeypatch.setattr(economies, "answer", faulty)
    with pytest.raises(ValueError, match="could not be broadcast"):
        show("economy", region="C5", indicator="life_exp", years=(1992, 2025))


@pytest.mark.slow
def test_a_view_follows_the_data_folder_and_the_language(edit):
    choice = {"region": "C5", "indicator": "life_exp", "years": (1992, 2023)}
    here = show("economy", **choice)[0]
    value = load("indicators").set_index(["indicator", "state", "year"])["value"]["life_exp", "KAZ", 1992]
    with using(edit("indicators.csv", f"KAZ,1992,life_exp,{value}", "KAZ,1992,life_exp,40.0")):
        assert show("economy", **choice)[0] != here
    with using(language="ru"):
        parts = show("economy", **choice)
        assert "Казахстан" in as_html(parts)
        assert parts[-1].title in as_html(parts)
    assert show("economy", **choice)[0] == here


@pytest.mark.slow
@pytest.mark.parametrize("language", ["ru", "kk"])
def test_choices_and_links_are_in_the_language_of_the_reader(language):
    with using(language=language):
        named = [choice_name(choice) for choice in CHOICES]
        for choice in ("view", "state", "partner", "region", "pair", "measure", "indicator"):
            named += [name for name, _code in options(choice, START)]
        for name in named:
            assert_translated(name, "CO")
        assert_translated(*(str(part) for part in show("order", documents=("tkm-2017",), partner="RUS")), "Ctrl")
        (votes_words, figure) = show("votes", region="C5", measure="pi", years=(1992, 2025))
        assert_translated(re.sub('data:[^"]+|<[^>]+>', "", as_html([figure])), "SVG", "CSV", *figure.sources)
        assert_translated(as_markdown([votes_words]))
        for view in VIEWS:
            assert_translated(re.sub("(?s)<pre.*?</pre>|<[^>]+>", "", kept(view, START)))


@pytest.mark.slow
def test_figures_describe_themselves_and_text_is_no_markup():
    parts = show("ties", region="C5", pair="KAZ-TKM", years=(1992, 2025))
    figures = [part for part in parts if isinstance(part, Figure)]
    html = as_html([*parts, MarkdownText("**<b>** & more")])
    assert len(figures) == html.count('<img alt="') == 2
    assert all(figure.title in html for figure in figures)
    assert "<p><strong>&lt;b&gt;</strong> &amp; more</p>" in html


@pytest.mark.slow
def test_a_figure_and_its_data_can_be_saved():
    (figure,) = [
        part for part in show("order", documents=("kaz-2014", "kaz-2020"), partner="CA4") if isinstance(part, Figure)
    ]
    links = re.findall(
        r'<a [^>]*download="([\w-]+\.(\w+))" href="data:([\w/+-]+);[^"]*base64,([^"]+)">', as_html([figure])
    )
    saved = {ending: base64.b64decode(content).decode() for _, ending, _, content in links}
    assert [(name, kind) for name, _, kind, _ in links] == [
        (f"{links[0][0][:-4]}.svg", "image/svg+xml"),
        (f"{links[0][0][:-4]}.csv", "text/csv"),
    ]
    assert links[0][0].startswith("central-asia-")
    assert saved["svg"] == figure.image("image/svg+xml")
    assert len(saved["csv"].splitlines()) == 1 + len(figure.data)


@pytest.mark.slow
def test_before_it_runs_the_notebook_shows_prose(root):
    """What is stored has neither widgets nor marks of Markdown in its plain form."""
    explorer = Explorer(*START.values())
    stored = explorer._repr_mimebundle_()
    assert "**" not in stored["text/plain"]
    assert stored["text/markdown"].startswith("**Central Asia** comes")
    assert stored["text/markdown"] == as_markdown(explorer._parts)
    assert "appear here when the cells of this notebook have run" in (root / "notebooks/explore.ipynb").read_text()


def test_widgets_redraw_only_what_is_in_front(monkeypatch):
    drawn = []

    def noted(view, **choice):
        drawn.append(view)
        return [MarkdownText(f"{view} {choice}")]

    monkeypatch.setattr("centralasia.explore.show", noted)
    explorer = Explorer(**START)
    choices = explorer._choices
    assert drawn == ["order"]
    choices["state"].value = "TJK"
    assert "('tjk-1993', 'tjk-2002', 'tjk-2015'), 'partner': 'CA4'" in repr(explorer)
    assert drawn == ["order"] * 2, "one change is one drawing, whatever follows from it"
    choices["view"].value = "ties"
    choices["region"].value = "SC3"
    assert repr(explorer) == "ties {'region': 'SC3', 'pair': 'ARM-AZE', 'years': (1992, 2025)}"
    assert drawn == ["order"] * 2 + ["ties"] * 2
    assert all(widget.description for widget in choices.values())


def test_a_start_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="pair is 'ARM-GEO'; .*allowed: KAZ-KGZ"):
        Explorer(**{**START, "pair": "ARM-GEO"})
    with pytest.raises(ValueError, match="documents is 'kgz-2007'"):
        Explorer(**{**START, "documents": ["kgz-2007"]})


def test_what_is_kept_gives_the_choice_again(root):
    """The parameters that are shown are those of the chapters, and allowed there."""
    project = find(root / "notebooks")
    for view in VIEWS:
        chapters = again(view, START)
        assert chapters
        for notebook, given in chapters.items():
            assert project.check(notebook, given) == given
            assert f"centralasia run {notebook} -p " in kept(view, START)
    assert "state: str = &quot;KAZ&quot;" in kept("order", START)
    assert "-p first_year=1992" in kept("ties", START)


@pytest.mark.slow
def test_every_state_has_something_to_compare_and_a_partner_comes_back():
    explorer = Explorer(*START.values())
    choices = explorer._choices
    states = [code for _, code in options("state", {})]
    assert len(states) >= 5
    for state in states:
        choices["state"].value = state
        assert len(choices["documents"].value) > 1
        assert "Choose two" not in repr(explorer)
    choices["state"].value = "KAZ"
    assert choices["partner"].value == "CA4"
