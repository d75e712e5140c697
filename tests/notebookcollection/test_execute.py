import contextlib
import itertools
import json
import os
import shutil
import signal

import nbformat
import pytest
from nbconvert.exporters import ScriptExporter
from small_collection import edit as change
from sweeps import sweep

from datacontract.context import using
from datacontract.files import write_atomically
from notebookcollection.collection import Run, find
from notebookcollection.running import execute, notebook, surroundings

pytestmark = pytest.mark.slow


def _notebook(*sources):
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    cells[0].metadata["tags"] = ["parameters"]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


def test_a_run_is_clean_and_takes_parameters():
    source = _notebook("x: int = 1  # a number", "x + 1", "import sys; print('out'); x")
    result = notebook.execute_text(source, {"x": 41}, "a", {})
    assert result.error is None
    made = json.loads(result.text)
    assert [c["id"] for c in made["cells"]] == ["cell-0", "injected-parameters", "cell-1", "cell-2"]
    assert [c["execution_count"] for c in made["cells"]] == [1, 2, 3, 4]
    assert made["cells"][2]["outputs"][0]["data"]["text/plain"] == "42"
    assert made["metadata"] == {"kernelspec": notebook.KERNELSPEC, "language_info": notebook.LANGUAGE}
    assert all(set(c["metadata"]) <= {"tags"} for c in made["cells"])
    assert notebook.execute_text(source, {"x": 41}, "a", {}) == result, "the same bytes again"
    _, found = ScriptExporter().from_notebook_node(nbformat.reads(result.text, 4))
    assert found["output_extension"] == ".py", "nbconvert knows what its script is"


def test_a_failing_cell_is_named_and_the_notebook_kept():
    result = notebook.execute_text(_notebook("x: int = 1", "1 / 0", "x"), {}, "a", {})
    assert result.error == "cell 2 (cell-1): ZeroDivisionError: division by zero"
    cells = json.loads(result.text)["cells"]
    assert len(cells) == 3, "no cells of others are added"
    assert cells[1]["outputs"][0]["ename"] == "ZeroDivisionError"


@pytest.mark.parametrize("moment", ["as it starts", "while it waits for its turn"])
@pytest.mark.parametrize(("kills", "error"), [(1, None), (2, "its start: the kernel died (killed by signal 9")])
def test_a_kernel_that_is_killed_before_its_first_cell_is_begun_again_once(monkeypatch, moment, kills, error):
    started, start, at_work = [], notebook._Client.start_new_kernel, surroundings.AtWork()

    def kill():
        if len(started) <= kills:
            os.killpg(started[-1].pid, signal.SIGKILL)
            started[-1].wait()

    def start_and_note(client, **how):
        start(client, **how)
        started.append(client.attempt.kernel)
        if moment == "as it starts":
            kill()

    class Turn(contextlib.nullcontext):
        def __enter__(self):
            if moment != "as it starts":
                kill()

    monkeypatch.setattr(notebook._Client, "start_new_kernel", start_and_note)
    monkeypatch.setattr(at_work, "turn", Turn())
    result = notebook.execute_text(_notebook("x: int = 1", "x + 1"), {}, "a", {}, at_work=at_work)
    assert (result.error or "").startswith(error or "") and bool(result.error) == bool(error)
    assert len(started) == 2


def test_differences_name_the_cell():
    one = _notebook("1", "2")
    assert notebook.differences(one, one) == []
    assert notebook.differences(one, one.replace('"2"', '"3"')) == ["cell 2 (cell-1): source"]
    assert notebook.differences(one, _notebook("1")) == ["cell 2 (cell-1): gone"]
    assert notebook.differences(_notebook("1"), one) == ["cell 2 (cell-1): new"]


def test_an_inserted_cell_does_not_mark_those_below():
    before = json.loads(_notebook("1", "2", "3"))
    for number, cell in enumerate(before["cells"], 1):
        cell["execution_count"] = number
    after = json.loads(json.dumps(before))
    after["cells"].insert(1, {**after["cells"][1], "id": "between"})
    for number, cell in enumerate(after["cells"], 1):
        cell["execution_count"] = number
    one, other = json.dumps(before), json.dumps(after)
    assert notebook.differences(one, other) == ["cell 2 (between): new"]
    del after["cells"][1]
    assert notebook.differences(one, json.dumps(after)) == ["the counts of executions, or the layout of the file"]


def test_a_file_is_written_whole_or_not_at_all(tmp_path):
    path = tmp_path / "deep" / "a.txt"
    write_atomically(path, "before")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(path, "\udcff")
    assert path.read_text() == "before"
    assert list(path.parent.iterdir()) == [path]


GRID = [
    {},
    {"focus": "TUR"},
    {"focus": "RUS", "readings": "all"},
    {"documents": "kaz-2014 kaz-2020", "focus": "EU"},
    {"documents": "kaz-2005 kaz-2008-board kaz-2014 kaz-2020-draft kaz-2020 kaz-2022-statement", "focus": "CHN"},
    {"state": "KGZ", "documents": "kgz-2007 kgz-2019 kgz-2022-programme", "focus": "NEI", "readings": "all"},
    {"state": "UZB", "documents": "uzb-2012 uzb-2018-isrs", "focus": "CA4"},
    {"state": "TJK", "documents": "tjk-1993 tjk-2002 tjk-2015", "focus": "CA4"},
]


@pytest.mark.parametrize("grid", [GRID[:2] + GRID[-1:], sweep(GRID)], ids=["some", "all"])
def test_notebook_01_runs_over_its_parameters(root, grid):
    project = find(root / "notebooks")
    name = "01_priority_hierarchy"
    runs = [Run(name, f"{name}-{i}", project.check(name, given)) for i, given in enumerate(grid)]
    results = list(execute.execute(runs, project, 2))
    assert [r.name for r in results] == [r.name for r in runs], "in the order of the runs"
    assert {r.name: r.error for r in results if r.error} == {}
    answers = [_output(r.text, "answer") for r in results]
    assert len(set(answers)) == len(answers), "each choice has an answer of its own"


def test_a_run_reads_the_data_that_it_is_told_to(root, edit):
    folder = edit("actors.csv", "(the other four),Central Asia,", "(the other four),Inner Asia,")
    project, before = find(root / "notebooks"), dict(os.environ)
    with using(folder):
        results = execute.execute([Run("01_priority_hierarchy", "a")], project, 1)
    (result,) = results  # the folder is that of the moment of the call, also in threads and kernels
    assert dict(os.environ) == before
    assert {"actors.csv", "documents.csv"} <= set(result.reads)
    assert _output(result.text, "answer").startswith("**Inner Asia**")


def _output(text, cell):
    (found,) = (c for c in json.loads(text)["cells"] if c["id"] == cell)
    return "".join(found["outputs"][0]["data"]["text/plain"])


def test_two_folders_and_two_languages_at_a_time(project):
    """Each run reads its own folder and logs what it reads, whatever the other in this process does."""
    path = project / "notebooks" / "one.ipynb"
    change(path, "the title is ", "{os.environ['CENTRALASIA_LANGUAGE']}: ")
    change(path, 'Markdown(\\"{', 'Markdown(f\\"{')
    change(path, "import centralasia", "import os, centralasia")
    other = shutil.copytree(project / "data", project / "other")
    change(other / "documents.csv", "Strategy for the formation", "Strategy that only this folder has for it")
    collection, runs = find(project / "notebooks"), [Run("one", "one"), Run("two", "two")]
    with using(project / "data"):
        here = execute.execute(runs, collection, 2)
    with using(other, "ru"):
        there = execute.execute(runs, collection, 2)
    pairs = list(zip(here, there, strict=True))
    assert {result.error for pair in pairs for result in pair} == {None}
    assert [_shown(result) for result in pairs[0]] == [
        "en: Strategy for the formation of Kazakhstan as a sovereign state",
        "ru: Strategy that only this folder has for it of Kazakhstan as a sovereign state",
    ]
    assert [result.reads for result in pairs[0]] == [("actors.csv", "documents.csv")] * 2


def test_cells_of_one_run_more_do_not_begin_while_others_are_at_work(project):
    """Its kernel does, so that no core waits for it."""
    code = "import os, time; print(begun := time.monotonic()); time.sleep(1.5); print(time.monotonic())"
    path = project / "notebooks" / "two.ipynb"
    change(path, 'len(centralasia.load(\\"ties\\")) + number', code)
    change(path, "import centralasia", "from pathlib import Path")
    with using(project / "data"):
        runs = [Run("two", f"two-{number}", {"number": number}) for number in range(3)]
        results = list(execute.execute(runs, find(project / "notebooks"), 1))
    printed = [json.loads(r.text)["cells"][-1]["outputs"] for r in results]
    times = ["".join(output["text"] for output in outputs).split() for outputs in printed]
    times.sort(key=lambda own: float(own[0]))  # which of two waiting kernels gets its turn first is open
    for (_, end), (begin, _) in itertools.pairwise(times):
        assert float(begin) > float(end)
    last = float(times[-1][1]) - float(times[0][0])
    assert all(r.seconds > 1.5 for r in results)
    assert results[-1].seconds < last, "what it waited for its turn is not counted"


def test_the_longest_notebooks_begin_and_results_come_in_the_order_of_runs():
    sent, sources = [], {"short": "x", "long": "x" * 9, "middle": "x" * 5}

    @contextlib.contextmanager
    def opened():
        yield lambda run: (sent.append(run.name), lambda: run.name)[1], 1

    runs = [Run(name, f"{name}-{i}") for i in range(8) for name in sources]
    assert list(execute._in_order(runs, opened(), sources)) == [run.name for run in runs]
    assert [name.partition("-")[0] for name in sent[:16]] == ["long"] * 5 + ["middle"] * 5 + ["short"] * 6
    assert sent[16:] == [run.name for run in runs[16:]], "the rest is sent as others come back"


def _shown(result):
    return "".join(json.loads(result.text)["cells"][-1]["outputs"][0]["data"]["text/markdown"])


def test_run_command_writes_the_notebook_or_keeps_the_failed_one(centralasia, root, tmp_path, edit):
    out = tmp_path / "out.ipynb"
    done = centralasia("run", "01_priority_hierarchy", "-p", "state=KAZ", "-p", "focus=TUR", "-o", out)
    assert done.returncode == 0, done.stderr
    assert "Türkiye" in _output(out.read_text(), "answer")
    before = out.read_text()
    folder = edit("priorities.csv", "document_id,reading", "document,reading")
    failed = centralasia("run", "01_priority_hierarchy", "-o", out, "--data", folder)
    assert failed.returncode == 2, "a table that cannot be read is told before a kernel starts"
    folder = edit("sources.csv", "source_key,kind,title", "source_key,kind,name")
    (tmp_path / "data" / "priorities.csv").write_text((root / "data" / "priorities.csv").read_text())
    failed = centralasia("run", "01_priority_hierarchy", "-o", out, "--data", folder)
    assert failed.returncode == 1
    assert "): DataError: sources.csv: the header is" in failed.stderr
    assert str(tmp_path / "out.failed.ipynb") in failed.stderr
    assert (tmp_path / "out.failed.ipynb").is_file()
    assert out.read_text() == before


def test_regenerate_and_its_check_name_what_differs(centralasia, project):
    folder = project / "notebooks"
    verb = ["regenerate", "--notebooks", folder, "--data", project / "data"]
    assert centralasia(*verb, "--check").returncode == 1, "the notebooks came without outputs"
    assert centralasia(*verb).returncode == 0
    before = {path: path.read_bytes() for path in folder.glob("*.ipynb")}
    again = centralasia(*verb)
    assert (again.returncode, again.stderr) == (0, "0 files changed\n")
    assert {path: path.read_bytes() for path in before} == before
    change(folder / "one.ipynb", "the title is Strategy", "the title is Tragedy")
    done = centralasia(*verb, "--check")
    assert done.returncode == 1
    assert "one.ipynb: cell 4 (cell-2): outputs" in done.stdout
    assert "Tragedy" in (folder / "one.ipynb").read_text(), "--check changes nothing"
    other = next(path.stem for path in before if path.stem != "one")
    assert "one" not in centralasia(*verb, other, "--check").stdout, "only that other is asked for"
    refused = centralasia(*verb, "onee")
    assert (refused.returncode, "did you mean 'one'?" in refused.stderr) == (2, True)
