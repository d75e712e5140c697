"""Sentences on the themes that the speeches and the meetings as a whole name, and on how much was read of them."""

import pandas as pd

from centralasia.commitments import domain_titles
from centralasia.meetings import measures
from centralasia.names import short_name
from datacontract.language import _, ngettext
from datacontract.words import MarkdownText

__all__ = ["coverage_summary", "naming_summary", "refusal_summary"]


def naming_summary(choice: measures.Choice) -> MarkdownText:
    """Which themes most of the speeches read name, and which the meeting as a whole named every time or never.

    >>> meetings.naming_summary(meetings.Choice("CM", 2018, 2024))
    More than half of the 24 speeches read name *Security and counter-terrorism* (18), *Trade and tariffs* (16),
    *Transport and transit* (15) and *Culture and humanitarian ties* (14). ...
    """
    codes = measures.speech_codes(choice)
    counts, coverage = measures.naming_counts(codes), measures.text_coverage(codes)
    named = counts.groupby("domain", sort=False)["named"].sum().sort_values(ascending=False, kind="stable")
    read, direct = int(coverage["read"].sum()), choice.explicitness == "direct"
    wide = [f"{_theme(code)} ({n})" for code, n in named[named * 2 > read].items()]
    text = ngettext(
        "More than half of the {n} speech read name {themes}.",
        "More than half of the {n} speeches read name {themes}.",
        read,
        themes=wide,
    )
    if not wide and direct:
        text = _("No theme is named directly by more than half of the {n} speeches read.", n=read)
    elif not wide:
        text = _("No theme is named by more than half of the {n} speeches read.", n=read)
    elif direct:
        text = ngettext(
            "More than half of the {n} speech read name directly {themes}.",
            "More than half of the {n} speeches read name directly {themes}.",
            read,
            themes=wide,
        )
    return MarkdownText(" ".join([*([text] if read > 1 else []), *_whole(counts, coverage, direct)]))


def _whole(counts: pd.DataFrame, coverage: pd.DataFrame, direct: bool) -> list[str]:
    """What the meeting as a whole named every time and never, over the meetings where it was coded."""
    coded, dark = (list(coverage.loc[coverage["joint"] == known, "name"]) for known in (True, False))
    left_out = [_("Left out, since it is not coded as a whole: {meetings}.", meetings=dark)] if dark else []
    if not coded:
        return [_("No meeting is coded as a whole."), *left_out]
    times = counts.loc[counts["joint"].eq(1).fillna(False)].groupby("domain", sort=False).size()
    times = times.reindex(counts["domain"].unique(), fill_value=0)
    always, never = ([_theme(code) for code in times.index[times == n]] for n in (len(coded), 0))
    return [_always_and_never(len(coded), always, never, direct), *left_out]


def _always_and_never(n: int, always: list[str], never: list[str], direct: bool) -> str:
    """What so many meetings as a whole named every time, and what never, where there is such a theme."""
    if not always:
        text = ngettext(
            "No theme was named by the {n} meeting as a whole.",
            "No theme was named by all {n} meetings as a whole.",
            n,
        )
        if direct:
            text = ngettext(
                "No theme was named directly by the {n} meeting as a whole.",
                "No theme was named directly by all {n} meetings as a whole.",
                n,
            )
        also = _("In what was read, none of them named {never}.", never=never) if n > 1 and never else ""
        return f"{text} {also}".rstrip()
    if direct and never:
        return ngettext(
            "The {n} meeting as a whole named directly {always} every time and, in what was read, never {never}.",
            "The {n} meetings as a whole named directly {always} every time and, in what was read, never {never}.",
            n,
            always=always,
            never=never,
        )
    if direct:
        return ngettext(
            "The {n} meeting as a whole named directly {always} every time.",
            "The {n} meetings as a whole named directly {always} every time.",
            n,
            always=always,
        )
    if never:
        return ngettext(
            "The {n} meeting as a whole named {always} every time and, in what was read, never {never}.",
            "The {n} meetings as a whole named {always} every time and, in what was read, never {never}.",
            n,
            always=always,
            never=never,
        )
    return ngettext(
        "The {n} meeting as a whole named {always} every time.",
        "The {n} meetings as a whole named {always} every time.",
        n,
        always=always,
    )


def coverage_summary(choice: measures.Choice) -> MarkdownText:
    """How much of the speeches was read.

    >>> meetings.coverage_summary(meetings.Choice("CM", 2018, 2021))
    Read far enough to code: 9 of the 15 speeches of members, but at no meeting every one. ...
    """
    read = measures.text_coverage(measures.speech_codes(choice))
    total, known = int(read["voices"].sum()), int(read["read"].sum())
    if not total:
        region = short_name(choice.region)
        return _("No member of the region {region} took part, so no speech was read.", region=region)
    full = list(read.loc[(read["read"] == read["voices"]) & (read["voices"] > 0), "name"])
    text = ngettext(
        "Read far enough to code: {known} of the {n} speech of members, but at no meeting every one.",
        "Read far enough to code: {known} of the {n} speeches of members, but at no meeting every one.",
        total,
        known=known,
    )
    if full:
        text = ngettext(
            "Read far enough to code: {known} of the {n} speech of members, including every one at {meetings}.",
            "Read far enough to code: {known} of the {n} speeches of members, including every one at {meetings}.",
            total,
            known=known,
            meetings=full,
        )
    limit = _(
        "A digest or an opening shows what a speech names and hardly ever what it leaves out, so counts are lower "
        "bounds and no upper bound can be given."
    )
    return MarkdownText(f"{text} {limit}")


def refusal_summary(choice: measures.Choice) -> MarkdownText:
    """Where a member named a theme in order to refuse it.

    >>> meetings.refusal_summary(meetings.Choice("CM", 2018, 2024))
    To name a theme is not to agree on it. Counted as against: Turkmenistan at Astana 2024 refused *Region as one voice*
    (format to stay with the five heads of state, without new structures).
    """
    codes, titles = measures.speech_codes(choice), domain_titles()
    cases = []
    for row in codes[codes["value"].eq(-1).fillna(False)].itertuples():
        said = {"state": short_name(row.voice), "meeting": row.name, "theme": titles[row.domain]}
        case = _("{state} at {meeting} refused *{theme}*", **said)
        note = _(row.note) if pd.notna(row.note) else ""
        cases.append(f"{case} ({note})" if note else case)
    if not cases:
        return _("No speech read names a theme in order to refuse it.")
    return _("To name a theme is not to agree on it. Counted as against: {cases}.", cases="; ".join(cases))


def _theme(code: str) -> str:
    return f"*{domain_titles()[code]}*"
