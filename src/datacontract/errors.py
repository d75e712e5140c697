"""What is refused, and how a refusal reads: the value, the nearest one that is allowed, and what is allowed."""

import re
from collections.abc import Iterable, Sequence

__all__ = ["ChoiceError", "DataError", "RefusalError", "check_choice", "check_years", "listed", "one_line", "suggest"]

MOST_LISTED = 12  # allowed values that a message lists one by one
NEAREST = 5  # of more, how many it lists
LONGEST = 1500  # characters of a message


class RefusalError(ValueError):
    """What is refused, in one line."""

    def __str__(self) -> str:
        return one_line(super().__str__())

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows in place of the lines of code that lead to it."""
        return [f"{type(self).__name__}: {self}"]


def one_line(text: str) -> str:
    r"""A message in one line, that of what a file holds, be it a whole book, repeats only the beginning.

    >>> from datacontract.errors import one_line
    >>> one_line("no table 'tie';\ndid you mean 'ties'?"), len(one_line("word " * 10_000))
    ("no table 'tie'; did you mean 'ties'?", 1501)
    """
    text = re.sub(r"\S{300,}", lambda word: word[0][:60] + "…", " ".join(text.splitlines()))
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"


class DataError(RefusalError):
    """The data folder, a table or a cell is not what the contract says."""


class ChoiceError(RefusalError):
    """An argument is not one of the values that are allowed."""


def suggest(word: object, allowed: Iterable[object], before: str = "allowed: ") -> str:
    """``did you mean X? allowed: …``: the end of every message about an unknown word.

    `before` is what stands before the list.

    >>> from datacontract.errors import suggest
    >>> suggest("RUSSIA", ["CHN", "KAZ", "RUS"])
    "did you mean 'RUS'? allowed: CHN, KAZ, RUS"
    >>> suggest("UZB-KAZ", ["KAZ-KGZ", "KAZ-UZB"])
    "did you mean 'KAZ-UZB'? allowed: KAZ-KGZ, KAZ-UZB"
    """
    known = [str(a) for a in allowed]
    close = _nearest(str(word), known, 0.5)
    guess = f"did you mean {close[0]!r}? " if close else ""
    return f"{guess}{before}{listed(word, known)}"


def listed(word: object, allowed: Iterable[object]) -> str:
    """Values that are allowed, one by one; of more than a dozen how many there are, and the five nearest to a word.

    >>> from datacontract.errors import listed
    >>> listed("energi", ["energy", "water"])
    'energy, water'
    >>> listed(2005, range(1991, 2026))
    '35 values, the nearest being 2005, 2025, 2020, 2015, 2010'
    """
    known = list(dict.fromkeys(str(a) for a in allowed))
    if len(known) <= MOST_LISTED:
        return ", ".join(known) or "nothing"
    return f"{len(known)} values, the nearest being {', '.join(_nearest(str(word), known, 0.0))}"


def _nearest(word: str, known: Sequence[str], cutoff: float) -> list[str]:
    """The words that are nearest to one, in any case of letters.

    A pair in the other order is nearest of all, then what differs by hardly a letter, then a code that the word begins
    with, as RUS does RUSSIA.
    """
    import difflib  # costs more than all else here, and most never err

    folded, wanted = {a.lower(): a for a in known}, word.lower()[:100]
    turned = "-".join(sorted(wanted.split("-")))
    near, close = (difflib.get_close_matches(wanted, folded, NEAREST, least) for least in (0.8, cutoff))
    begun = [a for a in folded if len(a) > 1 and wanted.startswith(a)]
    return [folded[a] for a in dict.fromkeys([turned] * (turned in folded) + near + begun[::-1] + close)][:NEAREST]


def check_choice(name: str, value: object, allowed: Iterable[object]) -> None:
    """Raises `ChoiceError` where an argument is none of the allowed values; `name` is what the message calls it.

    >>> from datacontract.errors import check_choice
    >>> check_choice("level", "strategik", ["friendship", "strategic", "alliance"])
    Traceback (most recent call last):
        ...
    datacontract.errors.ChoiceError: level is 'strategik'; did you mean 'strategic'? allowed: friendship,
        strategic, alliance
    """
    known = list(allowed)
    if value not in known:
        raise ChoiceError(f"{name} is {value!r}; {suggest(value, known)}")


def check_years(first_year: int, last_year: int, latest: int | None = None, since: str = "") -> None:
    """Raises `ChoiceError` where two years are not in order, or the last is later than `latest`.

    `since` says in the message what `latest` is, as ``the year of the latest act in ties.csv``.

    >>> from datacontract.errors import check_years
    >>> check_years(2018, 2099, latest=2025, since="the year of the latest act in ties.csv")
    Traceback (most recent call last):
        ...
    datacontract.errors.ChoiceError: last_year is 2099; allowed: up to 2025, the year of the latest act in
        ties.csv
    """
    if first_year > last_year:
        raise ChoiceError(f"first_year is {first_year}; allowed: not after last_year, which is {last_year}")
    if latest is not None and last_year > latest:
        raise ChoiceError(f"last_year is {last_year}; allowed: up to {latest}{', ' * bool(since)}{since}")
