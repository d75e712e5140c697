"""How a series of runs goes, shown to a person at a terminal, to a log, or to a program."""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

__all__ = ["Progress", "Watch"]

Str = str | None
SLOWEST = 20  # runs that the table of times names; of more, these
Watch = Callable[[str, int, int], None]  # is called with a run, its cell that begins and the number of its cells


class Progress:
    """Tells of runs and counts their times.

    `form` is ``live`` (in a terminal: a line that moves for each notebook at work, then as plain), ``plain`` (a line a
    run, in their order), ``json`` (an object a line, on standard output) or ``quiet``. A failure is reported on
    standard error in every form.
    """

    def __init__(self, form: str | None = None) -> None:
        self.form = form or ("live" if sys.stdout and sys.stdout.isatty() else "plain")
        self._times: dict[str, float] = {}
        self._begun = time.monotonic()
        self._live: Any = None
        self._lines: dict[str | None, Any] = {}

    @contextlib.contextmanager
    def over(self, runs: Sequence[object]) -> Iterator[Watch | None]:
        """While these runs are at work; gives what wants to be called when a cell begins, or None."""
        if self.form != "live":
            yield None
            return
        from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = [SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn()]
        columns += [TextColumn("{task.completed} of {task.total}"), TimeElapsedColumn()]
        with Progress(*columns, transient=True) as live:
            self._live, self._lines = live, {None: live.add_task("notebooks", total=len(runs))}
            try:
                yield self._cell
            finally:
                self._live = None

    def _cell(self, name: str, cell: int, cells: int) -> None:
        if not self._live:
            return
        if name not in self._lines:
            self._lines[name] = self._live.add_task(f"  {name}, cell", total=cells)
        if cell > cells:
            self._live.remove_task(self._lines[name])
            self._live.advance(self._lines[None])
        else:
            self._live.update(self._lines[name], completed=cell)

    @contextlib.contextmanager
    def busy(self, what: str) -> Iterator[None]:
        """While something is done that takes a while; a terminal shows it."""
        with contextlib.ExitStack() as shown:
            if self.form == "live":
                from rich.console import Console

                shown.enter_context(Console().status(what))
            yield

    def tell(
        self, name: str, state: str, why: Str = None, seconds: float | None = None, file: Any = None, error: Str = None
    ) -> None:
        """Tells what became of a run or of the report; `state` is a word, `why` says why it was made."""
        if seconds is not None:
            self._times[name] = seconds
        if error:
            print(f"{name}: failed in {error}; see {file}" if file else f"{name}: {error}", file=sys.stderr)
        if self.form == "json":
            entry = {"name": name, "state": state, "why": why, "seconds": seconds, "file": file, "error": error}
            self.say(json.dumps({key: value for key, value in entry.items() if value is not None}, default=str))
        elif self.form != "quiet" and not error:
            shown = file and min(str(file), os.path.relpath(file), key=len)
            took = "" if seconds is None else f" in {seconds:.1f} s"
            note = why or (state if file and not took else "")
            self.say(f"{name}: {shown or state}{took}" + (f" ({note})" if note else ""))

    def say(self, line: str) -> None:
        """Prints a line, above those that move."""
        if self._live:
            self._live.console.print(line, markup=False, highlight=False, soft_wrap=True)
        else:
            print(line, flush=True)

    def times(self) -> None:
        """Prints the table of times, where more than one notebook was executed."""
        if len(self._times) < 2 or self.form in ("quiet", "json"):
            return
        slowest = sorted(self._times.items(), key=lambda item: -item[1])[:SLOWEST]
        width = max(len(name) for name, _ in slowest)
        work, took = sum(self._times.values()), time.monotonic() - self._begun
        shown = "" if len(slowest) == len(self._times) else f"; the slowest {SLOWEST}"
        self.say(f"\n{len(self._times)} notebooks, {work:.1f} s of work in {took:.1f} s{shown}:")
        self.say("\n".join(f"{name:{width}}{seconds:8.1f} s" for name, seconds in slowest))
