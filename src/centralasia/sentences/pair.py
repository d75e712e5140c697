"""Sentences on one pair of states."""

from centralasia.convergence import contacts, meetings, ties
from centralasia.convergence.pair import common_denominator, named_themes
from centralasia.convergence.tie_tables import theme_name
from centralasia.figure import short_name
from centralasia.regions import pair_name, split_pair
from centralasia.sentences.ties import doubts
from centralasia.tables import load
from centralasia.words import Sentence, count, listing


def pair_answer(pair, year, minimum_confidence="low", data=None):
    """At which level a pair stands, by which act, and how much contact was found."""
    name = pair_name(pair, data, " and ")
    held = ties.level_at(pair, year, minimum_confidence, data)
    if held.level is None:
        text = f"No label of ties between **{name}** signed by the end of {year} was found in the sources read"
    else:
        act = ties.acts([pair], minimum_confidence, data).set_index("tie_id").loc[held.act]
        text = (
            f"At the end of {year}, **{name}** stand at **{ties.level_name(held.level)}**, first signed "
            f"{'on' if len(held.since) == len('2025-01-01') else 'in'} {held.since} "
            f"({act['act']}; {act['confidence']} confidence)"
        )
    visits = contacts.visits([pair], data=data)
    leaders = int(((visits["guest_rank"] == "head_of_state") & (visits["year"] <= year).fillna(False)).sum())
    facts = int((contacts.milestones(split_pair(pair, data), data)["year"] <= year).sum())
    return Sentence(
        f"{text}. Found besides: {count(leaders, 'visit')} of heads of state by then and {count(facts, 'milestone')} "
        f"that {'names' if facts == 1 else 'name'} both."
    )


def pair_doubts(pair, year, minimum_confidence="low", data=None):
    """The doubts about the level of a pair."""
    found = doubts(pair, year, minimum_confidence, data)
    if found:
        return Sentence(" ".join(found))
    held = ties.level_at(pair, year, minimum_confidence, data)
    if held.level is None:
        return Sentence("None found is unknown: it does not prove that there is no such act.")
    return Sentence("The level and its date stay the same when only acts of the highest confidence are counted.")


def pair_visits_found(pair, data=None):
    """How many visits were found in each direction, and which are uncertain."""
    states, rows = split_pair(pair, data), contacts.visits([pair], None, data)
    if rows.empty:
        return Sentence(f"No visit between {pair_name(pair, data, ' and ')} was found in the sources read.")
    held = rows[(rows["status"] == "held") & (rows["guest_rank"] == "head_of_state")]
    guests = [f"{int((held['guest'] == s).sum())} of {short_name(s, data)}" for s in states]
    text = f"At least {count(len(held), 'visit')} of heads of state: {listing(guests)}"
    others = rows[(rows["status"] == "held") & (rows["guest_rank"] != "head_of_state")]
    text += f". By somebody else: {len(others)}" if len(others) else ""
    unsure = rows.loc[rows["status"] != "held", "status"].astype("object").value_counts()
    words = {"statement_only": "known from a statement only"}
    kinds = [f"{n} {words.get(status, status.replace('_', ' '))}" for status, n in unsure.items()]
    return Sentence(text + (f". Not known to have been held: {listing(kinds)}." if kinds else "."))


def pair_milestones_found(pair, data=None):
    """How many milestones name both states, by theme."""
    rows = contacts.milestones(split_pair(pair, data), data)
    if rows.empty:
        return Sentence(f"No milestone that names both {pair_name(pair, data, ' and ')} was found.")
    counts = rows["theme"].astype("object").value_counts()
    themes = listing(f"{theme_name(theme)} ({n})" for theme, n in counts.items())
    return Sentence(f"{count(len(rows), 'milestone')} {'names' if len(rows) == 1 else 'name'} both: {themes}.")


def pair_themes_shared(pair, data=None):
    """Which themes both states named at the consultative meetings, and how often."""
    table, name = named_themes(pair, data), pair_name(pair, data, " and ")
    if table.empty:
        return Sentence(f"The agenda of the meetings holds no speech for at least one of {name}.")
    both = table.index[table["both"].fillna(False)].to_frame(index=False)
    if both.empty:
        return Sentence(f"No theme that both {name} named at the same meeting was found; what was not read is unknown.")
    titles = load("domains", data).set_index("domain")["title"]
    counts = both["domain"].astype("object").value_counts()
    most = [f"“{titles[theme]}”" for theme in counts.index[counts == counts.max()]]
    return Sentence(
        f"In the part read, {name} named the same theme at the same meeting at least {count(len(both), 'time')}, "
        f"at {count(both['meeting_id'].nunique(), 'meeting')}; most often {listing(most)} "
        f"({count(int(counts.max()), 'time')}{' each' if len(most) > 1 else ''})."
    )


def pair_denominator_found(pair, data=None):
    """Since when each theme of the article's common denominator was named at the events of a pair."""
    table = common_denominator(pair, data)
    if table.empty:
        return Sentence(f"The data hold no agenda of events between {pair_name(pair, data, ' and ')}.")
    titles = "“" + load("domains", data).set_index("domain")["title"] + "”"
    named = {theme: [year for year in table.columns if row[year] == 1] for theme, row in table.fillna(-1).iterrows()}
    parts = [
        f"{titles[theme]} in {len(years)} of {count(len(table.columns), 'year')} (first in {years[0]})"
        for theme, years in named.items()
        if years
    ]
    never = [titles[theme] for theme, years in named.items() if not years]
    text = f"Named at events of the pair, in the part read: {listing(parts)}"
    return Sentence(text + (f"; not named in the part read: {listing(never)}." if never else "."))


def pair_treaty(pair, data=None):
    """Whether both states have signed the common treaties."""
    rows, parts = contacts.treaty_signatures(split_pair(pair, data), data), []
    titles = meetings.treaty_titles(data)
    for treaty, part in rows.groupby("treaty_id", sort=False):
        told = []
        for row in part.itertuples():
            words = {"signed": f"signed on {row.date}", "no_signature_found": "no signature found"}
            told.append(f"{short_name(row.state, data)}: {words.get(row.status, 'not in the table')}")
        both = "Both have" if (part["status"] == "signed").all() else "It is not established that both have"
        parts.append(f"{both} signed the {titles[treaty]} ({'; '.join(told)}).")
    return Sentence(" ".join(parts))
