"""The commitments as tables for reading: every cell is text, names stand instead of codes."""

import pandas as pd

from centralasia.citations import SEPARATOR
from centralasia.completion import own_names
from centralasia.convergence import agenda
from centralasia.convergence.overlap import shared_agenda
from centralasia.readable import whole_text

__dir__ = own_names(globals())


@whole_text
def evidence_table(sides, which="all", strength="any", data=None):
    """The `evidence` of several sides, as text for reading: what each document says, how firmly, by which source."""
    rows = pd.concat(agenda.evidence(side, which, strength, data) for side in sides)
    frame = pd.DataFrame(
        {
            "Domain": rows["domain"].map(agenda.titles(data)).astype("object"),
            "What it says": rows["paraphrase"],
            "Named": rows["strength"].astype("object"),
            "Confidence": rows["confidence"].astype("object"),
            "Source": rows["source"].str.replace(SEPARATOR, ", "),
            "Reservation": rows["note"].fillna(""),
        }
    )
    documents = rows["document_id"].astype("object")
    frame.index = documents.map({d: agenda.side_name(d, data) for d in documents.unique()}).where(
        ~documents.duplicated(), ""
    )
    return frame.rename_axis(columns="Document", index=None)


def table(sides, which="all", strength="any", data=None):
    """The `marks` of several sides next to each other: one row a domain (by name), one column a side."""
    frame = pd.DataFrame({agenda.side_name(side, data): agenda.marks(side, which, strength, data) for side in sides})
    frame.index = frame.index.map(agenda.titles(data))
    return frame.rename_axis(columns="Domain", index=None)


def overlap_table(first, second, which="all", strength="any", data=None):
    """What `first` shares with each of the `alternatives` of `second`, as text for reading: one row an alternative."""
    one, rows = agenda.named(first, which, strength, data), {}
    for side in agenda.alternatives(second, strength, data):
        if side != first:
            other = agenda.named(side, which, strength, data)
            shared = shared_agenda(one, other)
            rows[agenda.side_name(side, data)] = {
                "Domains": shared.domains,
                "Named, at least": int(other.sum()),
                "Shared": _span(shared.count, "{:.0f}"),
                "Jaccard index": _span(shared.jaccard),
                "Beyond chance": _span(shared.corrected),
                "Known on both sides": shared.known,
                "Jaccard index on these": _point(shared.jaccard),
            }
    frame = pd.DataFrame.from_dict(rows, orient="index")
    return frame.rename_axis(columns=f"{agenda.side_name(first, data)} and", index=None)


def _point(bounds):
    return "cannot be told" if pd.isna(bounds.point) else f"{bounds.point:.2f}"


def _span(bounds, form="{:.2f}"):
    if pd.isna(bounds.low):
        return "undefined"
    low, high = form.format(bounds.low), form.format(bounds.high)
    return low if low == high else f"{low} to {high}".replace("-", "−")


def theme_table(pair, strength="any", data=None):
    """The `pair_themes` as text for reading: one row a theme, the most named first."""
    found = agenda.pair_themes(pair, strength, data).sort_values("named", ascending=False, kind="stable")
    frame = pd.DataFrame(
        {
            "Events coded": found["events"],
            "Named at, at least": found["named"],
            "At most": found["most"],
            "Common denominator": found["common"].map({True: "yes", False: ""}),
        }
    ).set_index(found["domain"].map(agenda.titles(data)).astype("object"))
    return frame.rename_axis(columns="Theme", index=None)
