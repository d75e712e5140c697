import pandas as pd
import pytest
from conftest import assert_prose

from centralasia import synthesis
from centralasia.regions import pair_name


@pytest.fixture(scope="module", params=[("C5", 2025), ("C6", 2025), ("C5", 1995)])
def shown(request):
    region, year = request.param
    return region, synthesis.closeness(region, year)


@pytest.mark.slow
def test_every_pair_is_in_the_figure_and_the_table(shown):
    _, values = shown
    drawn, table = synthesis.pair_matrix(values), synthesis.pair_table(values)
    for pair in values.index:
        assert pair_name(pair) in table.index
    known = int(values.notna().sum().sum())
    assert f"n = {known} values" in drawn.caption
    assert (table == "unknown").sum().sum() == values.isna().sum().sum()


@pytest.mark.slow
def test_sentences_and_chart_say_the_same(shown):
    region, values = shown
    found = synthesis.correlations(values).dropna(subset="rho")
    answer = synthesis.answer(region, values)
    for text in (answer, synthesis.chance_summary(values), synthesis.closest_pairs(values)):
        assert_prose(text)
    assert f"{len(found)} comparison" in answer
    drawn = synthesis.correlation_chart(synthesis.correlations(values))
    assert len(drawn.data) == len(found) == len(synthesis.correlation_table(values))


def test_the_answer_says_that_labels_and_votes_do_not_run_apart_beyond_chance():
    answer = synthesis.answer("C5", synthesis.closeness("C5", 2025))
    assert "Where the label of ties is higher, the agreement in votes is lower" in answer
    assert "Corrected for chance, agreement shows no such thing" in answer


@pytest.mark.slow
def test_visits_are_counted_before_they_are_higher():
    values = synthesis.closeness("C5", 2019)
    assert "Where the number of visits of heads of state is higher" in synthesis.answer("C5", values)
    assert "Pairs with a higher number of visits" in synthesis.together_finding("C5", values)
    title = synthesis.correlation_chart(synthesis.correlations(values)).title
    assert title.startswith("The higher the number of visits of heads of state, the lower the ")


def test_treaties_on_borders_come_in_the_order_of_time():
    assert synthesis.border_treaties("C5", 2020)["date"].is_monotonic_increasing


def test_the_title_of_correlations_counts_those_that_only_stand_out_in_the_middle():
    known = pd.DataFrame({"one": "ties", "other": "votes", "rho": [-0.1, 0.2, 0.4], "low": -0.3, "high": 0.3})
    title = synthesis.figures._correlation_title
    assert title(known, pd.Series([False, True, False])) == "Beyond what chance gives: 1 of 3 correlations"
    assert title(known, pd.Series([False] * 3)).startswith("No two measures order the pairs alike")
