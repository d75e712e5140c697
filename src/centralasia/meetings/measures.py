"""The Consultative Meetings: who came, what was adopted and signed, and which domains were named by whom.

Speeches were read in part and some not at all, so a count of states that name a domain is a lower bound; the upper
bound takes every unknown cell as named.
"""

import itertools
from collections.abc import Collection

import pandas as pd

from centralasia.commitments import coded_values as settled, domain_codes as domains
from centralasia.names import short_name
from centralasia.regions import members
from centralasia.tables import load
from datacontract import labels
from datacontract.errors import DataError, suggest

__all__ = [
    "JOINT",
    "WEAK_ZEROS",
    "adopted",
    "attendance",
    "breadth",
    "common_share",
    "meetings",
    "named",
    "reading",
    "member_signatures",
    "told_apart",
    "treaty_signatures",
    "treaty_titles",
]

JOINT = "JOINT"
WEAK_ZEROS = ("unknown", "no")


def meetings(first_year, last_year, status=None):
    """The meetings of the years from `first_year` to `last_year`, in the order of time, with ``year`` and ``name``.

    `status` keeps one status (``held``, ``not_held``, ``planned``); ``name`` is town (or host, where none is known)
    and year. Raises `ValueError` where the first year is after the last, `DataError` where the years hold no such
    meeting.
    """
    if first_year > last_year:
        raise ValueError(f"first_year is {first_year}; allowed: not after last_year, which is {last_year}")
    rows = load("meetings")
    rows["year"] = rows["date"].str[:4].astype(int)
    hosts = rows["host_state"].astype("object").map(lambda state: short_name(state))
    towns = rows["place"].str.split(" / ").str[0]
    towns = towns.map(lambda town: labels.translate_name("place", town, town), na_action="ignore").fillna(hosts)
    rows["name"] = towns + " " + rows["date"].str[:4]
    kept = rows if status is None else rows[rows["status"] == status]
    kept = kept[kept["year"].between(first_year, last_year)]
    if kept.empty:
        years = sorted(set(rows.loc[rows["status"] == "held", "year"]))
        raise DataError(f"no {status or ''} meeting from {first_year} to {last_year}; {suggest(first_year, years)}")
    return kept.sort_values("date", kind="stable")


def attendance(region, first_year, last_year):
    """Who came to the meetings that were held, and at what level.

    Returns one row for every meeting and every actor that is a member of `region` on that day or that came to any of
    these meetings: ``meeting_id``, ``actor``, ``member`` (on the day), ``level`` (``president``, ``other``,
    ``guest``; missing where no record of it was found, which does not prove that it stayed away), ``person``,
    ``role``, ``confidence``, ``source``. Raises as `meetings` and `regions.members` do.
    """
    held = meetings(first_year, last_year, "held")
    rows = load("attendance")
    rows = rows[rows["meeting_id"].isin(held["meeting_id"])]
    belonging = {m.meeting_id: members(region, m.date) for m in held.itertuples()}
    actors = sorted(set(rows["actor"]).union(*belonging.values()), key=list(load("actors")["actor"]).index)
    grid = pd.DataFrame(itertools.product(belonging, actors), columns=["meeting_id", "actor"])
    grid["member"] = [actor in belonging[meeting] for meeting, actor in grid.itertuples(index=False)]
    rows = rows.astype({"meeting_id": "object", "actor": "object"}).drop(columns="note")
    return grid.astype("object").merge(rows, how="left", on=["meeting_id", "actor"]).astype({"member": bool})


def named(region, first_year, last_year, strength="any", weak_zeros="unknown"):
    """Which domains each voice named at each meeting: the long frame that the other measures take.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``. Its members on the day of a meeting are its voices, if they took part; the
        meeting as a whole is one more voice, ``JOINT`` (joint statement, or a report of the agenda).
    first_year, last_year : int
        The years, both included.
    strength : str
        ``any``, or ``direct``: what is named indirectly is then unknown (`agenda.settled`).
    weak_zeros : str
        What a 0 of low confidence is, read off a short digest: ``unknown``, or ``no``. Other zeros stay.

    Returns
    -------
    pandas.DataFrame
        One row a meeting, voice and domain: ``meeting_id``, ``name``, ``voice``, ``domain``, ``value`` (1 named, 0
        not, missing unknown), ``strength``, ``text_seen`` (``coded``, ``fragment``, ``none``; missing where the voice
        is not coded at all), ``source``, ``note``. Meetings of which no agenda is coded are left out.

    Raises
    ------
    DataError, ValueError
        An unknown region, years without a meeting, an unknown strength or treatment of weak zeros.

    Notes
    -----
    To name a domain is not to agree on it: a note that begins with ``opposite sign`` marks a voice that names it in
    order to refuse it.
    """
    if weak_zeros not in WEAK_ZEROS:
        raise ValueError(f"weak_zeros is {weak_zeros!r}; {suggest(weak_zeros, WEAK_ZEROS)}")
    rows = load("agenda")
    held = meetings(first_year, last_year, "held")
    held = held[held["meeting_id"].isin(rows["meeting_id"])]
    if held.empty:
        raise DataError(f"no agenda is coded of a meeting from {first_year} to {last_year}")
    rows["value"] = settled(rows, strength).mask(
        (rows["value"] == 0) & (rows["confidence"] == "low") & (weak_zeros == "unknown")
    )
    codes = domains("all", "agenda")
    came = attendance(region, first_year, last_year)
    came = came[came["member"] & came["level"].notna()].groupby("meeting_id")["actor"].agg(list)
    grid = pd.DataFrame(
        [
            (m.meeting_id, m.name, voice, domain)
            for m in held.itertuples()
            for voice in [*came.get(m.meeting_id, []), JOINT]
            for domain in codes
        ],
        columns=["meeting_id", "name", "voice", "domain"],
        dtype="object",
    )
    key = ["meeting_id", "voice", "domain"]
    kept = rows.astype(dict.fromkeys(key, "object"))[[*key, "value", "strength", "text_seen", "source", "note"]]
    return grid.merge(kept, how="left", on=key)


def breadth(spoken):
    """How many voices name each domain at each meeting, of the frame that `named` returns.

    Returns one row a meeting and domain: ``meeting_id``, ``name``, ``domain``, ``voices`` (states that took part),
    ``least`` (known to name it), ``most`` (not known not to), ``joint`` (1, 0 or missing) and ``joint_strength``.
    Exact worst-case bounds.
    """
    key = ["meeting_id", "name", "domain"]
    states = spoken[spoken["voice"] != JOINT]
    counted = states.groupby(key, sort=False).agg(
        voices=("voice", "size"), least=("value", "sum"), known=("value", "count")
    )
    joint = spoken[spoken["voice"] == JOINT].set_index(key)[["value", "strength"]]
    frame = joint.rename(columns={"value": "joint", "strength": "joint_strength"}).join(counted)
    frame[["voices", "least", "known"]] = frame[["voices", "least", "known"]].fillna(0).astype(int)
    frame["most"] = frame["voices"] - (frame["known"] - frame["least"])
    frame["joint_strength"] = frame["joint_strength"].where(frame["joint"].eq(1).fillna(False))
    return frame.drop(columns="known").reset_index()


def reading(spoken):
    """How much was read of each meeting: ``voices`` and ``coded``, the speeches of which enough was seen to code."""
    states = spoken[spoken["voice"] != JOINT].drop_duplicates(["meeting_id", "voice"])
    names = spoken.drop_duplicates("meeting_id")[["meeting_id", "name"]]
    counted = (
        states.assign(coded=states["text_seen"].eq("coded"))
        .groupby("meeting_id")["coded"]
        .agg(voices="size", coded="sum")
    )
    return names.join(counted, on="meeting_id").fillna(0).astype({"voices": int, "coded": int}).reset_index(drop=True)


def common_share(wide):
    """The share of the agenda that two states both name, on average over the pairs at a meeting, between its bounds.

    Of all pairs of states and domains, the part in which both name the domain: the mean over pairs of the similarity
    of Russell & Rao (1940). Each cell can only raise it, so that ``low`` (every unknown as not named) and ``high``
    (every unknown as named) are exact worst-case bounds (Manski 2003).

    Takes the frame of `breadth`; returns one row a meeting: ``meeting_id``, ``name``, ``voices``, ``low``, ``high``
    (0 to 1, missing with fewer than two voices), ``joint_least`` and ``joint_most`` (domains that the meeting as a
    whole names) of ``domains``.

    ``low`` grows with how much was read. Two meetings can be compared only where their bounds do not overlap.
    """
    rows = []
    for (meeting, name), group in wide.groupby(["meeting_id", "name"], sort=False):
        voices, n = int(group["voices"].iloc[0]), len(group)
        pairs = voices * (voices - 1) * n
        low, high = ((group[c] * (group[c] - 1)).sum() / pairs if pairs else float("nan") for c in ("least", "most"))
        joint = int(group["joint"].sum()), n - int(group["joint"].eq(0).sum())
        rows.append((meeting, name, voices, low, high, *joint, n))
    columns = ["meeting_id", "name", "voices", "low", "high", "joint_least", "joint_most", "domains"]
    return pd.DataFrame(rows, columns=columns)


def told_apart(shares, low="low", high="high"):
    """The pairs of meetings, earlier first, whose bounds do not overlap: ``(earlier, later, 1 or −1)``, 1 for a rise.

    Where the list is empty, no trend can be read: everything that is known is true of one constant value.
    """
    found = []
    for one, other in itertools.combinations(shares.to_dict("records"), 2):
        if other[low] > one[high]:
            found.append((one["name"], other["name"], 1))
        elif other[high] < one[low]:
            found.append((one["name"], other["name"], -1))
    return found


def adopted(first_year, last_year):
    """The documents and decisions of the meetings that were held: rows of ``meeting_documents.csv`` with ``name``."""
    held = meetings(first_year, last_year, "held").set_index("meeting_id")["name"]
    rows = load("meeting_documents")
    rows = rows[rows["meeting_id"].isin(held.index)].assign(name=rows["meeting_id"].astype("object").map(held))
    order = rows["meeting_id"].astype("object").map({meeting: i for i, meeting in enumerate(held.index)})
    return rows.loc[order.sort_values(kind="stable").index]


def member_signatures(region: str, first_year: int, last_year: int) -> pd.DataFrame:
    """The `treaty_signatures` by the end of `last_year` of the members at the last meeting held in these years."""
    last = meetings(first_year, last_year, "held").iloc[-1]
    return treaty_signatures(members(region, last["date"]), until=last_year)


def treaty_signatures(states: Collection[str], until: int | None = None) -> pd.DataFrame:
    """Which of these states have signed the treaties of the format.

    Parameters
    ----------
    states : list of str
        Codes of states.
    until : int, optional
        A year: the status of what was signed after its end is then ``later``.

    Returns
    -------
    pandas.DataFrame
        One row a treaty and state: the columns of ``treaty_signatures.csv``, with ``status`` (``signed``, ``later``,
        ``no_signature_found``; missing where there is no record), and ``title``, the title of the treaty (``treaty``
        and its id where no paper has one). ``no_signature_found`` does not prove that there is none, and a signature
        is not yet the entry into force.
    """
    rows = load("treaty_signatures").astype({"status": "str"})
    every = pd.MultiIndex.from_product([rows["treaty_id"].unique(), states], names=["treaty_id", "state"])
    frame = rows.set_index(every.names).reindex(every).reset_index()
    if until is not None:
        frame.loc[frame["date"].str[:4].astype(float) > until, "status"] = "later"
    return frame.assign(title=frame["treaty_id"].map(treaty_titles()))


def treaty_titles() -> pd.Series:
    """The titles of the treaties by ``treaty_id``: that of the one treaty adopted at the meeting of the signatures."""
    papers = load("meeting_documents").query("kind == 'treaty'").drop_duplicates("meeting_id", keep=False)
    signed = load("treaty_signatures")
    titles = signed["meeting_id"].map(papers.set_index("meeting_id")["title"])
    titles = titles.groupby(signed["treaty_id"], sort=False).first()
    titles = titles.mask(titles.duplicated(keep=False))  # the papers of one meeting do not say which of two it is
    return titles.fillna("treaty " + titles.index.to_series())
