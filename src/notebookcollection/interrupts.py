"""How a command begins and how it ends before its time: closed streams, Ctrl-C, SIGTERM, a terminal that is gone."""

import contextlib
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from types import FrameType
from typing import Any

__all__ = ["check_heard", "heeded", "open_streams", "run_processes"]

SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
PATIENCE = 5  # seconds in which a command that was interrupted ends; after them, another Ctrl-C ends it at once
_heard: list[int] = []


@contextlib.contextmanager
def heeded() -> Iterator[list[int]]:
    """Raises KeyboardInterrupt in the main thread when a signal asks the command to end; gives the signals that came.

    Whoever gets another exception should look there first, since an import may make something else of the interrupt.
    Signals that are ignored as the command begins, as under ``nohup``, stay ignored.

    >>> import signal
    >>> from notebookcollection.interrupts import heeded
    >>> with heeded() as heard:
    ...     try:
    ...         signal.raise_signal(signal.SIGTERM)
    ...     except KeyboardInterrupt:
    ...         print([signal.Signals(number).name for number in heard])
    ['SIGTERM']
    """
    _heard.clear()
    first = 0.0

    def hear(number: int, frame: FrameType | None) -> None:
        nonlocal first
        _heard.append(number)
        if len(_heard) == 1:
            first = time.monotonic()
            raise KeyboardInterrupt
        if number == signal.SIGINT and time.monotonic() > first + PATIENCE:
            os._exit(128 + number)

    in_main = threading.current_thread() is threading.main_thread()
    heeding = [n for n in SIGNALS if in_main and signal.getsignal(n) not in (signal.SIG_IGN, None)]
    before = {number: signal.signal(number, hear) for number in heeding}
    try:
        yield _heard
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        _heard.clear()


def check_heard() -> None:
    """Raises KeyboardInterrupt where one came and was lost, as in a callback of the garbage collector.

    >>> import contextlib, signal
    >>> from notebookcollection.interrupts import check_heard, heeded
    >>> with heeded():
    ...     with contextlib.suppress(KeyboardInterrupt):  # as what loses it does
    ...         signal.raise_signal(signal.SIGTERM)
    ...     try:
    ...         check_heard()
    ...     except KeyboardInterrupt:
    ...         print("an interrupt came")
    an interrupt came
    """
    if _heard:
        raise KeyboardInterrupt


def run_processes(
    commands: Sequence[Sequence[str | os.PathLike[str]]], env: Mapping[str, str] | None = None
) -> list[tuple[int, str]]:
    r"""Runs commands side by side; the exit code of each, and what it said on standard error, without colours.

    Where this is interrupted, they end at once, with all that they have started.

    >>> import sys
    >>> from notebookcollection.interrupts import run_processes
    >>> run_processes([[sys.executable, "-c", "exit('no data')"], [sys.executable, "-c", "print('made')"]])
    [(1, 'no data\n'), (0, '')]
    """
    import subprocess  # not before interrupts are heeded: it takes as long to import as all else here

    how: dict[str, Any] = {"env": env, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    running: list[subprocess.Popen[str]] = []
    try:
        for command in commands:  # one by one: what runs when another cannot start is ended below
            running += [subprocess.Popen(command, text=True, errors="replace", start_new_session=True, **how)]
        errors = [process.communicate()[1] for process in running]
    except BaseException:
        for process in running:
            with contextlib.suppress(OSError, AttributeError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        raise
    said = [re.sub(r"\x1b\[[0-9;]*m", "", error) for error in errors]  # CI or FORCE_COLOR may have asked for colours
    return [(process.returncode, text) for process, text in zip(running, said, strict=True)]


def open_streams() -> None:
    """Gives a command that began without standard streams (``>&-``) ones that lead nowhere.

    Otherwise the first file that is opened would take their numbers, and be what other processes write to.

    >>> import sys
    >>> from unittest import mock
    >>> from notebookcollection.interrupts import open_streams
    >>> with mock.patch.multiple(sys, stdin=None, __stdin__=None):
    ...     open_streams()
    ...     with sys.stdin as stream:
    ...         stream.read()
    ''
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)  # the lowest that is free, which is this stream's
            os.set_inheritable(number, True)
            stream = os.fdopen(number, mode, errors="backslashreplace")
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
