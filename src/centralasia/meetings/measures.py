"""The Consultative Meetings: who came, what was adopted and signed, and which domains were named by whom.

Speeches were read in part and some not at all, so a count of states that name a domain is a lower bound; the upper
bound takes every unknown cell as named.
"""

import itertools
from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from centralasia.commitments import coded_values, domain_codes
from centralasia.names import short_name
from centralasia.regions import members
from centralasia.tables import cached_frame, load
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, check_choice, check_years, suggest
from datacontract.labels import translate_name

__all__ = [
    "MEETING", "Choice", "adopted_documents", "attendance", "disjoint_intervals", "full_meetings", "list_meetings",
    "mean_russell_rao", "member_signatures", "naming_counts", "refusals", "speech_codes", "text_coverage",
    "treaty_signatures",
]  # fmt: skip

MEETING = "JOINT"  # the meeting as a whole among the voices of agenda.csv
OPPOSED = "opposite sign"  # how a note begins on a voice that names a domain in order to refuse it


@dataclass(frozen=True)
class Choice:
    """Which meetings are meant, and how their agendas are read: what most functions of this room take.

    Parameters
    ----------
    region : str
        A region of ``memberships.csv``; its members are those of the day of a meeting.
    first_year, last_year : int
        The years, both included.
    explicitness : str
        ``any``, or ``direct``: what is named indirectly is then unknown (`commitments.coded_values`).
    low_confidence_zeros : str
        What a 0 of low confidence is, read off a short digest: ``unknown``, or ``no``. Other zeros stay.
    """

    region: str
    first_year: int
    last_year: int
    explicitness: str = "any"
    low_confidence_zeros: str = "unknown"


def list_meetings(choice: Choice, status: str | None = None) -> pd.DataFrame:
    """The meetings of the years, in the order of time, with ``name``: town (or host, where none is known) and year.

    `status` keeps one status (``held``, ``not_held``, ``planned``). Raises `ChoiceError` where the first year is after
    the last, or the years hold no such meeting.
    """
    first_year, last_year = choice.first_year, choice.last_year
    check_years(first_year, last_year)
    rows = load("meetings")
    years, towns = rows["date"].str[:4], rows["place"].str.split(" / ").str[0]
    towns = towns.map(lambda town: translate_name("place", town, town), na_action="ignore")
    rows["name"] = towns.fillna(rows["host_state"].map(short_name)) + " " + years
    found = rows[years.astype(int).between(first_year, last_year) & (rows["status"].eq(status) | (status is None))]
    if found.empty:
        known = sorted(set(years[rows["status"] == "held"].astype(int)))
        raise ChoiceError(f"no {status or ''} meeting from {first_year} to {last_year}; {suggest(first_year, known)}")
    return found.sort_values("date", kind="stable")


@cached_frame("meetings", "attendance", "memberships", "actors")
def attendance(choice: Choice) -> pd.DataFrame:
    """Who came to the meetings that were held, and at what level.

    Returns one row for every meeting and every actor that is a member of the region on that day or that came to any of
    these meetings: ``meeting_id``, ``actor``, ``member`` (on the day), ``level`` (``president``, ``other``,
    ``guest``; missing where no record of it was found, which does not prove that it stayed away), ``person``,
    ``role``, ``confidence``, ``source``. Raises as `list_meetings` and `regions.members` do.
    """
    held, rows = list_meetings(choice, "held"), load("attendance").drop(columns="note")
    rows = rows[rows["meeting_id"].isin(held["meeting_id"])]
    of_day = {meeting.meeting_id: members(choice.region, meeting.date) for meeting in held.itertuples()}
    actors = sorted(set(rows["actor"]).union(*of_day.values()), key=distinct("actors.actor").index)
    grid = [(meeting, actor, actor in belonging) for meeting, belonging in of_day.items() for actor in actors]
    return pd.DataFrame(grid, columns=["meeting_id", "actor", "member"]).merge(rows, "left", ["meeting_id", "actor"])


def full_meetings(rows: pd.DataFrame) -> int:
    """At how many meetings every member had its president in office there, of the frame `attendance`."""
    presidents = (rows["level"] == "president")[rows["member"]]
    return int(presidents.groupby(rows["meeting_id"]).all().sum())


def speech_codes(choice: Choice) -> pd.DataFrame:
    """Which domains each voice named at each meeting: the long frame that the other measures take.

    The voices are the members on the day of a meeting, if they took part, and the meeting as a whole, `MEETING` (joint
    statement, or a report of the agenda).

    Returns
    -------
    pandas.DataFrame
        One row a meeting, voice and domain: ``meeting_id``, ``name``, ``voice``, ``domain``, ``value`` (1 named, 0
        not, missing unknown), ``strength``, ``text_seen`` (``coded``, ``fragment``, ``none``; missing where the voice
        is not coded at all), ``source``, ``note``. Meetings of which no agenda is coded are left out.

    Raises
    ------
    DataError
        An unknown region.
    ChoiceError
        Years without a meeting, or words that `Choice` does not allow.

    Notes
    -----
    To name a domain is not to agree on it: see `refusals`.
    """
    codes, names = _codes(choice), list_meetings(choice, "held").set_index("meeting_id")["name"]
    codes.insert(1, "name", codes["meeting_id"].map(names))
    return codes


@cached_frame("meetings", "agenda", "attendance", "memberships", "actors", "domains")
def _codes(choice: Choice) -> pd.DataFrame:
    """The frame `speech_codes` without the names of the meetings, which depend on the language."""
    check_choice("low_confidence_zeros", choice.low_confidence_zeros, ["unknown", "no"])
    rows, held, came = load("agenda"), list_meetings(choice, "held")["meeting_id"], attendance(choice)
    held, domains = held[held.isin(rows["meeting_id"])], domain_codes("all", "agenda")
    if held.empty:
        raise ChoiceError(f"no agenda is coded of a meeting from {choice.first_year} to {choice.last_year}")
    weak = (rows["value"] == 0) & (rows["confidence"] == "low") & (choice.low_confidence_zeros == "unknown")
    rows["value"] = coded_values(rows, choice.explicitness).mask(weak)
    came, key = came[came["member"] & came["level"].notna()], ["meeting_id", "voice", "domain"]
    grid = [
        (meeting, voice, domain)
        for meeting in held
        for voice in [*came.loc[came["meeting_id"] == meeting, "actor"], MEETING]
        for domain in domains
    ]
    rows = rows[[*key, "value", "strength", "text_seen", "source", "note"]]
    return pd.DataFrame(grid, columns=key).merge(rows, how="left", on=key)


def refusals(codes: pd.DataFrame) -> pd.Series:
    """Whether a voice named a domain in order to refuse it, row by row of `speech_codes` or ``agenda.csv``.

    So it is where the note on a named domain begins with ``opposite sign``.
    """
    return codes["note"].str.startswith(OPPOSED, na=False) & codes["value"].eq(1).fillna(False)


def naming_counts(codes: pd.DataFrame) -> pd.DataFrame:
    """How many voices name each domain at each meeting, of the frame `speech_codes`.

    Returns one row a meeting and domain: ``meeting_id``, ``name``, ``domain``, ``voices`` (states that took part),
    ``least`` (known to name it), ``most`` (not known not to), ``joint`` (1, 0 or missing) and ``joint_strength``.
    Exact worst-case bounds.
    """
    key, sums = ["meeting_id", "name", "domain"], {"voices": "size", "least": "sum", "known": "count"}
    counts = codes[codes["voice"] != MEETING].groupby(key, sort=False)["value"].agg(**sums)
    joint = codes[codes["voice"] == MEETING].set_index(key)[["value", "strength"]]
    joint.columns = ["joint", "joint_strength"]
    frame = joint.join(counts).fillna(dict.fromkeys(sums, 0)).astype(dict.fromkeys(sums, int))
    frame["most"] = frame["voices"] - (frame.pop("known") - frame["least"])
    frame["joint_strength"] = frame["joint_strength"].where(frame["joint"].eq(1).fillna(False))
    return frame.reset_index()


def text_coverage(codes: pd.DataFrame) -> pd.DataFrame:
    """How much was read of each meeting: ``voices`` and ``coded``, the speeches of which enough was seen to code."""
    speeches = codes.drop_duplicates(["meeting_id", "voice"])
    speeches = speeches.assign(voices=speeches["voice"] != MEETING, coded=speeches["text_seen"].eq("coded"))
    speeches["coded"] &= speeches["voices"]
    return speeches.groupby(["meeting_id", "name"], sort=False, as_index=False)[["voices", "coded"]].sum()


def mean_russell_rao(codes: pd.DataFrame) -> pd.DataFrame:
    """The share of the agenda that two states both name, on average over the pairs at a meeting, between its bounds.

    Of all pairs of states and domains, the part in which both name the domain: the mean over pairs of the similarity
    of Russell & Rao (1940). Each cell can only raise it, so that ``low`` (every unknown as not named) and ``high``
    (every unknown as named) are exact worst-case bounds (Manski 2003).

    Takes the frame `speech_codes`; returns one row a meeting: ``meeting_id``, ``name``, ``voices``, ``low``, ``high``
    (0 to 1, missing with fewer than two voices), ``joint_least`` and ``joint_most`` (domains that the meeting as a
    whole names) of ``domains``, and ``coded`` (speeches read enough to code).

    ``low`` grows with how much was read. Two meetings can be compared only where their bounds do not overlap.
    """
    rows = []
    for (meeting, name), own in naming_counts(codes).groupby(["meeting_id", "name"], sort=False):
        voices, n = int(own["voices"].iloc[0]), len(own)
        pairs = voices * (voices - 1) * n
        low, high = ((own[c] * (own[c] - 1)).sum() / pairs if pairs else float("nan") for c in ("least", "most"))
        rows.append((meeting, name, voices, low, high, int(own["joint"].sum()), n - int(own["joint"].eq(0).sum()), n))
    columns = ["meeting_id", "name", "voices", "low", "high", "joint_least", "joint_most", "domains"]
    return pd.DataFrame(rows, columns=columns).merge(text_coverage(codes)[["meeting_id", "coded"]], on="meeting_id")


def disjoint_intervals(shares: pd.DataFrame) -> list[tuple[str, str, int]]:
    """The pairs of meetings, earlier first, whose bounds do not overlap: ``(earlier, later, 1 or −1)``, 1 for a rise.

    Takes the frame `mean_russell_rao`. Where the list is empty, no trend can be read: everything that is known is true
    of one constant value.
    """
    pairs = itertools.combinations(shares.itertuples(), 2)
    signs = [(one.name, other.name, (other.low > one.high) - (other.high < one.low)) for one, other in pairs]
    return [found for found in signs if found[2]]


def adopted_documents(choice: Choice) -> pd.DataFrame:
    """The documents and decisions of the meetings that were held: rows of ``meeting_documents.csv`` with ``name``."""
    return list_meetings(choice, "held")[["meeting_id", "name"]].merge(load("meeting_documents"), on="meeting_id")


def member_signatures(choice: Choice) -> pd.DataFrame:
    """The `treaty_signatures` by the end of the last year of the members at the last meeting held in these years."""
    last = list_meetings(choice, "held")["date"].iloc[-1]
    return treaty_signatures(members(choice.region, last), until=choice.last_year)


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
    return frame.assign(title=frame["treaty_id"].map(_treaty_titles()))


def _treaty_titles() -> pd.Series:
    """The title of the one treaty that was adopted at the meeting of the signatures, by ``treaty_id``."""
    papers = load("meeting_documents").query("kind == 'treaty'").drop_duplicates("meeting_id", keep=False)
    signed = load("treaty_signatures")
    titles = signed["meeting_id"].map(papers.set_index("meeting_id")["title"])
    titles = titles.groupby(signed["treaty_id"], sort=False).first()
    titles = titles.mask(titles.duplicated(keep=False))  # the papers of one meeting do not say which of two it is
    return titles.astype("str").fillna("treaty " + titles.index.to_series())
