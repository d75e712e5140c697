"""The Consultative Meetings: who came, what was adopted, and which themes were named by whom.

Speeches were read in part and some not at all. One that was not read is not silent: counts are of speeches that were
read. Since hardly any source says what a speech leaves out, every count of names is a lower bound.
"""

from dataclasses import dataclass

import pandas as pd

from centralasia.commitments import coded_values, domain_codes
from centralasia.names import short_name
from centralasia.regions import members
from centralasia.tables import cached_frame, load
from datacontract.contract import distinct
from datacontract.errors import ChoiceError, check_years, suggest
from datacontract.labels import translate_name

__all__ = [
    "MEETING", "Choice", "adopted_documents", "attendance", "full_meetings", "list_meetings", "naming_counts",
    "speech_codes", "text_coverage",
]  # fmt: skip

MEETING = "JOINT"  # the meeting as a whole among the voices of agenda.csv


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
    """

    region: str
    first_year: int
    last_year: int
    explicitness: str = "any"


def list_meetings(choice: Choice, status: str | None = None) -> pd.DataFrame:
    """The meetings of the years, in the order of time, with ``name``: town (or host, where none is known) and year.

    `status` keeps one status (``held``, ``not_held``, ``planned``). Raises `ChoiceError` where the first year is after
    the last, or the years hold no such meeting.

    >>> meetings.list_meetings(meetings.Choice("CM", 2018, 2021), "held")[["meeting_id", "name", "date"]]
      meeting_id           name        date
    0    cm-2018    Astana 2018  2018-03-15
    1    cm-2019  Tashkent 2019  2019-11-29
    3    cm-2021     Avaza 2021  2021-08-06
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

    >>> rows = meetings.attendance(meetings.Choice("CM", 2018, 2021))
    >>> rows[rows["actor"] == "TKM"][["meeting_id", "level", "person"]]
       meeting_id      level             person
    3     cm-2018      other    A. Nurberdiyeva
    9     cm-2019  president  G. Berdimuhamedov
    15    cm-2021  president  G. Berdimuhamedov
    """
    held, rows = list_meetings(choice, "held"), load("attendance").drop(columns="note")
    rows = rows[rows["meeting_id"].isin(held["meeting_id"])]
    of_day = {meeting.meeting_id: members(choice.region, meeting.date) for meeting in held.itertuples()}
    actors = sorted(set(rows["actor"]).union(*of_day.values()), key=distinct("actors.actor").index)
    grid = [(meeting, actor, actor in belonging) for meeting, belonging in of_day.items() for actor in actors]
    return pd.DataFrame(grid, columns=["meeting_id", "actor", "member"]).merge(rows, "left", ["meeting_id", "actor"])


def full_meetings(rows: pd.DataFrame) -> int:
    """At how many meetings every member had its president in office there, of the frame `attendance`.

    >>> meetings.full_meetings(meetings.attendance(meetings.Choice("CM", 2018, 2021)))
    1
    """
    presidents = (rows["level"] == "president")[rows["member"]]
    return int(presidents.groupby(rows["meeting_id"]).all().sum())


def speech_codes(choice: Choice) -> pd.DataFrame:
    """Which themes each voice named at each meeting: the long frame that the other measures take.

    The voices are the members on the day of a meeting, if they took part, and the meeting as a whole, `MEETING` (joint
    statement, or a report of the agenda).

    Returns
    -------
    pandas.DataFrame
        One row a meeting, voice and theme: ``meeting_id``, ``name``, ``voice``, ``domain``, ``value`` (1 named, −1
        named to refuse it, 0 absent, missing unknown), ``read`` (whether the voice is coded on every theme: any other
        is left out of counts), ``source``, ``note``. Meetings of which no agenda is coded are left out.

    Raises
    ------
    DataError
        An unknown region.
    ChoiceError
        Years without a meeting, or a word that `Choice` does not allow.

    Examples
    --------
    >>> codes = meetings.speech_codes(meetings.Choice("CM", 2018, 2021))
    >>> codes.loc[codes["domain"] == "WAT", ["name", "voice", "value", "read"]].head(4)
               name voice  value   read
    5   Astana 2018   KAZ      1   True
    18  Astana 2018   KGZ   <NA>  False
    31  Astana 2018   TJK      1   True
    44  Astana 2018   TKM   <NA>  False
    """
    codes, names = _codes(choice), list_meetings(choice, "held").set_index("meeting_id")["name"]
    codes.insert(1, "name", codes["meeting_id"].map(names))
    return codes


@cached_frame("meetings", "agenda", "attendance", "memberships", "actors", "domains")
def _codes(choice: Choice) -> pd.DataFrame:
    """The frame `speech_codes` without the names of the meetings, which depend on the language."""
    rows, held, came = load("agenda"), list_meetings(choice, "held")["meeting_id"], attendance(choice)
    held, domains = held[held.isin(rows["meeting_id"])], domain_codes("all", "agenda")
    if held.empty:
        raise ChoiceError(f"no agenda is coded of a meeting from {choice.first_year} to {choice.last_year}")
    rows["value"] = coded_values(rows, choice.explicitness)
    came, key = came[came["member"] & came["level"].notna()], ["meeting_id", "voice", "domain"]
    grid = [
        (meeting, voice, domain)
        for meeting in held
        for voice in [*came.loc[came["meeting_id"] == meeting, "actor"], MEETING]
        for domain in domains
    ]
    rows = rows[[*key, "value", "text_seen", "source", "note"]]
    codes = pd.DataFrame(grid, columns=key).merge(rows, how="left", on=key)
    seen = codes.pop("text_seen").eq("coded").fillna(False)
    codes.insert(4, "read", seen.groupby([codes["meeting_id"], codes["voice"]]).transform("all"))
    return codes


def naming_counts(codes: pd.DataFrame) -> pd.DataFrame:
    """How many speeches name each theme at each meeting, of the frame `speech_codes`.

    Returns one row a meeting and theme: ``meeting_id``, ``name``, ``domain``, ``read`` (speeches that were read),
    ``named`` (those of them that name it, at least), ``refused`` (that name it to refuse it), and ``joint``, the value
    of the meeting as a whole, missing where it is unknown or was not read.

    >>> counts = meetings.naming_counts(meetings.speech_codes(meetings.Choice("CM", 2018, 2021)))
    >>> counts[counts["domain"] == "WAT"][["name", "read", "named", "joint"]]
                 name  read  named  joint
    5     Astana 2018     3      2      1
    18  Tashkent 2019     3      0      1
    31     Avaza 2021     3      1   <NA>
    """
    key, whole = ["meeting_id", "name", "domain"], codes["voice"] == MEETING
    speech, value = codes["read"] & ~whole, codes["value"].fillna(0)
    cells = codes[key].assign(read=speech, named=speech & value.eq(1), refused=speech & value.eq(-1))
    cells["joint"] = codes["value"].where(whole & codes["read"])
    sums = {"read": "sum", "named": "sum", "refused": "sum", "joint": "max"}
    return cells.astype({"named": int, "refused": int}).groupby(key, sort=False, as_index=False).agg(sums)


def text_coverage(codes: pd.DataFrame) -> pd.DataFrame:
    """How much was read of each meeting: ``voices`` (members that took part), ``read`` of them, and ``joint``.

    ``joint`` says whether the meeting as a whole was read.

    >>> meetings.text_coverage(meetings.speech_codes(meetings.Choice("CM", 2018, 2021)))
      meeting_id           name  voices  read  joint
    0    cm-2018    Astana 2018       5     3   True
    1    cm-2019  Tashkent 2019       5     3   True
    2    cm-2021     Avaza 2021       5     3   True
    """
    speeches = codes.drop_duplicates(["meeting_id", "voice"])
    whole, key = speeches["voice"] == MEETING, ["meeting_id", "name"]
    counts = speeches[key].assign(voices=~whole, read=speeches["read"] & ~whole, joint=speeches["read"] & whole)
    sums = {"voices": "sum", "read": "sum", "joint": "any"}
    return counts.groupby(key, sort=False, as_index=False).agg(sums)


def adopted_documents(choice: Choice) -> pd.DataFrame:
    """The documents and decisions of the meetings that were held: rows of ``meeting_documents.csv`` with ``name``.

    >>> meetings.adopted_documents(meetings.Choice("CM", 2018, 2019))[["name", "kind"]].tail(3)
                name             kind
    3  Tashkent 2019  joint_statement
    4  Tashkent 2019       regulation
    5  Tashkent 2019         decision
    """
    return list_meetings(choice, "held")[["meeting_id", "name"]].merge(load("meeting_documents"), on="meeting_id")
