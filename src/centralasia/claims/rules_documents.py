"""The rules for claims about documents: their dates and terms, the order of partners, commitments."""

import pandas as pd

from centralasia import commitments, hierarchy
from centralasia.claims.rules import Check, document, of_row, of_rows, only_article, rule
from centralasia.names import document_name, short_name
from centralasia.tables import load
from datacontract.words import ordinal

__all__ = ["document_date", "document_domain", "document_term", "partner_rank", "partner_shift"]

_TERM = {"term": ("term", "term"), "start": ("term_start", "first year"), "end": ("term_end", "last year")}


@rule("documents.date", "document date")
def document_date(test, reading):
    """The date of the document lies within `date` (a year, month or day)."""
    row = document(test["document"])
    known = row["date"]
    holds = None if pd.isna(known) or len(known) < len(test["date"]) else known.startswith(test["date"])
    return [of_row(f"{document_name(test['document'])} is dated {_or_unknown(known)}", holds, row)]


@rule("documents.term", "document term/start/end/years", "source")
def document_term(test, reading):
    """The document has the `term` (fixed or open), the first and last year `start` and `end`, or lasted `years` years:
    from its date to its repeal, rounded, and by the years of its term, both counted."""
    row, name = document(test["document"]), document_name(test["document"])
    checks = []
    for key, (column, words) in _TERM.items():
        if key in test:
            holds = None if pd.isna(row[column]) else row[column] == test[key]
            checks.append((f"{words} of {name}: {_or_unknown(row[column])}", holds))
    if "years" in test:
        lasted = round((pd.Timestamp(row["repealed"]) - pd.Timestamp(row["date"])).days / 365.25, 1)
        span = row["term_end"] - row["term_start"] + 1
        for value, words in ((lasted, "years from date to repeal"), (span, "calendar years in its term")):
            holds = None if pd.isna(value) else bool(value == test["years"])
            checks.append((f"{_or_unknown(value)} {words}", holds))
    return [of_row(words, holds, row, test.get("source")) for words, holds in checks]


@rule("priorities.rank", "document actor/placed place/named/placed", "list", noun="reading")
def partner_rank(test, reading):
    """In every reading of the document the actor has the `place`, or is `named` at all, or at least `placed` partners
    have a place. A reading that gives the actor no place settles nothing."""
    checks = []
    for coding in _readings(test["document"], reading):
        order = hierarchy.ranking(test["document"], coding, test.get("list"))
        if "placed" in test:
            top = order[order["rank"].notna()]
            enough = len(top) >= test["placed"]
            checks.append(of_rows(f"{len(top)} partners in order", enough, top.head(test["placed"])))
            continue
        found, rows = hierarchy.place(order, test["actor"]), order[order.index == test["actor"]]
        name = short_name(test["actor"])
        if "named" in test:
            checks.append(of_rows(f"{name} {'not ' * rows.empty}named", True if len(rows) else None, rows))
        else:
            holds = found.rank == test["place"] if found.rank else None
            checks.append(of_rows(f"{name} {ordinal(found.rank) if found.rank else found.status}", holds, rows))
    return checks


@rule("priorities.shift", "before after move", "actor", noun="combination of readings")
def partner_shift(test, reading):
    """In every combination of readings of the two documents the actor moves as `move` says (up, down, same); without
    an actor, `some` of the partners placed in both move and some stay."""
    checks = []
    for one in _readings(test["before"], reading):
        for other in _readings(test["after"], reading):
            chosen = ((test["before"], one), (test["after"], other))
            orders = [hierarchy.ranking(*document_reading) for document_reading in chosen]
            steps = hierarchy.rank_changes(*orders)
            steps = steps[steps["shift"].notna()]
            if "actor" in test:
                steps = steps[steps.index == test["actor"]]
            rows = pd.concat([order[order.index.isin(steps.index)] for order in orders])
            if steps.empty:
                checks.append(Check("no place in one of the two", None))
            elif "actor" in test:
                step = steps.iloc[0]
                words = f"{short_name(test['actor'])} {ordinal(step['before'])}, then {ordinal(step['after'])}"
                checks.append(of_rows(words, step["change"] == test["move"], rows))
            else:
                moved = int((steps["shift"] != 0).sum())
                checks.append(of_rows(f"{moved} of {len(steps)} partners move", 0 < moved < len(steps), rows))
    return checks


@rule("commitments.domain", "document domain", "not")
def document_domain(test, reading):
    """The document commits to each `domain` outright (one of several joined by /), and not to any under `not`."""
    rows = load("commitments")
    rows = rows.assign(outright=commitments.coded_values(rows, "direct"))[rows["document_id"] == test["document"]]
    rows, titles = rows.set_index(rows["domain"].astype("object")), commitments.domain_titles()
    checks = []
    for wanted in test["domain"]:
        found = [_cell(rows, code, titles, 1) for code in wanted.split("/")]
        checks.append(min(found, key=lambda c: (c.holds is not True, only_article(c.source), c.holds is not None)))
    return checks + [_cell(rows, code, titles, 0) for code in test.get("not", [])]


def _readings(document, reading):
    return hierarchy.readings(document) if reading == "all" else [reading]


def _or_unknown(value):
    return "unknown" if pd.isna(value) else value


def _cell(rows, code, titles, wanted):
    """Whether a cell of the commitments has the `wanted` value; blank settles nothing."""
    title = titles[code].lower()
    if code not in rows.index or pd.isna(rows.loc[code, "value"]):
        return Check(f"{title} unknown", None)
    row = rows.loc[code]
    if pd.isna(row["outright"]):
        return of_row(f"{title} named only in passing", None, row)
    return of_row(f"{title} {'named' if row['value'] else 'absent'}", row["value"] == wanted, row)
