"""What is around the kernels of runs: no settings of the user, which would change results, and who can end them."""

import contextlib
import functools
import os
import signal
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

__all__ = ["AtWork", "of_kernels", "of_one"]

# What settings of the user would come in by: code run at the start, other drawings, types of columns, warnings and what
# else makes Python run otherwise, colours and the width of a terminal.
LEFT_OUT: tuple[str, ...] = ("IPYTHON", "MPLBACKEND", "MATPLOTLIBRC", "PANDAS_", "PYTHONSTARTUP")
LEFT_OUT += ("PYTHONWARN", "PYTHONDEVMODE", "PYTHONOPTIMIZE", "PYTHON_COLORS", "NO_COLOR", "COLUMNS", "LINES")


def of_kernels() -> dict[str, str]:
    """The variables that all kernels of this process have in common: its own, without those that bring settings in.

    >>> import os
    >>> from unittest import mock
    >>> from notebookcollection.running.surroundings import of_kernels
    >>> with mock.patch.dict(os.environ, MPLBACKEND="agg", CENTRALASIA_LANGUAGE="ru"):
    ...     [name for name in ("MPLBACKEND", "CENTRALASIA_LANGUAGE") if name in of_kernels()]
    ['CENTRALASIA_LANGUAGE']
    """
    if os.path.expanduser("~") == "~":  # no HOME, and nobody of this number in the list of users
        os.environ["HOME"] = "/nonexistent"  # as Debian gives it to nobody
    env = {name: value for name, value in os.environ.items() if not name.startswith(LEFT_OUT)}
    env["MATPLOTLIBRC"] = os.devnull  # read before that of the user, and empty
    if not all(map(_can_be_made, _folders_of_matplotlib(env))):  # it would say so in every notebook
        env["MPLCONFIGDIR"] = os.path.join(_folder_of_this_process().name, "matplotlib")
    if path := env.get("PYTHONPATH"):  # their folder is another
        env["PYTHONPATH"] = os.pathsep.join(map(os.path.abspath, path.split(os.pathsep)))
    return env


def _folders_of_matplotlib(env: Mapping[str, str]) -> list[Path]:
    if "MPLCONFIGDIR" in env:
        return [Path(env["MPLCONFIGDIR"])]
    known = {"XDG_CONFIG_HOME": ".config", "XDG_CACHE_HOME": ".cache"}
    return [Path(env.get(name) or Path.home() / default, "matplotlib") for name, default in known.items()]


def _can_be_made(folder: Path) -> bool:
    there = next(path for path in (folder, *folder.parents) if path.exists())
    return there.is_dir() and os.access(there, os.W_OK)


@functools.cache
def _folder_of_this_process() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="runs-", ignore_cleanup_errors=True)


def of_one(folder: Path) -> tuple[dict[str, str], Path]:
    """The variables and the working folder of one kernel, all its own, in a `folder` that goes with it.

    So the start-up files of IPython, a ``matplotlibrc`` or a module that lie about are not found, and what a kernel
    leaves when it is killed goes, too.

    >>> import pathlib, tempfile
    >>> from notebookcollection.running.surroundings import of_one
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     variables, work = of_one(pathlib.Path(folder))
    ...     sorted(variables), work.name, sorted(path.name for path in pathlib.Path(folder).iterdir())
    (['IPYTHONDIR', 'TMPDIR'], 'work', ['ipython', 'tmp', 'work'])
    """
    own = {name: folder / name for name in ("ipython", "tmp", "work")}
    for path in own.values():
        path.mkdir()
    return {"IPYTHONDIR": str(own["ipython"]), "TMPDIR": str(own["tmp"])}, own["work"]


class AtWork:
    """The kernels of a series of runs, all of which one call ends, whatever their cells do.

    `turn` is held by a run while its cells are executed, so that only so many `jobs` are at a time; others may begin
    or end their kernels meanwhile.
    """

    def __init__(self, jobs: int | None = None) -> None:
        self._lock, self._kernels, self._over = threading.Lock(), set[Any](), False
        self.turn: contextlib.AbstractContextManager[Any] = (
            threading.Semaphore(jobs) if jobs else contextlib.nullcontext()
        )

    def check(self) -> None:
        """Raises RuntimeError where no other kernel shall begin."""
        if self._over:
            raise RuntimeError("the series of runs is over")

    def add(self, kernel: Any) -> None:
        """A kernel, as a subprocess.Popen or like one, has begun; it leads its process group."""
        with self._lock:
            self._kernels.add(kernel)
            if self._over:
                _kill(kernel)

    def remove(self, kernel: Any) -> None:
        with self._lock:
            self._kernels.discard(kernel)

    def end(self) -> None:
        """Kills the kernels, and what their cells have started; those that are about to begin are killed as they do."""
        with self._lock:
            self._over = True
            for kernel in self._kernels:
                _kill(kernel)


def _kill(kernel: Any) -> None:
    if not hasattr(os, "killpg"):
        kernel.kill()
    else:
        with contextlib.suppress(OSError):  # it has ended
            os.killpg(kernel.pid, signal.SIGKILL)
