import os
import re
import subprocess
import sys

import pytest

import centralasia
from centralasia import DataError, load, table_names, using
from centralasia.tables import UntruncatedFrame, cached_frame, display_table, read_tables
from datacontract.context import READS_VARIABLE
from datacontract.contract import rows

FIRST = next(n for n, r in enumerate(rows("priorities"), 2) if r["document_id"] == "kaz-2014")  # its row in the file


@pytest.mark.parametrize("name", table_names())
def test_round_trip_gives_the_same_bytes(name, root):
    path = root / "data" / f"{name}.csv"
    assert load(name).to_csv(index=False, lineterminator="\n") == path.read_text(encoding="utf-8")


def test_types_follow_the_contract():
    frame = load("priorities")
    assert frame["rank"].dtype == "Int64"
    assert frame["rank"].isna().any(), "a blank place stays missing"
    assert list(frame["confidence"].cat.categories) == ["low", "medium", "high"]
    assert frame["confidence"].cat.ordered
    assert frame["actor"].dtype == "str", "a code of another table is text"
    assert frame.attrs["table"] == "priorities"


def test_what_was_read_beforehand_is_noted_where_it_is_used(monkeypatch, tmp_path):
    """As in kernels that are forked from a process that has read all tables."""
    names = ["ties", "visits", "speech_pairs"]
    alone, after = tmp_path / "alone", tmp_path / "after"
    code = "import sys, centralasia; [centralasia.load(name) for name in sys.argv[1:]]"
    subprocess.run([sys.executable, "-c", code, *names], env=os.environ | {READS_VARIABLE: str(alone)}, check=True)
    read_tables()
    monkeypatch.setenv(READS_VARIABLE, str(after))
    for name in names:
        load(name)
    assert set(alone.read_text().split()) == set(after.read_text().split()) > {"ties.csv", "actors.csv"}


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(DataError, match="did you mean 'priorities'"):
        load("priority")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("baseline,partners,1,RUS,ally", "baseline,partners,first,RUS,ally", f"row {FIRST}, column rank: 'first' is not of type integer"),
        ("baseline,partners,1,RUS,ally", "baseline,partners,1,RUSS,ally", f"row {FIRST}, column actor: 'RUSS' .* did you mean 'RUS'"),
        ("baseline,partners,1,RUS,ally", "baseline,partners,1,RUS,ally,", f"row {FIRST}: its cells are not as many as those"),
        ("document_id,reading", "document,reading", "the header is"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(edit, old, new, told):
    with using(edit("priorities.csv", old, new)), pytest.raises(DataError, match=told):
        load("priorities")


def test_another_folder_by_context_and_by_environment(edit, monkeypatch):
    folder = edit("documents.csv", "Foreign policy concept 2014-2020", "Another title")
    with using(folder):
        assert "Another title" in set(load("documents")["title"])
    assert "Another title" not in set(load("documents")["title"])
    monkeypatch.setenv("CENTRALASIA_DATA", str(folder))
    assert "Another title" in set(load("documents")["title"])


def test_a_folder_without_contract_is_refused(tmp_path):
    with pytest.raises(DataError, match="not a data folder: it has no datapackage.json"), using(tmp_path):
        load("documents")


def test_everything_public_is_documented():
    for name in centralasia.__all__:
        assert getattr(centralasia, name).__doc__, name


def test_a_table_for_reading_stays_whole_when_rows_are_selected():
    longest = max(load("ties")["note"].dropna(), key=len)
    table = display_table({"Remark": [longest, "short"]}, index=["first", "second"], corner="Act")
    for part in (table, table.head(1), table[table["Remark"].str.len() > 10], table.sort_values("Remark")):
        assert isinstance(part, UntruncatedFrame)
        assert "..." not in part._repr_html_()
    assert table.columns.name == "Act"
    assert list(display_table(table.iloc[:0], empty="none found").index) == ["none found"]


def test_a_frame_that_is_kept_is_nobodys_to_change(data_copy):
    made = []

    @cached_frame("actors")
    def own(code):
        made.append(code)
        return load("actors").query("actor == @code").reset_index(drop=True)

    first = own("KAZ")
    first["actor"] = "changed"
    first.loc[0, "short_name"] = "changed"
    assert own("KAZ")["actor"].tolist() == ["KAZ"]
    assert own("KAZ")["short_name"].tolist() != ["changed"]
    assert made == ["KAZ"]
    with using(data_copy):
        assert own("KAZ")["actor"].tolist() == ["KAZ"]
    assert made == ["KAZ", "KAZ"], "another folder is another table"


def test_texts_of_tables_name_states_in_words():
    """Words like EU and USA are those of the language, other codes of states are ours."""
    states = load("actors").query("kind == 'state' and actor != 'USA'")["actor"]
    code = re.compile(rf"\b(?:{'|'.join(states)})\b")
    for name in (
        "commitments",
        "formats",
        "meetings",
        "milestones",
        "pair_agenda",
        "priorities",
        "ties",
        "trade",
        "visits",
    ):
        for row in rows(name):
            said = [
                row[column]
                for column in ("note", "event", "paraphrase", "subject", "fact", "act", "instrument")
                if column in row
            ]
            assert not code.search(" ".join(said)), row
