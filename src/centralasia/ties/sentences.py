"""Sentences on the level of ties between the pairs of a region."""

import pandas as pd

from centralasia.names import level_name, region_name, short_name
from centralasia.regions import members_at_end, pair_code, pair_name, pairs_at_end
from centralasia.ties import measures, register, waiting
from centralasia.ties.evidence import RECENT
from centralasia.ties.marks import at_least_name, end_of
from datacontract.language import _, join_list, ngettext
from datacontract.phrases import date_words, years_between
from datacontract.words import MarkdownText, capitalised, plain

__all__ = ["answer", "levels_of_state", "top_level", "upgrades_found", "waiting_summary"]


def answer(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many pairs of a region have reached which level: by firm evidence, by all acts found, and at most.

    >>> ties.answer("C5", 1992, 2009)
    By the end of 2009, 1 by firm evidence and 5 at most of the **10 pairs** of Central Asia (five states) had
    reached alliance; 1 by firm evidence and 5 at most had reached deepened strategic or higher. Whether the states
    bind themselves to each other more than to others is open, since the same labels with outside partners were not
    searched for.
    """
    measures.checked_years(region, first_year, last_year)
    counts, then = measures.level_counts(region, last_year), end_of(last_year)
    pairs, scale = int(counts["pairs"].iloc[0]), register.levels()
    missing = [pair for pair in pairs_at_end(region, last_year) if pair not in register.searched()]
    unsearched = (
        [_("Nobody searched for acts of {n} of the pairs within the region.", n=len(missing))] if missing else []
    )
    if not counts["found"].any():
        none = ngettext(
            "No label was found for any of the {n} pair of **{region}** by {then}.",
            "No label was found for any of the {n} pairs of **{region}** by {then}.",
            pairs,
            region=region_name(region),
            then=then,
        )
        return MarkdownText(" ".join([none, *unsearched]))
    top, second = (_three(counts.loc[level]) for level in (scale[-1], scale[-2]))
    reached = ngettext(
        "By {then}, {top} of the **{n} pair** of {region} had reached {highest}; {second} had reached {next}.",
        "By {then}, {top} of the **{n} pairs** of {region} had reached {highest}; {second} had reached {next}.",
        pairs,
        then=then,
        top=top,
        region=region_name(region),
        highest=level_name(scale[-1]),
        second=second,
        next=at_least_name(scale[-2]),
    )
    limit = _(
        "Whether the states bind themselves to each other more than to others is open, since the same labels with "
        "outside partners were not searched for."
    )
    return MarkdownText(" ".join([reached, limit, *unsearched]))


def _three(row: pd.Series) -> str:
    """``6 by firm evidence and 8 by all acts found``: the counts of a level, where they differ."""
    firm, found, possible = (int(row[name]) for name in ("firm", "found", "possible"))
    known = {possible: _("{n} at most", n=possible), found: _("{n} by all acts found", n=found)}
    known[firm] = _("{n} by firm evidence", n=firm)  # of equal counts the firmest
    return str(firm) if len(known) == 1 else join_list(known[n] for n in sorted(known))


def levels_of_state(state: str, region: str, year: int) -> MarkdownText:
    """The levels of a state with each other member of a region at the end of a year.

    >>> ties.levels_of_state("KAZ", "C5", 2009)
    **Kazakhstan** by the end of 2009: alliance with Kyrgyzstan (2003); friendship with Uzbekistan (1997); no label
    found with Tajikistan or Turkmenistan. The year is that of the first signature.
    """
    others = [other for other in members_at_end(region, year) if other != state]
    pairs = [pair_code(state, other) for other in others]
    found, firm = measures.levels_on(pairs, year), measures.levels_on(pairs, year, register.FIRM)
    names = pd.Series(map(short_name, others), dtype="object")
    for place, since in found["since"].str[:4].dropna().items():
        firmly = found["level"][place] == firm["level"][place]
        note = since if firmly else _("{year}, not firm", year=since)
        names[place] = f"{names[place]} ({note})"
    levels = reversed([*names.groupby(found["level"])])
    parts = [_("{level} with {names}", level=level_name(level), names=list(own)) for level, own in levels]
    first = [_("The year is that of the first signature.")] if parts else []
    looked = found["pair"].isin(register.searched())
    if none := list(names[found["level"].isna() & looked]):
        parts.append(_("no label found with {names:or}", names=none))
    if unsearched := list(names[found["level"].isna() & ~looked]):
        parts.append(_("not searched: {names:or}", names=unsearched))
    held = _("**{state}** by {then}: {levels}.", state=short_name(state), then=end_of(year), levels="; ".join(parts))
    return MarkdownText(" ".join([held, *first]))


def upgrades_found(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many steps up were signed, when, and where a level was stepped over.

    >>> ties.upgrades_found("C5", 1992, 2012)
    7 steps up were found from 1992 to 2012. 1 step skipped a level, or an act between was not found
    (Kazakhstan–Kyrgyzstan 2003).
    """
    measures.checked_years(region, first_year, last_year)
    steps = measures.upgrades(pairs_at_end(region, last_year), last_year)
    steps = steps[steps["last"].dt.year >= first_year]
    n, when = len(steps), years_between(first_year, last_year)
    if not n:
        return _("No step up was found {when}.", when=when)
    if first_year < RECENT <= last_year:
        text = ngettext(
            "{n} step up was found {when}; in {year} or later, when most of the pages read were written: {late}.",
            "{n} steps up were found {when}, {late} of them in {year} or later, when most of the pages read were "
            "written.",
            n,
            when=when,
            late=int((steps["last"].dt.year >= RECENT).sum()),
            year=RECENT,
        )
    else:
        text = ngettext("{n} step up was found {when}.", "{n} steps up were found {when}.", n, when=when)
    labelled = steps.dropna(subset="before")
    over = labelled[labelled["level"].cat.codes - labelled["before"].cat.codes > 1]
    if over.empty:
        return text
    skipped = ngettext(
        "{n} step skipped a level, or an act between was not found ({steps}).",
        "{n} steps skipped a level, or an act between was not found ({steps}).",
        len(over),
        steps=[f"{pair_name(step.pair)} {step.date[:4]}" for step in over.itertuples()],
    )
    return MarkdownText(f"{text} {skipped}")


def waiting_summary(region: str, since: int, until: int) -> MarkdownText:
    """By when half of the pairs had signed each level or a higher one, at most, and which act that was.

    >>> ties.waiting_summary("C5", 1992, 2019)
    - Any label: half of the pairs by 15 June 2000 at the latest (Tajikistan–Uzbekistan, friendship).
    - Strategic or higher: half of the pairs by 18 April 2017 at the latest (Kazakhstan–Turkmenistan, strategic).
    - Deepened strategic or higher: fewer than half of the pairs by 2019.
    - Alliance: fewer than half of the pairs by 2019.
    """
    pairs = pairs_at_end(region, until)
    times = waiting.times_to_level(pairs, since, until)
    lines = []
    for level, row in waiting.median_survival(times).iterrows():
        name = capitalised(at_least_name(level))
        if pd.isna(row["years"]):
            lines.append(_("- {level}: fewer than half of the pairs by {year}.", level=name, year=until))
            continue
        own = times[times["level"] == level]
        act = own.loc[(own["at_most"] - row["years"]).abs().idxmin()]
        last = f"{pair_name(act['pair'])}, {level_name(act['label'])}"
        half = _(
            "- {level}: half of the pairs by {date} at the latest ({act}).",
            level=name,
            date=date_words(act["date"]),
            act=last,
        )
        lines.append(half)
    return MarkdownText("\n".join(lines))


def top_level(region: str, year: int) -> MarkdownText:
    """Whether the highest level was first signed as a declaration or as a treaty, pair by pair.

    >>> ties.top_level("C5", 2009)
    Alliance by the end of 2009: first signed as a treaty in 1 pair. A treaty of that level was found for 1 of 1 by
    then.
    """
    top = register.levels()[-1]
    rows = register.signatures(pairs_at_end(region, year))
    rows = rows[(rows["level"] == top) & (rows["last"].dt.year <= year)].astype({"instrument": "str"})
    if rows.empty:
        return _("No signature at the level {level} was found by {then}.", level=level_name(top), then=end_of(year))
    first = rows.drop_duplicates("pair")["instrument"].value_counts()
    kinds = [
        ngettext("as a {kind} in {n} pair", "as a {kind} in {n} pairs", int(n), kind=_(plain(kind)))
        for kind, n in first.items()
    ]
    return _(
        "{level} by {then}: first signed {kinds}. A treaty of that level was found for {treaties} of {pairs} by then.",
        level=capitalised(level_name(top)),
        then=end_of(year),
        kinds=kinds,
        treaties=int(rows.loc[rows["instrument"] == "treaty", "pair"].nunique()),
        pairs=int(first.sum()),
    )
