"""The client's end of the fork server, which begins when it is wanted, and anew where it was killed."""

import contextlib
import functools
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterable, Mapping
from typing import Any

from notebookcollection.running import forkserver

__all__ = [
    "CAN_FORK", "ForkedKernel", "Server", "begin_server", "check_not_over", "end_server", "forget_server",
    "read_once", "running_server",
]  # fmt: skip

CAN_FORK = hasattr(os, "pidfd_open")  # on Linux
CHOICE, WARM = "JUPYTER_DEFAULT_PROVISIONER_NAME", "warm"
DEFAULT_PRELOAD = "pandas,matplotlib.pyplot,matplotlib.backends.backend_svg"
# The interpreter or a library reads these once, and a forked process cannot have them otherwise.
READ_ONCE: tuple[str, ...] = ("PYTHON", "PYDEVD", "PANDAS", "NPY_", "MPL", "MATPLOTLIB", "OMP_", "OPENBLAS", "MKL_")
READ_ONCE += ("HOME", "XDG_", "LANG", "LC_", "LD_", "TZ")
START_TIMEOUT = 60  # seconds; a kernel whose start-up files take longer is left to its client's own patience
SERVER = (
    f"import sys; sys.path = [p for p in sys.path if p]; from {forkserver.__name__} import serve; serve(*sys.argv[1:])"
)


class Server:
    """The process that kernels are forked from; it ends when nobody holds its channel any more."""

    folder = "/"  # where nothing lies about that imports would find
    has_served = False

    def __init__(self, modules: list[str], env: Mapping[str, str]) -> None:
        self.modules, self.env, self.read_once = modules, env, read_once(env)
        self.channel, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command, fds = [sys.executable, "-c", SERVER, str(its.fileno()), *modules], [its.fileno()]
        how: dict[str, Any] = {"cwd": self.folder, "env": env, "stdin": subprocess.DEVNULL, "start_new_session": True}
        with its:
            self.process = subprocess.Popen(command, pass_fds=fds, **how)

    def fork(self, streams: list[int], **kernel: Any) -> "ForkedKernel":
        """A kernel with these standard streams; `kernel` says what it shall be."""
        forked = ForkedKernel(self.channel, streams, **kernel)
        self.has_served = True
        return forked

    def is_lost(self, within: float = 0) -> bool:
        """Whether it ends in so many seconds though it could serve: one that never could would not the next time."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(within)
        return self.has_served and self.process.returncode is not None


_lock = threading.Lock()
_servers: list[Server] = []  # the last serves; those before it stay for the kernels that they have
_over = False  # no kernel shall start any more


def begin_server(preload: Iterable[str], env: Mapping[str, str] | None = None) -> None:
    """Lets the imports of a fork server begin, with these modules and these variables, where there is none like it.

    Nothing begins where there can be none, or where the environment asks for another provisioner.
    """
    global _over
    _over = False
    if not CAN_FORK or os.environ.get(CHOICE, WARM) != WARM:
        return
    with _lock:
        if env is not None and _servers and _servers[-1].read_once != read_once(env):
            _servers.append(_server(",".join(preload), env))
    running_server(",".join(preload), env)


def running_server(preload: str = DEFAULT_PRELOAD, env: Mapping[str, str] | None = None) -> Server:
    """The fork server of this process; where it was killed, another like it.

    Where there is none, it begins with those of the variables `env` that are read once. Raises OSError where there can
    be none, and RuntimeError where this process is about to end.
    """
    with _lock:
        check_not_over()
        if not _servers:
            _servers.append(_server(preload, env))
        elif _servers[-1].is_lost():
            lost = _servers.pop()
            lost.channel.close()
            _servers.append(Server(lost.modules, lost.env))
        return _servers[-1]


def _server(preload: str, env: Mapping[str, str] | None) -> Server:
    names = os.environ.get("WARM_KERNEL_PRELOAD", preload).split(",")
    own = {name: value for name, value in os.environ.items() if name not in read_once(os.environ)}
    modules = [name.strip() for name in names if name.strip()]
    return Server(modules, own | read_once(os.environ if env is None else env))


def check_not_over() -> None:
    """Raises RuntimeError where no kernel shall begin any more."""
    if _over:
        raise RuntimeError("no kernel begins, since this process is about to end")


def end_server() -> None:
    """Ends the fork server, and lets no other begin: what a process does that is about to end before its time."""
    global _over
    with _lock:
        _over = True
        for server in _servers:
            server.process.terminate()  # whoever waits for a kernel learns of it
            try:
                server.process.wait(5)
            except subprocess.TimeoutExpired:
                server.process.kill()
            server.channel.close()
        _servers.clear()


def forget_server() -> None:
    """A forked client shall neither use its parent's server nor keep it alive."""
    global _lock, _over
    for server in _servers:
        server.channel.close()
    _servers.clear()
    _lock, _over = threading.Lock(), False


if CAN_FORK:
    os.register_at_fork(after_in_child=forget_server)


def read_once(env: Mapping[str, str]) -> dict[str, str]:
    """Those of the variables that a forked process cannot have otherwise than the fork server has them.

    >>> from notebookcollection.running.forked import read_once
    >>> read_once({"PYTHONHASHSEED": "0", "TZ": "Asia/Almaty", "MPLBACKEND": "svg", "CENTRALASIA_LANGUAGE": "ru"})
    {'PYTHONHASHSEED': '0', 'TZ': 'Asia/Almaty'}
    """
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
            with its, os.fdopen(os.memfd_create("kernel"), "w+") as description:
                json.dump(kernel, description)
                description.flush()
                description.seek(0)
                socket.send_fds(channel, [b"k"], [its.fileno(), description.fileno(), *streams])
            self.pid = int(self._status.recv(100))
            # Clients ask once a second whether the kernel is there: be there when they first ask.
            if (report := self._receive(START_TIMEOUT)) == b"":
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)
                raise ConnectionResetError("it ended as the kernel started")
        except (OSError, ValueError):
            self._status.close()
            raise
        if report not in (b"ok", None):
            code = self.poll(timeout=5)
            self.kill()
            told = report.decode(errors="replace").strip()
            raise RuntimeError(f"the kernel ended with exit code {code} as it started: {told.splitlines()[-1]}\n{told}")

    def _receive(self, timeout: float | None) -> bytes | None:
        self._status.settimeout(timeout)
        with contextlib.suppress(TimeoutError, BlockingIOError):
            return self._status.recv(4096)
        return None

    def poll(self, timeout: float | None = 0) -> int | None:
        if self.returncode is None and (code := self._receive(timeout)) is not None:
            if not code:  # the server was killed; a kernel notices within a second, unless a cell keeps it busy
                with contextlib.suppress(OSError):
                    os.killpg(self.pid, signal.SIGKILL)
            self.returncode = int(code or -signal.SIGKILL)
            self._status.close()
        return self.returncode

    wait = functools.partialmethod(poll, None)

    def send_signal(self, signum: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, signum)

    terminate = functools.partialmethod(send_signal, signal.SIGTERM)
    kill = functools.partialmethod(send_signal, signal.SIGKILL)
