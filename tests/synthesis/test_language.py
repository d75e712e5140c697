"""What the findings say together, in the languages of the report."""

import pytest
from conftest import assert_prose, english_left
from sweeps import first

from centralasia import economies, load, meetings, synthesis, using, votes

pytestmark = pytest.mark.slow

DOCUMENTS = ["kaz-2014", "kaz-2020-draft", "kaz-2020"]
CHOICE = votes.Choice("agreement", "left_out", 1992, 2025)


@pytest.mark.parametrize("language", first(["kk", "ru"]))
@pytest.mark.parametrize(("region", "year"), first([("C5", 2025), ("C6", 2025), ("C5", 1995)], several=True))
def test_no_english_is_left_side_by_side(language, region, year):
    with using(language=language):
        values = synthesis.closeness(region, year)
        sentences = [
            synthesis.answer(region, values), synthesis.chance_summary(values), synthesis.closest_pairs(values),
            synthesis.state_answer("KAZ", values), synthesis.treaty_of_state("KAZ"), synthesis.treaty_of_state("TKM"),
            synthesis.together_finding(region, values),
        ]  # fmt: skip
        for said in sentences:
            assert not english_left(said), said
            assert said.language == language
            assert_prose(said)
        beside = synthesis.pair_table(values, synthesis.border_treaties(region, year), year)
        for table in (beside, synthesis.correlation_table(values)):
            assert not english_left(table._repr_html_(), {"dataframe"})
        for made in (synthesis.pair_matrix(values), synthesis.correlation_chart(synthesis.correlations(values))):
            for text in (made.title, made.alt_text, made.caption, *_written(made)):
                assert not english_left(text), text


@pytest.mark.parametrize("language", first(["kk", "ru"]))
def test_no_english_is_left_in_the_findings(language):
    with using(language=language):
        publishers = " ".join(load("sources")["publisher"].dropna()).replace(",", "").split()
        values, panels = synthesis.closeness("C5", 2025), [economies.panel("gdp_pc_ppp", "C5", 1991, 2024)]
        findings = [
            synthesis.order_finding(DOCUMENTS, "CA4"), synthesis.order_finding(DOCUMENTS[:2], "CA4"),
            synthesis.order_caveat(DOCUMENTS, "CA4"), synthesis.speeches_finding("C5"),
            synthesis.ties_finding("C5", 2025), synthesis.votes_finding("C5", CHOICE),
            synthesis.economies_finding(panels),
            synthesis.agendas_finding(meetings.Choice("CM", 1992, 2025)), synthesis.updated(),
            synthesis.order_basis(DOCUMENTS), synthesis.speeches_basis("C5"), synthesis.ties_basis("C5", 2025),
            synthesis.agendas_basis(meetings.Choice("CM", 1992, 2025)), synthesis.together_basis(values),
            synthesis.economies_basis(panels), synthesis.votes_basis(CHOICE),
            synthesis.in_short(DOCUMENTS, "CA4", "C5", CHOICE, meetings.Choice("CM", 1992, 2025), panels),
        ]  # fmt: skip
        for said in findings:
            assert not english_left(said, {"centralasia", *publishers}), said
            assert_prose(said)


def test_how_sure_a_finding_is_does_not_depend_on_the_language():
    grades = {"en": "**Likely:**", "ru": "**Вероятно:**", "kk": "**Ықтимал:**"}
    for language, grade in grades.items():
        with using(language=language):
            assert grade in synthesis.order_finding(DOCUMENTS, "CA4")


def _written(made):
    return [
        text.get_text()
        for axes in made._canvas.axes
        for text in [*axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels()]
    ]
