"""One finding over the grid of its choices."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from centralasia import sensitivity
from centralasia.sensitivity import by_option, specifications


def subtract(a, b):
    return a - b


@pytest.fixture
def grid():
    return specifications(
        lambda a, b: None if b is None else a - b, a=[1, 2, 3], b={"one": 1, "two": 2, "unknown": None}
    )


def test_a_grid_by_hand(grid):
    assert list(grid.columns) == ["a", "b", "value", "holds", "basis"]
    assert grid["a"].astype(str).to_list() == ["1"] * 3 + ["2"] * 3 + ["3"] * 3
    assert grid["b"].to_list() == ["one", "two", "unknown"] * 3
    assert grid["value"].dropna().to_list() == [0, -1, 1, 0, 2, 1]
    assert grid["holds"].astype(object).where(grid["holds"].notna(), None).to_list() == [
        False, False, None, True, False, None, True, True, None,
    ]  # fmt: skip


def test_a_finding_may_give_its_own_verdict():
    verdicts = {"yes": True, "no": False, "open": None}
    grid = specifications(lambda said: (-1.5, verdicts[said]), said=list(verdicts))
    assert grid["value"].to_list() == [-1.5] * 3
    assert grid["holds"].sum() == 1 and grid["holds"].isna().to_list() == [False, False, True]
    assert specifications(lambda a: (math.nan, True), a=[1])["holds"].isna().all(), "no value, no verdict"


def test_by_option(grid):
    rows = by_option(grid).set_index(["choice", "option"])
    assert rows.loc[("a", "1"), ["holds", "fails", "undetermined"]].to_list() == [0, 2, 1]
    assert rows.loc[("b", "one"), ["holds", "fails", "undetermined"]].to_list() == [2, 1, 0]
    assert rows.loc[("b", "unknown"), "undetermined"] == 3
    assert rows.loc[("a", ["1", "2", "3"]), "share"].to_list() == [0, 0.5, 1]
    assert math.isnan(rows.loc[("b", "unknown"), "share"])


whole = st.lists(st.integers(-3, 3), min_size=1, max_size=4, unique=True)


@pytest.mark.slow
@settings(max_examples=40)
@given(whole, whole)
def test_the_grid_is_whole_and_options_sum_to_it(a, b):
    grid = specifications(subtract, a=a, b=b)
    assert len(grid) == len(a) * len(b)
    assert not grid.duplicated(["a", "b"]).any()
    assert grid["holds"].sum() == sum(x > y for x in a for y in b)
    for _, rows in by_option(grid).groupby("choice"):
        assert rows[["holds", "fails", "undetermined"]].to_numpy().sum() == len(grid)


def test_refused():
    with pytest.raises(ValueError, match="no choices are given"):
        specifications(subtract)
    with pytest.raises(ValueError, match=r"a is \[\]; allowed: one or more options, each once"):
        specifications(subtract, a=[], b=[1])
    with pytest.raises(ValueError, match=r"b is \[1, 1\]; allowed: one or more options, each once"):
        specifications(subtract, a=[1], b=[1, 1])
    with pytest.raises(ValueError, match="a choice is named 'holds'"):
        specifications(lambda holds: 1, holds=[1])


def test_combinations_that_meet_the_same_data_count_once():
    left = {"nobody": 0, "Turkmenistan": 1}
    grid = specifications(lambda a, b: (1 if a or b else -1, bool(a or b), a or b), a=left, b=left)
    assert grid["basis"].to_list() == [0, 1, 1, 1]
    assert len(sensitivity.distinct_ways(grid)) == 2
    counts = sensitivity.count_blocks(grid, "a")[["holds", "fails"]]
    assert counts.to_numpy().tolist() == [[1, 1], [1, 0]], "once in each block"
    alone = specifications(lambda a: 1.0, a=[1, 2])
    assert len(sensitivity.distinct_ways(alone)) == 2, "equal values are not the same data"


def test_blocks(grid):
    blocks = sensitivity.count_blocks(grid, "b", "a")
    assert blocks.loc["one", "holds"].to_list() == [0, 1, 1]
    assert blocks.loc["unknown", "share"].isna().all()
    with pytest.raises(ValueError, match="by is 'd'; .*allowed: a, b"):
        sensitivity.count_blocks(grid, "d")


def test_options_keep_their_order():
    frame = specifications(lambda size: size, size={"large": 3, "small": 1})
    assert isinstance(frame["size"].dtype, pd.CategoricalDtype)
    assert list(frame["size"].cat.categories) == ["large", "small"]
