import pandas as pd
import pytest

from centralasia import economies

INCOME = "gdp_pc_ppp"


@pytest.fixture
def made_up():
    """Makes a panel of made-up values: rows of years from 2000 on, members a, b, c … and others."""

    def make(*rows, statistic="sd_log", others=()):
        index = range(2000, 2000 + len(rows))
        values = pd.DataFrame(rows, index=index, columns=list("abcdefgh")[: len(rows[0])], dtype="float64")
        low = pd.DataFrame(False, index=values.index, columns=values.columns)
        rest = pd.DataFrame(dict(others), index=index, dtype="float64")
        asked = (2000, 1999 + len(rows))
        return economies.Panel(INCOME, "C5", asked, "kept", statistic, values, values, low, rest, (), (), ())

    return make
