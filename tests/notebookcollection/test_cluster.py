"""Runs on a real Dask cluster on loopback: a scheduler and two worker processes."""

import json
import os
import shutil
import signal
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from dask_processes import dask, free_port
from small_collection import edit

from centralasia.cli import main
from datacontract import context
from datacontract.context import using
from notebookcollection import freshness
from notebookcollection.collection import Run, find
from notebookcollection.running import cluster as dask_cluster
from notebookcollection.running import execute

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The address of a scheduler, and its two workers, each in a folder of its own, away from the project."""
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = dask("scheduler", "--host", address, cwd=tmp_path_factory.mktemp("scheduler"))
    workers = [
        dask("worker", address, "--nthreads", 1, "--no-nanny", cwd=tmp_path_factory.mktemp("worker")) for _ in "ab"
    ]
    yield address, workers, scheduler
    for process in (*workers, scheduler):
        process.kill()
        process.wait()


def _runs(project, count):
    return [Run("two", f"two-{number}", {"number": number}) for number in range(1, count + 1)]


def test_the_same_bytes_as_here_from_the_data_that_were_sent(project, cluster):
    address, *_ = cluster
    edit(project / "data" / "documents.csv", "Strategy for the formation", "Strategy that only this folder has for it")
    collection, runs = find(project / "notebooks"), [Run("one", "one"), *_runs(project, 3)]
    with using(project / "data"):
        here, there = execute.execute(runs, collection, 2), execute.execute(runs, collection, scheduler=address)
    here, there = list(here), list(there)
    assert there == here, "in the same order too"
    assert "Strategy that only this folder has" in there[0].text
    assert there[0].reads == here[0].reads != ()


def test_a_worker_serves_two_folders_at_a_time(project):
    """Threads of one worker share its environment: what a run reads must not come from there."""
    other = shutil.copytree(project / "data", project / "other")
    edit(other / "documents.csv", "Strategy for the formation", "Strategy that only this folder has for it")
    source = (project / "notebooks" / "one.ipynb").read_text()
    before, work = dict(os.environ), []
    with ThreadPoolExecutor(2) as threads:
        for folder in (project / "data", other):
            with using(folder):
                how = freshness.code_digest(("centralasia",)), ("centralasia",), {}, ["pandas"], context.environment()
                work.append(threads.submit(dask_cluster._execute, how, source, dask_cluster.packed(), {}, folder.name))
        here, there = (future.result() for future in work)
    assert dict(os.environ) == before
    assert "the title is Strategy for the formation" in here.text
    assert "the title is Strategy that only this folder has for it" in there.text
    assert here.reads == there.reads == ("actors.csv", "documents.csv")


def test_a_failing_cell_is_told_as_it_is_here(project, cluster, capsys):
    edit(project / "notebooks" / "two.ipynb", "+ number", "+ numbre")
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
    assert main([*verb, "--scheduler", cluster[0]]) == 1
    assert "two: failed in cell 4 (cell-2): NameError: name 'numbre' is not defined" in capsys.readouterr().err


def test_a_cluster_that_is_not_there_is_told_within_seconds(project, capsys):
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb"), "--scheduler"]
    address = f"tcp://127.0.0.1:{free_port()}"
    begun = time.monotonic()
    assert main([*verb, address]) == 2
    assert f"centralasia: {address}: no scheduler answers there" in capsys.readouterr().err
    assert time.monotonic() - begun < 15
    for wrong in ("nowhere", "tcp://nowhere", "tcp://a:b"):
        assert main([*verb, wrong]) == 2
        assert f"--scheduler {wrong}: allowed: tcp://HOST:PORT" in capsys.readouterr().err


def test_a_scheduler_without_workers_is_told(project, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PATIENCE", 2)
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = dask("scheduler", "--host", address, cwd=tmp_path)
    try:
        while True:
            with socket.socket() as asked:
                if not asked.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))):
                    break
        verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
        assert main([*verb, "--scheduler", address]) == 2
        assert f"{address}: no worker in 2 s; start some: dask worker {address}" in capsys.readouterr().err
    finally:
        scheduler.kill()
        scheduler.wait()


def test_a_worker_with_other_code_is_refused(project, cluster, capsys, monkeypatch):
    monkeypatch.setattr(freshness, "code_digest", lambda packages: "other")
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
    assert main([*verb, "--scheduler", cluster[0]]) == 2
    assert "two: a worker has another version of the package" in capsys.readouterr().err


def test_a_worker_that_is_killed_costs_no_result(project, cluster):
    """Late, since one worker remains."""
    address, workers, _ = cluster
    edit(project / "notebooks" / "two.ipynb", "import centralasia", "import time, centralasia; time.sleep(0.5)")
    collection, runs = find(project / "notebooks"), _runs(project, 8)
    with using(project / "data"):
        results = execute.execute(runs, collection, scheduler=address)
    first = next(results)
    workers[0].send_signal(signal.SIGKILL)
    found = [first, *results]
    assert workers[0].wait() == -signal.SIGKILL
    assert [r.name for r in found] == [r.name for r in runs]
    outputs = [json.loads(r.text)["cells"][-1]["outputs"][0]["data"]["text/plain"] for r in found]
    assert [int(text) - int(outputs[0]) for text in outputs] == list(range(8))


def test_a_cluster_that_is_lost_is_told_and_what_came_back_is_kept(project, cluster, capsys):
    address, _, scheduler = cluster
    edit(project / "notebooks" / "two.ipynb", "import centralasia", "import time, centralasia; time.sleep(0.5)")
    (project / "sets.csv").write_text("number\n" + "\n".join(map(str, range(1, 9))))
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "--sets", str(project / "sets.csv")]
    verb += ["-o", str(project / "out")]

    def kill_after_the_first():
        while not list((project / "out").glob("*.ipynb")):
            time.sleep(0.02)
        scheduler.kill()

    threading.Thread(target=kill_after_the_first, daemon=True).start()
    assert main([*verb, "--scheduler", address]) == 2
    assert f"centralasia: {address}: the cluster was lost" in capsys.readouterr().err
    kept = {path.stem for path in (project / "out").glob("*.ipynb")}
    assert 1 <= len(kept) < 8
    assert main(verb) == 0
    said = capsys.readouterr().out
    assert {name for name in kept if f"{name}: unchanged" in said} == kept
    assert len(list((project / "out").glob("*.ipynb"))) == 8
