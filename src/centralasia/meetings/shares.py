"""How much the speeches at a meeting have in common, and whether it grows beyond what chance brings."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from centralasia.meetings.measures import MEETING, naming_counts, text_coverage

__all__ = ["Shift", "shared_themes", "shift"]

WINDOW = 3  # meetings at either end that are compared
NAN = float("nan")


class Shift(NamedTuple):
    """What two speeches share at the last meetings against the first, as `shift` returns it.

    ``before`` and ``after`` are means of the columns of `shared_themes` over the first and the last ``window``
    meetings. ``beyond`` is the change of what is shared beyond chance, ``low`` to ``high`` its 95 % interval.
    """

    window: int
    before: pd.Series
    after: pd.Series
    beyond: float
    low: float
    high: float


def shared_themes(codes: pd.DataFrame) -> pd.DataFrame:
    """What part of all themes two speeches both name, on average over the pairs of speeches that were read.

    Takes the frame `speech_codes`.

    Returns
    -------
    pandas.DataFrame
        One row a meeting: the columns of `text_coverage`; ``themes`` that a speech names, on average; ``shared`` and
        ``chance``, parts of all themes, missing with fewer than two speeches; ``joint_themes``, how many the meeting
        as a whole names, missing where it was not read; ``domains``, how many themes there are.

    Notes
    -----
    ``shared`` is the mean similarity of Russell & Rao (1940), at least; a theme that a speech refuses is not shared.
    Lists of ``a`` and ``b`` out of ``n`` themes share ``a · b / n`` by chance (Veech 2013, Global Ecology and
    Biogeography 22), so that longer lists share more: ``chance`` is the mean over the same pairs.

    Examples
    --------
    >>> found = meetings.shared_themes(meetings.speech_codes(meetings.Choice("CM", 2018, 2021)))
    >>> found[["name", "read", "shared", "chance"]].round(2)
                name  read  shared  chance
    0    Astana 2018     3    0.13    0.09
    1  Tashkent 2019     3    0.18    0.14
    2     Avaza 2021     3    0.15    0.14
    """
    counts, n = naming_counts(codes), codes["domain"].nunique()
    found = text_coverage(codes).set_index("meeting_id")
    named = codes["value"].eq(1).fillna(False) & codes["read"] & codes["voice"].ne(MEETING)
    lengths = named.groupby([codes["meeting_id"], codes["voice"]], sort=False).sum().groupby(level=0, sort=False)
    pairs = (found["read"] * (found["read"] - 1)).replace(0, NAN)
    both = (counts["named"] * (counts["named"] - 1)).groupby(counts["meeting_id"], sort=False).sum()
    found["themes"] = lengths.sum() / found["read"].replace(0, NAN)
    found["shared"] = both / pairs / n
    found["chance"] = (lengths.sum() ** 2 - lengths.agg(lambda own: (own**2).sum())) / pairs / n**2
    joint = counts["joint"].eq(1).fillna(False).groupby(counts["meeting_id"], sort=False).sum()
    found["joint_themes"] = joint.astype("Int64").where(found["joint"])
    return found.assign(domains=n).reset_index()


def shift(codes: pd.DataFrame) -> Shift | None:
    """What two speeches share at the last meetings against the first; None where fewer than four can be compared.

    Three meetings at either end, or half of them where there are fewer than six, so that none stands alone. The
    interval is that of the jackknife over members (Tukey 1958; Student's t): how far the change would vary with who
    speaks. It is missing with fewer than three members. Takes the frame `speech_codes`.

    >>> found = meetings.shift(meetings.speech_codes(meetings.Choice("CM", 2018, 2024)))
    >>> found.window, round(found.beyond, 2), round(found.low, 2), round(found.high, 2)
    (3, 0.0, -0.09, 0.1)
    """
    from scipy import stats  # only here, since it costs more than all else

    found = shared_themes(codes).dropna(subset="shared")
    window = min(WINDOW, len(found) // 2)
    if window < 2:
        return None
    first, last = (list(end["meeting_id"]) for end in (found.head(window), found.tail(window)))
    voices = codes.loc[codes["read"] & codes["voice"].ne(MEETING), "voice"].unique()
    without = np.array([_beyond(shared_themes(codes[codes["voice"] != voice]), first, last) for voice in voices])
    columns = ["themes", "shared", "chance"]
    before, after = (found.loc[found["meeting_id"].isin(end), columns].mean() for end in (first, last))
    beyond, half = _beyond(found, first, last), NAN
    if (n := len(voices)) > 2:
        half = float(stats.t.ppf(0.975, n - 1) * np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum()))
    return Shift(window, before, after, beyond, beyond - half, beyond + half)


def _beyond(shares: pd.DataFrame, first: list[str], last: list[str]) -> float:
    gain = (shares["shared"] - shares["chance"]).astype(float).groupby(shares["meeting_id"]).mean()
    return float(gain.reindex(last).mean() - gain.reindex(first).mean())
