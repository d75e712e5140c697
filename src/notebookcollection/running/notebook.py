"""One notebook, given as text, comes back executed, as text: what a thread here or a worker of a cluster does.

Importing this takes a second or two, for papermill: only what executes a notebook does it.
"""

import json
import os
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill import clientwrap, engines, exceptions, iorw, log
from papermill.execute import remove_error_markers

from datacontract.context import READS_VARIABLE
from notebookcollection.collection import Given, Result
from notebookcollection.running.progress import Watch

__all__ = ["clean", "differences", "execute_text"]

KERNEL = "python3"
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNELSPEC = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": KERNEL}


class _Engine(engines.NBClientEngine):  # type: ignore[misc] # papermill has no types
    """papermill's own engine, but for the kernel's environment, which is one of its own."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, env: Any, client: Any, **_others: Any) -> None:
        clientwrap.PapermillNotebookClient(nb_man, kernel_name=kernel_name, log=log.logger, **client).execute(env=env)


engines.papermill_engines.register(__name__, _Engine)


def execute_text(
    source: str, parameters: Given, name: str, env: Mapping[str, str], watch: Watch | None = None
) -> Result:
    """Executes one notebook, given as text, with parameters; returns its `Result`, cleaned for keeping.

    `env` are variables of the kernel that differ from those of this process. `watch` is called as
    ``watch(name, cell, cells)`` when a cell begins, and with a cell beyond the last at the end.
    """
    begun, cells = time.monotonic(), len(json.loads(source)["cells"]) + bool(parameters)  # papermill adds one for them
    # That a kernel is interrupted before it is shut down is no error to be logged.
    client: dict[str, Any] = {"startup_timeout": 60, "extra_arguments": ["--IPKernelApp.log_level=50"]}
    if watch:
        client["on_cell_start"] = lambda cell, cell_index: watch(name, cell_index + 1, cells)
    how: dict[str, Any] = {"engine_name": __name__, "kernel_name": KERNEL, "language": "python", "client": client}
    how |= {"progress_bar": False, "request_save_on_cell_execute": False}
    with tempfile.TemporaryDirectory() as folder:
        given, made, reads = (Path(folder) / file for file in ("in.ipynb", "out.ipynb", "reads"))
        given.write_text(source, encoding="utf-8")
        failure = None
        try:
            variables = {**os.environ, **env, READS_VARIABLE: str(reads)}
            papermill.execute_notebook(given, made, dict(parameters), env=variables, **how)
        except exceptions.PapermillExecutionError as error:
            failure = error
        finally:
            if watch:
                watch(name, cells + 1, cells)
        executed = remove_error_markers(iorw.load_notebook_node(str(made)))
        read = sorted(set(reads.read_text(encoding="utf-8").split())) if reads.exists() else []
    told = None
    if failure:
        cell = _cell_name(failure.cell_index + 1, executed.cells[failure.cell_index])
        told = f"{cell}: {failure.ename}: {failure.evalue}"
    return Result(name, clean(executed), told, tuple(read), round(time.monotonic() - begun, 2))


def _cell_name(number: int, cell: Mapping[str, Any]) -> str:
    """A cell as messages call it: ``cell 7 (order)``."""
    return f"cell {number} ({cell.get('id', 'no id')})"


def clean(notebook: nbformat.NotebookNode) -> str:
    """A notebook as canonical text, without what differs from run to run and says nothing.

    Keeps sources, outputs and tags; drops times, versions, paths and random ids; counts executions from 1.
    """
    notebook.metadata = {"kernelspec": KERNELSPEC, "language_info": {"name": "python"}}
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


def differences(stored: str, fresh: str) -> list[str]:
    """Where two notebooks differ: ``cell 7 (order): output`` lines, empty where they are the same."""
    one, other = (json.loads(text)["cells"] for text in (stored, fresh))
    lines = []
    for number, (a, b) in enumerate(zip(one, other, strict=False), 1):
        parts = [part for part in sorted({*a, *b}) if a.get(part) != b.get(part)]
        if parts:
            lines.append(f"{_cell_name(number, b)}: {', '.join(parts)}")
    if len(one) != len(other):
        lines.append(f"{len(one)} cells, not {len(other)}")
    return lines or (["layout of the file"] if stored != fresh else [])
