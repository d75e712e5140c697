import pandas as pd
import pytest

import centralasia
from centralasia import DataError, first_day, load, names


@pytest.mark.parametrize("name", names())
def test_round_trip_gives_the_same_bytes(name, root):
    path = root / "data" / f"{name}.csv"
    assert load(name).to_csv(index=False, lineterminator="\n") == path.read_text(encoding="utf-8")


def test_types_follow_the_contract():
    frame = load("priorities")
    assert frame["rank"].dtype == "Int64"
    assert frame["rank"].isna().any(), "a blank place stays missing"
    assert list(frame["confidence"].cat.categories) == ["low", "medium", "high"]
    assert frame["confidence"].cat.ordered
    assert list(frame["actor"].cat.categories) == list(load("actors")["actor"]), "codes keep the order of their table"
    assert frame.attrs["table"] == "priorities"


def test_first_day_reads_reduced_precision():
    days = first_day(pd.Series(["2014", "2014-03", "2014-03-09", None]))
    assert list(days[:3]) == [pd.Timestamp("2014-01-01"), pd.Timestamp("2014-03-01"), pd.Timestamp("2014-03-09")]
    assert pd.isna(days[3])


def test_an_unknown_table_names_the_nearest():
    with pytest.raises(DataError, match="did you mean 'priorities'"):
        load("priority")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("baseline,partners,1,RUS,ally", "baseline,partners,first,RUS,ally", "row 12, column rank: 'first' is not of type integer"),
        ("baseline,partners,1,RUS,ally", "baseline,partners,1,RUSS,ally", "row 12, column actor: 'RUSS' .* did you mean 'RUS'"),
        ("document_id,reading", "document,reading", "the header is"),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(edit, old, new, told):
    with pytest.raises(DataError, match=told):
        load("priorities", edit("priorities.csv", old, new))


def test_another_folder_by_argument_and_by_environment(edit, monkeypatch):
    folder = edit("documents.csv", "Foreign policy concept 2014-2020", "Another title")
    assert "Another title" in set(load("documents", folder)["title"])
    assert "Another title" not in set(load("documents")["title"])
    monkeypatch.setenv("CENTRALASIA_DATA", str(folder))
    assert "Another title" in set(load("documents")["title"])


def test_a_folder_without_contract_is_refused(tmp_path):
    with pytest.raises(DataError, match="not a data folder: it has no datapackage.json"):
        load("documents", tmp_path)


def test_everything_public_is_documented():
    for name in centralasia.__all__:
        assert getattr(centralasia, name).__doc__, name
