"""Ideal points and their error: by hand, by the distribution of ranges, and as a referee found it."""

import numpy as np
import pytest
from scipy import stats

from centralasia import load, using, votes

CHOICE = votes.Choice("agreement", "left_out", 1991, 2026)


def test_ideal_points():
    rows = votes.ideal_points(["TUR", "KAZ"], 2023, 2024)
    assert rows[["state", "year", "few"]].to_numpy().tolist() == [
        ["TUR", 2023, False], ["TUR", 2024, True], ["KAZ", 2023, False], ["KAZ", 2024, False],
    ]  # fmt: skip
    spread = votes.ideal_point_range("C5", 1991, 2026).set_index("year")
    points = load("unga_ideal_points").query("year == 2024 and state in ['KAZ', 'KGZ', 'TJK', 'TKM', 'UZB']")
    points = points["ideal_point"]
    assert spread.loc[2024, "spread"] == pytest.approx(points.max() - points.min())
    assert spread.loc[2024, "mean"] == pytest.approx(points.mean())
    assert 1996 not in spread.index, "Turkmenistan has 5 votes there"


def test_the_range_that_error_alone_makes_is_that_of_a_referee():
    yearly = votes.ideal_point_range("C5", 1991, 2026).set_index("year")
    assert yearly.loc[[1994, 2024], "error"].to_list() == pytest.approx([0.30, 0.36], abs=0.01)
    assert yearly.loc[2024, "spread"] < yearly.loc[2024, "error_high"]
    assert yearly.loc[2009:, "spread"].between(0.2, 0.65).all()


def test_error_alone_is_the_studentized_range_where_all_errors_are_alike(data_copy):
    path = data_copy / "unga_ideal_points.csv"
    rows = [line.split(",") for line in path.read_text().splitlines()]
    for row in rows:
        if row[1] == "2024" and row[0] in ("KAZ", "KGZ", "TJK", "TKM", "UZB"):
            row[3:5] = f"{float(row[2]) - 0.2:.4f}", f"{float(row[2]) + 0.2:.4f}"
    path.write_text("\n".join(map(",".join, rows)) + "\n")
    error = 0.2 / stats.norm.ppf(0.95)
    with using(data_copy):
        row = votes.ideal_point_range("C5", 2024, 2024).iloc[0]
    assert row["error_high"] == pytest.approx(error * stats.studentized_range.ppf(0.95, 5, np.inf), rel=0.02)
    assert row["error"] == pytest.approx(2.326 * error, rel=0.02), "the mean range of five (Tippett 1925)"


def test_periods():
    yearly = votes.ideal_point_range("C5", 1991, 2026)
    frame = votes.ideal_point_periods("C5", CHOICE).set_index("period")
    own = yearly[yearly["year"].between(2005, 2009)]
    assert frame.loc["2005–2009", "spread"] == pytest.approx(own["spread"].mean())
    assert frame.loc["2005–2009", "wider"] == (own["spread"] > own["error_high"]).sum() == 5
    assert frame.loc[["2015–2019", "2020–2024"], "wider"].to_list() == [0, 0]
