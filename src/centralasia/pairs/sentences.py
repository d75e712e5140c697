"""Sentences on one pair of states."""

from centralasia import meetings, ties
from centralasia.names import level_name, short_name
from centralasia.pairs.measures import common_denominator, named_themes
from centralasia.regions import check_pair, pair_name
from centralasia.tables import load
from centralasia.ties.sentences import doubts
from centralasia.ties.tables import theme_name
from datacontract.words import MarkdownText, join_list, pluralize

__all__ = [
    "pair_answer",
    "pair_denominator_found",
    "pair_doubts",
    "pair_milestones_found",
    "pair_themes_shared",
    "pair_treaty",
    "pair_visits_found",
]


def pair_answer(pair, year, minimum_confidence="low"):
    """At which level a pair stands, by which act, and how much contact was found."""
    name = pair_name(pair, " and ")
    held = ties.level_at(pair, year, minimum_confidence)
    if held.level is None:
        text = f"No label of ties between **{name}** signed by the end of {year} was found in the sources read"
    else:
        act = ties.acts([pair], minimum_confidence).set_index("tie_id").loc[held.act]
        text = (
            f"At the end of {year}, **{name}** stand at **{level_name(held.level)}**, first signed "
            f"{'on' if len(held.since) == len('2025-01-01') else 'in'} {held.since} "
            f"({act['act']}; {act['confidence']} confidence)"
        )
    visits = ties.visits([pair])
    leaders = int(((visits["guest_rank"] == "head_of_state") & (visits["year"] <= year).fillna(False)).sum())
    facts = int((ties.milestones(check_pair(pair))["year"] <= year).sum())
    return MarkdownText(
        f"{text}. Found besides: {pluralize(leaders, 'visit')} of heads of state by then and {pluralize(facts, 'milestone')} "
        f"that {'names' if facts == 1 else 'name'} both."
    )


def pair_doubts(pair, year, minimum_confidence="low"):
    """The doubts about the level of a pair."""
    found = doubts(pair, year, minimum_confidence)
    if found:
        return MarkdownText(" ".join(found))
    held = ties.level_at(pair, year, minimum_confidence)
    if held.level is None:
        return MarkdownText("None found is unknown: it does not prove that there is no such act.")
    return MarkdownText("The level and its date stay the same when only acts of the highest confidence are counted.")


def pair_visits_found(pair):
    """How many visits were found in each direction, and which are uncertain."""
    states, rows = check_pair(pair), ties.visits([pair], None)
    if rows.empty:
        return MarkdownText(f"No visit between {pair_name(pair, ' and ')} was found in the sources read.")
    held = rows[(rows["status"] == "held") & (rows["guest_rank"] == "head_of_state")]
    guests = [f"{int((held['guest'] == s).sum())} of {short_name(s)}" for s in states]
    text = f"At least {pluralize(len(held), 'visit')} of heads of state: {join_list(guests)}"
    others = rows[(rows["status"] == "held") & (rows["guest_rank"] != "head_of_state")]
    text += f". By somebody else: {len(others)}" if len(others) else ""
    unsure = rows.loc[rows["status"] != "held", "status"].astype("object").value_counts()
    words = {"statement_only": "known from a statement only"}
    kinds = [f"{n} {words.get(status, status.replace('_', ' '))}" for status, n in unsure.items()]
    return MarkdownText(text + (f". Not known to have been held: {join_list(kinds)}." if kinds else "."))


def pair_milestones_found(pair):
    """How many milestones name both states, by theme."""
    rows = ties.milestones(check_pair(pair))
    if rows.empty:
        return MarkdownText(f"No milestone that names both {pair_name(pair, ' and ')} was found.")
    counts = rows["theme"].astype("object").value_counts()
    themes = join_list(f"{theme_name(theme)} ({n})" for theme, n in counts.items())
    return MarkdownText(f"{pluralize(len(rows), 'milestone')} {'names' if len(rows) == 1 else 'name'} both: {themes}.")


def pair_themes_shared(pair):
    """Which themes both states named at the consultative meetings, and how often."""
    table, name = named_themes(pair), pair_name(pair, " and ")
    if table.empty:
        return MarkdownText(f"The agenda of the meetings holds no speech for at least one of {name}.")
    both = table.index[table["both"].fillna(False)].to_frame(index=False)
    if both.empty:
        return MarkdownText(
            f"No theme that both {name} named at the same meeting was found; what was not read is unknown."
        )
    titles = load("domains").set_index("domain")["title"]
    counts = both["domain"].astype("object").value_counts()
    most = [f"“{titles[theme]}”" for theme in counts.index[counts == counts.max()]]
    return MarkdownText(
        f"In the part read, {name} named the same theme at the same meeting at least {pluralize(len(both), 'time')}, "
        f"at {pluralize(both['meeting_id'].nunique(), 'meeting')}; most often {join_list(most)} "
        f"({pluralize(int(counts.max()), 'time')}{' each' if len(most) > 1 else ''})."
    )


def pair_denominator_found(pair):
    """Since when each theme of the article's common denominator was named at the events of a pair."""
    table = common_denominator(pair)
    if table.empty:
        return MarkdownText(f"The data hold no agenda of events between {pair_name(pair, ' and ')}.")
    titles = "“" + load("domains").set_index("domain")["title"] + "”"
    named = {theme: [year for year in table.columns if row[year] == 1] for theme, row in table.fillna(-1).iterrows()}
    parts = [
        f"{titles[theme]} in {len(years)} of {pluralize(len(table.columns), 'year')} (first in {years[0]})"
        for theme, years in named.items()
        if years
    ]
    never = [titles[theme] for theme, years in named.items() if not years]
    text = f"Named at events of the pair, in the part read: {join_list(parts)}"
    return MarkdownText(text + (f"; not named in the part read: {join_list(never)}." if never else "."))


def pair_treaty(pair):
    """Whether both states have signed the common treaties."""
    rows, parts = ties.treaty_signatures(check_pair(pair)), []
    titles = meetings.treaty_titles()
    for treaty, part in rows.groupby("treaty_id", sort=False):
        told = []
        for row in part.itertuples():
            words = {"signed": f"signed on {row.date}", "no_signature_found": "no signature found"}
            told.append(f"{short_name(row.state)}: {words.get(row.status, 'not in the table')}")
        both = "Both have" if (part["status"] == "signed").all() else "It is not established that both have"
        parts.append(f"{both} signed the {titles[treaty]} ({'; '.join(told)}).")
    return MarkdownText(" ".join(parts))
