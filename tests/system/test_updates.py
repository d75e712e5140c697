"""Bringing the collection up to date is an edit of rows: copies of the data gain what the future may bring."""

import csv
import json
import random
import re

import pytest

from centralasia import hierarchy, load, using
from centralasia.cli import main
from centralasia.regions import members
from datacontract import contract
from datacontract.check import check
from notebookcollection.collection import Run, find
from notebookcollection.running import execute


def _append(folder, table, *rows):
    with (folder / f"{table}.csv").open("a", newline="", encoding="utf-8") as file:
        names = [f["name"] for f in contract.table(table)["schema"]["fields"]]
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writerows({name: row.get(name, "") for name in names} for row in rows)


def _source(folder, key, date):
    """A source of the time, which what is new rests on."""
    source = {
        "source_key": key,
        "kind": "official",
        "title": "A later page",
        "date": date,
        "url": f"https://orient.tm/{key}",
    }
    _append(folder, "sources", source)


@pytest.fixture
def later_concept(data_copy):
    """A fictitious concept of 2031 that puts Central Asia first and replaces that of 2020."""
    path = data_copy / "documents.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(kaz-2020,.*),in_force,,", r"\1,replaced,kaz-2031,", text), encoding="utf-8")
    _source(data_copy, "DEC31", "2031-01-16")
    document = {"document_id": "kaz-2031", "state": "KAZ", "title": "A later concept", "kind": "concept", "layer": "doctrine",
                "date": "2031-01-15", "term": "fixed", "term_start": "2031", "term_end": "2040", "status": "in_force",
                "source": "DEC31", "confidence": "high"}  # fmt: skip
    _append(data_copy, "documents", document)
    order = {
        "document_id": "kaz-2031",
        "reading": "baseline",
        "list": "partners",
        "basis": "stated",
        "source": "DEC31",
        "confidence": "high",
    }
    _append(
        data_copy,
        "priorities",
        *({**order, "rank": str(i), "actor": actor} for i, actor in enumerate(["CA4", "RUS", "AZE"], 1)),
    )
    return data_copy


@pytest.mark.slow
def test_a_later_concept(later_concept):
    editions = ["kaz-2020", "kaz-2031"]
    with using(later_concept):
        assert check() == []
        assert "1st in the concept of 2031–2040" in hierarchy.answer(editions, "CA4")
        assert hierarchy.order_chart(editions, "CA4").title == "Central Asia: 4th in 2020 and 1st in 2031"
        assert hierarchy.rank_changes(*(hierarchy.ranking(d) for d in editions)).loc["AZE", "change"] == "entered"


@pytest.mark.slow
def test_a_later_concept_runs(later_concept, root):
    text = _executed(root, later_concept, "01_priority_hierarchy", documents="kaz-2020 kaz-2031")
    assert "concept of 2031–2040" in text


def _executed(root, data, notebook, **given):
    """A notebook executed on a copy of the data, as text."""
    project = find(root / "notebooks")
    with using(data):
        (result,) = execute.execute([Run(notebook, "a", project.check(notebook, given))], project, 1)
    assert result.error is None
    return json.dumps(json.loads(result.text), ensure_ascii=False)


@pytest.fixture
def wider_region(data_copy):
    _append(data_copy, "memberships", {"region": "C5", "actor": "AZE", "start": "2025-11-16", "source": "TD25"})
    return data_copy


@pytest.mark.slow
def test_a_wider_region_runs(wider_region, root):
    assert "**15 pairs**" in _executed(root, wider_region, "05_ties")


@pytest.mark.slow
def test_a_state_joins_a_region_on_a_day(wider_region):
    with using(wider_region):
        assert check() == []
        assert "AZE" not in members("C5", "2025-11-15")
        assert "AZE" in members("C5", "2025-11-16")
    assert "AZE" not in members("C5", "2030-01-01")


def _roll_calls(path, states, year, number):
    """A voting file in the layout of the UN Digital Library."""
    choose = random.Random(year)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["undl_id", "ms_code", "ms_name", "ms_vote", "date", "session", "resolution"])
        for call in range(number):
            for state in states:
                writer.writerow(
                    [call, state, state, choose.choice("YYYYANX"), f"{year}-12-01", "82", f"A/RES/82/{call}"]
                )
    return path


@pytest.mark.slow
def test_a_year_of_votes_is_one_command_and_a_paste(data_copy, tmp_path, capsys, root):
    dyads = load("unga_dyads")
    states = sorted({*dyads["state_a"], *dyads["state_b"]})
    file = _roll_calls(tmp_path / "votes.csv", states, 2027, 40)
    assert main(["count-votes", str(file), "--since", "2027", "--out", str(tmp_path / "out")]) == 0
    assert "unga_dyads.csv" in capsys.readouterr().out
    for table in ("unga_dyads", "unga_years", "unga_groups"):
        header, *rows = (tmp_path / "out" / f"{table}.csv").read_text().splitlines(keepends=True)
        if table == "unga_years":
            rows = [row.replace("2027,40,,,", "2027,40,True,,") for row in rows]
        assert header == (data_copy / f"{table}.csv").read_text().splitlines(keepends=True)[0]
        with (data_copy / f"{table}.csv").open("a", encoding="utf-8") as target:
            target.writelines(rows)
    _append(data_copy, "sources", {"source_key": "UNDL", "kind": "primary", "title": "UN Digital Library, voting data"})
    with using(data_copy):
        assert check() == []
        added = load("unga_dyads").query("year == 2027")
    assert len(added) == len(states) * (len(states) - 1) // 2
    assert "2023–2027" in _executed(root, data_copy, "06_one_voice", last_year="2027")


def test_a_wrong_voting_file_is_named(tmp_path, capsys):
    (tmp_path / "votes.csv").write_text("a,b\n1,2\n")
    assert main(["count-votes", str(tmp_path / "votes.csv"), "--out", str(tmp_path / "out")]) == 2
    assert (
        "votes.csv: row 1, column header: 'a,b' is not allowed; allowed: one with date, undl_id"
        in capsys.readouterr().err
    )
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_meeting(data_copy, root):
    meeting = {
        "meeting_id": "cm-2027",
        "number": "9",
        "date": "2027-09-01",
        "place": "Astana",
        "host_state": "KAZ",
        "kind": "regular",
        "status": "held",
        "source": "NEW27",
        "confidence": "high",
    }
    _source(data_copy, "NEW27", "2027-09-02")
    _append(data_copy, "meetings", meeting)
    came = [
        {
            "meeting_id": "cm-2027",
            "actor": a,
            "level": "president",
            "person": "N. N.",
            "role": "president",
            "source": "NEW27",
            "confidence": "high",
        }
        for a in ("KAZ", "KGZ", "TJK", "TKM", "UZB", "AZE")
    ]
    _append(data_copy, "attendance", *came)
    empty = {"meeting_id": "cm-2027", "text_seen": "none"}
    coded = empty | {"text_seen": "coded", "value": "1", "strength": "direct", "source": "NEW27", "confidence": "high"}
    themes = [row["domain"] for row in contract.rows("domains") if row["scope"] == "all"]
    named = [
        (coded if voice == "JOINT" and theme in ("TRN", "WAT") else empty) | {"voice": voice, "domain": theme}
        for voice in ("JOINT", "KAZ", "KGZ", "TJK", "TKM", "UZB")
        for theme in themes
    ]
    _append(data_copy, "agenda", *named)
    with using(data_copy):
        assert check() == []
        assert len(load("attendance").query("meeting_id == 'cm-2027'")) == 6
    assert "Astana 2027" in _executed(root, data_copy, "03_consultative_meetings", last_year="2027")
