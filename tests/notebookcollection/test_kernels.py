"""The warm kernels are as good as ordinary ones: as fresh, as obedient, and as surely gone."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from concurrent.futures import ThreadPoolExecutor

import nbformat
import psutil
import pytest
from jupyter_client import AsyncKernelManager, KernelManager
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from notebookcollection.running import forked, kernels

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not forked.CAN_FORK, reason="this system has no safe fork")]
PATIENCE = 30  # seconds until something that should happen at once is taken not to happen


@pytest.fixture(autouse=True, scope="module")
def _own_forkserver():
    """These tests compare with an ordinary kernel, and so preload no more than the default."""
    preload = os.environ.pop("WARM_KERNEL_PRELOAD", None)
    forked.forget_server()
    yield
    forked.forget_server()
    if preload is not None:
        os.environ["WARM_KERNEL_PRELOAD"] = preload


@pytest.fixture(autouse=True)
def provisioner(monkeypatch):
    """Choose the provisioner as a user would; jupyter_client reads the variable once and keeps it in a singleton."""

    def choose(name):
        KernelProvisionerFactory.clear_instance()
        monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", name)

    choose("warm")
    yield choose
    KernelProvisionerFactory.clear_instance()


class Kernel:
    """A started kernel and its client; `run` gives what a cell printed."""

    def __init__(self, km=None, **start):
        self.km = km or KernelManager()
        self.km.start_kernel(**start)
        self.kc = self.km.client()
        self.kc.start_channels()
        self.kc.wait_for_ready(timeout=PATIENCE)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)

    @property
    def is_forked(self):
        return isinstance(self.km.provisioner.process, forked.ForkedKernel)

    def run(self, code):
        printed = []
        reply = self.kc.execute_interactive(
            textwrap.dedent(code),
            timeout=PATIENCE,
            output_hook=lambda message: printed.append(message["content"].get("text", "")),
        )
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(printed).strip()


def is_running(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


STATE = """
    _before = sorted(name for name in globals() if not name.startswith("_i"))
    import asyncio, json, locale, logging, multiprocessing, os, random, signal, sys, threading, warnings
    import matplotlib, matplotlib.pyplot, numpy, pandas
    print(json.dumps(dict(
        names=_before,
        argv=[a for a in sys.argv if not a.endswith(".json")],
        path=sys.path,
        cwd=os.getcwd(),
        environ=dict(os.environ),
        leads_its_session=os.getsid(0) == os.getpid() == os.getpgid(0),
        signals={s.name: str(signal.getsignal(s)) for s in signal.Signals if s is not signal.SIGINT},
        interruptible=signal.getsignal(signal.SIGINT) is signal.default_int_handler,
        stdin=os.read(0, 1).decode(),
        streams=[type(s).__name__ for s in (sys.stdin, sys.stdout, sys.stderr, sys.__stdin__, sys.__stdout__)],
        encodings=[s.encoding for s in (sys.stdin, sys.__stdout__, sys.__stderr__)],
        rc={k: str(v) for k, v in matplotlib.rcParams.items()},
        defaults={k: str(v) for k, v in matplotlib.rcParamsDefault.items() if k != "backend"},
        backend=matplotlib.get_backend(),
        options=str(pandas.options.display.max_rows) + str(numpy.get_printoptions()),
        warnings=[str(f[:3]) for f in warnings.filters],
        logging=[logging.root.level, str(logging.root.handlers)],
        locale=locale.getlocale(),
        flags=str(sys.flags),
        main=[__name__, sys.modules["__main__"].__dict__ is globals()],
        errors=[s.errors for s in (sys.stdin, sys.__stdout__, sys.__stderr__)],
        process=[multiprocessing.current_process().name, str(multiprocessing.parent_process()),
                 multiprocessing.get_start_method()],
        threads=sorted(t.name.partition("-")[0] for t in threading.enumerate()),
        umask=os.umask(0o22),
    )))
"""


def test_it_starts_like_an_ordinary_kernel(provisioner, tmp_path):
    """Whatever a notebook can see of its process is what `python -m ipykernel_launcher` would have shown it."""
    env = dict(os.environ, ONLY_HERE="yes")
    env.pop("USER", None), env.pop("PYTEST_CURRENT_TEST", None)
    with Kernel(cwd=str(tmp_path), env=dict(env)) as warm:
        assert warm.is_forked
        assert warm.run("import sys; print('pandas' in sys.modules)") == "True"
    with Kernel(cwd=str(tmp_path), env=dict(env)) as warm:
        forked = json.loads(warm.run(STATE))
    provisioner("local-provisioner")
    with Kernel(cwd=str(tmp_path), env=dict(env)) as cold:
        started = json.loads(cold.run(STATE))
    assert forked["cwd"] == str(tmp_path) and forked["environ"]["ONLY_HERE"] == "yes"
    for aspect, value in started.items():
        assert forked[aspect] == value, aspect


def test_nothing_is_left_for_the_next_kernel():
    draw = "import random, numpy; print(random.random(), numpy.random.random(), numpy.random.default_rng().random())"
    with Kernel() as first:
        first.run(
            """
            import os, random, sys, matplotlib, numpy
            left = matplotlib.rcParams["figure.dpi"] = 7
            os.environ["LEFT"] = "7"
            os.chdir("/")
            sys.path.append("/left")
            """
        )
        one = first.run(draw).split()
    with Kernel() as second:
        assert second.is_forked
        two = second.run(draw).split()
        assert second.run("import os; print('left' in globals(), 'LEFT' in os.environ)") == "False False"
        assert second.run("import matplotlib; print(matplotlib.rcParams['figure.dpi'])") == "100.0"
        assert second.run("import sys; print(os.getcwd(), '/left' in sys.path)") == f"{os.getcwd()} False"
    assert len(set(one + two)) == 6


def test_an_endless_cell_is_interrupted_and_the_kernel_goes_on():
    with Kernel() as kernel:

        def interrupt(code):
            message = kernel.kc.execute("print('begun')\n" + code, stop_on_error=False)
            while kernel.kc.get_iopub_msg(timeout=PATIENCE)["msg_type"] != "stream":
                pass
            kernel.km.interrupt_kernel()
            while (reply := kernel.kc.get_shell_msg(timeout=PATIENCE))["parent_header"].get("msg_id") != message:
                pass
            return reply["content"]

        assert interrupt("while True: pass")["ename"] == "KeyboardInterrupt"
        # The interpreter ignores the signal while a shell command runs: it must reach the command as well.
        assert interrupt("import os; status = os.system('sleep 20')")["status"] == "ok"
        assert kernel.run("print(os.waitstatus_to_exitcode(status))") == str(-signal.SIGINT)


def test_a_restart_gives_a_new_process_to_the_same_client():
    with Kernel() as kernel:
        kernel.run("left = 1")
        first = kernel.km.provisioner.pid
        kernel.km.restart_kernel()
        kernel.kc.wait_for_ready(timeout=PATIENCE)
        assert kernel.is_forked and kernel.km.provisioner.pid != first and not is_running(first)
        assert kernel.run("print('left' in globals())") == "False"


def test_a_shutdown_lets_the_kernel_finish_and_leaves_nothing(tmp_path):
    with Kernel() as kernel:
        kernel.run(f"import atexit, pathlib; atexit.register(pathlib.Path({str(tmp_path / 'done')!r}).touch)")
        pid, sockets, file = kernel.km.provisioner.pid, os.path.dirname(kernel.km.ip), kernel.km.connection_file
        assert kernel.km.transport == "ipc" and len(os.listdir(sockets)) == 5
        assert os.stat(sockets).st_mode & 0o777 == 0o700
        process = kernel.km.provisioner.process
        kernel.km.shutdown_kernel()
        assert process.returncode == 0
        assert (tmp_path / "done").exists()
        assert not is_running(pid) and not os.path.exists(sockets) and not os.path.exists(file)


@pytest.mark.parametrize("end, code", [("os._exit(3)", 3), ("os.kill(os.getpid(), signal.SIGKILL)", -signal.SIGKILL)])
def test_the_end_of_a_kernel_is_noticed(end, code):
    with Kernel() as kernel:
        process = kernel.km.provisioner.process
        kernel.kc.execute("import os, signal; " + end)
        wait_until(lambda: not kernel.km.is_alive())
        assert process.wait() == code


def test_a_dying_kernel_fails_its_notebook():
    notebook = new_notebook(cells=[new_code_cell("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")])
    with pytest.raises(DeadKernelError):
        NotebookClient(notebook, timeout=PATIENCE).execute()


def test_a_kernel_that_cannot_start_says_why(tmp_path):
    km = KernelManager(transport="ipc", ip=str(tmp_path / "no" / "folder"))
    with pytest.raises(RuntimeError, match="(?s)exit code 1.*Traceback.*zmq.*No such file or directory"):
        km.start_kernel()
    assert not km.has_kernel
    with Kernel() as kernel:
        assert kernel.is_forked


CLIENT = """
    import os, signal, time
    from jupyter_client.manager import KernelManager
    def start():
        km = KernelManager()
        km.start_kernel()
        assert type(km.provisioner.process).__name__ == "ForkedKernel"
        return km
    first = start()
    forked = os.fork() == 0
    signal.alarm(30)  # whatever happens to the test, these two end
    if forked:
        second = start()
        print(os.getpid(), second.provisioner.pid, first.provisioner.pid, flush=True)
    time.sleep(60)
"""


def test_no_process_outlives_a_killed_client():
    """Neither the client's kernel nor its forkserver, and no forked copy of the client keeps them alive."""
    folder = tempfile.TemporaryDirectory(
        prefix="k"
    )  # for what nobody is left to remove, and short for its sockets' sake
    env = dict(os.environ, WARM_KERNEL_PRELOAD="", TMPDIR=folder.name)
    command = [sys.executable, "-c", textwrap.dedent(CLIENT)]
    with folder, subprocess.Popen(command, stdout=subprocess.PIPE, env=env) as client:
        copy, second, first = map(int, client.stdout.readline().split())
        children = {c.pid for c in psutil.Process(client.pid).children(recursive=True)} - {copy}
        grandchildren = {c.pid for c in psutil.Process(copy).children(recursive=True)}
        assert first in children and second in grandchildren
        client.kill()
        wait_until(lambda: not is_running(first) and is_running(second))
        os.kill(copy, signal.SIGKILL)
        wait_until(lambda: not any(map(is_running, children | grandchildren)))


def test_another_kernel_is_started_the_ordinary_way(caplog, monkeypatch, tmp_path):
    """What ipykernel in this interpreter would not do alike is not forked, and it is said once."""
    monkeypatch.setattr(kernels, "_told", set())
    python = tmp_path / "python"  # of another environment, as far as anyone can tell
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    argv = [str(python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    for _ in range(2):
        km = KernelManager()
        km._kernel_spec = KernelSpec(argv=argv, display_name="Elsewhere", language="python")
        with Kernel(km) as kernel:
            assert not kernel.is_forked and km.transport == "tcp"
            assert kernel.run("print(6 * 7)") == "42"
    assert [r.message for r in caplog.records if r.message.startswith("Not a warm kernel")] == [
        f"Not a warm kernel, and slower to start: Elsewhere is not ipykernel in {sys.executable}"
    ]


@pytest.mark.parametrize(
    "start, reason",
    [
        ({"env": dict(os.environ, PYTHONHASHSEED="1")}, "environment differs in PYTHONHASHSEED"),
        ({"env": dict(os.environ, PYTHONPATH="here")}, "PYTHONPATH depends on the folder"),
        ({"stdout": subprocess.PIPE}, "pipes"),
        ({"independent": True}, "independent"),
    ],
)
def test_what_a_fork_cannot_give_is_not_forked(start, reason, caplog, monkeypatch):
    monkeypatch.setattr(kernels, "_told", set())
    km = KernelManager()
    km.start_kernel(**start)
    assert isinstance(km.provisioner.process, subprocess.Popen) and reason in caplog.text
    km.shutdown_kernel(now=True)


@pytest.fixture
def own_server():
    """A fork server for one test alone."""
    forked.forget_server()
    yield
    forked.forget_server()


def test_an_empty_path_is_none(own_server):
    with Kernel(env=dict(os.environ, PYTHONPATH="")) as kernel:
        assert kernel.is_forked


def test_a_broken_module_costs_no_kernel(own_server, tmp_path, monkeypatch):
    (tmp_path / "broken.py").write_text("1 / 0")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WARM_KERNEL_PRELOAD", "broken, csv")
    with Kernel() as kernel:
        assert kernel.is_forked
        assert kernel.run("import sys; print('broken' in sys.modules, 'csv' in sys.modules)") == "False True"
        with pytest.raises(AssertionError, match="ZeroDivisionError"):
            kernel.run("import broken")


def test_kernels_end_by_themselves_when_they_are_asked_to():
    """Of those that are asked right after a cell some had to be killed, as their threads waited for each other."""

    def ended(_):
        processes = []

        def noted(**_):
            processes.append(client.km.provisioner.process)
            client.km.shutdown_wait_time = 12  # seconds, of which half passes before a kernel is killed

        client = NotebookClient(new_notebook(cells=[new_code_cell("1 + 1")]), timeout=PATIENCE)
        client.on_cell_executed = noted
        client.execute()
        return processes[0].wait()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ended, range(16))) == [0] * 16


def test_a_function_is_called_once_for_all_kernels(own_server, tmp_path, monkeypatch):
    (tmp_path / "once.py").write_text("import os\nread = []\ndef all_of_it():\n    read.append(os.getpid())")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WARM_KERNEL_PRELOAD", "once:nothing, once:all_of_it")
    for _ in range(2):
        with Kernel() as kernel:
            assert kernel.run("import once, os; print(once.read == [os.getppid()])") == "True"


def test_without_its_server_a_kernel_ends_and_the_next_is_forked_from_another(own_server):
    with Kernel() as kernel:
        process, server = kernel.km.provisioner.process, forked.running_server().process
        kernel.kc.execute("sum(range(10**11))  # which keeps it from noticing that its server has gone")
        server.kill()
        server.wait()
        wait_until(lambda: process.poll() is not None)
        assert process.wait() == -signal.SIGKILL
        wait_until(lambda: not is_running(process.pid))
    with Kernel() as kernel:
        assert kernel.is_forked and forked.running_server().process.pid != server.pid


def test_a_server_that_is_lost_while_a_kernel_starts_does_not_answer():
    """It is no kernel that says why it cannot start: the client forks it from another server."""

    def lose():
        _, (status, *files), *_ = socket.recv_fds(its, 1, 5)
        with socket.socket(fileno=status) as told:
            told.send(str(victim.pid).encode())
        for file in files:
            os.close(file)

    channel, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with channel, its, ThreadPoolExecutor(1) as pool, open(os.devnull, "r+b") as nothing:
        victim = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
        losing = pool.submit(lose)
        with pytest.raises(OSError, match="it ended as the kernel started"):
            forked.ForkedKernel(channel, [nothing.fileno()] * 3)
        losing.result()
        assert victim.wait(PATIENCE) == -signal.SIGKILL, "what it has forked ends, too"
        victim.stdin.close()


def test_a_server_that_could_never_serve_is_not_begun_again(own_server, caplog, monkeypatch, tmp_path):
    monkeypatch.setattr(kernels, "_told", set())
    (tmp_path / "fatal.py").write_text("import os; os._exit(1)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("WARM_KERNEL_PRELOAD", "fatal")
    for _ in range(2):
        with Kernel() as kernel:
            assert not kernel.is_forked
    assert "the fork server does not answer" in caplog.text


def test_a_kernel_that_is_busy_does_not_outlive_its_client(own_server):
    with Kernel() as kernel:
        kernel.kc.execute("sum(range(10**11))")
        pid = kernel.km.provisioner.pid
        forked.forget_server()  # as if this process had ended
        wait_until(lambda: not is_running(pid))


def test_what_the_server_has_made_outlives_its_first_kernel(own_server, monkeypatch, tmp_path):
    """matplotlib makes a folder for its cache where HOME cannot be written, and removes it when its process ends."""
    monkeypatch.setenv("HOME", "/proc/none")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))  # else the client, too, makes a folder, and leaves it
    monkeypatch.setenv("WARM_KERNEL_PRELOAD", "matplotlib")
    for name in ("MATPLOTLIBRC", "MPLCONFIGDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for _ in range(2):
        with Kernel() as kernel:
            assert kernel.is_forked
            assert kernel.run("import matplotlib, os; print(os.path.isdir(matplotlib.get_configdir()))") == "True"
            kernel.km.shutdown_kernel()
    server = forked.running_server().process
    forked.end_server()
    assert server.wait() == 128 + signal.SIGTERM
    assert not list(tmp_path.glob("matplotlib-*"))


def test_a_process_has_warm_kernels_unless_its_environment_says_otherwise(own_server, provisioner, monkeypatch):
    monkeypatch.delenv("JUPYTER_DEFAULT_PROVISIONER_NAME")
    KernelProvisionerFactory.clear_instance()
    before = dict(os.environ)
    kernels.use_warm_kernels(["csv"])
    assert dict(os.environ) == before
    with Kernel() as kernel:
        assert kernel.is_forked
    provisioner("local-provisioner")
    kernels.use_warm_kernels(["csv"])
    with Kernel() as kernel:
        assert not hasattr(kernel.km.provisioner, "_fork")


def test_kernels_start_together_in_one_event_loop():
    async def together():
        managers = [AsyncKernelManager() for _ in range(4)]
        await asyncio.gather(*(km.start_kernel() for km in managers))
        pids = [km.provisioner.pid for km in managers if isinstance(km.provisioner.process, forked.ForkedKernel)]
        await asyncio.gather(*(km.shutdown_kernel(now=True) for km in managers))
        return pids

    assert len(set(asyncio.run(together()))) == 4


def test_kernels_start_together_in_threads():
    def draw(_):
        with Kernel() as kernel:
            return kernel.is_forked, kernel.run("import numpy; print(numpy.random.random())")

    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(draw, range(4)))
    assert [forked for forked, _ in drawn] == [True] * 4 and len({number for _, number in drawn}) == 4


def test_papermill_uses_it(tmp_path):
    papermill = pytest.importorskip("papermill")
    cells = [
        new_code_cell("number = 1", metadata={"tags": ["parameters"]}),
        new_code_cell("import os; print(number, os.getppid(), os.getcwd())"),
        new_code_cell("import matplotlib.pyplot as plt; plt.plot([number]); plt.show()"),
    ]
    kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    notebook = new_notebook(cells=cells, metadata={"kernelspec": kernelspec})
    nbformat.write(notebook, tmp_path / "in.ipynb")
    done = papermill.execute_notebook(
        tmp_path / "in.ipynb", tmp_path / "out.ipynb", {"number": 7}, progress_bar=False, cwd=str(tmp_path)
    )
    forkserver = forked.running_server().process.pid
    assert done.cells[2].outputs[0].text.split() == ["7", str(forkserver), str(tmp_path)]
    assert "image/png" in done.cells[3].outputs[0].data
