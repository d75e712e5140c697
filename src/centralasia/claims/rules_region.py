"""The rules for claims about states and the region: ties, meetings, signatures, themes, votes, trade."""

import pandas as pd

from centralasia import commitments, economies, meetings, ties, votes
from centralasia.claims.rules import ALONE, WEAKEST, Check, date_of, of_row, of_rows, only_article, rule
from centralasia.names import level_name, short_name
from centralasia.regions import members, pair_name
from centralasia.tables import load
from datacontract.sources import SEPARATOR
from datacontract.words import pluralize

__all__ = [
    "meeting_attendance",
    "meeting_domain",
    "meeting_held",
    "pair_domain",
    "tie_level",
    "trade_share",
    "treaty_status",
    "vote_cohesion",
]

_OPPOSED = "opposite sign"  # how a note of agenda.csv marks a voice that names a theme in order to refuse it


@rule("ties.level", "state region since")
def tie_level(test, reading):
    """With every other member of the region the state has signed an act with a label of the scale after the document
    `since`. None found settles nothing."""
    after = pd.Period(date_of(test["since"])).end_time
    checks = []
    for other in members(test["region"]):
        if other == test["state"]:
            continue
        pair = "-".join(sorted([test["state"], other]))
        acts = ties.signatures([pair])
        acts = acts[acts["first"] > after]
        best = acts.sort_values("level", kind="stable").tail(1)
        words = [f"{level_name(act.level)} ({act.date})" for act in best.itertuples()] or ["no labelled act found"]
        checks.append(of_rows(f"{pair_name(pair)}: {words[0]}", None if best.empty else True, best))
    return checks


@rule("meetings.held", "host first last")
def meeting_held(test, reading):
    """A meeting was held with that host between the dates `first` and `last`. None on record settles nothing; one that
    is on record as not held speaks against it."""
    rows = load("meetings")
    rows = rows[(rows["host_state"] == test["host"]) & rows["date"].notna()]
    rows = rows[
        [test["first"] <= d[: len(test["first"])] and d[: len(test["last"])] <= test["last"] for d in rows["date"]]
    ]
    held = rows[rows["status"] == "held"]
    if len(held):
        return [of_rows(f"held in {held['place'].iloc[-1]} on {held['date'].iloc[-1]}", True, held.tail(1))]
    against = rows[rows["status"] == "not_held"]
    return [of_rows("not held" if len(against) else "no meeting on record", False if len(against) else None, against)]


@rule("meetings.attendance", "meeting region level")
def meeting_attendance(test, reading):
    """Every member of the region came to the meeting at that `level`. No record of a state settles nothing."""
    year = int(load("meetings").set_index("meeting_id").loc[test["meeting"], "date"][:4])
    rows = meetings.attendance(test["region"], year, year)
    rows = rows[(rows["meeting_id"] == test["meeting"]) & rows["member"]]
    return [
        of_row(
            f"{short_name(row['actor'])}: {'no record' if pd.isna(row['level']) else row['role']}",
            None if pd.isna(row["level"]) else row["level"] == test["level"],
            row,
        )
        for _, row in rows.iterrows()
    ]


@rule("agenda.domain", "voice domain", "meeting share source")
def meeting_domain(test, reading):
    """The voice named the domain outright at one meeting at least and, where `share` is given, at that share of the
    meetings (at least and at most, so that what was not read settles nothing), and never in order to refuse it."""
    rows = load("agenda")
    rows = rows[(rows["voice"] == test["voice"]) & rows["domain"].isin(test["domain"])]
    if "meeting" in test:
        rows = rows[rows["meeting_id"] == test["meeting"]]
    values = commitments.settled(rows, "direct").mask((rows["value"] == 0) & (rows["confidence"] == WEAKEST))
    refused = rows["note"].str.startswith(_OPPOSED).fillna(False) & values.eq(1).fillna(False)
    name = "the meeting as a whole" if test["voice"] == meetings.JOINT else short_name(test["voice"])
    themes = _titles(test["domain"])
    checks = _named(rows, values.mask(refused, 0), test, f"{name}, {themes}", "meeting")
    if refused.any():
        words = f"{name} named it to refuse it at {pluralize(refused.sum(), 'meeting')}"
        checks.append(of_rows(words, False, rows[refused]))
    return checks


@rule("treaty_signatures.status", "treaty state")
def treaty_status(test, reading):
    """The state has signed the treaty. No signature found settles nothing."""
    rows = load("treaty_signatures")
    rows = rows[(rows["treaty_id"] == test["treaty"]) & (rows["state"] == test["state"])]
    signed = (rows["status"] == "signed").any()
    words = "signed the treaty" if signed else "no signature found"
    return [of_rows(f"{short_name(test['state'])}: {words}", True if signed else None, rows)]


@rule("pair_agenda.domain", "pair share domain/core")
def pair_domain(test, reading):
    """The domain was named outright at one event of the pair at least, and at the `share` of its events (at least and
    at most, so that what was not read settles nothing). With `core`, every theme of it reaches that share and no other
    theme does."""
    rows = load("pair_agenda")
    rows = rows[rows["pair"] == test["pair"]]
    values, titles = commitments.settled(rows, "direct"), commitments.titles()
    if "domain" in test:
        rows = rows[rows["domain"].isin(test["domain"])]
        return _named(rows, values[rows.index], test, _titles(test["domain"]), "event")
    checks = []
    for domain, own in rows.groupby("domain", sort=False, observed=True):
        reaches = _named(own, values[own.index], test, titles[domain].lower(), "event")[-1]
        outside = domain not in test["core"] and reaches.holds is not None
        holds = not reaches.holds if outside else reaches.holds
        checks.append(Check(reaches.words, holds, reaches.confidence, reaches.source))
    return checks


@rule("unga.cohesion", "region since window", "state", noun="way to measure")
def vote_cohesion(test, reading):
    """The region (or the pairs of one `state` in it) votes more alike in the `window` years after the year of the
    document `since` than in as many up to it: by every measure, absence left out or counted."""
    year = int(date_of(test["since"])[:4])
    span = year - test["window"] + 1, year + test["window"]
    years = load("unga_years")
    ground = SEPARATOR.join(years.loc[years["year"].between(*span), "source"].dropna().unique())
    who = short_name(test["region"]) + (f" with {short_name(test['state'])}" if "state" in test else "")
    checks = []
    for measure in votes.MEASURES:
        for absence in votes.ABSENCE:
            pairs = votes.region_pairs(test["region"], measure, absence, *span)
            if "state" in test:
                pairs = pairs[[test["state"] in pair.split("-") for pair in pairs["pair"]]]
            gain = votes.change(votes.by_year(pairs), test["window"])
            holds = None if pd.isna(gain) else gain > 0
            words = {None: "votes cannot be compared", True: "votes more alike", False: "votes no more alike"}[holds]
            checks.append(Check(f"{who} {words}", holds, None, ground))
    return checks


@rule("trade.share", "region first last", "gold")
def trade_share(test, reading):
    """The region has a higher share in the trade of every member that reports in the year `last` than in `first`."""
    rows = economies.shares(test["region"], int(test["first"][:4]), int(test["last"][:4]), test.get("gold", "kept"))
    checks = []
    for reporter, own in rows.groupby("reporter"):
        ends = own[own["year"].isin([int(test["first"][:4]), int(test["last"][:4])])].sort_values("year")
        values = ends["share"].to_numpy()
        known = len(values) == 2 and not pd.isna(values).any()
        words = f"{100 * values[0]:.1f} %, then {100 * values[1]:.1f} %" if known else "not known in both years"
        weak = WEAKEST if ends["doubtful"].any() else None
        ground = SEPARATOR.join(ends["source"])
        holds = bool(values[1] > values[0]) if known else None
        checks.append(Check(f"{short_name(reporter)}: {words}", holds, weak, ground))
    return checks


def _titles(domains):
    return ", ".join(commitments.titles()[list(domains)]).lower()


def _named(rows, values, test, name, noun):
    """Named once at least; and, where asked, by the share of the rows. What the article alone tells is unknown."""
    if rows.empty:
        return [Check(f"{name}: no {noun} coded", None)]
    alone = rows["source"].map(lambda cell: only_article(test.get("source", cell))).astype(bool)
    told = int((alone & values.eq(1).fillna(False)).sum())
    values = values.mask(alone)
    least, most, total = int(values.eq(1).sum()), int(values.ne(0).fillna(True).sum()), len(rows)
    named = rows[values.eq(1).fillna(False)]
    words = f"{name}: named outright at {least} of {pluralize(total, noun)}" + (
        f", and at {told} by {ALONE}" if told else ""
    )
    once = True if least else None if most else False
    checks = [of_rows(words, once, named, test.get("source"))]
    if "share" in test:
        wide = True if least >= test["share"] * total else None if most >= test["share"] * total else False
        firm = {True: "enough", None: "not known whether enough", False: "not enough"}[wide]
        span = f"{100 * test['share']:.0f} % of the {noun}s ({least} to {most} of {total})"
        checks.append(of_rows(f"{name}: {firm} for {span}", wide, named))
    return checks
