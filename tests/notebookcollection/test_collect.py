"""What many runs found, as one long table."""

import csv
import json

import pytest

from notebookcollection.collection import Run
from notebookcollection.running.collect import COLUMNS, collect, found_in

TABLE = "<table><thead><tr><th></th><th>a</th><th>b</th></tr></thead><tbody><tr><th>x</th><td>1</td><td>2</td></tr></tbody></table>"


def _executed(**outputs):
    cells = [{"id": "title", "cell_type": "markdown", "source": ""}]
    cells += [
        {"id": name, "cell_type": "code", "outputs": [{"data": data, "metadata": metadata}]}
        for name, (data, metadata) in outputs.items()
    ]
    return json.dumps({"cells": cells})


EXECUTED = _executed(
    answer=({"text/markdown": ["Four of ten, ", "so far."], "text/plain": "…"}, {}),
    chart=(
        {"text/csv": 'year,said\n2001,"a, b"\n2002,\n', "text/plain": "…"},
        {"figure": {"title": "It rose", "alt": ""}},
    ),
    table=({"text/html": TABLE, "text/plain": "…"}, {}),
    sources=({"text/markdown": "- **A** …"}, {}),
)


def test_sentences_figures_and_tables_are_found_by_name():
    assert list(found_in(EXECUTED)) == [
        ("answer", "", "text", "Four of ten, so far."),
        ("chart", "", "title", "It rose"),
        ("chart", "1", "year", "2001"),
        ("chart", "1", "said", "a, b"),
        ("chart", "2", "year", "2002"),
        ("chart", "2", "said", ""),
        ("table", "x", "a", "1"),
        ("table", "x", "b", "2"),
    ]


def test_a_line_separator_within_a_cell_ends_no_row():
    chart = _executed(chart=({"text/csv": "year,said\n2001,a\u2028b\n2002,c\x85d\n"}, {"figure": {"title": "It rose"}}))
    assert [value for _, _, name, value in found_in(chart) if name == "said"] == ["a\u2028b", "c\x85d"]


def test_all_runs_make_one_table_and_failed_ones_are_left_out(tmp_path):
    runs = [Run("05_ties", name, {"state": name, "last_year": 2020}) for name in ("KAZ", "UZB", "TKM")]
    for name in ("KAZ", "TKM"):
        (tmp_path / f"{name}.ipynb").write_text(EXECUTED)
    path = tmp_path / "all.csv"
    assert collect(runs, tmp_path, path) == 2
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 2 * 8
    assert {(row["set"], row["parameters"]) for row in rows} == {
        ("KAZ", "state=KAZ; last_year=2020"),
        ("TKM", "state=TKM; last_year=2020"),
    }
    assert [p.name for p in tmp_path.glob("all*")] == ["all.csv"]


@pytest.mark.slow
def test_an_interrupted_table_leaves_the_one_before_and_nothing_else(tmp_path, monkeypatch):
    def interrupted(text):
        raise KeyboardInterrupt

    (tmp_path / "KAZ.ipynb").write_text(EXECUTED)
    (path := tmp_path / "all.csv").write_text("of an earlier day")
    monkeypatch.setattr("notebookcollection.running.collect.found_in", interrupted)
    with pytest.raises(KeyboardInterrupt):
        collect([Run("05_ties", "KAZ", {})], tmp_path, path)
    assert {p.name: p.read_text() for p in tmp_path.glob("*all*")} == {"all.csv": "of an earlier day"}
    assert len([*tmp_path.iterdir()]) == 2


def test_collect_is_for_sets_and_writes_over_no_source(centralasia, tmp_path, root):
    refused = centralasia("run", "05_ties", "--collect", tmp_path / "all.csv")
    assert (refused.returncode, "--collect: allowed: with --sets" in refused.stderr) == (2, True)
    sets = tmp_path / "sets.csv"
    sets.write_text("state\nKAZ\n")
    refused = centralasia("run", "05_ties", "--sets", sets, "-o", tmp_path, "--collect", root / "data" / "ties.csv")
    assert (refused.returncode, "results are made from this file" in refused.stderr) == (2, True)
