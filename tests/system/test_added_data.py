"""What an analyst adds to the tables appears in the chapters with their default parameters: no code, no parameter."""

import json

import pytest

from centralasia import using
from datacontract.check import check
from notebookcollection.collection import Run, find
from notebookcollection.running import execute

from conftest import ROOT  # isort: skip

pytestmark = pytest.mark.slow

SOURCE = "NEW31,news,A source of tomorrow,A publisher,2031-02-01,https://example.org/new,,,\n"
CONCEPT = "kaz-2031,KAZ,Foreign policy concept 2031-2040,concept,doctrine,,2031-02-01,fixed,2031,2040,NEW31,,in_force,,NEW31,high,\n"
PLACES = "".join(
    f"kaz-2031,baseline,partners,{place},{actor},,,stated,NEW31,,high,\n"
    for place, actor in enumerate(("CA4", "RUS", "CHN"), 1)
)
TIE = "kaz-tkm-2026-06-01,KAZ-TKM,2026-06-01,,signature,treaty,alliance,treaty of allied relations,NEW31,high,\n"


@pytest.fixture(scope="module")
def chapters(tmp_path_factory):
    """Chapters 1, 3 and 5, executed on a copy of the data with a concept, a meeting and a tie more."""
    import shutil

    data = shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("added") / "data")
    for file, rows in (("sources", SOURCE), ("documents", CONCEPT), ("priorities", PLACES), ("ties", TIE)):
        with (data / f"{file}.csv").open("a", encoding="utf-8", newline="") as added:
            added.write(rows)
    documents = data / "documents.csv"
    text = documents.read_text(encoding="utf-8")
    assert text.count(",in_force,,ADI280;") == 1
    documents.write_text(text.replace(",in_force,,ADI280;", ",replaced,kaz-2031,ADI280;"), encoding="utf-8", newline="")
    meetings = data / "meetings.csv"
    *before, planned = meetings.read_text(encoding="utf-8").splitlines()
    assert planned.startswith("cm-2026,8,2026,,TKM,regular,planned,")
    held = "cm-2026,8,2026-09-10,Ashgabat,TKM,regular,held,NEW31,high,"
    meetings.write_text("\n".join([*before, held]) + "\n", encoding="utf-8", newline="")
    with (data / "attendance.csv").open("a", encoding="utf-8", newline="") as added:
        added.writelines(f"cm-2026,{actor},president,,,NEW31,high,\n" for actor in ("KAZ", "KGZ", "TJK", "TKM", "UZB"))
    with using(data):
        project = find(ROOT / "notebooks")
        assert [str(fault) for fault in check()] == []
        runs = [Run(name, name) for name in ("01_priority_hierarchy", "03_consultative_meetings", "05_ties")]
        found = list(execute.execute(runs, project, 2))
    assert [result.error for result in found] == [None] * 3
    return {
        result.name: {
            cell["id"]: "".join("".join(o.get("data", {}).get("text/plain", "")) for o in cell.get("outputs", []))
            for cell in json.loads(result.text)["cells"]
        }
        for result in found
    }


def test_a_concept_of_2031_is_in_the_order_of_partners(chapters):
    assert "2031" in chapters["01_priority_hierarchy"]["answer"]
    assert "1st in 2031" in chapters["01_priority_hierarchy"]["order"]


def test_a_meeting_of_2026_is_among_those_held_and_what_nobody_coded_is_no_silence(chapters):
    shown = chapters["03_consultative_meetings"]
    assert "Ashgabat 2026" in shown["attendance-matrix"]
    assert "no theme every time" not in " ".join(shown.values())


def test_a_tie_of_2026_raises_its_pair(chapters):
    shown = chapters["05_ties"]
    assert shown["answer"].startswith("By 1 June 2026, ")
    assert "Turkmenistan (2026)" in shown["state"].partition("; ")[0]
