"""Long walks over every language, page and choice: `make test` takes some of a kind, `make sweep` all the others."""

import pytest


def sweep(*values):
    """The values of one more case of a test, which only a sweep runs."""
    return pytest.param(*values, marks=pytest.mark.sweep)


def first(cases, number=1):
    """Cases of a test with one argument: the first ones as they are, the others for a sweep."""
    cases = list(cases)
    return [*cases[:number], *map(sweep, cases[number:])]
