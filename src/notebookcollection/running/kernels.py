"""Warm Jupyter kernels: each is forked from a process that has everything heavy imported already.

Starting a Python kernel and importing pandas and matplotlib costs more than most notebooks need for their own work.
With JUPYTER_DEFAULT_PROVISIONER_NAME=warm in the environment, papermill, nbclient, nbval, nbconvert and JupyterLab
start their kernels here, and none of them needs to know. Every notebook still gets a fresh process with its own
names, folder, environment, standard streams, session and random state.

WARM_KERNEL_PRELOAD names the modules to import in advance, comma separated, beside those of the kernel itself.

Limits. A preloaded module counts as imported: what it says or reads as it is imported, it has said and read. Where that
could show, on Windows, on macOS (whose frameworks do not survive a fork) and for kernels of another interpreter or
language the ordinary provisioner serves, and the log says why, once. The kernels of one client share one hash seed:
that of PYTHONHASHSEED, or a random one. multiprocessing's forkserver is used below what is documented of it, because
what is documented would import the client's main module again in every kernel.
"""

import asyncio
import atexit
import contextlib
import json
import multiprocessing
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
import weakref
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.util import find_spec
from multiprocessing import connection, resource_tracker, util

import zmq
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning import LocalProvisioner

CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods() and sys.platform != "darwin"
if CAN_FORK:
    from multiprocessing import forkserver

DEFAULT_PRELOAD = "pandas,matplotlib.pyplot,matplotlib.backends.backend_svg," + __name__.partition(".")[0]
KERNEL_MODULES = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "sqlite3",
    *("IPython.core." + name for name in ("completerlib", "debugger", "logger", "oinspect", "pylabtools")),
]
# The interpreter or a library reads these once, and a forked process cannot have them otherwise.
READ_ONCE = ("PYTHON", "PYDEVD", "PANDAS", "NPY_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS", "MKL_")
READ_ONCE += ("HOME", "XDG_", "LANG", "LC_", "LD_", "TZ")
START_TIMEOUT = 60  # seconds; a kernel whose start-up files take longer is left to its client's own patience

if any(argument.startswith("from multiprocessing.forkserver import main") for argument in sys.orig_argv):
    # This is the forkserver, importing in advance. Its debugger would warn on the client's terminal that breakpoints in
    # Python's own frozen modules may be missed; a kernel that is started the ordinary way swallows that.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
_inherited = set(os.environ)
_lock = threading.Lock()
_server = None  # this process's forkserver, what it has read once, and the folder it began in
_told = set()


def _running_server():
    global _server
    with _lock:
        if _server is None:
            names = os.environ.get("WARM_KERNEL_PRELOAD", DEFAULT_PRELOAD).split(",")
            # Not the one that multiprocessing keeps for itself: it may be running, with other modules and our __main__.
            server = forkserver.ForkServer()
            server.set_forkserver_preload([__name__, *KERNEL_MODULES, *filter(None, map(str.strip, names))])
            began = _read_once(os.environ), os.getcwd()
            server.ensure_running()
            _server = server, *began
    return _server


def begin():
    """Lets the process that kernels are forked from begin its imports before the first kernel is asked for."""
    if CAN_FORK:
        with contextlib.suppress(OSError):  # the first kernel says why not
            _running_server()


def _forget_server():
    """A forked client shall neither use its parent's forkserver nor keep it alive."""
    global _server, _lock
    if _server:
        os.close(_server[0]._forkserver_alive_fd)
    _server, _lock = None, threading.Lock()


if CAN_FORK:
    os.register_at_fork(after_in_child=_forget_server)


def _read_once(env):
    return {name: env[name] for name in env if name.startswith(READ_ONCE) and name != "MPLBACKEND"}


@lru_cache
def _fresh_interpreter(cwd):
    """The sys.path and the options of a new interpreter in this folder; ours, which the forkserver has, may differ."""
    code = (
        "import sys; sys.path = [entry for entry in sys.path if entry]; import json, subprocess;"
        "print(json.dumps([sys.path, subprocess._args_from_interpreter_flags()]))"
    )
    return json.loads(subprocess.run([sys.executable, "-c", code], cwd=cwd, check=True, capture_output=True).stdout)


class _Kernel:
    """A kernel to be: pickled by the client, unpickled and run by the forkserver's new child.

    multiprocessing would send data about the client's main module, and a Process. That data is left empty here, and of
    the Process only `_bootstrap` is called; what it returns is the exit code.
    """

    def __init__(self, argv, env, cwd, path):
        self.argv, self.env, self.cwd, self.path = argv, env, cwd, path

    def _bootstrap(self, parent_sentinel):
        os.close(parent_sentinel)
        ready, *streams = forkserver.get_inherited_fds()
        os.set_inheritable(ready, False)
        code, report = 0, b"ok"
        try:
            self.become_fresh(streams)
            from ipykernel.kernelapp import IPKernelApp

            # ipykernel ends when its parent does. That is the forkserver, which in turn ends when the client does.
            app = IPKernelApp.instance(parent_handle=os.getppid())
            app.initialize(self.argv[1:])
        except BaseException:
            code, report = 1, traceback.format_exc().encode()[-4000:]
        with contextlib.suppress(OSError):  # the client may have stopped waiting
            os.write(ready, report)  # which a pipe takes whole, being less than 4096 bytes
            os.close(ready)
        if code:
            return code
        try:
            app.start()
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        except BaseException:
            code = 1
            traceback.print_exc(file=sys.__stderr__)
        # The forkserver's child leaves by os._exit: this is what an interpreter does before.
        threading._shutdown()
        atexit._run_exitfuncs()
        with contextlib.suppress(OSError):
            util._flush_std_streams()
        return code

    def become_fresh(self, streams):
        """Make of the forkserver's copy what `python -m ipykernel_launcher` would be before its first line."""
        os.setsid()
        for target, stream in enumerate(streams):
            os.dup2(stream, target)
            os.close(stream)
        closed = sys.__stdin__
        sys.stdin = sys.__stdin__ = open(  # noqa: SIM115  it stays open
            0, encoding=closed.encoding, errors=closed.errors, closefd=False
        )
        # While these are open the client seems to live; and the notebook may use multiprocessing itself.
        mine, tracker = forkserver._forkserver, resource_tracker._resource_tracker
        for fd, owner in (mine._forkserver_alive_fd, mine), (tracker._fd, tracker):
            os.close(fd)
            owner.__init__()
        os.chdir(self.cwd)
        set_by_imports = {name: value for name, value in os.environ.items() if name not in _inherited}
        os.environ.clear()
        os.environ.update(set_by_imports | self.env)
        sys.argv, sys.path[:] = self.argv, self.path
        random.seed()
        if "numpy.random" in sys.modules:
            sys.modules["numpy.random"].seed()
        for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
            del sys.modules[name]  # as it is imported it looks for its kernel, and there was none yet
        if "pandas" in sys.modules:  # which would have asked, as it is imported, whether it is in a terminal
            sys.modules["pandas"].set_option("display.max_columns", 20)
        if "matplotlib" in sys.modules:  # which would read this as it is imported, and find what ipykernel sets
            backend = self.env.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
            sys.modules["matplotlib"].rcParams["backend"] = backend


class _Forked:
    """What LocalProvisioner needs of a subprocess.Popen, for a process whose parent is the forkserver."""

    stdin = stdout = stderr = None
    returncode = None

    def __init__(self, server, kernel, fds):
        status, data = server.connect_to_new_process(fds)
        self._status = open(status, "rb", buffering=0)  # noqa: SIM115  it is closed when the process has ended
        with open(data, "wb") as file:
            pickle.dump({}, file)
            pickle.dump(kernel, file)
        self.pid = forkserver.read_signed(status)

    def poll(self, timeout=0):
        if self.returncode is None and connection.wait([self._status], timeout):
            try:
                self.returncode = forkserver.read_signed(self._status.fileno())
            except EOFError:  # the forkserver was killed, and its kernels notice within a second
                self.returncode = -signal.SIGKILL
            self._status.close()
        return self.returncode

    def wait(self):
        return self.poll(timeout=None)

    def send_signal(self, signum):
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self):
        self.send_signal(signal.SIGTERM)

    def kill(self):
        self.send_signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Starts this environment's IPython kernels by forking them, and all others as LocalProvisioner does.

    Unless the client has configured an address, its kernels listen on sockets in a private folder of the temporary
    directory: no race for a port, and no other user can connect. A client that is killed leaves that folder behind.

    `launch_kernel` raises RuntimeError with the kernel's traceback where a kernel ends before it listens.
    """

    _remove_sockets = None

    async def pre_launch(self, **kwargs):
        km = self.parent
        if CAN_FORK and zmq.has("ipc") and km and _is_own_kernel(self.kernel_spec, km.format_kernel_cmd()):
            # A restart keeps its sockets. The system takes paths of about 100 bytes.
            untouched = km.transport == "tcp" and km.ip == localhost() and not any(km.ports)
            if untouched and len(os.fsencode(tempfile.gettempdir())) < 75:
                folder = tempfile.mkdtemp(prefix="kernel-")
                km.transport, km.ip = "ipc", os.path.join(folder, "s")
                self._remove_sockets = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd, **kwargs):
        # Not asyncio.to_thread: a forked client inherits its loop's thread pool without the threads, and waits forever.
        pool = ThreadPoolExecutor(1)
        try:
            forking = pool.submit(self._fork, cmd, **self._scrub_kwargs(kwargs))
            while not forking.done():
                await asyncio.sleep(0.002)
        finally:
            pool.shutdown(wait=False)
        if why_not := forking.result():
            if why_not not in _told:
                self.log.warning("Not a warm kernel, and slower to start: %s", why_not)
            _told.add(why_not)
            return await super().launch_kernel(cmd, **kwargs)
        if self.pid:  # a restart, so quick that clients, which try again every 0.1 to 0.2 s, would miss its first words
            await asyncio.sleep(0.3)
        self.pid = self.pgid = self.process.pid  # it leads a session of its own
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    async def cleanup(self, restart=False):
        await super().cleanup(restart=restart)
        if self._remove_sockets and not restart:
            self._remove_sockets()

    def _fork(self, cmd, env, cwd=None, stdin=None, stdout=None, stderr=None, **others):
        """Fork the kernel and wait until it listens; or return the reason why a forked one would not be the same."""
        cwd = os.path.abspath(cwd or os.getcwd())
        if not CAN_FORK:
            return "this system has no safe fork"
        if not _is_own_kernel(self.kernel_spec, cmd):
            return f"{self.kernel_spec.display_name or cmd[0]} is not ipykernel in {sys.executable}"
        if any(others.values()):
            return f"its client asks for {', '.join(others)}"
        if any(isinstance(stream, int) and stream < 0 for stream in (stdin, stdout, stderr)):
            return "its client asks for pipes"
        if None in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
            return "its client began without standard streams, so that those numbers are other files"
        try:
            path, options = _fresh_interpreter(cwd)
            server, read_once, began_in = _running_server()
        except Exception as error:
            return f"the forkserver cannot be started ({error!r})"
        if options != util._args_from_interpreter_flags():
            return "this interpreter runs with options, which a forked one would inherit"
        if changed := sorted({name for name, _ in _read_once(env).items() ^ read_once.items()}):
            return f"its environment differs in {', '.join(changed)}"
        if any(os.path.exists(os.path.join(folder, "matplotlibrc")) for folder in (cwd, began_in)):
            return "there is a matplotlibrc in its folder"

        kernel = _Kernel(
            argv=[find_spec("ipykernel_launcher").origin, *cmd[cmd.index("-m") + 2 :]],
            env=env | {"JPY_PARENT_PID": str(os.getpid())},
            cwd=cwd,
            path=path,
        )
        read, write = os.pipe()
        with open(read, "rb", buffering=0) as ready, open(os.devnull, "rb") as nothing:
            streams = [
                given if given is not None else own for given, own in ((stdin, nothing), (stdout, 1), (stderr, 2))
            ]
            try:
                fds = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
                self.process = _Forked(server, kernel, [write, *fds])
            except (OSError, EOFError) as error:
                return f"the forkserver does not answer ({error!r})"
            finally:
                os.close(write)
            # Clients ask once a second whether the kernel is there: be there when they first ask.
            report = ready.read(4096) if connection.wait([ready], START_TIMEOUT) else b"ok"
        if report != b"ok":
            code = self.process.poll(timeout=5)
            self.process.kill()
            self.process = None
            raise RuntimeError(
                f"The kernel ended with exit code {code} as it started.\n{report.decode(errors='replace')}"
            )
        return None


def _is_own_kernel(spec, cmd):
    """Whether this starts ipykernel in the interpreter that runs now."""

    def place(python):  # environments may link to the same file, so that its folder counts too
        return os.path.realpath(os.path.dirname(python)), os.path.realpath(python)

    arguments = [argument for argument in cmd[1:4] if argument != "-Xfrozen_modules=off"]  # for the debugger's sake
    return (
        spec.language == "python"
        and arguments[:2] == ["-m", "ipykernel_launcher"]
        and place(cmd[0]) == place(sys.executable)
    )
