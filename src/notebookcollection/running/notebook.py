"""One notebook, given as text, comes back executed, as text: what a thread here or a worker of a cluster does.

Importing this takes a second or two, for papermill: only what executes a notebook does it.
"""

import json
import logging
import os
import signal
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from papermill import clientwrap, engines, exceptions
from papermill.execute import remove_error_markers

from datacontract.context import READS_VARIABLE
from datacontract.files import naming
from notebookcollection.collection import Given, Result
from notebookcollection.parameters import INJECTED
from notebookcollection.running import surroundings
from notebookcollection.running.progress import Watch

__all__ = ["clean", "differences", "execute_text"]

KERNEL = "python3"
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL}
LANGUAGE = {"name": "python", "file_extension": ".py", "mimetype": "text/x-python", "nbconvert_exporter": "python"}
LANGUAGE["pygments_lexer"] = "ipython3"

_quiet = logging.getLogger(f"{__name__}.quiet")  # what nbclient would say of a kernel's end is said here, in one line
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


class _Attempt:
    """One execution: the notebook so far, the index of the cell that it is at, its kernel, and what that leaves."""

    def __init__(self, at_work: surroundings.AtWork) -> None:
        self.at_work = at_work
        self.notebook: nbformat.NotebookNode | None = None
        self.cell: int | None = None
        self.kernel: Any = None  # a subprocess.Popen, or like one
        self.reads: tuple[str, ...] = ()
        self.last_words = ""
        self.waited = 0.0  # seconds, for its turn

    def execute(self, source: str, parameters: Given, env: Mapping[str, str], client: Mapping[str, Any]) -> None:
        """Executes a notebook, given as text, in a folder of its own."""
        how: dict[str, Any] = {"engine_name": __name__, "kernel_name": KERNEL, "language": "python", "attempt": self}
        how |= {"progress_bar": False, "request_save_on_cell_execute": False, "client": client}
        temporary = tempfile.TemporaryDirectory(prefix="run-", ignore_cleanup_errors=True)
        with naming(tempfile.gettempdir()), temporary as name, open(os.devnull, "wb") as nothing:
            folder = Path(name)
            log, reads, (own, where) = folder / "log", folder / "reads", surroundings.of_one(folder)
            variables = {**surroundings.of_kernels(), **env, **own, READS_VARIABLE: str(reads)}
            with log.open("wb") as logged:
                # What is written to the streams of the process becomes outputs, and shall not be said twice.
                kernel = {"env": variables, "cwd": str(where), "stdout": nothing, "stderr": logged}
                how |= {"kernel": kernel, "connection": str(folder / "kernel.json")}
                try:
                    papermill.execute_notebook(_read(source), None, dict(parameters), **how)
                finally:
                    if self.kernel:
                        self.at_work.remove(self.kernel)
                    if reads.exists():
                        self.reads = tuple(sorted(set(reads.read_text(encoding="utf-8").split())))
                    self.last_words = log.read_text(errors="replace").strip().rpartition("\n")[2]

    def carry_out(self, *how: Any) -> str | None:
        """Executes, and returns what went wrong, if anything did."""
        try:
            self.execute(*how)
        except Exception as error:
            return self._failure(error)
        return None

    def was_killed_idle(self) -> bool:
        """Whether its kernel was killed before the first cell began."""
        return self.cell is None and self.kernel is not None and self.kernel.poll() == -signal.SIGKILL

    def _failure(self, error: Exception) -> str:
        """Where and why it failed, in one line."""
        said = str(error).strip().partition("\n")[0]
        if not isinstance(error, OSError | RuntimeError):
            said = f"{type(error).__name__}: {said}"
        if isinstance(error, exceptions.PapermillExecutionError):
            self.cell, said = error.cell_index, f"{error.ename}: {error.evalue}"
            remove_error_markers(self.notebook)
        elif "Kernel died" in said and self.kernel and (code := self.kernel.poll()) is not None:
            said = f"the kernel died ({self._how_it_ended(code)})"
        cell = None if self.cell is None or not self.notebook else self.notebook.cells[self.cell]
        at = "its start" if cell is None else _cell_name((self.cell or 0) + 1, cell)
        return f"{at}: {' '.join(said.split())}"

    def _how_it_ended(self, code: int) -> str:
        if code == -signal.SIGKILL:
            return f"killed by signal {-code}; out of memory?"
        if code < 0:
            return f"killed by signal {-code}: {signal.strsignal(-code)}"
        return f"exit code {code}" + (f": {self.last_words}" if self.cell is None and self.last_words else "")


class _Client(clientwrap.PapermillNotebookClient):  # type: ignore[misc] # papermill has no types
    """papermill's own client; it notes which kernel it has."""

    def __init__(self, attempt: _Attempt, nb_man: Any, **how: Any) -> None:
        super().__init__(nb_man, **how)
        self.attempt = attempt

    def start_new_kernel(self, **how: Any) -> None:
        self.attempt.at_work.check()
        super().start_new_kernel(**how)
        self.attempt.kernel = self.km.provisioner.process
        self.attempt.at_work.add(self.attempt.kernel)

    def papermill_execute_cells(self) -> None:
        began_to_wait = time.monotonic()
        with self.attempt.at_work.turn:
            self.attempt.waited = time.monotonic() - began_to_wait
            self.attempt.at_work.check()
            if self.attempt.kernel.poll() is not None:
                raise RuntimeError("Kernel died before its turn")
            super().papermill_execute_cells()


class _Engine(engines.NBClientEngine):  # type: ignore[misc]
    """papermill's own engine, but for the kernel: this environment's, whatever the user has under its name."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, attempt: _Attempt, kernel: Any, client: Any, connection: str, **_others: Any
    ) -> None:
        attempt.notebook = nb_man.nb
        specs = KernelSpecManager(kernel_dirs=[])
        km = AsyncKernelManager(kernel_name=kernel_name, kernel_spec_manager=specs, connection_file=connection)
        _Client(attempt, nb_man, km=km, log=_quiet, **client).execute(cleanup_kc=True, **kernel)


engines.papermill_engines.register(__name__, _Engine)


def execute_text(
    source: str,
    parameters: Given,
    name: str,
    env: Mapping[str, str],
    watch: Watch | None = None,
    at_work: surroundings.AtWork | None = None,
) -> Result:
    """Executes one notebook, given as text, with parameters; returns its `Result`, cleaned for keeping.

    `env` are variables of the kernel that differ from those of this process. `watch` is called as
    ``watch(name, cell, cells)`` when a cell begins, and with a cell beyond the last at the end. Whatever goes wrong is
    the error of the result: a cell that fails, a kernel that dies or cannot start. One that is killed before the first
    cell is begun again, once. `at_work` can end it meanwhile.
    """
    begun, cells = time.monotonic(), len(json.loads(source)["cells"]) + bool(parameters)  # papermill adds one for them
    at_work = at_work or surroundings.AtWork()
    attempt = _Attempt(at_work)

    def cell_begins(cell: Any, cell_index: int) -> None:
        attempt.cell = cell_index
        if watch:
            watch(name, cell_index + 1, cells)

    # That a kernel is interrupted before it is shut down is no error to be logged.
    client = {"startup_timeout": 60, "extra_arguments": ["--IPKernelApp.log_level=50"], "on_cell_start": cell_begins}
    try:
        told = attempt.carry_out(source, parameters, env, client)
        if told and attempt.was_killed_idle():  # with its fork server, say: that is not the notebook's fault
            attempt = _Attempt(at_work)
            told = attempt.carry_out(source, parameters, env, client)
    finally:
        if watch:
            watch(name, cells + 1, cells)
    made = attempt.notebook or _read(source)
    return Result(name, clean(made), told, attempt.reads, round(time.monotonic() - begun - attempt.waited, 2))


def _read(source: str) -> nbformat.NotebookNode:
    """A notebook without the outputs that are stored in it, which papermill would copy several times."""
    notebook = json.loads(source)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    found: nbformat.NotebookNode = nbformat.from_dict(notebook)  # type: ignore[no-untyped-call]
    return found


def _cell_name(number: int, cell: Mapping[str, Any]) -> str:
    """A cell as messages call it: ``cell 7 (order)``."""
    return f"cell {number} ({cell.get('id', 'no id')})"


def clean(notebook: nbformat.NotebookNode) -> str:
    """A notebook as canonical text, without what differs from run to run and says nothing.

    Keeps sources, outputs and tags; drops times, versions, paths and random ids; counts executions from 1.

    >>> import json
    >>> from nbformat.v4 import new_code_cell, new_notebook
    >>> from notebookcollection.running.notebook import clean
    >>> cell = new_code_cell("1 + 1", id="order", execution_count=7, metadata={"tags": ["sum"], "trusted": True})
    >>> cleaned = json.loads(clean(new_notebook(cells=[cell])))["cells"][0]
    >>> cleaned["execution_count"], cleaned["metadata"]
    (1, {'tags': ['sum']})
    """
    notebook.metadata = {"kernelspec": KERNELSPEC, "language_info": LANGUAGE}
    number = 0
    for cell in notebook.cells:
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in ("tags", "mystnb")}
        if INJECTED in cell.metadata.get("tags", []):
            cell.id = INJECTED
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET, None)  # which names a random id; its other forms stay
                if "execution_count" in output:
                    output.execution_count = number
    nbformat.validate(notebook)
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def differences(stored: str, fresh: str) -> list[str]:
    """Where two notebooks differ: ``cell 7 (order): outputs`` lines, empty where they are the same.

    Cells are compared by their ids, so that one that is inserted does not mark those below it; that these are counted
    anew is named only where nothing else differs.

    >>> import json
    >>> from notebookcollection.running.notebook import differences
    >>> cell = {"id": "order", "cell_type": "code", "source": "1 + 1", "execution_count": 1}
    >>> stored, fresh = (json.dumps({"cells": [cell | {"outputs": [{"text": text}]}]}) for text in ("2", "3"))
    >>> differences(stored, fresh)
    ['cell 1 (order): outputs']
    """
    if stored == fresh:
        return []
    one, other = (
        {cell.get("id", number): (number, cell) for number, cell in enumerate(json.loads(text)["cells"], 1)}
        for text in (stored, fresh)
    )
    lines = [f"{_cell_name(*one[key])}: gone" for key in one if key not in other]
    for key, (number, cell) in other.items():
        before, after = (_uncounted(one[key][1]), _uncounted(cell)) if key in one else ({}, {"new": True})
        if parts := [part for part in sorted({*before, *after}) if before.get(part) != after.get(part)]:
            lines.append(f"{_cell_name(number, cell)}: {', '.join(parts)}")
    if not lines and [*one] != [*other]:
        lines.append("the order of cells")
    return lines or ["the counts of executions, or the layout of the file"]


def _uncounted(cell: Mapping[str, Any]) -> dict[str, Any]:
    """A cell without the numbers of executions, which change with every cell before it."""
    parts = {part: value for part, value in cell.items() if part != "execution_count"}
    if "outputs" in parts:
        parts["outputs"] = [
            {part: value for part, value in output.items() if part != "execution_count"} for output in parts["outputs"]
        ]
    return parts
