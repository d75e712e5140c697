import pandas as pd
import pytest

from centralasia.dates import first_moment, iso_date, last_moment, year_end
from datacontract.errors import ChoiceError


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2014", "2014-01-01", "2014-12-31"),
        (2014, "2014-01-01", "2014-12-31"),
        ("2014-02", "2014-02-01", "2014-02-28"),
        ("2014-03-09", "2014-03-09", "2014-03-09"),
    ],
)
def test_the_days_that_a_date_can_mean(date, first, last):
    assert first_moment(date) == pd.Timestamp(first)
    assert last_moment(date).normalize() == pd.Timestamp(last)


def test_a_missing_date_means_no_day():
    assert pd.isna(first_moment(None))
    assert pd.isna(last_moment(float("nan")))


def test_a_date_is_checked_and_named():
    assert iso_date(2014) == "2014"
    assert year_end(2014) == "2014-12-31"
    with pytest.raises(ChoiceError, match=r"until is '2014Q1'; allowed: an ISO 8601 date"):
        iso_date("2014Q1", "until")
