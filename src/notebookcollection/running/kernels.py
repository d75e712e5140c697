"""Warm Jupyter kernels: each is forked from a process that has everything heavy imported already.

Starting a Python kernel and importing pandas and matplotlib costs more than most notebooks need for their own work.
With JUPYTER_DEFAULT_PROVISIONER_NAME=warm in the environment, papermill, nbclient, nbval, nbconvert and JupyterLab
start their kernels here, and none of them needs to know. Every notebook still gets a fresh process with its own
names, folder, environment, standard streams, session and random state.

WARM_KERNEL_PRELOAD names the modules to import in advance, comma separated, beside those of the kernel itself.

The client has one fork server, which ends with it. For each kernel it sends the server the files that will be its
standard streams, one that says what the kernel shall be, and a socket, by which come the kernel's process number,
``ok`` or a traceback when it has started, and at last its exit code.

Limits. A preloaded module counts as imported: what it says or reads as it is imported, it has said and read. Where that
could show, on all systems but Linux and for kernels of another interpreter or language, the ordinary provisioner
serves, and the log says why, once. The kernels of one client share one hash seed: that of PYTHONHASHSEED, or a random
one.
"""

import asyncio
import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import traceback
import weakref
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

__all__ = ["CAN_FORK", "WarmProvisioner", "use_warm_kernels"]

CAN_FORK = hasattr(os, "pidfd_open")  # on Linux
PROVISIONER_VARIABLE, PRELOAD_VARIABLE = "JUPYTER_DEFAULT_PROVISIONER_NAME", "WARM_KERNEL_PRELOAD"
DEFAULT_PRELOAD = ["pandas", "matplotlib.pyplot", "matplotlib.backends.backend_svg"]
KERNEL_MODULES = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "sqlite3",
    *("IPython.core." + name for name in ("completerlib", "debugger", "logger", "oinspect", "pylabtools")),
]
# The interpreter or a library reads these once, and a forked process cannot have them otherwise.
READ_ONCE = (
    *("PYTHON", "PYDEVD", "PANDAS", "NPY_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS", "MKL_"),
    *("HOME", "XDG_", "LANG", "LC_", "LD_", "TZ"),
)
START_TIMEOUT = 60  # seconds; a kernel whose start-up files take longer is left to its client's own patience
SERVER = (
    "import sys; sys.path = [p for p in sys.path if p]; from {0} import serve; serve(int(sys.argv[1]), sys.argv[2:])"
)


def use_warm_kernels(preload: Iterable[str]) -> None:
    """Lets this process have warm kernels with these modules, where the environment does not say otherwise.

    Their imports begin at once, before the first kernel is asked for.
    """
    factory = KernelProvisionerFactory.instance()
    if PROVISIONER_VARIABLE not in os.environ:
        factory.default_provisioner_name = "warm"
    if CAN_FORK and factory.default_provisioner_name == "warm":
        with contextlib.suppress(OSError):  # the first kernel says why not
            _running_server(preload)


class _Server:
    """The process that kernels are forked from; it ends when nobody holds its channel any more."""

    def __init__(self, modules: Iterable[str]) -> None:
        self.read_once, self.folder = _read_once(os.environ), os.getcwd()
        self.channel, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-c", SERVER.format(__name__), str(its.fileno()), *KERNEL_MODULES, *modules]
        with its:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=[its.fileno()], start_new_session=True
            )


_lock = threading.Lock()
_server: _Server | None = None
_told: set[str] = set()


def _running_server(preload: Iterable[str] = DEFAULT_PRELOAD) -> _Server:
    global _server
    with _lock:
        if _server is None:
            named = os.environ.get(PRELOAD_VARIABLE)
            _server = _Server(preload if named is None else filter(None, map(str.strip, named.split(","))))
    return _server


def _forget_server() -> None:
    """A forked client shall neither use its parent's server nor keep it alive."""
    global _server, _lock
    if _server:
        _server.channel.close()
    _server, _lock = None, threading.Lock()


if CAN_FORK:
    os.register_at_fork(after_in_child=_forget_server)


def serve(channel_number: int, modules: Iterable[str]) -> None:
    """What the fork server does: it imports modules, then forks a kernel for each message, and returns in the kernel.

    The kernel's process thereby ends as any other does.
    """
    os.close(os.pidfd_open(os.getpid()))  # where the system refuses that, it does so before the first kernel
    # The debugger would warn on the client's terminal that breakpoints in Python's own frozen modules may be missed; a
    # kernel that is started the ordinary way swallows that.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    path, inherited = list(sys.path), set(os.environ)
    for module in modules:
        with contextlib.suppress(Exception):  # the notebook that needs it will say what is wrong with it
            import_module(module)
    imported = {name: value for name, value in os.environ.items() if name not in inherited}
    sys.stdout.flush()
    sys.stderr.flush()
    channel = socket.socket(fileno=channel_number)
    waiting = selectors.DefaultSelector()
    waiting.register(channel, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.data:
                pid, status = key.data
                code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                with contextlib.suppress(OSError):  # the client may have stopped waiting
                    status.send(str(code).encode())
                waiting.unregister(key.fd)
                os.close(key.fd)
                status.close()
                continue
            message, fds, *_ = socket.recv_fds(channel, 1, 5)
            if not message:
                return None
            status, (what, *streams) = socket.socket(fileno=fds[0]), fds[1:]
            if not (pid := os.fork()):
                for other in waiting.get_map().values():
                    os.close(other.fd)
                    if other.data:
                        other.data[1].close()
                channel.detach()
                waiting.close()
                with open(what) as file:
                    kernel = json.load(file)
                kernel["env"] = imported | kernel["env"]
                return _run_kernel(status, streams, path, **kernel)
            status.send(str(pid).encode())
            for fd in (what, *streams):
                os.close(fd)
            waiting.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, status))


def _run_kernel(
    status: socket.socket, streams: list[int], path: list[str], argv: list[str], env: dict[str, str], cwd: str
) -> None:
    try:
        _become_fresh(streams, path, argv, env, cwd)
        from ipykernel.kernelapp import IPKernelApp

        # ipykernel ends when its parent does. That is the fork server, which in turn ends when the client does.
        app: Any = IPKernelApp.instance(parent_handle=os.getppid())
        app.initialize(argv[1:])
    except BaseException:  # whatever it is, the client waits to hear of it
        report = traceback.format_exc().encode()[-4000:]
        raise
    else:
        report = b"ok"
    finally:
        with status, contextlib.suppress(OSError):
            status.send(report)
    app.start()


def _become_fresh(streams: list[int], path: list[str], argv: list[str], env: dict[str, str], cwd: str) -> None:
    """Makes of the server's copy what `python -m ipykernel_launcher` would be before its first line."""
    os.setsid()
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(env)
    sys.argv, sys.path[:] = argv, path
    if "numpy.random" in sys.modules:  # Python's own generator seeds itself again after a fork
        sys.modules["numpy.random"].seed()
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]  # as it is imported it looks for its kernel, and there was none yet
    if "pandas" in sys.modules:  # which would have asked, as it is imported, whether it is in a terminal
        sys.modules["pandas"].set_option("display.max_columns", 20)
    if "matplotlib" in sys.modules:  # which would read this as it is imported, and find what ipykernel sets
        backend = env.get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
        sys.modules["matplotlib"].rcParams["backend"] = backend


def _read_once(env: Mapping[str, str]) -> dict[str, str]:
    return {name: env[name] for name in env if name.startswith(READ_ONCE) and name != "MPLBACKEND"}


class ForkedKernel:
    """What LocalProvisioner needs of a subprocess.Popen, for a process whose parent is the fork server."""

    stdin = stdout = stderr = None
    returncode: int | None = None

    def __init__(self, server: _Server, streams: list[int], **kernel: Any) -> None:
        self._status, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with its, tempfile.TemporaryFile("w+") as what:
                json.dump(kernel, what)
                what.seek(0)
                socket.send_fds(server.channel, [b"k"], [its.fileno(), what.fileno(), *streams])
            self.pid = int(self._status.recv(100))
        except (OSError, ValueError):
            self._status.close()
            raise

    def report(self, timeout: float) -> str:
        """``ok`` when the kernel has started, or when it takes too long; else why not."""
        self._status.settimeout(timeout)
        try:
            return self._status.recv(4096).decode(errors="replace")
        except TimeoutError:
            return "ok"

    def poll(self, timeout: float | None = 0) -> int | None:
        if self.returncode is None:
            self._status.settimeout(timeout)
            with contextlib.suppress(TimeoutError, BlockingIOError):
                # Nothing where the server was killed: its kernels notice within a second.
                self.returncode = int(self._status.recv(100) or -signal.SIGKILL)
                self._status.close()
        return self.returncode

    def wait(self) -> int | None:
        return self.poll(timeout=None)

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Starts this environment's IPython kernels by forking them, and all others as LocalProvisioner does.

    Unless the client has configured an address, its kernels listen on sockets in a private folder of the temporary
    directory: no race for a port, and no other user can connect. A client that is killed leaves that folder behind.

    `launch_kernel` raises RuntimeError with the kernel's traceback where a kernel ends before it listens.
    """

    process: Any
    _remove_sockets: Callable[[], object] | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        km = self.parent
        if CAN_FORK and zmq.has("ipc") and km and _is_own_kernel(self.kernel_spec, km.format_kernel_cmd()):
            # A restart keeps its sockets. The system takes paths of about 100 bytes.
            untouched = km.transport == "tcp" and km.ip == localhost() and not any(km.ports)
            if untouched and len(os.fsencode(tempfile.gettempdir())) < 75:
                folder = tempfile.mkdtemp(prefix="kernel-")
                km.transport, km.ip = "ipc", os.path.join(folder, "s")
                self._remove_sockets = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
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

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart=restart)
        if self._remove_sockets and not restart:
            self._remove_sockets()

    def _fork(
        self,
        cmd: list[str],
        env: dict[str, str],
        cwd: str | None = None,
        stdin: Any = None,
        stdout: Any = None,
        stderr: Any = None,
        **others: Any,
    ) -> str | None:
        """Forks the kernel and waits until it listens; or returns the reason why a forked one would not be the same."""
        cwd, given = os.path.abspath(cwd or os.getcwd()), (stdin, stdout, stderr)
        if not CAN_FORK:
            return "this system has no safe fork"
        if not _is_own_kernel(self.kernel_spec, cmd):
            return f"{self.kernel_spec.display_name or cmd[0]} is not ipykernel in {sys.executable}"
        if any(others.values()):
            return f"its client asks for {', '.join(others)}"
        if any(isinstance(stream, int) and stream < 0 for stream in given):
            return "its client asks for pipes"
        if None in (sys.__stdin__, sys.__stdout__, sys.__stderr__):
            return "its client began without standard streams, so that those numbers are other files"
        if any(not os.path.isabs(entry) for entry in env.get("PYTHONPATH", "/").split(os.pathsep)):
            return "PYTHONPATH is not the same from every folder"
        try:
            server = _running_server()
        except Exception as error:
            return f"the fork server cannot be started ({error!r})"
        if changed := sorted({name for name, _ in _read_once(env).items() ^ server.read_once.items()}):
            return f"its environment differs in {', '.join(changed)}"
        if any(os.path.exists(os.path.join(folder, "matplotlibrc")) for folder in (cwd, server.folder)):
            return "there is a matplotlibrc in its folder"
        launcher = find_spec("ipykernel_launcher")
        argv = [str(launcher and launcher.origin), *cmd[cmd.index("-m") + 2 :]]
        env = env | {"JPY_PARENT_PID": str(os.getpid())}
        with open(os.devnull, "rb") as nothing:
            streams: list[Any] = [
                own if stream is None else stream for stream, own in zip(given, (nothing, 1, 2), strict=True)
            ]
            numbers = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
            try:
                self.process = ForkedKernel(server, numbers, argv=argv, env=env, cwd=cwd)
            except (OSError, ValueError) as error:
                return f"the fork server does not answer ({error!r})"
        # Clients ask once a second whether the kernel is there: be there when they first ask.
        report = self.process.report(START_TIMEOUT)
        if report != "ok":
            code = self.process.poll(timeout=5)
            self.process.kill()
            self.process = None
            raise RuntimeError(f"The kernel ended with exit code {code} as it started.\n{report}")
        return None


def _is_own_kernel(spec: KernelSpec, cmd: list[str]) -> bool:
    """Whether this starts ipykernel in the interpreter that runs now."""

    def place(python: str) -> tuple[str, str]:  # environments may link to the same file, so that its folder counts too
        return os.path.realpath(os.path.dirname(python)), os.path.realpath(python)

    arguments = [argument for argument in cmd[1:4] if argument != "-Xfrozen_modules=off"]  # for the debugger's sake
    return (
        spec.language == "python"
        and arguments[:2] == ["-m", "ipykernel_launcher"]
        and place(cmd[0]) == place(sys.executable)
    )
