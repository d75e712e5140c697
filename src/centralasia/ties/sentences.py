"""Sentences on the ties between the pairs of a region."""

import pandas as pd

from centralasia import meetings
from centralasia.names import level_name, region_name, short_name
from centralasia.regions import members_at_end, pair_code, pair_name, pairs_at_end
from centralasia.ties import contacts, measures
from datacontract.contract import field
from datacontract.labels import localized, translate
from datacontract.words import MarkdownText, capitalised, join_list, plain, pluralize, verb, years_between

__all__ = [
    "answer", "doubts", "level_doubts", "levels_of_state", "milestones_found", "top_level", "treaty_signed",
    "upgrades_found", "visits_found",
]  # fmt: skip

_UNSIGNED = {"later": "Signed later:", "no_signature_found": "No signature was found for", "": "Not in the table:"}


@localized
def answer(region: str, first_year: int, last_year: int, minimum_confidence: str = "low") -> MarkdownText:
    """How many pairs of a region have reached which level at the end, and how it was at the beginning."""
    years = measures.checked_years(region, first_year, last_year)
    by_year = measures.levels_by_year(region, years, minimum_confidence)
    first, latest = by_year["year"].min(), measures.latest_date()
    start, end = (by_year.loc[by_year["year"] == year, "level"] for year in (first, last_year))
    mix = _mix(end)
    if first < last_year:
        text = "ties.start" if len(start) == len(end) else "ties.start_among"
        mix = f"{mix}; {translate(text, year=first, mix=_mix(start), pairs=len(start))}"
    reach = translate("ties.reach", date=latest) + " " if int(latest[:4]) == last_year else ""
    return translate("ties.answer", year=last_year, pairs=len(end), region=region_name(region), mix=mix, reach=reach)


def _mix(levels: pd.Series) -> str:
    """``4 stand at alliance, 1 at strategic and for 1 no label was found``."""
    counts = levels.value_counts().sort_index(ascending=False)
    texts = ["ties.stand", *["ties.at"] * len(counts)]
    found = zip(texts, counts[counts > 0].items(), strict=False)
    parts = [translate(text, n=n, level=level_name(level)) for text, (level, n) in found]
    if none := int(levels.isna().sum()):
        parts.append(translate("ties.none", n=none))
    return translate("ties.mix", parts=parts) if counts.any() else translate("ties.none_of_any")


def levels_of_state(state: str, region: str, year: int, minimum_confidence: str = "low") -> MarkdownText:
    """The levels of a state with each other member of a region at the end of a year."""
    others = [other for other in members_at_end(region, year) if other != state]
    found = measures.levels_on([pair_code(state, other) for other in others], year, minimum_confidence)
    names = pd.Series(map(short_name, others), dtype="str") + (" (" + found["since"].str[:4] + ")").fillna("")
    levels = reversed([*names.groupby(found["level"])])
    parts = [f"{level_name(level)} with {join_list(partners)}" for level, partners in levels]
    first = " The year is that of the first signature." if parts else ""
    if len(none := names[found["level"].isna()]):
        parts.append(f"no label found with {join_list(none, 'or')}")
    return MarkdownText(f"**{short_name(state)}** at the end of {year}: {'; '.join(parts)}.{first}")


def upgrades_found(region: str, first_year: int, last_year: int, minimum_confidence: str = "low") -> MarkdownText:
    """How many steps up were signed, when, and where a level was stepped over."""
    measures.checked_years(region, first_year, last_year)
    steps = measures.upgrades(pairs_at_end(region, last_year), last_year, minimum_confidence)
    steps = steps[steps["last"].dt.year >= first_year]
    n, span, when = len(steps), years_between(first_year, last_year), steps["last"].dt.year
    if not n:
        return MarkdownText(f"No step up was found {span}.")
    per_year, half = when.value_counts().sort_index(), when.iloc[n // 2]
    text = f"{pluralize(n, 'step')} up {verb(n, 'was', 'were')} found {span}"
    if len(per_year) > 1:
        text += f", {(when >= half).sum()} of them in {half} or later"
    if (most := per_year.max()) > 1:
        text += f"; the most in one year were {most}, in {join_list(per_year.index[per_year == most])}"
    labelled = steps.dropna(subset="before")
    over = labelled[labelled["level"].cat.codes - labelled["before"].cat.codes > 1]
    if len(over):
        named = join_list(f"{pair_name(step.pair)} {step.date[:4]}" for step in over.itertuples())
        text += f". Of {pluralize(len(labelled), 'step')} from one label to another, {len(over)} passed over a level, "
        text += f"or its act was not found ({named})"
    return MarkdownText(text + ".")


def top_level(region: str, year: int, minimum_confidence: str = "low") -> MarkdownText:
    """Whether the highest level was first signed as a declaration or as a treaty, pair by pair."""
    top = measures.levels()[-1]
    rows = measures.signatures(pairs_at_end(region, year), minimum_confidence)
    rows = rows[(rows["level"] == top) & (rows["last"].dt.year <= year)].astype({"instrument": "str"})
    if rows.empty:
        return MarkdownText(f"No signature at the level {level_name(top)} was found by the end of {year}.")
    first = rows.drop_duplicates("pair")["instrument"].value_counts()
    kinds = join_list(f"as a {plain(kind)} in {pluralize(n, 'pair')}" for kind, n in first.items())
    treaties = rows.loc[rows["instrument"] == "treaty", "pair"].nunique()
    return MarkdownText(
        f"{capitalised(level_name(top))} by the end of {year}: first signed {kinds}; a treaty of that level was "
        f"found for {treaties} of {first.sum()} by then."
    )


def doubts(region: str, year: int, minimum_confidence: str = "low") -> MarkdownText:
    """On which acts the levels depend: what firm evidence alone would give, weaker labels later on, undated acts."""
    found = [words for pair in pairs_at_end(region, year) for words in level_doubts(pair, year, minimum_confidence)]
    none = f"No level found by the end of {year} depends on an act of less than the highest confidence."
    return MarkdownText("\n".join(f"- {words}" for words in found) or none)


def level_doubts(pair: str, year: int, minimum_confidence: str = "low") -> list[str]:
    """The doubts about the level of one pair, as a list of sentences."""
    strict, found = field("ties", "confidence")["constraints"]["enum"][-1], []
    held, firm = (measures.level_at(pair, year, least) for least in (minimum_confidence, strict))
    acts = measures.acts_by_pair(minimum_confidence).get(pair, [])
    for act in (act for act in acts if act.tie_id == held.act):
        if firm.level != held.level:
            found.append(
                f"{level_name(held.level)} rests on acts of {held.confidence} confidence; "
                f"with {strict} confidence alone it is {level_name(firm.level)}."
            )
        elif firm.since != held.since:
            found.append(
                f"{level_name(held.level)} is dated {held.since} by an act of {act.confidence} confidence; "
                f"the first of {strict} confidence is of {firm.since}."
            )
        found += [
            f"an act of {later.date} carries the weaker label {level_name(later.level)} ({later.act})."
            for later in acts
            if later.first > act.last and later.last.year <= year and 0 <= later.rank < act.rank
        ]
    undated = [act for act in acts if act.labelled and pd.isna(act.date)]
    found += [f"an undated signature ({act.act}) counts in no year." for act in undated]
    return [f"{pair_name(pair)}: {words}" for words in found]


def treaty_signed(region: str, year: int) -> MarkdownText:
    """How many members of a region have signed the common treaty, who, and in how many pairs both have."""
    lines = []
    signatures = meetings.treaty_signatures(members_at_end(region, year), until=year)
    for title, rows in signatures.groupby("title", sort=False):
        rows = rows.sort_values("date")
        names = rows["state"].map(short_name) + (" (" + rows["date"] + ")").fillna("")
        signed = names[rows["status"] == "signed"]
        both, pairs = (n * (n - 1) // 2 for n in (len(signed), len(rows)))
        text = f"By the end of {year}, {len(signed)} of {pluralize(len(rows), 'state')} had signed the {title}"
        if len(signed):
            text += f": {join_list(signed)}; so both had in {both} of {pluralize(pairs, 'pair')}"
        for status, words in _UNSIGNED.items():
            own = names[rows["status"].fillna("") == status]
            text += f". {words} {join_list(own)}" if len(own) else ""
        lines.append(text + ".")
    return MarkdownText(" ".join(lines))


def visits_found(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many visits were found, how many of them were for a meeting only, and how many are uncertain."""
    pairs, span = pairs_at_end(region, last_year), years_between(first_year, last_year)
    rows = contacts.visits(pairs, None)
    rows = rows[rows["year"].between(first_year, last_year)]
    leaders, unsure = rows[rows["leader"]], (rows["status"] != "held").sum()
    if leaders.empty:
        return MarkdownText(f"No visit of a head of state was found {span}.")
    meeting = ((leaders["type"] == "meeting") & leaders["type_2"].isna()).sum()
    text = f"At least {pluralize(len(leaders), 'visit')} of heads of state {verb(len(leaders), 'was', 'were')} held "
    text += f"{span}, {meeting} of them only for a meeting that the other side hosted"
    if unsure:
        text += f". Not counted: {pluralize(unsure, 'visit')} only planned, implied or known from a statement"
    if bare := len(pairs) - leaders["pair"].nunique():
        text += f". For {pluralize(bare, 'pair')} none was found"
    return MarkdownText(text + ".")


def milestones_found(state: str, region: str, last_year: int) -> MarkdownText:
    """How many milestones of a state with each other member of a region were found."""
    name, total = short_name(state), len(contacts.milestones([state]))
    if not total:
        return MarkdownText(f"No milestone that names {name} was found.")
    others = [other for other in members_at_end(region, last_year) if other != state]
    counts = {short_name(other): len(contacts.milestones([state, other])) for other in others}
    named = [f"{other} ({n})" for other, n in sorted(counts.items(), key=lambda item: -item[1]) if n]
    none = [other for other, n in counts.items() if not n]
    text = f"{pluralize(total, 'milestone')} {verb(total, 'names', 'name')} {name}"
    text += f", together with {join_list(named)}" if named else ""
    return MarkdownText(text + (f"; none was found with {join_list(none, 'or')}." if none else "."))
