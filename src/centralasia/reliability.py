"""How far codings of the same pages agree: Krippendorff's alpha over what stands in ``codings.csv``.

Alpha is 1 where coders agree wherever they could, 0 where they agree no more than by chance. It corrects for chance and
takes cells that a coder left out (Krippendorff 2019, Content Analysis, 4th edition, chapter 12). Usual marks: from 0.8
on a coding is reliable, from 2/3 on it carries tentative conclusions, below that none.
"""

from collections.abc import Iterator
from typing import Literal

import krippendorff
import numpy as np
import pandas as pd

from centralasia.names import theme_name
from centralasia.tables import UntruncatedFrame, cached_frame, display_table, load
from datacontract.contract import distinct
from datacontract.errors import check_choice
from datacontract.language import _, format_number, ngettext
from datacontract.phrases import span
from datacontract.words import MarkdownText, capitalised

__all__ = [
    "RELIABLE", "TENTATIVE", "agreement", "alpha", "coded_twice", "reliability_summary", "reliability_table",
    "unreliable_themes",
]  # fmt: skip

RELIABLE, TENTATIVE = 0.8, 2 / 3
DRAWS, SEED = 1000, 14
UNIT, THEME = ["table", "unit", "voice"], "domain"
TABLES = ("commitments", "agenda", "pair_agenda")


def alpha(ratings: pd.DataFrame | np.ndarray, level: Literal["nominal", "ordinal"] = "nominal") -> float:
    """Krippendorff's alpha of ratings: a row a coder, a column a cell, missing where a coder gave no value.

    `level` is ``nominal`` or ``ordinal``. Missing where all ratings are one value or no cell has two: chance then
    leaves no room to disagree.

    >>> import numpy as np
    >>> round(reliability.alpha(np.array([[1, 1, 0, 0], [1, 1, 0, 1]])), 3)
    0.533
    """
    check_choice("level", level, ["nominal", "ordinal"])
    values = np.asarray(ratings, dtype=float)
    paired = values[:, (~np.isnan(values)).sum(axis=0) > 1]
    if len(np.unique(paired[~np.isnan(paired)])) < 2:
        return float("nan")
    return float(krippendorff.alpha(paired, level_of_measurement=level))


@cached_frame("codings")
def coded_twice(what: str = "named") -> pd.DataFrame:
    """The cells that two coders or more coded from the same pages: one row a cell, one column a coder.

    Parameters
    ----------
    what : str
        ``named``: 1 where the theme is named, also to refuse it, else 0. ``strength``: of the cells that a coder found
        named, 1 where directly, 0 where indirectly.

    Returns
    -------
    pandas.DataFrame
        Index ``table``, ``unit``, ``voice``, ``domain`` and ``read`` (``opening`` or ``full``: only coders who read as
        much are compared). A blank after an opening is 0: not named in the part read; after a whole text it is
        missing. What a coder found on another page is not named on the same ones, and a unit that a coder read on
        other pages alone is missing.

    Examples
    --------
    >>> reliability.coded_twice().loc[("commitments", "kaz-2020-draft", "KAZ", ["TRN", "TRD"])][["first", "second"]]
    coder           first  second
    domain read
    TRN    opening    1.0     0.0
    TRD    opening    1.0     1.0
    """
    check_choice("what", what, ["named", "strength"])
    rows = load("codings").astype({"read": "str"})
    rows["value"] = rows["value"].abs().mask(rows["read"] == "other")
    own = rows.groupby([*UNIT, "coder"], sort=False)["read"]
    rows["read"] = rows["read"].mask(rows["read"] == "other").fillna(own.transform("min"))  # full < opening < other
    blank = rows["value"].isna()
    rows["value"] = rows["value"].mask(blank & (rows["read"] == "opening"), 0).astype(float)
    if what == "strength":
        rows["value"] = (rows["strength"] == "direct").astype(float).where(rows["value"] == 1)
    rows = rows[rows["read"] != "other"]
    wide = rows.pivot(index=[*UNIT, THEME, "read"], columns="coder", values="value")
    return wide[wide.notna().sum(axis=1) > 1]


@cached_frame("codings", "domains")
def agreement(by: str = "table", table: str = "all") -> pd.DataFrame:
    """How far coders agree, by table, theme or strength.

    Parameters
    ----------
    by : str
        ``table`` or ``domain``: whether a theme is named; ``strength``: named directly or indirectly, by table.
    table : str
        ``all``, or one coded table.

    Returns
    -------
    pandas.DataFrame
        One row a group, and first one for ``all``: ``units`` (texts coded twice), ``cells``, ``agreement`` (the share
        of cells in which all coders say the same), ``alpha`` and its 95 % interval ``low`` to ``high``. The interval
        is that of 1,000 draws of the texts with replacement, since the cells of a text depend on each other (Efron
        1979); missing where more than one draw in forty has no value.

    Examples
    --------
    >>> found = reliability.agreement().set_index("table")
    >>> found["alpha"].ge(reliability.RELIABLE).to_dict()
    {'all': True, 'commitments': False, 'agenda': True, 'pair_agenda': True}
    """
    check_choice("by", by, ["table", "domain", "strength"])
    check_choice("table", table, ["all", *TABLES])
    cells = coded_twice("strength" if by == "strength" else "named")
    if table != "all":
        cells = cells[cells.index.get_level_values("table") == table]
    level = "table" if by == "strength" else by
    order = distinct("domains.domain") if level == THEME else TABLES
    groups = cells.index.get_level_values(level)
    rows = [(group, *_agreement(own)) for group in order if len(own := cells[groups == group])]
    rows = [("all", *_agreement(cells)), *rows] if len(cells) else rows
    return pd.DataFrame(rows, columns=[level, "units", "cells", "agreement", "alpha", "low", "high"])


def _agreement(cells: pd.DataFrame) -> Iterator[float]:
    """Units, cells, raw agreement, alpha and its interval of cells that were coded twice."""
    texts = cells.groupby(level=UNIT).ngroup().to_numpy()
    yield from (texts.max() + 1, len(cells), (cells.max(axis=1) == cells.min(axis=1)).mean(), alpha(cells.T))
    sums = pd.DataFrame(_coincidences(cells)).groupby(texts).sum().to_numpy()
    draws = np.random.default_rng(SEED).multinomial(len(sums), np.full(len(sums), 1 / len(sums)), DRAWS)
    unlike, zeros, ones = (draws @ sums).T
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 - unlike * (zeros + ones - 1) / (2 * zeros * ones)
    known = found[np.isfinite(found)]
    yield from np.percentile(known, [2.5, 97.5]) if len(known) > 0.975 * DRAWS else (np.nan, np.nan)


def _coincidences(cells: pd.DataFrame) -> np.ndarray:
    """What alpha sums over cells of 0 and 1: pairs of values that differ, as coincidences, zeros and ones.

    Alpha of any number of such cells is 1 − unlike · (n − 1) / (2 · zeros · ones), with n = zeros + ones.
    """
    zeros, ones = ((cells == value).sum(axis=1).to_numpy() for value in (0, 1))
    return np.stack([2 * zeros * ones / (zeros + ones - 1), zeros, ones], axis=1)


def unreliable_themes() -> list[str]:
    """The codes of the themes on which coders agree too little for even tentative conclusions, the worst first.

    >>> "SEC" in reliability.unreliable_themes(), "WAT" in reliability.unreliable_themes()
    (True, False)
    """
    found = agreement("domain").query("domain != 'all'")
    return list(found[found["alpha"] < TENTATIVE].sort_values("alpha")["domain"])


def reliability_summary(table: str) -> MarkdownText:
    """How far two codings of a table agree, in words, on what is named and on whether it is named directly.

    >>> reliability.reliability_summary("agenda")
    Two codings of the same ... speeches and meetings agree in ... % of the cases. Corrected for chance the agreement is
    reliable: ...
    """
    named, strength = (agreement(by, table).iloc[0] for by in ("table", "strength"))
    texts, verdict = _counted(table, int(named["units"])), _verdict(named["alpha"])
    said = [
        _("Two codings of the same {texts} agree in {share:.0f} % of the cases.", texts=texts,
          share=100 * named["agreement"]),
        _("Corrected for chance the agreement is {verdict}: {measured}.", verdict=verdict, measured=_measured(named)),
    ]  # fmt: skip
    if named["alpha"] < RELIABLE and (weak := [f"*{theme_name(code)}*" for code in unreliable_themes()]):
        said.append(_("The codings of all texts agree least on {themes}.", themes=weak))
    told = {"verdict": _verdict(strength["alpha"]), "alpha": _number(strength["alpha"])}
    said.append(
        _(
            "On whether a theme is named directly or in passing it is {verdict} (alpha {alpha}); results rest on that "
            "only where direct naming alone is asked for.",
            **told,
        )
    )
    said.append(_("Both codings are machine-assisted readings of the openings of pages, so two people may agree less."))
    return MarkdownText(" ".join(said))


def reliability_table(by: str = "table") -> UntruncatedFrame:
    """The `agreement`: one row a group, in words for readers.

    >>> reliability.reliability_table().columns.to_list()
    [Texts coded twice, Cases, Same in both (%), Alpha, 95 % interval, Which is]
    """
    found = agreement(by)
    level = found.columns[0]
    columns = {
        _("Texts coded twice"): found["units"],
        _("Cases"): found["cells"],
        _("Same in both (%)"): (100 * found["agreement"]).map("{:.0f}".format),
        _("Alpha"): [_number(value) for value in found["alpha"]],
        _("95 % interval"): [
            _("not known") if pd.isna(low) else span(low, high, ".2f")
            for low, high in zip(found["low"], found["high"], strict=True)
        ],
        _("Which is"): found["alpha"].map(_verdict),
    }
    names = _group_names()
    index = [capitalised(names.get(code) or theme_name(code)) for code in found[level]]
    return display_table(columns, index=index, corner=_("Theme") if level == THEME else _("Texts"))


def _counted(table: str, number: int) -> MarkdownText:
    """How many texts of a coded table."""
    if table == "commitments":
        return ngettext("{n} document", "{n} documents", number)
    if table == "agenda":
        return ngettext("{n} speech or meeting", "{n} speeches and meetings", number)
    return ngettext("{n} event of two states", "{n} events of two states", number)


def _group_names() -> dict[str, MarkdownText]:
    """The texts of each coded table."""
    return {
        "all": _("all together"),
        "commitments": _("documents"),
        "agenda": _("speeches and meetings"),
        "pair_agenda": _("events of two states"),
    }


def _measured(row: pd.Series) -> MarkdownText:
    if pd.isna(row["low"]):
        return _("Krippendorff's alpha is {alpha}", alpha=_number(row["alpha"]))
    interval = span(row["low"], row["high"], ".2f")
    return _(
        "Krippendorff's alpha is {alpha} (95 % interval {interval})", alpha=_number(row["alpha"]), interval=interval
    )


def _number(value: float) -> str:
    return _("not known") if pd.isna(value) else format_number(value, ".2f")


def _verdict(value: float) -> MarkdownText:
    if pd.isna(value):
        return _("not known")
    if value >= RELIABLE:
        return _("reliable")
    return _("enough for tentative conclusions") if value >= TENTATIVE else _("not reliable")
