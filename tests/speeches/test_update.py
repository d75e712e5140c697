"""Small releases, counted by hand and by an independent implementation of the likeness."""

import io
import math
import tracemalloc
import zipfile
from collections import Counter
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from openpyxl import Workbook

from centralasia import using
from centralasia.speeches import likeness, update
from centralasia.speeches.texts import SpeechFileError
from centralasia.speeches.update import count_speeches, read_speeches
from centralasia.updates import plan
from datacontract import contract

TEXTS = {
    (
        "KAZ",
        2024,
    ): "We thank Russia. Central Asia builds roads and railways.\n12\nWater unites Uzbekistan and us. The Aral Sea dries.",
    ("UZB", 2024): "\ufeffWater and roads matter to Central Asia. Kazakhstan builds roads. We thank nobody.",
    ("TJK", 2024): "Glaciers melt. Water and energy matter. Our region thanks Afghanistan.",
    ("RUS", 2024): "Roads matter. The Kazakh people build railways and the Uzbek people too.",
    ("ISL", 2024): "Fish matter. Water matters. Our region is cold.",
    ("NOR", 2024): "Oil and fish matter. Glaciers melt and water rises.",
    ("DNK", 2024): "Fish and roads matter; energy matters.",
    ("FIN", 2024): "Schools matter. Peace matters. Glaciers are far.",
    ("KAZ", 2023): "Trade grows.",
}


def workbook(rows, header=("Year", "Session", "ISO Code", "Country", "Name of Person Speaking", "Post", None)):
    book, buffer = Workbook(), io.BytesIO()
    for row in [header, *rows]:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


SPEAKERS = [
    (2024, 79, "KAZ", "Kazakhstan", "A", "President ", None),
    (2024, 79, "UZB", "Uzbekistan ", "B", "Minister for Foreign Affairs", None),
    (2024, 79, "TJK", "Tajikistan", "C", None, None),
    (2024, 79, "RUS", "Russia", "D", "Deputy Prime Minister", None),
    (2024, 79, "ISL", "Iceland", "E", "Prime Minister", None),
    (2024, 79, "NOR", "Norway", "F", "Permanent Representative", None),
    (None, None, None, None, None, None, None),
]


@pytest.fixture
def release(tmp_path):
    def make(texts=TEXTS, speakers=SPEAKERS):
        path = tmp_path / "release.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for (state, year), text in texts.items():
                archive.writestr(f"TXT/Session/{state}_{year - 1945}_{year}.txt", text)
            if speakers is not None:
                archive.writestr(
                    "Speakers_by_session.xlsx", speakers if isinstance(speakers, bytes) else workbook(speakers)
                )
        return path

    return make


@pytest.fixture
def counts(release):
    return count_speeches(release())


def test_columns_are_those_of_the_contract(counts):
    assert list(counts) == list(update.TABLES)
    for table, rows in counts.items():
        assert list(rows.columns) == [field["name"] for field in contract.table(table)["schema"]["fields"]]


def test_speeches_by_hand(counts):
    rows = counts["speeches"].set_index(["state", "year"])
    assert len(rows) == len(TEXTS)
    assert tuple(rows.loc[("KAZ", 2024), ["session", "words", "sentences", "post"]]) == (79, 18, 4, "head_of_state")
    posts = {
        "UZB": "minister",
        "TJK": "",
        "RUS": "deputy",
        "ISL": "head_of_government",
        "NOR": "representative",
        "DNK": "",
    }
    assert {state: rows.loc[(state, 2024), "post"] for state in posts} == posts
    assert rows["digest"].nunique() == len(rows)


def test_themes_and_what_speaks_of_the_region_by_hand(counts):
    rows = counts["speech_themes"].set_index(["state", "year", "theme"])[["sentences", "regional"]]
    found = {key[2]: tuple(row) for key, row in rows.iterrows() if key[:2] == ("KAZ", 2024)}
    assert found == {"TRN": (1, 1), "WAT": (1, 1), "ENV": (1, 1)}
    assert tuple(rows.loc[("TJK", 2024, "AFG")]) == (1, 1)  # "our region" in the speech of a member
    assert tuple(rows.loc[("ISL", 2024, "WAT")]) == (1, 0)
    assert ("KAZ", 2023, "TRN") not in rows.index


def test_actors_and_their_first_sentence_by_hand(counts):
    rows = counts["speech_partners"]
    kaz = rows[(rows["state"] == "KAZ") & (rows["year"] == 2024)].set_index("actor")[["sentences", "first"]]
    assert {a: tuple(r) for a, r in kaz.iterrows()} == {"RUS": (1, 1), "C5": (1, 2), "UZB": (1, 3), "CA4": (2, 2)}
    rus = rows[rows["state"] == "RUS"].set_index("actor")["sentences"].to_dict()
    assert rus == {"KAZ": 1, "UZB": 1, "CA4": 1}
    assert "ISL" not in set(rows["state"])  # counted for the states whose votes are counted


def cosines(texts, drop=()):
    """TF-IDF cosines from the formula, without scikit-learn."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    words = {
        state: Counter(w for w in "".join(c if c.isalpha() else " " for c in text.lower()).split()
                       if len(w) > 1 and w not in ENGLISH_STOP_WORDS and w not in drop)
        for state, text in texts.items()
    }  # fmt: skip
    document = Counter(word for found in words.values() for word in found)
    weights = {
        state: {
            w: (1 + math.log(n)) * (math.log((1 + len(texts)) / (1 + document[w])) + 1)
            for w, n in found.items()
            if document[w] > 1
        }
        for state, found in words.items()
    }
    norm = {state: math.sqrt(sum(v * v for v in found.values())) for state, found in weights.items()}
    return {
        (a, b): sum(v * weights[b].get(w, 0) for w, v in weights[a].items()) / (norm[a] * norm[b])
        for a, b in combinations(sorted(texts), 2)
    }


def test_likeness_is_that_of_the_formula(counts):
    texts = {s: t.replace("Central Asia", "Centralasia") for (s, y), t in TEXTS.items() if y == 2024}
    rows = counts["speech_pairs"].set_index(["state_a", "state_b"])
    names = {"russia", "centralasia", "uzbekistan", "aral", "sea", "kazakhstan", "afghanistan", "kazakh", "uzbek"}
    for column, drop in (("all_words", ()), ("without_region", {"centralasia"}), ("without_names", names)):
        expected = cosines(texts, drop)
        for pair, value in rows[column].items():
            assert value == pytest.approx(expected[pair], abs=1e-4), (column, pair)
    assert {a for a, b in rows.index if a not in "KAZ UZB TJK"} <= {"DNK", "FIN", "ISL", "NOR", "RUS"}
    assert ("DNK", "FIN") not in rows.index  # only pairs with one of the six
    assert (rows["without_region"] <= rows["all_words"])[("KAZ", "UZB")]


def test_a_group_stands_beside_sets_of_other_states(counts):
    rows = counts["speech_likeness"].set_index(["region", "year", "text"])
    row = rows.loc[("NORD5", 2024, "all_words")]
    pairs = cosines({s: t.replace("Central Asia", "Centralasia") for (s, y), t in TEXTS.items() if y == 2024})
    inside = [value for pair, value in pairs.items() if set(pair) <= {"DNK", "FIN", "ISL", "NOR"}]
    outside = [value for pair, value in pairs.items() if set(pair) <= {"KAZ", "UZB", "TJK", "RUS"}]
    assert (row["members"], row["states"]) == (4, 4)
    assert row["value"] == pytest.approx(np.mean(inside), abs=1e-4)
    assert row["set_median"] == pytest.approx(np.mean(outside), abs=1e-4)  # there is one set of four others
    assert row["above"] in (0, row["sets"])
    assert pd.isna(row["error"]) and rows.loc[("C5", 2024, "without_names"), "error"] > 0
    assert ("C5", 2023, "all_words") not in rows.index  # one speech makes no pair


def test_errors_come_from_the_sentences(release):
    long = {key: " ".join([text.replace("\n12\n", " ")] * 30) for key, text in TEXTS.items()}
    error = [count_speeches(release(t))["speech_pairs"]["error"].mean() for t in (TEXTS, long)]
    assert error[1] < error[0] / 2, "the same sentences thirty times over are drawn more evenly"


@pytest.mark.slow
def test_two_processes_count_what_one_does(release, monkeypatch):
    texts = {(state, year): text for (state, _), text in TEXTS.items() for year in (2021, 2022)}
    one = count_speeches(release(texts))
    monkeypatch.setattr(update, "YEARS_A_WORKER", 1)
    two = count_speeches(release(texts))
    for table in one:
        pd.testing.assert_frame_equal(one[table], two[table])


@pytest.mark.slow
def test_memory_does_not_grow_with_the_years(release, monkeypatch):
    monkeypatch.setattr(update, "YEARS_A_WORKER", 99)  # in one process, so that all of it is seen
    peaks = []
    for years in (2, 10):
        texts = {(state, 2000 + i): text * 40 for (state, y), text in TEXTS.items() if y == 2024 for i in range(years)}
        path = release(texts)
        tracemalloc.start()
        count_speeches(path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.3 * peaks[0]


@pytest.mark.slow
def test_what_comes_is_what_the_check_accepts_and_only_years_of_the_release_change(release, data_copy):
    present = {row["year"] for row in contract.rows("speeches")}
    with using(data_copy):
        planned = plan(read_speeches([release()]))
        assert planned.faults() == []
        differ = {change.table: change.differ for change in planned.changes}
        assert {key[1] for key in differ["speeches"]} <= {"2023", "2024"}
        assert any(after == {} for _, after in differ["speeches"].values()), "who is not in the new release is gone"
        planned.write()
        assert {row["year"] for row in contract.rows("speeches")} == present
        assert not plan(read_speeches([release()])), "a second time there is nothing to do"


WRONG = {
    "unknown state": ({("KAX", 2024): "We.", ("KAZ", 2024): "We."}, None, "KAX in 2024: no such state in actors.csv"),
    "too late": ({("KAZ", 2050): "We."}, None, "speeches of 2050; allowed: years from 1946 to 2030"),
    "no workbook": (TEXTS, b"no workbook", r"list of speakers: BadZipFile; allowed: a workbook"),
    "other columns": (TEXTS, workbook([], ("Jahr", "Staat")), r"list of speakers: ValueError; allowed: a workbook"),
    "no words": (
        {("KAZ", 2024): "The.", ("UZB", 2024): "And."},
        None,
        "2024: no speech has a word that can be compared",
    ),
}


@pytest.mark.parametrize(("texts", "speakers", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_line(texts, speakers, said, release):
    with pytest.raises(contract.DataError, match=said) as error:
        count_speeches(release(texts, speakers))
    assert "\n" not in str(error.value)


def test_one_release_at_a_time(release):
    with pytest.raises(SpeechFileError, match="2 files; allowed: one release"):
        read_speeches([release(), release()])


def test_a_release_without_speakers_leaves_posts_unknown(release):
    assert set(count_speeches(release(speakers=None))["speeches"]["post"]) == {""}


@pytest.mark.parametrize(
    ("post", "kind"),
    [
        ("President", "head_of_state"), ("King", "head_of_state"), ("Amir", "head_of_state"), ("Vice-President", "deputy"),
        ("First Deputy Prime Minister", "deputy"), ("Crown Prince", "deputy"), ("Prime Minister ", "head_of_government"),
        ("Federal Chancellor", "head_of_government"), ("President of the Council of Ministers", "head_of_government"),
        ("Minister for Foregn Affairs", "minister"), ("Secretary of State", "minister"), ("UN Representative", "representative"),
        ("Chair of the Delegation", "representative"), ("", ""), ("Somebody", ""),
    ],
)  # fmt: skip
def test_kinds_of_posts(post, kind):
    assert update._post(post) == kind


def test_without_the_extra_the_message_says_what_to_install(release, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "sklearn.feature_extraction.text", None)
    with pytest.raises(contract.DataError, match=r"need scikit-learn and openpyxl; allowed: pip install"):
        likeness.year_likeness(2024, {"KAZ": ["We."], "UZB": ["We."]}, frozenset(), {})
