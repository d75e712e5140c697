"""On what each finding rests, in words: how many sources, the best kind, what was not read, how reliable the coding."""

from collections.abc import Iterable, Sequence

import pandas as pd

from centralasia import economies, hierarchy, meetings, reliability, speeches, ties, votes
from centralasia.regions import members, pairs_at_end
from centralasia.tables import load
from datacontract import sources
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = [
    "agendas_basis", "economies_basis", "order_basis", "speeches_basis", "ties_basis", "together_basis", "votes_basis",
]  # fmt: skip


def together_basis(values: pd.DataFrame) -> MarkdownText:
    """How many values the comparison of measures has, and what they are; `values` as from `closeness`.

    >>> synthesis.together_basis(synthesis.closeness("C5", 2019))
    **How we know this:** 59 values, from the chapters on ties, votes, speeches and trade. 1 more is unknown. ...
    """
    unknown = int(values.isna().sum().sum())
    return _said(
        ngettext(
            "{n} value, from the chapters on ties, votes, speeches and trade.",
            "{n} values, from the chapters on ties, votes, speeches and trade.",
            int(values.notna().sum().sum()),
        ),
        ngettext("{n} more is unknown.", "{n} more are unknown.", unknown) if unknown else "",
        _("Labels of ties and visits are those that were found."),
    )


def order_basis(documents: Sequence[str]) -> MarkdownText:
    """On what the order of partners in the documents rests.

    >>> synthesis.order_basis(["kaz-2014", "kaz-2020"])
    **How we know this:** ... sources (the best kind among them: research). Of the texts themselves only 1 opening was
    read. Nobody coded the places a second time.
    """
    rows = load("priorities")
    read = hierarchy.settling_texts(documents)["read"].astype("str").ne("none").sum()
    return _said(
        _sources(rows.loc[rows["document_id"].isin(documents), "source"]),
        ngettext(
            "Of the texts themselves only {n} opening was read.",
            "Of the texts themselves only {n} openings were read.",
            int(read),
        )
        if read
        else _("None of the texts themselves was read."),
        _("Nobody coded the places a second time."),
    )


def speeches_basis(region: str) -> MarkdownText:
    """On how many full texts the likeness of speeches rests.

    >>> synthesis.speeches_basis("C5")
    **How we know this:** the full texts of 156 speeches, 1992 to 2024. 9 more are not in the collection of texts. ...
    """
    found = {state: set(speeches.speech_years(state).index) for state in members(region)}
    every, number = set().union(*found.values()), sum(map(len, found.values()))
    missing = len(every) * len(found) - number
    return _said(
        ngettext(
            "the full text of {n} speech, {first} to {last}.",
            "the full texts of {n} speeches, {first} to {last}.",
            number,
            first=min(every),
            last=max(every),
        ),
        ngettext("{n} more is not in the collection of texts.", "{n} more are not in the collection of texts.", missing)
        if missing
        else "",
        _("A program compares their words; nobody coded them."),
    )


def agendas_basis(choice: meetings.Choice) -> MarkdownText:
    """On how many speeches that were read the agendas rest, and how reliably they were coded.

    >>> synthesis.agendas_basis(meetings.Choice("CM", 2018, 2023))
    **How we know this:** ... Two codings of the same texts agree reliably (Krippendorff's alpha 0.92).
    """
    codes, alpha = meetings.speech_codes(choice), reliability.agreement("table", "agenda")["alpha"].iloc[0]
    read = meetings.text_coverage(codes)
    return _said(
        _sources(codes["source"]),
        ngettext(
            "{known} of {n} speech was read far enough to code.",
            "{known} of {n} speeches were read far enough to code.",
            int(read["voices"].sum()),
            known=int(read["read"].sum()),
        ),
        _("Two codings of the same texts agree reliably (Krippendorff's alpha {alpha:.2f}).", alpha=alpha)
        if alpha >= reliability.RELIABLE
        else _("Two codings of the same texts do not agree reliably (Krippendorff's alpha {alpha:.2f}).", alpha=alpha),
    )


def ties_basis(region: str, year: int) -> MarkdownText:
    """On what the labels of ties rest.

    >>> synthesis.ties_basis("C5", 2019)
    **How we know this:** ... sources (the best kind among them: the text itself). Of most pages only the opening was
    read, and nobody coded the labels a second time.
    """
    return _said(
        _sources(ties.events(pairs_at_end(region, year))["source"]),
        _("Of most pages only the opening was read, and nobody coded the labels a second time."),
    )


def votes_basis(choice: votes.Choice) -> MarkdownText:
    """On how many recorded votes the agreement rests, and whose record that is.

    >>> synthesis.votes_basis(votes.Choice("agreement", "left_out", 1991, 2019))
    **How we know this:** the record of ... roll calls, as given by: ...
    """
    rows = votes.voting_years(choice.first_year, choice.last_year)
    counted = rows[rows["comparable"]]
    return _said(
        ngettext(
            "the record of {n:,} roll call, as given by: {publishers}.",
            "the record of {n:,} roll calls, as given by: {publishers}.",
            int(counted["roll_calls"].sum()),
            publishers=_publishers(rows["source"]),
        ),
        ngettext(
            "{n} year that cannot be compared is left out.",
            "{n} years that cannot be compared are left out.",
            len(rows) - len(counted),
        )
        if len(counted) < len(rows)
        else "",
    )


def economies_basis(panels: Sequence[economies.Panel]) -> MarkdownText:
    """On whose series the comparison of economies rests, and how many values in them are doubtful.

    >>> synthesis.economies_basis([economies.panel("gdp_pc_ppp", "C5", 1991, 2020)])
    **How we know this:** 1 series, as given by: World Bank. Doubtful values: ...
    """
    low = sum(int(panel.low.to_numpy().sum()) for panel in panels)
    every = sum(panel.values.size for panel in panels)
    return _said(
        ngettext(
            "{n} series, as given by: {publishers}.",
            "{n} series, as given by: {publishers}.",
            len(panels),
            publishers=_publishers(key for panel in panels for key in panel.source),
        ),
        _("Doubtful values: {low:,} of {n:,}.", n=every, low=low),
    )


def _said(*sentences: str) -> MarkdownText:
    return _("**How we know this:** {what}", what=" ".join(filter(None, sentences)))


def _sources(cells: Iterable[object]) -> str:
    """How many sources, and of which kind the best is; "" where there is none."""
    rows = sources.by_trust(sources.sources(sources.source_keys(cells)))
    if not rows:
        return ""
    kind = sources.kind_name(rows[0]["kind"])
    return ngettext("{n} source ({kind}).", "{n} sources (the best kind among them: {kind}).", len(rows), kind=kind)


def _publishers(cells: Iterable[object]) -> str:
    rows = sources.sources(sources.source_keys(cells))
    return "; ".join(dict.fromkeys(map(sources.publisher_name, rows)))
