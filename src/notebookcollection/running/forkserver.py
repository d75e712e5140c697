"""The process that warm kernels are forked from: it imports what is heavy, once, and waits for `kernels` to ask.

For each kernel come the files that will be its standard streams, one that says what the kernel shall be, and a socket,
by which go back the kernel's process number, ``ok`` or a traceback when it has started, and at last its exit code.
"""

import atexit
import contextlib
import gc
import json
import logging
import os
import selectors
import shutil
import signal
import socket
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Iterable
from pkgutil import resolve_name
from typing import Any

__all__ = ["serve"]

KERNEL_MODULES = [
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "sqlite3",
]
KERNEL_MODULES += [f"IPython.core.{name}" for name in ("completerlib", "debugger", "logger", "oinspect", "pylabtools")]


GRACE = 1.5  # seconds: kernels look once a second whether the server is there
_ended = False  # in the process of a kernel


def serve(channel_number: str, *modules: str) -> None:
    """What the fork server does: it imports modules, then forks a kernel for each message, and returns in the kernel.

    The kernel's process thereby runs its exit handlers as any other does; `_leave` is the last of them. When the client
    has gone, kernels that do not notice, since a cell keeps them busy, are killed.
    """
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))  # so that exit handlers run
    atexit.register(_leave)  # before all others, so that it is called last
    os.close(os.pidfd_open(os.getpid()))  # where the system refuses that, it does so before the first kernel
    # The debugger would warn on the client's terminal that breakpoints in Python's own frozen modules may be missed; a
    # kernel that is started the ordinary way swallows that.
    os.environ.setdefault("PYDEVD_DISABLE_FILE_VALIDATION", "1")
    path, inherited = list(sys.path), set(os.environ)
    logging.disable()  # what modules would say as they are imported belongs to no notebook
    _import(KERNEL_MODULES)
    of_kernel = list(warnings.filters)
    _import(modules)
    of_modules = [found for found in warnings.filters if found not in of_kernel]
    logging.disable(logging.NOTSET)
    set_by_imports = {name: value for name, value in os.environ.items() if name not in inherited}
    gc.freeze()  # what is imported stays: the collectors of kernels need not look at it, nor copy its memory
    print(end="", flush=True)  # what waits to be written would be written by every kernel
    channel, waiting = socket.socket(fileno=int(channel_number)), selectors.DefaultSelector()
    waiting.register(channel, selectors.EVENT_READ)
    while True:
        for key, _ in waiting.select():
            if key.data:  # a kernel has ended
                pid, status = key.data
                code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                with status, contextlib.suppress(OSError):  # the client may have stopped waiting
                    status.send(str(code).encode())
                waiting.unregister(key.fd)
                os.close(key.fd)
            elif fds := socket.recv_fds(channel, 1, 5)[1]:
                status, description = socket.socket(fileno=fds[0]), fds[1]
                try:
                    pid = os.fork()
                except OSError:  # too many processes; the client learns it as nobody answers
                    status.close()
                    for fd in fds[1:]:
                        os.close(fd)
                    continue
                if not pid:
                    status.send(str(os.getpid()).encode())
                    for other in waiting.get_map().values():
                        os.close(other.fd)
                        if other.data:
                            other.data[1].close()
                    channel.detach()
                    waiting.close()
                    with open(description) as file:
                        kernel = json.load(file)
                    kernel["env"] = set_by_imports | kernel["env"]
                    return _run_kernel(status, fds[2:], path, of_modules, kernel)
                for fd in fds[1:]:
                    os.close(fd)
                waiting.register(os.pidfd_open(pid), selectors.EVENT_READ, (pid, status))
            else:  # nobody holds the other end of the channel
                _end_kernels([found.data[0] for found in waiting.get_map().values() if found.data])
                return None


def _end_kernels(pids: list[int]) -> None:
    end = time.monotonic() + GRACE
    while pids and time.monotonic() < end:
        pids = [pid for pid in pids if not os.waitpid(pid, os.WNOHANG)[0]]
        time.sleep(0.02)
    for pid in pids:
        with contextlib.suppress(OSError):
            os.killpg(pid, signal.SIGKILL)


def _import(modules: Iterable[str]) -> None:
    """Imports modules, and calls a function that is named as ``module:function``."""
    for name in modules:
        with contextlib.suppress(Exception):  # the notebook that needs it will say what is wrong with it
            found = resolve_name(name)
            if ":" in name:
                found()


def _run_kernel(
    status: socket.socket, streams: list[int], path: list[str], of_modules: list[Any], kernel: dict[str, Any]
) -> None:
    """Starts the kernel; `of_modules` are the warning filters of the modules that are imported already."""
    report = b"ok"
    try:
        _become_fresh(streams, path, kernel)
        from ipykernel.kernelapp import IPKernelApp

        # ipykernel ends when its parent does. That is the fork server, which in turn ends when the client does.
        app: Any = IPKernelApp.instance(parent_handle=os.getppid())
        app.initialize(sys.argv[1:])
        # As where a cell imports them: what they say of warnings comes before what the kernel says.
        warnings.filters[:] = [*of_modules, *(found for found in warnings.filters if found not in of_modules)]  # type: ignore[index]
    except BaseException:  # whatever it is, the client waits to hear of it
        report = traceback.format_exc().encode()[-4000:]
        raise
    finally:
        with status, contextlib.suppress(OSError):
            status.send(report)
    app.start()
    # Exit handlers end the thread that publishes before the control thread. That one may yet have to publish that it is
    # idle, and would wait for the other until the client kills the kernel.
    app.control_thread.stop()
    app.control_thread.join(GRACE)
    global _ended
    _ended = True


def _leave() -> None:
    """Ends a kernel that has ended well, after all other exit handlers: to take the interpreter apart takes longer."""
    if _ended:
        for stream in (sys.__stdout__, sys.__stderr__):
            with contextlib.suppress(AttributeError, OSError, ValueError):  # it may be closed, or none
                stream.flush()  # type: ignore[union-attr]
        os._exit(0)


def _become_fresh(streams: list[int], path: list[str], kernel: dict[str, Any]) -> None:
    """Makes of the server's copy what `python -m ipykernel_launcher` would be before its first line."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    atexit.unregister(shutil.rmtree)  # what the server has made for itself, as a cache, is there for all kernels
    os.setsid()
    for target, stream in enumerate(streams):
        os.dup2(stream, target)
        os.close(stream)
    os.chdir(kernel["cwd"])
    os.environ.clear()
    os.environ.update(kernel["env"])
    sys.argv, sys.path[:] = kernel["argv"], path
    tempfile.tempdir = None  # found once, by the variables of the server
    if "numpy.random" in sys.modules:  # Python's own generator seeds itself again after a fork
        sys.modules["numpy.random"].seed()
    for name in [name for name in sys.modules if name.partition(".")[0] == "matplotlib_inline"]:
        del sys.modules[name]  # as it is imported it looks for its kernel, and there was none yet
    if "pandas" in sys.modules:  # which would have asked, as it is imported, whether it is in a terminal
        sys.modules["pandas"].set_option("display.max_columns", 20)
    if "matplotlib" in sys.modules:  # which would read this as it is imported, and find what ipykernel sets
        backend = kernel["env"].get("MPLBACKEND") or "module://matplotlib_inline.backend_inline"
        sys.modules["matplotlib"].rcParams["backend"] = backend
