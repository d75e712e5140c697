"""The commitments as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.commitments import measures as agenda
from centralasia.commitments.overlap import shared_agenda
from centralasia.tables import untruncated
from datacontract.sources import SEPARATOR

__all__ = ["evidence_table", "overlap_table", "table", "theme_table"]


@untruncated
def evidence_table(sides, which="all", strength="any"):
    """The `evidence` of several sides, as text for reading: what each document says, how firmly, by which source."""
    rows = pd.concat(agenda.evidence(side, which, strength) for side in sides)
    frame = pd.DataFrame(
        {
            "Domain": rows["domain"].map(agenda.titles()).astype("object"),
            "What it says": rows["paraphrase"],
            "Named": rows["strength"].astype("object"),
            "Confidence": rows["confidence"].astype("object"),
            "Source": rows["source"].str.replace(SEPARATOR, ", "),
            "Reservation": rows["note"].fillna(""),
        }
    )
    documents = rows["document_id"].astype("object")
    frame.index = documents.map({d: agenda.side_name(d) for d in documents.unique()}).where(~documents.duplicated(), "")
    return frame.rename_axis(columns="Document", index=None)


def table(sides, which="all", strength="any"):
    """The `marks` of several sides next to each other: one row a domain (by name), one column a side."""
    frame = pd.DataFrame({agenda.side_name(side): agenda.marks(side, which, strength) for side in sides})
    frame.index = frame.index.map(agenda.titles())
    return frame.rename_axis(columns="Domain", index=None)


def overlap_table(first, second, which="all", strength="any"):
    """What `first` shares with each of the `alternatives` of `second`, as text for reading: one row an alternative."""
    one, rows = agenda.named(first, which, strength), {}
    for side in agenda.alternatives(second, strength):
        if side != first:
            other = agenda.named(side, which, strength)
            shared = shared_agenda(one, other)
            rows[agenda.side_name(side)] = {
                "Domains": shared.domains,
                "Named, at least": int(other.sum()),
                "Shared": _span(shared.count, "{:.0f}"),
                "Jaccard index": _span(shared.jaccard),
                "Beyond chance": _span(shared.corrected),
                "Known on both sides": shared.known,
                "Jaccard index on these": _point(shared.jaccard),
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.rename_axis(columns=f"{agenda.side_name(first)} and", index=None)


def _point(bounds):
    return "cannot be told" if pd.isna(bounds.point) else f"{bounds.point:.2f}"


def _span(bounds, form="{:.2f}"):
    if pd.isna(bounds.low):
        return "undefined"
    low, high = form.format(bounds.low), form.format(bounds.high)
    return low if low == high else f"{low} to {high}".replace("-", "−")


def theme_table(pair, strength="any"):
    """The `pair_themes` as text for reading: one row a theme, the most named first."""
    found = agenda.theme_counts(pair, strength)
    frame = pd.DataFrame(
        {
            "Events coded": found["events"],
            "Named at, at least": found["named"],
            "At most": found["most"],
            "Common denominator": found["common"].map({True: "yes", False: ""}),
        }
    ).set_index(found["domain"].map(agenda.titles()).astype("object"))
    return frame.rename_axis(columns="Theme", index=None)
