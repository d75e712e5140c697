"""Runs become executed notebooks: bytes in, bytes out, through an executor.

A run takes the notebook as text and gives it back executed, so that it can be carried out in any
process on any machine; only the caller touches the files of the collection.
"""

import contextlib
import json
import os
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from centralasia.contract import FOLDER_VARIABLE, READS_VARIABLE
from centralasia.running import headings
from centralasia.running.collection import CollectionError

KERNEL = "python3"
_KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL}


@dataclass(frozen=True)
class Result:
    """What came of a run: the executed notebook as text, the error if a cell failed, the data files it read."""

    name: str
    text: str
    error: str | None = None
    reads: tuple = ()


def execute(runs, collection, jobs=None):
    """Executes runs, several at a time, and yields their `Result` in the order of `runs`."""
    texts = ((run.notebook, collection.path(run.notebook).read_text(encoding="utf-8")) for run in runs)
    sources = [headings.of_notebook(text, name, collection.data) for name, text in texts]
    wanted = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "warm", "WARM_KERNEL_PRELOAD": ",".join(collection.preload)}
    wanted |= {k: v for k, v in os.environ.items() if k in wanted}  # what a user has set stays
    if collection.data:
        wanted[FOLDER_VARIABLE] = str(collection.data)
    jobs = min(jobs or os.cpu_count() or 1, len(runs))
    # Threads suffice: the work is done by the kernels, which are processes, and all are forked from one.
    with _environment(wanted), ThreadPoolExecutor(jobs) as executor:
        yield from executor.map(execute_text, sources, [r.parameters for r in runs], [r.name for r in runs])


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


def execute_text(source, parameters, name):
    """Executes one notebook, given as text, with parameters; returns its `Result`, cleaned for keeping."""
    import nbformat
    import papermill
    from papermill.exceptions import PapermillExecutionError

    notebook = nbformat.reads(source, as_version=4)
    error = None
    with tempfile.TemporaryDirectory() as folder:
        kept, reads = Path(folder) / "out.ipynb", Path(folder) / "reads"
        # The kernel's environment cannot be set for one run alone, so that its first line does it.
        noting = f"__import__('os').environ[{READS_VARIABLE!r}] = {str(reads)!r}"
        try:
            executed = papermill.execute_notebook(
                notebook,
                kept,
                parameters,
                kernel_name=KERNEL,
                language="python",
                progress_bar=False,
                request_save_on_cell_execute=False,
                extra_arguments=[f"--IPKernelApp.exec_lines={noting}"],
            )
        except PapermillExecutionError as failure:
            executed = nbformat.read(kept, as_version=4)
            executed.cells = [c for c in executed.cells if "papermill-error-cell-tag" not in c.metadata.get("tags", [])]
            error = f"{_failed_cell(executed)}: {failure.ename}: {failure.evalue}"
        read = sorted(set(reads.read_text(encoding="utf-8").split("\n")) - {""}) if reads.exists() else []
    return Result(name, clean(executed), error, tuple(read))


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


__all__ = ["CollectionError", "Result", "clean", "differences", "execute", "execute_text", "write"]
