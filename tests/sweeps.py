"""Long walks over every language, page and choice: `make test` takes some of a kind, `make sweep` all the others."""

import pytest


def sweep(*values):
    """The values of one more case of a test, which only a sweep runs."""
    return pytest.param(*values, marks=pytest.mark.sweep)


def first(cases, number=1, several=False):
    """Cases of a test: the first ones as they are, the others for a sweep; `several` if a case has several values."""
    cases = list(cases)
    return [*cases[:number], *(sweep(*case) if several else sweep(case) for case in cases[number:])]
