"""Runs on a real Dask cluster on loopback: a scheduler and two worker processes."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from dask_processes import dask, free_port, wait_for_workers
from small_collection import edit, environment

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
    try:
        wait_for_workers(address, 2)
        yield address, workers, scheduler
    finally:
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


def test_a_failing_cell_and_a_dead_kernel_are_told_as_they_are_here(project, cluster, capsys):
    ends = "import os; {1: lambda: os.kill(os.getpid(), 9), 2: lambda: numbre}.get(number, int)()"
    edit(project / "notebooks" / "two.ipynb", 'len(centralasia.load(\\"ties\\")) + number', ends)
    (project / "sets.csv").write_text("number\n1\n2\n3\n")
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "--sets", str(project / "sets.csv")]
    assert main([*verb, "-o", str(project / "out"), "--scheduler", cluster[0]]) == 1
    told = capsys.readouterr().err.splitlines()
    assert told[0].startswith(
        "two_1: failed in cell 5 (cell-2): the kernel died (killed by signal 9; out of memory?); see"
    )
    assert told[1].startswith("two_2: failed in cell 5 (cell-2): NameError: name 'numbre' is not defined; see ")
    assert sorted(path.name for path in (project / "out").glob("*.ipynb")) == [
        "two_1.failed.ipynb",
        "two_2.failed.ipynb",
        "two_3.ipynb",
    ]


def test_a_cluster_that_is_not_there_is_told_within_seconds(project, capsys, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
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
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
    address = f"tcp://127.0.0.1:{free_port()}"
    scheduler = dask("scheduler", "--host", address, cwd=tmp_path)
    try:
        while True:
            with socket.socket() as asked:
                if not asked.connect_ex(("127.0.0.1", int(address.rpartition(":")[2]))):
                    break
        verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
        assert main([*verb, "--scheduler", address]) == 2
        assert f"{address}: no worker in 1 s; start some: dask worker {address}" in capsys.readouterr().err
    finally:
        scheduler.kill()
        scheduler.wait()


def test_a_worker_with_other_code_is_refused(project, cluster, capsys, monkeypatch):
    monkeypatch.setattr(freshness, "code_digest", lambda packages: "other")
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
    assert main([*verb, "--scheduler", cluster[0]]) == 2
    assert "two: a worker has another version of the package" in capsys.readouterr().err


def test_a_worker_with_other_libraries_is_refused(project, cluster, capsys, monkeypatch):
    found = freshness.versions
    monkeypatch.setattr(freshness, "versions", lambda names: found(names) | {"Python": "3.99", "papermill": "1.0"})
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
    assert main([*verb, "--scheduler", cluster[0]]) == 2
    own = found(["papermill"])
    differs = f"a worker has Python {own['Python']}, not 3.99, papermill {own['papermill']}, not 1.0"
    assert capsys.readouterr().err == f"centralasia: two: {differs}; install the same everywhere\n"


def test_an_interrupt_frees_the_workers(project, cluster, tmp_path):
    """Dask itself would let them work on, to the end of the cell."""
    address, workers, _ = cluster
    marker = tmp_path / "at-work"
    busy = f"import os, pathlib, time; pathlib.Path({str(marker)!r}).write_text(str(os.getpid())); time.sleep(300)"
    edit(project / "notebooks" / "two.ipynb", 'len(centralasia.load(\\"ties\\")) + number', busy)
    verb = ["run", "two", "--notebooks", str(project / "notebooks"), "-o", str(project / "two.ipynb")]
    command = [sys.executable, "-m", "centralasia.cli", *verb, "--scheduler", address]
    process = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True)
    while not (marker.exists() and marker.read_text()):
        assert process.poll() is None
        time.sleep(0.05)
    kernel = psutil.Process(int(marker.read_text()))
    process.terminate()
    _, err = process.communicate(timeout=20)
    told = "centralasia: interrupted by SIGTERM: 0 of 1 notebook finished and kept\n"
    assert process.returncode == 128 + signal.SIGTERM
    assert err.startswith(told), err  # on a loaded machine Dask's client adds that a future of its own timed out
    assert psutil.wait_procs([kernel], timeout=10)[1] == []
    assert [worker.poll() for worker in workers] == [None, None]


def test_one_worker_under_its_nanny_is_killed_and_comes_back(project, tmp_path, capsys):
    """A run that kills its workers fails, here with the first; the data of the others are not lost with them."""
    kills = "import psutil; number != 1 or psutil.Process().parent().parent().kill() or __import__('time').sleep(60)"
    edit(project / "notebooks" / "two.ipynb", 'len(centralasia.load(\\"ties\\")) + number', kills)
    settings = project / "notebooks" / "collection.toml"
    settings.write_text(settings.read_text().replace('"pandas", "centralasia"', ""))
    (project / "sets.csv").write_text("number\n1\n2\n3\n")
    address = f"tcp://127.0.0.1:{free_port()}"
    how = {"SCHEDULER__ALLOWED_FAILURES": 0, "SCHEDULER__WORKER_SATURATION": 1.0}
    scheduler = dask("scheduler", "--host", address, cwd=tmp_path, **how)
    nanny = dask("worker", address, "--nthreads", 1, cwd=tmp_path)
    try:
        wait_for_workers(address, 1)
        verb = ["run", "two", "--notebooks", str(project / "notebooks"), "--sets", str(project / "sets.csv")]
        assert main([*verb, "-o", str(project / "out"), "--scheduler", address]) == 1
        (told,) = capsys.readouterr().err.splitlines()
        assert told.startswith("two_1: failed in its start: 1 worker of the cluster died with it; out of memory?; see ")
        assert sorted(path.name for path in (project / "out").glob("*.ipynb")) == [
            "two_1.failed.ipynb",
            "two_2.ipynb",
            "two_3.ipynb",
        ]
    finally:
        nanny.terminate()
        nanny.wait()
        scheduler.kill()
        scheduler.wait()


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
