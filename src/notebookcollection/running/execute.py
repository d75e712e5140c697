"""Runs become executed notebooks: bytes in, bytes out, through an executor.

A run takes the notebook as text and gives it back executed, so that it can be carried out in any
process on any machine; only the caller touches the files of the collection.
"""

import contextlib
import json
import os
import tempfile
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from datacontract import context
from datacontract.context import READS_VARIABLE
from notebookcollection import headings
from notebookcollection.lean import skip_slow_imports

KERNEL = "python3"
WIDGET = "application/vnd.jupyter.widget-view+json"
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL}


@dataclass(frozen=True)
class Result:
    """What came of a run: the executed notebook as text, the error if a cell failed, the data files it read.

    `seconds` is how long it took; two results that differ in nothing else are the same.
    """

    name: str
    text: str
    error: str | None = None
    reads: tuple = ()
    seconds: float = field(default=0.0, compare=False)


def execute(runs, collection, jobs=None, scheduler=None, watch=None):
    """Executes runs, several at a time, and yields their `Result` in the order of `runs`.

    Parameters
    ----------
    runs : list of Run
    collection : Collection
    jobs : int, optional
        Notebooks at a time on this machine; by default the number of cores.
    scheduler : str, optional
        Address of a Dask scheduler whose workers shall do it instead.
    watch : callable, optional
        Called on this machine as ``watch(name, cell, cells)`` when a cell of a run begins, and with a cell beyond the
        last when the run has ended.
    """
    if not runs:
        return
    texts = {run.notebook: collection.path(run.notebook).read_text(encoding="utf-8") for run in runs}
    sources = {name: headings.of_notebook(text, name) for name, text in texts.items()}
    if scheduler:
        from notebookcollection.running import cluster

        opened = cluster.submitting(scheduler, sources, collection)
    else:
        opened = _submitting_here(sources, collection, min(jobs or os.cpu_count() or 1, len(runs)), watch)
    with opened as (submit, ahead):
        waiting = deque()
        # Not all at once: what is sent and what has come back takes memory, here and on a scheduler.
        for run in runs:
            waiting.append(submit(run))
            if len(waiting) >= ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


@contextlib.contextmanager
def _submitting_here(sources, collection, jobs, watch):
    """How to submit a run, and how many ahead. Threads suffice: the work is done by kernels, which are processes."""

    def submit(run):
        return executor.submit(execute_text, sources[run.notebook], run.parameters, run.name, watch=watch)

    wanted = kernel_environment(collection.preload) | context.environment()
    with _environment(wanted):
        executor = ThreadPoolExecutor(jobs)
        try:
            _begin_warming()  # it imports what kernels need while this process imports papermill
            skip_slow_imports()
            import papermill  # noqa: F401  here, since threads that import the same at once may block each other

            yield submit, 4 * jobs
        finally:
            executor.shutdown(cancel_futures=True)


def kernel_environment(preload):
    """The variables that give a process warm kernels with these modules; what a user has set stays."""
    wanted = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "warm", "WARM_KERNEL_PRELOAD": ",".join(preload)}
    return wanted | {k: v for k, v in os.environ.items() if k in wanted}


def _begin_warming():
    if os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] == "warm":
        from notebookcollection.running import kernels

        kernels.begin()


@contextlib.contextmanager
def _environment(wanted):
    """Variables that the kernels inherit, set for a while."""
    before = dict(os.environ)
    os.environ.update(wanted)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def execute_text(source, parameters, name, surroundings=None, watch=None):
    """Executes one notebook, given as text, with parameters; returns its `Result`, cleaned for keeping.

    `surroundings` are variables of the kernel that differ from those of this process, `watch` is as in `execute`.
    """
    skip_slow_imports()
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    begun = time.monotonic()
    notebook = nbformat.reads(source, as_version=4)
    error = None
    with tempfile.TemporaryDirectory() as folder:
        kept, reads = Path(folder) / "out.ipynb", Path(folder) / "reads"
        # The kernel's environment cannot be set for one run alone, so that its first line does it.
        variables = {READS_VARIABLE: str(reads)} | (surroundings or {})
        cells = len(notebook.cells) + bool(parameters)  # papermill adds one that sets them
        hooks = {"on_cell_start": lambda cell, cell_index: watch(name, cell_index + 1, cells)} if watch else {}
        try:
            executed = papermill.execute_notebook(
                notebook,
                kept,
                parameters,
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                extra_arguments=[
                    f"--IPKernelApp.exec_lines=__import__('os').environ.update({variables!r})",
                    "--IPKernelApp.log_level=50",  # that it is interrupted before it is shut down is no error
                ],
                **hooks,
            )
        except PapermillExecutionError as failure:
            executed = nbformat.read(kept, as_version=4)
            executed.cells = [c for c in executed.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
            error = f"{_failed_cell(executed)}: {failure.ename}: {failure.evalue}"
        finally:
            if watch:
                watch(name, cells + 1, cells)
        read = sorted(set(reads.read_text(encoding="utf-8").split("\n")) - {""}) if reads.exists() else []
    return Result(name, clean(executed), error, tuple(read), round(time.monotonic() - begun, 2))


def _failed_cell(notebook):
    failed = (any(o.output_type == "error" for o in c.get("outputs", [])) for c in notebook.cells)
    return next((name_of(i, c) for i, (c, f) in enumerate(zip(notebook.cells, failed, strict=True), 1) if f), "a cell")


def name_of(number, cell):
    """A cell as messages call it: ``cell 7 (order)``."""
    return f"cell {number} ({cell.get('id', 'no id')})"


def clean(notebook):
    """A notebook as canonical text, without what differs from run to run and says nothing.

    Keeps sources, outputs and tags; drops times, versions, paths and random ids; counts executions from 1.
    """
    import nbformat

    notebook.metadata = {"kernelspec": _KERNELSPEC, "language_info": {"name": "python"}}
    number = 0
    for cell in notebook.cells:
        cell.metadata = {k: v for k, v in cell.metadata.items() if k in ("tags", "mystnb")}
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"
        if cell.cell_type == "code":
            number += 1
            cell.execution_count = number
            for output in cell.outputs:
                output.get("data", {}).pop(WIDGET, None)  # which names a random id; its other forms stay
                if "execution_count" in output:
                    output.execution_count = number
    nbformat.validate(notebook)
    return json.dumps(notebook, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def write(path, text):
    """Writes a file aside and moves it into place when it is whole."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        aside.write_text(text, encoding="utf-8")
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def differences(stored, fresh):
    """Where two notebooks differ: ``cell 7 (order): output`` lines, empty where they are the same."""
    one, other = (json.loads(text)["cells"] for text in (stored, fresh))
    lines = []
    for number, (a, b) in enumerate(zip(one, other, strict=False), 1):
        parts = [part for part in sorted({*a, *b}) if a.get(part) != b.get(part)]
        if parts:
            lines.append(f"{name_of(number, b)}: {', '.join(parts)}")
    if len(one) != len(other):
        lines.append(f"{len(one)} cells, not {len(other)}")
    return lines or (["layout of the file"] if stored != fresh else [])
