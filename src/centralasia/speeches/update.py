"""The UN General Debate Corpus as its publisher ships it → the counts that this collection keeps.

Two files of the corpus are read: the texts (``TXT/Session NN - YYYY/ISO_NN_YYYY.txt``) and the list of speakers
(``Speakers_by_session.xlsx``), in the publisher's ZIP or its unpacked folder. A year is read, counted and forgotten, so
that memory does not grow with the corpus; years are counted side by side on two cores. No text leaves this module.
"""

import hashlib
import io
import itertools
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from centralasia.regions import members, regions
from centralasia.speeches import likeness
from centralasia.speeches.dictionary import REGION, Dictionary, names_region, partner_dictionary, theme_dictionary
from centralasia.speeches.measures import WITH_MEMBERS
from centralasia.speeches.texts import (
    Speech,
    SpeechFileError,
    clean,
    find_speakers,
    find_speeches,
    split_sentences,
    split_words,
)
from centralasia.updates import NewRows, agreeing
from datacontract import contract
from datacontract.errors import DataError

__all__ = ["count_speeches", "read_accuracy", "read_speeches"]

SOURCE = "UNGDC"
SOURCES = {"speeches": "UNGDC;BDM17"}  # the paper describes the corpus
TABLES = ("speeches", "speech_themes", "speech_partners", "speech_pairs", "speech_likeness")
SIX = "C6"  # whose pairs with all others are kept
YEARS_A_WORKER = 4  # below so many years a second process costs more than it saves
_POSTS = [  # kinds of posts by the words in them; the first that fits counts
    ("deputy", r"vice|deputy (prime|head|chair)|first deputy|crown prince"),
    ("head_of_government", r"prime minister|premier|head of (the )?government|chancellor"),
    ("head_of_government", r"president of the (council of ministers|government)"),
    ("minister", r"minister|foreign secretary|secretary (of state|for foreign)|federal councill?or"),
    ("representative", r"representative|ambassador|delegation|mission|charg|envoy|secretary|observer"),
    ("head_of_state", r"president|king|queen|[ae]mir|sultan|prince|head of state|sovereign|captain|monarch|pope|chair"),
]
Rows = dict[str, list[tuple[Any, ...]]]


class _Counting(NamedTuple):
    """What a year is counted with; goes to another process as it is."""

    themes: Dictionary
    partners: Dictionary
    speakers: frozenset[str]  # whose partners are counted
    paired: frozenset[str]  # whose pairs are kept
    five: frozenset[str]
    groups: Mapping[str, Mapping[int, Sequence[str]]]  # members of each group, by year
    posts: Mapping[tuple[str, int], str]


def read_speeches(files: Sequence[Path]) -> dict[str, NewRows]:
    """What `centralasia update speeches` writes: all tables of counts of the years that a release holds.

    Raises `SpeechFileError` as `count_speeches` does.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     length = pathlib.Path(folder, "KAZ_79_2024.txt").write_text("Water unites us. Peace is near.")
    ...     found = speeches.read_speeches([pathlib.Path(folder)])
    >>> list(found)
    ['speeches', 'speech_themes', 'speech_partners', 'speech_pairs', 'speech_likeness']
    """
    if len(files) != 1:
        raise SpeechFileError(f"{len(files)} files; allowed: one release of the corpus, a ZIP or a folder")
    order = {"speech_pairs": ("state_a", "state_b", "year"), "speech_likeness": ("region", "text", "year")}
    return {
        table: NewRows(rows, agreeing(rows, ["year"]), order.get(table, ("state", "year")))
        for table, rows in count_speeches(files[0]).items()
    }


def count_speeches(release: Path) -> dict[str, pd.DataFrame]:
    """Counts a release of the corpus.

    Parameters
    ----------
    release : path
        The publisher's ZIP, or its unpacked folder.

    Returns
    -------
    dict of str to pandas.DataFrame
        The rows of `TABLES`, in the columns of the contract, for all years of the release.

    Raises
    ------
    SpeechFileError
        What `find_speeches` refuses; a state that ``actors.csv`` does not hold; a list of speakers that is no workbook
        with the columns Year, ISO Code and Post.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     length = pathlib.Path(folder, "KAZ_79_2024.txt").write_text("Water unites us. Peace is near.")
    ...     speeches.count_speeches(pathlib.Path(folder))["speech_themes"]
      state  year theme  sentences  regional source
    0   KAZ  2024   WAT          1         0  UNGDC
    """
    counting = _counting(find_speakers(release), release)
    found: Rows = {table: [] for table in TABLES}
    for rows in _in_parallel(_years(find_speeches(release)), counting):
        for table, new in rows.items():
            found[table] += new
    frames = {}
    for table, new in found.items():
        columns = [field["name"] for field in contract.table(table)["schema"]["fields"]]
        frames[table] = pd.DataFrame([(*row, SOURCES.get(table, SOURCE)) for row in new], columns=columns)
    return frames


def count_year(speeches: Sequence[Speech], counting: _Counting) -> Rows:
    """The rows of all tables for the speeches of one year."""
    rows: Rows = {table: [] for table in TABLES}
    texts = {}
    for speech in speeches:
        text = clean(speech.text)
        said = texts[speech.state] = split_sentences(text)
        key = speech.state, speech.year
        digest = hashlib.sha256(text.encode()).hexdigest()[:12]
        sizes = len(split_words(text)), len(said)
        rows["speeches"].append((*key, speech.session, *sizes, counting.posts.get(key, ""), digest))
        themes, partners = _count_sentences(speech.state, said, counting)
        rows["speech_themes"] += [(*key, theme, *counts) for theme, counts in themes]
        rows["speech_partners"] += [(*key, actor, *counts) for actor, counts in partners]
    year = speeches[0].year
    groups = {group: by_year.get(year, ()) for group, by_year in counting.groups.items()}
    if len(texts) > 1:
        alike = likeness.year_likeness(year, texts, counting.paired, groups)
        rows["speech_pairs"] += likeness.pair_rows(year, alike, counting.paired)
        rows["speech_likeness"] += likeness.group_rows(year, alike, groups)
    return rows


def read_accuracy(files: Sequence[Path]) -> dict[str, NewRows]:
    """What `centralasia update theme-accuracy` writes: how well the dictionary names the themes of coded sentences.

    >>> import pandas as pd, pathlib, tempfile
    >>> read = pd.DataFrame({"sentence": ["We build a railway."], "domains_a": ["TRN"], "domains_b": [""]})
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     read.to_csv(coded := pathlib.Path(folder, "coded.csv"), index=False)
    ...     speeches.read_accuracy([coded])["theme_accuracy"].rows[["theme", "f1", "source"]].head(1)
      theme      f1 source
    0   TRN  0.6667  UNGDC
    """
    from centralasia.speeches.accuracy import theme_accuracy

    if len(files) != 1:
        raise SpeechFileError(f"{len(files)} files; allowed: one CSV of coded sentences")
    return {"theme_accuracy": NewRows(theme_accuracy(files[0]).assign(source=SOURCE))}


def _count_sentences(state: str, said: Sequence[str], counting: _Counting) -> tuple[list[Any], list[Any]]:
    """By theme the sentences, and those on the region; by actor, where asked for, the sentences and the first."""
    themes, regional, partners = Counter[str](), Counter[str](), Counter[str]()
    first: dict[str, int] = {}
    for number, sentence in enumerate(said, 1):
        found = counting.themes.labels(sentence)
        named = counting.partners.labels(sentence) if found or state in counting.speakers else set()
        if found:
            themes.update(found)
            if names_region(sentence, named, counting.five, state):
                regional.update(found)
        if state in counting.speakers:
            named = named - {state}
            if named & (counting.five | {REGION}):
                named |= {WITH_MEMBERS}
            partners.update(named)
            first = {**dict.fromkeys(named, number), **first}
    ordered = sorted(themes.items())
    return (
        [(theme, (times, regional[theme])) for theme, times in ordered],
        [(actor, (times, first[actor])) for actor, times in sorted(partners.items())],
    )


def _counting(speakers: bytes | None, release: Path) -> _Counting:
    years = range(1946, contract.field("speeches", "year")["constraints"]["maximum"] + 1)
    groups = {region: {year: members(region, year) for year in years} for region in regions() if region != WITH_MEMBERS}
    for region in contract.distinct("reference_groups.region"):
        groups[region] = dict.fromkeys(years, contract.distinct("reference_groups.actor", {"region": region}))
    return _Counting(
        theme_dictionary(),
        partner_dictionary(),
        frozenset({*contract.distinct("unga_dyads.state_a"), *contract.distinct("unga_dyads.state_b")}),
        frozenset(members(SIX)),
        frozenset(members(REGION)),
        groups,
        _posts(speakers, release) if speakers else {},
    )


def _posts(workbook: bytes, release: Path) -> dict[tuple[str, int], str]:
    """The posts of speakers by state and year; of two speakers of a state, that of the first with a known post."""
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise DataError("speeches need scikit-learn and openpyxl; allowed: pip install centralasia[update]") from None
    try:
        lines = iter(load_workbook(io.BytesIO(workbook), read_only=True).worksheets[0].iter_rows(values_only=True))
        header = [str(cell or "").strip() for cell in next(lines, ())]
        at = [header.index(name) for name in ("ISO Code", "Year", "Post")]
        found: dict[tuple[str, int], str] = {}
        for line in lines:
            state, year, post = (line[place] if place < len(line) else None for place in at)
            if state and str(year).isdigit() and (kind := _post(str(post or ""))):
                found.setdefault((str(state).strip(), int(str(year))), kind)
    except Exception as error:  # openpyxl raises whatever a broken workbook makes it stumble on
        allowed = "a workbook with the columns Year, ISO Code and Post"
        raise SpeechFileError(f"{release.name}: list of speakers: {type(error).__name__}; allowed: {allowed}") from None
    return found


def _post(post: str) -> str:
    """The kind of a post; "" where it is unknown."""
    post = " ".join(post.lower().split())
    return next((kind for kind, pattern in _POSTS if re.search(pattern, post)), "")


def _years(speeches: Iterable[Speech]) -> Iterator[list[Speech]]:
    """The speeches of one year after the other."""
    known = set(contract.distinct("actors.actor"))
    latest = contract.field("speeches", "year")["constraints"]["maximum"]
    for year, group in itertools.groupby(speeches, key=lambda speech: speech.year):
        if not 1946 <= year <= latest:
            raise SpeechFileError(f"speeches of {year}; allowed: years from 1946 to {latest}")
        found = list(group)
        for speech in found:
            if speech.state not in known:
                raise SpeechFileError(
                    f"{speech.state} in {year}: no such state in actors.csv; allowed: the states that have a row there"
                )
        yield found


def _in_parallel(years: Iterable[list[Speech]], counting: _Counting) -> Iterator[Rows]:
    """Counts years, several at a time where there are many: a second process costs a second to start."""
    begun = iter(years)
    few = list(itertools.islice(begun, YEARS_A_WORKER))
    workers = min(2, os.cpu_count() or 1) if len(few) == YEARS_A_WORKER else 1
    ahead = itertools.chain(few, begun)
    if workers == 1:
        yield from (count_year(year, counting) for year in ahead)
        return
    from joblib import Parallel, delayed

    parallel = Parallel(n_jobs=workers, return_as="generator", pre_dispatch=workers + 1)
    yield from parallel(delayed(count_year)(year, counting) for year in ahead)
