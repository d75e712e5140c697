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
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import weakref
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from notebookcollection.running import forkserver

__all__ = ["CAN_FORK", "WarmProvisioner", "use_warm_kernels"]

CAN_FORK = hasattr(os, "pidfd_open")  # on Linux
DEFAULT_PRELOAD = "pandas,matplotlib.pyplot,matplotlib.backends.backend_svg"
# The interpreter or a library reads these once, and a forked process cannot have them otherwise.
READ_ONCE: tuple[str, ...] = ("PYTHON", "PYDEVD", "PANDAS", "NPY_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS", "MKL_")
READ_ONCE += ("HOME", "XDG_", "LANG", "LC_", "LD_", "TZ")
START_TIMEOUT = 60  # seconds; a kernel whose start-up files take longer is left to its client's own patience
SERVER = (
    f"import sys; sys.path = [p for p in sys.path if p]; from {forkserver.__name__} import serve; serve(*sys.argv[1:])"
)


def use_warm_kernels(preload: Iterable[str]) -> None:
    """Lets this process have warm kernels with these modules, where the environment does not say otherwise.

    Their imports begin at once, before the first kernel is asked for.
    """
    factory = KernelProvisionerFactory.instance()
    if factory.default_provisioner_name_env not in os.environ:
        factory.default_provisioner_name = "warm"
    if CAN_FORK and factory.default_provisioner_name == "warm":
        with contextlib.suppress(OSError):  # the first kernel says why not
            _running_server(",".join(preload))


class _Server:
    """The process that kernels are forked from; it ends when nobody holds its channel any more."""

    def __init__(self, modules: list[str]) -> None:
        self.read_once, self.folder = _read_once(os.environ), os.getcwd()
        self.channel, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, null = [sys.executable, "-c", SERVER, str(its.fileno()), *modules], subprocess.DEVNULL
        with its:
            self.process = subprocess.Popen(command, stdin=null, pass_fds=[its.fileno()], start_new_session=True)


_lock = threading.Lock()
_server: _Server | None = None
_told: set[str] = set()


def _running_server(preload: str = DEFAULT_PRELOAD) -> _Server:
    global _server
    with _lock:
        names = os.environ.get("WARM_KERNEL_PRELOAD", preload).split(",")
        _server = _server or _Server([name.strip() for name in names if name.strip()])
    return _server


def _forget_server() -> None:
    """A forked client shall neither use its parent's server nor keep it alive."""
    global _server, _lock
    if _server:
        _server.channel.close()
    _server, _lock = None, threading.Lock()


if CAN_FORK:
    os.register_at_fork(after_in_child=_forget_server)


def _read_once(env: Mapping[str, str]) -> dict[str, str]:
    return {name: env[name] for name in env if name.startswith(READ_ONCE) and name != "MPLBACKEND"}


class ForkedKernel:
    """What LocalProvisioner needs of a subprocess.Popen, for a process whose parent is the fork server.

    Raises OSError or ValueError where the server does not answer, and RuntimeError, with its traceback, where the
    kernel ends before it listens.
    """

    stdin = stdout = stderr = None
    returncode: int | None = None

    def __init__(self, channel: socket.socket, streams: list[int], **kernel: Any) -> None:
        self._status, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with its, tempfile.TemporaryFile("w+") as description:
                json.dump(kernel, description)
                description.seek(0)
                socket.send_fds(channel, [b"k"], [its.fileno(), description.fileno(), *streams])
            self.pid = int(self._status.recv(100))
            # Clients ask once a second whether the kernel is there: be there when they first ask.
            report = self._receive(START_TIMEOUT)
        except (OSError, ValueError):
            self._status.close()
            raise
        if report not in (b"ok", None):
            code = self.poll(timeout=5)
            self.kill()
            raise RuntimeError(
                f"The kernel ended with exit code {code} as it started.\n{report.decode(errors='replace')}"
            )

    def _receive(self, timeout: float | None) -> bytes | None:
        self._status.settimeout(timeout)
        with contextlib.suppress(TimeoutError, BlockingIOError):
            return self._status.recv(4096)
        return None

    def poll(self, timeout: float | None = 0) -> int | None:
        if self.returncode is None and (code := self._receive(timeout)) is not None:
            self.returncode = int(code or -signal.SIGKILL)  # the server was killed: its kernels notice within a second
            self._status.close()
        return self.returncode

    wait = functools.partialmethod(poll, None)

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    terminate = functools.partialmethod(send_signal, signal.SIGTERM)
    kill = functools.partialmethod(send_signal, signal.SIGKILL)


class WarmProvisioner(LocalProvisioner):
    """Starts this environment's IPython kernels by forking them, and all others as LocalProvisioner does.

    Unless the client has configured an address, its kernels listen on sockets in a private folder of the temporary
    directory: no race for a port, and no other user can connect. A client that is killed leaves that folder behind.
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

    def _fork(self, cmd: list[str], env: dict[str, str], cwd: str | None = None, **others: Any) -> str | None:
        """Forks the kernel and waits until it listens; or returns the reason why a forked one would not be the same."""
        cwd = os.path.abspath(cwd or os.getcwd())
        given = [others.pop(name, None) for name in ("stdin", "stdout", "stderr")]
        reasons = {
            "this system has no safe fork": not CAN_FORK,
            f"{self.kernel_spec.display_name} is not ipykernel in {sys.executable}": not _is_own_kernel(
                self.kernel_spec, cmd
            ),
            f"its client asks for {', '.join(others)}": any(others.values()),
            "its client asks for pipes": any(isinstance(stream, int) and stream < 0 for stream in given),
            "its client began without standard streams": None in (sys.__stdin__, sys.__stdout__, sys.__stderr__),
            "PYTHONPATH depends on the folder": not all(
                map(os.path.isabs, env.get("PYTHONPATH", "/").split(os.pathsep))
            ),
        }
        if found := [reason for reason, holds in reasons.items() if holds]:
            return found[0]
        try:
            server = _running_server()
            if changed := sorted({name for name, _ in _read_once(env).items() ^ server.read_once.items()}):
                return f"its environment differs in {', '.join(changed)}"
            if any(os.path.exists(os.path.join(folder, "matplotlibrc")) for folder in (cwd, server.folder)):
                return "there is a matplotlibrc in its folder"
            launcher: Any = find_spec("ipykernel_launcher")
            argv, env = [launcher.origin, *cmd[cmd.index("-m") + 2 :]], env | {"JPY_PARENT_PID": str(os.getpid())}
            with open(os.devnull, "rb") as nothing:
                streams: list[Any] = [
                    own if stream is None else stream for stream, own in zip(given, (nothing, 1, 2), strict=True)
                ]
                numbers = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
                self.process = ForkedKernel(server.channel, numbers, argv=argv, env=env, cwd=cwd)
        except (OSError, ValueError) as error:
            return f"the fork server does not answer ({error!r})"
        return None


def _is_own_kernel(spec: KernelSpec, cmd: list[str]) -> bool:
    """Whether this starts ipykernel in the interpreter that runs now."""

    def place(python: str) -> tuple[str, str]:  # environments may link to the same file, so that its folder counts too
        return os.path.realpath(os.path.dirname(python)), os.path.realpath(python)

    # The debugger has an option of its own.
    starts_ipykernel = [argument for argument in cmd[1:4] if argument != "-Xfrozen_modules=off"][:2] == [
        "-m",
        "ipykernel_launcher",
    ]
    return spec.language == "python" and starts_ipykernel and place(cmd[0]) == place(sys.executable)
