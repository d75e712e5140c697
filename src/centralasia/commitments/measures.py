"""Declared agendas: which domains a document commits to, and how much of them two documents share.

Almost nothing was read in full, so a cell is 1 (named), 0 (absent) or missing (unknown), and what is shared lies
between bounds: the least and the most over everything that the unknown cells could be.
"""

import pandas as pd

from centralasia import hierarchy
from centralasia.commitments.overlap import pool, shared_agenda
from centralasia.names import short_name
from centralasia.tables import load
from datacontract import contract as _contract
from datacontract import labels
from datacontract.errors import DataError, suggest
from datacontract.sources import SEPARATOR, source_keys

__all__ = [
    "alternatives",
    "cells",
    "coded_documents",
    "compare",
    "documents_of",
    "domains",
    "evidence",
    "marks",
    "named",
    "one_source",
    "pair_of",
    "pair_themes",
    "theme_counts",
    "settled",
    "side_name",
    "sources_by_domain",
    "state_of",
    "states",
    "titles",
]

STRENGTHS = ("any", "direct")


def domains(which="all", table="commitments"):
    """Codes of domains, in the order of ``domains.csv``.

    Parameters
    ----------
    which : str
        ``all``, ``common`` (the article's common denominators) or codes separated by spaces.
    table : str
        The coded table; only domains that it uses count (innovation is apart in ``pair_agenda`` alone).

    Raises
    ------
    DataError
        A code that the table does not use, or none at all.
    """
    coded = set(_contract.distinct(f"{table}.domain"))
    frame = load("domains")
    frame = frame[frame["domain"].isin(coded)]
    if which == "all":
        return list(frame["domain"])
    if which == "common":
        return list(frame.loc[frame["common_denominator"], "domain"])
    asked = which.split()
    for code in asked or [which]:
        if code not in set(frame["domain"]):
            raise DataError(
                f"domains: no domain {code!r} in {table}; {suggest(code, [*frame['domain'], 'all', 'common'])}"
            )
    return [code for code in frame["domain"] if code in asked]


def titles():
    """The names of the domains in figures and sentences, by code."""
    found = load("domains").set_index("domain")["title"]
    return pd.Series([labels.translate_name("domain", code, title) for code, title in found.items()], found.index)


def settled(rows, strength="any"):
    """The values of coded rows, as ``Int64``: 1 named, 0 absent, missing unknown.

    With `strength` ``direct``, what is named only indirectly is unknown, not absent: the part that was not read may
    name it outright. Raises `ValueError` for another strength.
    """
    if strength not in STRENGTHS:
        raise ValueError(f"strength is {strength!r}; {suggest(strength, STRENGTHS)}")
    return rows["value"].mask((rows["strength"] == "indirect") & (strength == "direct"))


def coded_documents(states=None):
    """The documents of ``commitments.csv`` as rows of ``documents.csv``: all, or those of some `states`."""
    rows = load("documents")
    rows = rows[rows["document_id"].isin(_contract.distinct("commitments.document_id"))]
    return rows if states is None else rows[rows["state"].isin(states)]


def _doctrine():
    rows = coded_documents()
    return rows[(rows["layer"] == "doctrine") & (rows["kind"] != "concept_draft")]


def documents_of(side):
    """The documents that a side stands for: itself, or the coded doctrine of a state.

    A state's doctrine is every coded document of that layer, in force or not, except drafts: what a draft says is not
    thereby what the state adopted. A draft, a plan, a statement or a reading has to be asked for by its id. Raises
    `DataError` where `side` is neither a coded document nor a state that has coded doctrine.
    """
    coded = _contract.distinct("commitments.document_id")
    if side in coded:
        return [side]
    doctrine = _doctrine()
    if side not in set(doctrine["state"]):
        raise DataError(f"no commitments of {side!r}; {suggest(side, [*states(), *coded])}")
    return list(doctrine.loc[doctrine["state"] == side, "document_id"])


def states():
    """The states that have coded doctrine, in the order of ``documents.csv``."""
    return list(_doctrine()["state"].astype("object").unique())


def state_of(side):
    """The state whose agenda a side is."""
    return str(load("documents").set_index("document_id").loc[documents_of(side)[0], "state"])


def side_name(side):
    """A side in a few words: ``Turkmenistan doctrine (2 pooled)``, or the heading of the document with its layer."""
    documents = documents_of(side)
    if documents != [side]:
        return str(labels.translate_figure("overlap.doctrine", name=short_name(side), n=len(documents)))
    heading, layer = (
        hierarchy.heading(side),
        coded_documents().set_index("document_id").loc[side, "layer"],
    )
    layer, name = labels.translate_name("layer", layer, layer), layer
    return heading if name == "doctrine" or layer in heading else f"{heading}, {layer}"


def cells(documents, which="all", strength="any"):
    """The commitments as a matrix: one row a domain, one column a document, values as `settled` gives them."""
    rows = load("commitments")
    rows = rows.assign(value=settled(rows, strength)).astype({"document_id": "object", "domain": "object"})
    matrix = rows.pivot(index="domain", columns="document_id", values="value")
    return matrix.reindex(index=domains(which), columns=documents).astype("Int64")


def named(side, which="all", strength="any"):
    """Whether a side commits to the region, by domain: 1, 0 or missing (``Int64``, indexed by domain).

    `side` is a ``document_id`` or a state, whose doctrine is pooled (`documents_of`); statements, plans and readings
    are no doctrine and must be asked for by their own id. Raises as `documents_of`, `domains`, `settled` do.
    """
    return pool(cells(documents_of(side), which, strength))


def compare(first, second, which="all", strength="any"):
    """`shared_agenda` of two sides. Raises `ValueError` where both are the same side."""
    if first == second:
        raise ValueError(f"second is {second!r}, as first is; allowed: another document or state")
    return shared_agenda(*(named(side, which, strength) for side in (first, second)))


def alternatives(second, strength="any"):
    """`second` itself and every other coded document of its state of which anything is known, whatever its layer."""
    others = coded_documents([state_of(second)])["document_id"]
    known = cells(list(others), strength=strength).notna().any()
    return [second, *(d for d in others if known[d] and d != second)]


def evidence(side, which="all", strength="any"):
    """The rows of ``commitments.csv`` by which a side names the domains."""
    rows = load("commitments")
    rows = rows[rows["document_id"].isin(documents_of(side)) & rows["domain"].isin(domains(which))]
    return rows[settled(rows, strength).eq(1).fillna(False)]


def marks(side, which="all", strength="any"):
    """How a side names each domain, in words: ``direct``, ``indirect``, ``absent`` or ``unknown``.

    The strongest mark of its documents; an indirect one is unknown where `strength` is ``direct``.
    """
    values = named(side, which, strength)
    strongest = evidence(side, which, strength).groupby("domain", observed=True)["strength"].max().astype("object")
    words = values.astype("object").map({0: "absent"}).fillna("unknown")
    words.update(strongest)
    return words


def sources_by_domain(side, which="all", strength="any"):
    """The keys of the sources by which a side names each domain: domain to set of keys."""
    found = {}
    for row in evidence(side, which, strength).itertuples():
        found.setdefault(row.domain, set()).update(row.source.split(SEPARATOR))
    return found


def one_source(first, second, which="all", strength="any"):
    """The shared domains for which both sides are known from one and the same source: domain to its key.

    There one author vouches for both sides, so that the sharing is that author's reading, not two findings.
    """
    one, other = (sources_by_domain(side, which, strength) for side in (first, second))
    pairs = {d: one[d] | other[d] for d in one if d in other}
    return {d: min(keys) for d, keys in pairs.items() if len(keys) == 1}


def pair_of(first, second):
    """The pair of the states of two sides, as ``KAZ-TKM``; the one state where both are of the same."""
    return "-".join(sorted({state_of(side) for side in (first, second)}))


def pair_themes(pair: str, explicitness: str = "any") -> pd.DataFrame:
    """How often each theme was named at the coded events between two states, year by year.

    Parameters
    ----------
    pair : str
        Two codes in alphabetical order, as ``KAZ-TKM``.
    explicitness : str
        ``any``, or ``direct``, as in `settled`.

    Returns
    -------
    pandas.DataFrame
        One row a theme of ``pair_agenda.csv`` and year: ``domain``, ``year``, ``events`` (coded), ``known`` (of these,
        with a known value), ``named`` (of these, where it was named), ``source`` and ``common`` (one of the article's
        common denominators). Empty where no event of the pair is coded. The list of events is partial, and innovation
        (INN) stands apart from digital matters (DIG) here alone.
    """
    rows = load("pair_agenda")
    rows = rows.assign(value=settled(rows, explicitness), year=rows["date"].str[:4].astype(int))[rows["pair"] == pair]
    found = rows.groupby(["domain", "year"], sort=False, as_index=False).agg(
        events=("value", "size"), known=("value", "count"), named=("value", "sum"), source=("source", _joined)
    )
    return found.assign(common=found["domain"].map(load("domains").set_index("domain")["common_denominator"]))


def theme_counts(pair: str, explicitness: str = "any") -> pd.DataFrame:
    """The `pair_themes` over all years: ``domain``, ``common``, ``events``, ``named`` (at least), ``most`` (at most).

    The theme named most often comes first.
    """
    found = pair_themes(pair, explicitness).groupby(["domain", "common"], sort=False, as_index=False)
    counts = found[["events", "known", "named"]].sum()
    counts["most"] = counts["events"] - (counts.pop("known") - counts["named"])
    return counts.sort_values("named", ascending=False, kind="stable")


def _joined(cells: pd.Series) -> str:
    return SEPARATOR.join(source_keys(cells))
