"""What breaks around a run ends as the page "Many runs" says: kernels, servers, disks, homes, streams, signals."""

import fcntl
import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import termios
import time

import psutil
import pytest
from small_collection import edit, environment

from centralasia.cli import main
from notebookcollection.running import forked

pytestmark = pytest.mark.slow
PATIENCE = 30  # seconds until something that should happen at once is taken not to happen
SPACES = "a user namespace cannot be had here (unshare)"


def _cell(project, code, notebook="two"):
    """Lets the last cell of a notebook do this; its first one has printed something before, and imports nothing."""
    path = project / "notebooks" / f"{notebook}.ipynb"
    cells = json.loads(path.read_text())
    cells["cells"][1]["source"], cells["cells"][-1]["source"] = "print('so far')", code
    path.write_text(json.dumps(cells))
    settings = project / "notebooks" / "collection.toml"
    settings.write_text(settings.read_text().replace('"pandas", "centralasia"', ""))


def _verb(project, *verb):
    return [*map(str, verb), "--notebooks", str(project / "notebooks"), "--data", str(project / "data")]


def _start(project, *verb, under=(), env=None, **how):
    command = [*under, sys.executable, "-m", "centralasia.cli", *_verb(project, *verb)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | how
    return subprocess.Popen(command, env=environment(**(env or {})), text=True, start_new_session=True, **pipes)


def _wait_for(path, *processes):
    end = time.monotonic() + PATIENCE
    while not path.exists():
        assert time.monotonic() < end and all(process.poll() is None for process in processes), path
        time.sleep(0.02)


ENDS = """import ctypes, os, signal, time
ends = {1: lambda: os.kill(os.getpid(), signal.SIGKILL), 2: lambda: os._exit(3), 3: lambda: ctypes.string_at(0),
        4: lambda: (os.kill(os.getppid(), signal.SIGKILL), time.sleep(60))}
ends.get(number, lambda: None)()"""


def test_a_kernel_or_fork_server_that_is_killed_fails_one_run_and_the_others_go_on(project, capsys):
    _cell(project, ENDS)
    (project / "sets.csv").write_text("number\n1\n2\n3\n4\n5\n")
    verb = _verb(project, "run", "two", "--sets", project / "sets.csv", "-o", project / "out", "--jobs", "1")
    assert main(verb) == 1
    died = ["killed by signal 9; out of memory?", "exit code 3", "killed by signal 11: Segmentation fault"]
    kept = {number: project / "out" / f"two_{number}.failed.ipynb" for number in (1, 2, 3, 4)}
    assert capsys.readouterr().err.splitlines() == [
        f"two_{number}: failed in cell 5 (cell-2): the kernel died ({how}); see {kept[number]}"
        for number, how in enumerate([*died, died[0]], 1)
    ]
    for path in kept.values():
        assert "so far" in path.read_text(), "the notebook as it was when its kernel died"
    assert sorted(path.name for path in (project / "out").glob("*.ipynb") if path not in kept.values()) == [
        "two_5.ipynb"
    ]
    assert forked.running_server().process.poll() is None, "there is another fork server"


def test_a_dead_kernel_changes_no_notebook_and_no_report(project, capsys):
    _cell(project, "import os; os._exit(1)")
    before = {path: path.read_bytes() for path in (project / "notebooks").glob("*.ipynb")}
    for verb in (["regenerate"], ["report", "--build", project / "build"]):
        assert main(_verb(project, *verb)) == 1
        told, *rest = capsys.readouterr().err.splitlines()
        assert told.startswith("two: failed in cell 4 (cell-2): the kernel died (exit code 1); see ")
        assert rest in ([], ["the report was left as it was"])
    assert {path: path.read_bytes() for path in before} == before
    assert not (project / "build" / "site").exists()


def test_a_kernel_that_cannot_start_says_why(project, tmp_path, capsys, monkeypatch):
    (tmp_path / "shadow").mkdir()
    (tmp_path / "shadow" / "zmq.py").write_text("raise SystemExit('no zmq today')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "shadow"), prepend=os.pathsep)
    assert main(_verb(project, "run", "two", "-o", project / "two.ipynb")) == 1
    told = "two: failed in its start: the kernel died (exit code 1: no zmq today); see "
    assert capsys.readouterr().err.splitlines()[-1] == f"{told}{project / 'two.failed.ipynb'}"


BUSY = {"SIGINT": "time.sleep(300)", "SIGTERM": "sum(range(10**11))", "SIGHUP": "os.system('sleep 300')"}
KERNELS = {"SIGINT": "warm", "SIGTERM": "warm", "SIGHUP": "local-provisioner"}  # the ordinary ones of Jupyter


def test_signals_end_a_run_whatever_its_cell_does_and_nothing_stays_behind(project, tmp_path, request):
    runs = {}
    for name, busy in BUSY.items():
        marker, folder = tmp_path / f"{name}.at-work", tmp_path / f"{name}.tmp"
        folder.mkdir()
        cell = f"import os, pathlib, tempfile, time; tempfile.mkdtemp(); pathlib.Path({str(marker)!r}).touch(); {busy}"
        _cell(project, cell)
        env = {"TMPDIR": str(folder), "JUPYTER_DEFAULT_PROVISIONER_NAME": KERNELS[name]}
        process = _start(project, "run", "two", "-o", project / f"{name}.ipynb", env=env)
        request.addfinalizer(process.kill)
        runs[name] = process, folder
        _wait_for(marker, process)
    started = {name: psutil.Process(process.pid).children(recursive=True) for name, (process, _) in runs.items()}
    begun = time.monotonic()
    for name, (process, _) in runs.items():
        process.send_signal(getattr(signal, name))
    for name, (process, folder) in runs.items():
        _, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, err) == (
            128 + getattr(signal, name),
            f"centralasia: interrupted by {name}: 0 of 1 notebook finished and kept\n",
        )
        assert list(folder.iterdir()) == []
        assert len(started[name]) >= 2 and psutil.wait_procs(started[name], timeout=10)[1] == []
        assert not (project / f"{name}.ipynb").exists()
    assert time.monotonic() - begun < 20, "within seconds, and the machine may be busy"


def test_a_terminal_that_is_closed_ends_a_run(project, tmp_path):
    """It can be told nothing any more, and what is written to it fails."""
    marker = tmp_path / "at-work"
    _cell(project, f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(300)")
    ours, its = pty.openpty()
    command = [sys.executable, "-m", "centralasia.cli", *_verb(project, "run", "two", "-o", project / "two.ipynb")]
    streams = {"stdin": its, "stdout": its, "stderr": its, "env": environment(TERM="xterm")}
    process = subprocess.Popen(command, preexec_fn=lambda: _own(its), **streams)
    os.close(its)
    _wait_for(marker, process)
    os.close(ours)
    assert process.wait(PATIENCE) == 128 + signal.SIGHUP


def _own(terminal):
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


def test_an_interrupt_in_the_midst_of_an_import_is_one(project, tmp_path):
    """Libraries make an ImportError of whatever stops the import of what they need."""
    marker, shadow = tmp_path / "importing", tmp_path / "shadow"
    shadow.mkdir()
    wait = f"import pathlib, time\npathlib.Path({str(marker)!r}).touch()\n"
    wait += "try:\n    time.sleep(30)\nexcept KeyboardInterrupt:\n    raise ImportError('broken') from None"
    (shadow / "papermill.py").write_text(wait)
    path = os.pathsep.join(filter(None, [str(shadow), os.environ.get("PYTHONPATH")]))
    process = _start(project, "run", "two", "-o", project / "two.ipynb", env={"PYTHONPATH": path})
    _wait_for(marker, process)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, err.count("\n")) == (130, 1), err
    assert err.startswith("centralasia: interrupted by SIGINT: ")


def test_a_signal_that_is_ignored_at_the_start_stays_ignored(project, tmp_path):
    marker = tmp_path / "at-work"
    _cell(project, f"import pathlib, time; pathlib.Path({str(marker)!r}).touch(); time.sleep(0.5)")
    process = _start(project, "run", "two", "-o", project / "two.ipynb", under=["nohup"])
    _wait_for(marker, process)
    process.send_signal(signal.SIGHUP)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, err


def test_closed_streams_and_what_is_written_below_them(project, capfd):
    """Numbers of streams that are closed are not given to other files, and low-level output stays in the notebook."""
    _cell(project, "import os; os.write(1, b'from below'); os.system('echo from a child')")
    assert main([*_verb(project, "run", "two", "-o", project / "b.ipynb"), "--json"]) == 0
    out, _ = capfd.readouterr()
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["two"]

    def close():
        for number in (0, 1, 2):
            os.close(number)

    none = {"stdout": None, "stderr": None, "stdin": None}
    process = _start(project, "run", "two", "-o", project / "a.ipynb", preexec_fn=close, **none)
    assert process.wait() == 0
    assert (project / "a.ipynb").read_bytes() == (project / "b.ipynb").read_bytes()
    assert "from below" in (project / "a.ipynb").read_text()


def test_nobody_reads_or_takes_what_is_printed(project):
    with open("/dev/full", "w") as full:
        process = _start(project, "run", "two", "--plan", stdout=full)
        _, err = process.communicate()
    assert (process.returncode, err) == (
        1,
        "centralasia: [Errno 28] No space left on device: 'standard output'\n",
    )
    reads, writes = os.pipe()
    os.close(reads)
    process = _start(project, "run", "two", "--plan", stdout=writes)
    os.close(writes)
    _, err = process.communicate()
    assert (process.returncode, err) == (128 + signal.SIGPIPE, "")


def _can(*command):
    return shutil.which(command[0]) and not subprocess.run(command, capture_output=True).returncode


@pytest.mark.skipif(not _can("unshare", "--user", "--map-user=12345", "true"), reason=SPACES)
@pytest.mark.parametrize("home", ["unset", "read-only"])
def test_without_a_home_and_an_entry_in_the_list_of_users(project, tmp_path, home, capsys):
    edit(project / "notebooks" / "two.ipynb", "import centralasia", "import centralasia, matplotlib.figure")
    assert main(_verb(project, "run", "two", "-o", project / "usual.ipynb")) == 0
    under = ["unshare", "--user", "--map-user=12345", "env", "-u", "XDG_CONFIG_HOME", "-u", "XDG_CACHE_HOME"]
    under += ["-u", "HOME"] if home == "unset" else [f"HOME={tmp_path / home}"]
    (tmp_path / "read-only").mkdir(mode=0o555)
    process = _start(project, "run", "two", "-o", project / "here.ipynb", under=under)
    _, err = process.communicate()
    assert (process.returncode, err) == (0, "")
    assert (project / "here.ipynb").read_bytes() == (project / "usual.ipynb").read_bytes()


MOUNT = 'mount -t tmpfs -o size=200k none {0} && head -c {1} /dev/zero > {0}/taken; exec "$@"'


@pytest.mark.parametrize("where", ["TMPDIR", "build"])
def test_a_full_disk_is_named(project, tmp_path, where, record_property):
    """On a file system of its own. `test_report.py` has a disk that takes no large file, which needs none."""
    full, under = tmp_path / "full", ["unshare", "--user", "--map-root-user", "--mount"]
    full.mkdir()
    if not _can(*under, "mount", "-t", "tmpfs", "none", str(full)):
        record_property("told", f"A full {where} was not tried: no file system can be mounted here.")
        return
    _cell(project, "'x' * 300_000", "one")
    under += ["sh", "-c", MOUNT.format(full, "196k" if where == "TMPDIR" else "10k"), "sh"]
    env = {"TMPDIR": str(full)} if where == "TMPDIR" else {}
    build = full / "build" if where == "build" else project / "build"
    process = _start(project, "report", "--build", build, under=under, env=env)
    _, err = process.communicate()
    assert process.returncode == 1, err
    *told, last = err.splitlines()
    if where == "build":
        assert not told and last.startswith("centralasia: "), err
    else:
        assert last == "the report was left as it was" and len(told) == 2, err
    for line in told or [last]:
        assert "No space left on device" in line and str(full) in line
