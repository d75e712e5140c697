"""What is refused, and how a refusal reads: the value, the nearest one that is allowed, and what is allowed."""

from collections.abc import Iterable

__all__ = ["ChoiceError", "DataError", "check_choice", "check_years", "suggest"]

MOST_LISTED = 80  # allowed values that a message still lists one by one


class DataError(ValueError):
    """The data folder, a table or a cell is not what the contract says."""


class ChoiceError(ValueError):
    """An argument is not one of the values that are allowed."""


def suggest(word: object, allowed: Iterable[object]) -> str:
    """``did you mean X? allowed: …``: the end of every message about an unknown word."""
    import difflib  # costs more than all else here, and most never err

    known = [str(a) for a in allowed]
    folded = {a.lower(): a for a in known}
    close = difflib.get_close_matches(str(word).lower(), folded, n=1, cutoff=0.5)
    guess = f"did you mean {folded[close[0]]!r}? " if close else ""
    shown = ", ".join(known) if len(known) <= MOST_LISTED else f"one of {len(known)} values"
    return f"{guess}allowed: {shown or 'nothing'}"


def check_choice(name: str, value: object, allowed: Iterable[object]) -> None:
    """Raises `ChoiceError` where an argument is none of the allowed values; `name` is what the message calls it."""
    known = list(allowed)
    if value not in known:
        raise ChoiceError(f"{name} is {value!r}; {suggest(value, known)}")


def check_years(first_year: int, last_year: int, latest: int | None = None, since: str = "") -> None:
    """Raises `ChoiceError` where two years are not in order, or the last is later than `latest`.

    `since` says in the message what `latest` is, as ``the year of the latest act in ties.csv``.
    """
    if first_year > last_year:
        raise ChoiceError(f"first_year is {first_year}; allowed: not after last_year, which is {last_year}")
    if latest is not None and last_year > latest:
        raise ChoiceError(f"last_year is {last_year}; allowed: up to {latest}{', ' * bool(since)}{since}")
