"""Sentences on the ties between the pairs of a region."""

from collections.abc import Iterable

import pandas as pd

from centralasia import meetings
from centralasia.names import level_name, region_name, short_name, short_names
from centralasia.regions import members_at_end, pair_code, pair_name, pairs_at_end
from centralasia.ties import contacts, evidence, measures, waiting
from centralasia.ties.marks import at_least_name
from datacontract.words import MarkdownText, capitalised, join_list, plain, pluralize, verb, years_between

__all__ = [
    "answer", "doubts", "level_doubts", "levels_of_state", "milestones_found", "outside_summary",
    "recall_summary", "top_level", "treaty_signed", "upgrades_found", "visits_found", "waiting_summary",
]  # fmt: skip

_UNSIGNED = {"later": "Signed later:", "no_signature_found": "No signature was found for", "": "Not in the table:"}
RECENT = 2017  # the year from which on most pages were read


def answer(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many pairs of a region have reached which level: by firm evidence, by all acts found, and at most."""
    measures.checked_years(region, first_year, last_year)
    counts, then = measures.level_counts(region, last_year), measures.end_of(last_year)
    pairs, scale = int(counts["pairs"].iloc[0]), measures.levels()
    missing = [pair for pair in pairs_at_end(region, last_year) if pair not in measures.searched()]
    unsearched = f" Nobody searched for acts of {len(missing)} of them." if missing else ""
    if not counts["found"].any():
        none = f"No label was found for any of the {pluralize(pairs, 'pair')} of **{region_name(region)}**"
        return MarkdownText(f"{none} by {then}.{unsearched}")
    top, second = (_three(counts.loc[level]) for level in (scale[-1], scale[-2]))
    return MarkdownText(
        f"By {then}, {top} of the **{pluralize(pairs, 'pair')}** of {region_name(region)} had reached "
        f"{level_name(scale[-1])}; {second} had reached {at_least_name(scale[-2])}. Whether the states bind "
        "themselves to each other more than to others is open, since the same labels with outside partners were not "
        f"searched for.{unsearched}"
    )


def _three(row: pd.Series) -> str:
    """``6 by firm evidence and 8 by all acts found``: the counts of a level, where they differ."""
    firm, found, possible = (int(row[name]) for name in ("firm", "found", "possible"))
    counts = {"by firm evidence": firm, "by all acts found": found, "at most": possible}
    known = {n: words for words, n in reversed(counts.items())}  # of equal counts the firmest
    return str(firm) if len(known) == 1 else join_list(f"{n} {words}" for n, words in sorted(known.items()))


def levels_of_state(state: str, region: str, year: int) -> MarkdownText:
    """The levels of a state with each other member of a region at the end of a year."""
    others = [other for other in members_at_end(region, year) if other != state]
    pairs = [pair_code(state, other) for other in others]
    found, firm = measures.levels_on(pairs, year), measures.levels_on(pairs, year, measures.FIRM)
    weak = (found["level"] != firm["level"]) & found["level"].notna()
    notes = found["since"].str[:4] + weak.map({True: ", not firm", False: ""})
    names = pd.Series(map(short_name, others), dtype="str") + (" (" + notes + ")").fillna("")
    parts = [f"{level_name(level)} with {join_list(own)}" for level, own in reversed([*names.groupby(found["level"])])]
    first = " The year is that of the first signature." if parts else ""
    looked = found["pair"].isin(measures.searched())
    for words, kept in (("no label found with", looked), ("not searched:", ~looked)):
        if len(own := names[found["level"].isna() & kept]):
            parts.append(f"{words} {join_list(own, 'or')}")
    return MarkdownText(f"**{short_name(state)}** by {measures.end_of(year)}: {'; '.join(parts)}.{first}")


def upgrades_found(region: str, first_year: int, last_year: int) -> MarkdownText:
    """How many steps up were signed, when, and where a level was stepped over."""
    measures.checked_years(region, first_year, last_year)
    steps = measures.upgrades(pairs_at_end(region, last_year), last_year)
    steps = steps[steps["last"].dt.year >= first_year]
    n, span, when = len(steps), years_between(first_year, last_year), steps["last"].dt.year
    if not n:
        return MarkdownText(f"No step up was found {span}.")
    text = f"{pluralize(n, 'step')} up {verb(n, 'was', 'were')} found {span}"
    if first_year < RECENT <= last_year:
        text += f", {(when >= RECENT).sum()} of them in {RECENT} or later, when most of the pages read were written"
    labelled = steps.dropna(subset="before")
    over = labelled[labelled["level"].cat.codes - labelled["before"].cat.codes > 1]
    if len(over):
        named = join_list(f"{pair_name(step.pair)} {step.date[:4]}" for step in over.itertuples())
        text += (
            f". {capitalised(pluralize(len(over), 'step'))} skipped a level, or an act between was not found ({named})"
        )
    return MarkdownText(text + ".")


def recall_summary(region: str, last_year: int) -> MarkdownText:
    """From when the pages are that the acts rest on, and how many early acts only later pages tell of."""
    acts = measures.events(pairs_at_end(region, last_year))
    dated, labels = evidence.source_years(acts).dropna(), acts[acts["labelled"]]
    if dated.empty:
        return MarkdownText("None of the pages that were read has a date.")
    return MarkdownText(
        f"{(dated >= RECENT).sum()} of the {len(dated)} dated pages on these acts are of {RECENT} or later, but "
        f"{(labels['last'].dt.year < RECENT).sum()} of the {len(labels)} labels are older. Early acts are more likely "
        "to be missing than late ones."
    )


def waiting_summary(region: str, since: int, until: int) -> MarkdownText:
    """By when half of the pairs had signed each level or a higher one, at most, and which act that was."""
    pairs = pairs_at_end(region, until)
    times = waiting.times_to_level(pairs, since, until)
    lines = []
    for level, row in waiting.median_survival(times).iterrows():
        name, half = capitalised(at_least_name(level)), f"fewer than half of the pairs by {until}"
        if pd.notna(row["years"]):
            own = times[times["level"] == level]
            act = own.loc[(own["at_most"] - row["years"]).abs().idxmin()]
            last = f"{pair_name(act['pair'])}, {level_name(act['label'])}"
            half = f"half of the pairs by {act['date']} at the latest ({last})"
        lines.append(f"- {name}: {half}.")
    return MarkdownText("\n".join(lines))


def top_level(region: str, year: int) -> MarkdownText:
    """Whether the highest level was first signed as a declaration or as a treaty, pair by pair."""
    top = measures.levels()[-1]
    rows = measures.signatures(pairs_at_end(region, year))
    rows = rows[(rows["level"] == top) & (rows["last"].dt.year <= year)].astype({"instrument": "str"})
    if rows.empty:
        return MarkdownText(f"No signature at the level {level_name(top)} was found by {measures.end_of(year)}.")
    first = rows.drop_duplicates("pair")["instrument"].value_counts()
    kinds = join_list(f"as a {plain(kind)} in {pluralize(n, 'pair')}" for kind, n in first.items())
    treaties = rows.loc[rows["instrument"] == "treaty", "pair"].nunique()
    return MarkdownText(
        f"{capitalised(level_name(top))} by {measures.end_of(year)}: first signed {kinds}. A treaty of that level was "
        f"found for {treaties} of {first.sum()} by then."
    )


def outside_summary(region: str, partners: Iterable[str], year: int) -> MarkdownText:
    """What is known of the labels of the same states with outside partners, and what that allows to say."""
    table = evidence.outside_labels(region, partners, year)
    signed, said = table.dropna(subset="signed"), table.dropna(subset="said")
    text = (
        f"Signed acts with {join_list(short_names(dict.fromkeys(table['partner'])))} were searched for in "
        f"{table['searched'].sum() or 'none'} of {len(table)} relations; {len(signed) or 'none'} was met on the way"
    )
    if len(signed):
        sides = signed["state"].map(short_name) + " and " + signed["partner"].map(short_name)
        acts = sides + ", " + signed["signed"].map(level_name).astype("str") + ", " + signed["signed_date"].str[:4]
        text += f" ({'; '.join(acts)})"
    text += f". Documents and statements of the states name a label in {pluralize(len(said), 'relation')}"
    allies = said[said["said"] == measures.levels()[-1]]
    for partner, own in allies.groupby("partner", sort=False):
        names = join_list(f"{short_name(r.state)} ({r.said_date[:4]})" for r in own.itertuples())
        text += f". {names} {verb(len(own), 'calls', 'call')} {short_name(partner)} an ally"
    kept = "So the label of ally is not reserved for the region; w" if len(allies) or len(signed) else "W"
    return MarkdownText(f"{text}. {kept}hether labels rise with everybody is open.")


def doubts(region: str, year: int) -> MarkdownText:
    """On which acts the levels depend: what firm evidence alone would give, weaker labels later on, undated acts."""
    found = [words for pair in pairs_at_end(region, year) for words in level_doubts(pair, year)]
    none = f"No level found by {measures.end_of(year)} depends on an act of less than the highest confidence."
    return MarkdownText("\n".join(f"- {words}" for words in found) or none)


def level_doubts(pair: str, year: int) -> list[str]:
    """The doubts about the level of one pair, as a list of sentences.

    A later act of friendship is no doubt, since friendship is declared beside any label.
    """
    found = []
    held, firm = (measures.level_at(pair, year, least) for least in ("low", measures.FIRM))
    acts = measures.acts_by_pair("low").get(pair, [])
    for act in (act for act in acts if act.tie_id == held.act):
        if firm.level != held.level:
            found.append(
                f"{level_name(held.level)} rests on acts of {held.confidence} confidence; "
                f"by firm evidence alone it is {level_name(firm.level)}."
            )
        elif firm.since != held.since:
            found.append(
                f"{level_name(held.level)} is dated {held.since} by an act of {act.confidence} confidence; "
                f"the first firm act is of {firm.since}."
            )
        found += [
            f"an act of {later.date} carries the weaker label {level_name(later.level)} ({later.act})."
            for later in acts
            if later.first > act.last and later.last.year <= year and 0 < later.rank < act.rank
        ]
    undated = [act for act in acts if act.labelled and pd.isna(act.date)]
    found += [f"a signature without a date ({act.act}) is left out of every year." for act in undated]
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
        text = f"By {measures.end_of(year)}, {len(signed)} of {pluralize(len(rows), 'state')} had signed the {title}"
        if len(signed):
            text += f": {join_list(signed)}. So both states had in {both} of {pluralize(pairs, 'pair')}"
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
    unsearched = sum(pair not in measures.searched("visits") for pair in pairs)
    missing = f" For {pluralize(unsearched, 'pair')} nobody searched." if unsearched else ""
    if leaders.empty:
        return MarkdownText(f"No visit of a head of state was found {span}.{missing}")
    proper = leaders["type"].isin(["state", "official"]).sum()
    meeting = ((leaders["type"] == "meeting") & leaders["type_2"].isna()).sum()
    text = f"At least {pluralize(len(leaders), 'visit')} of heads of state {verb(len(leaders), 'was', 'were')} held "
    text += (
        f"{span}: {proper} state or official ones, and {meeting} only for a meeting that the other side hosted. Late "
    )
    text += "years were read more fully, so the numbers are no trend."
    if unsure:
        text += f" Not counted: {pluralize(unsure, 'visit')} only planned, implied or known from a statement."
    if bare := sum(pair in measures.searched("visits") for pair in set(pairs) - set(leaders["pair"])):
        text += f" For {pluralize(bare, 'pair')} none was found."
    return MarkdownText(text + missing)


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
