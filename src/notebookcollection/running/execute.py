"""Runs become executed notebooks, several at a time, here or on a cluster.

Notebooks go out as text and come back as text, so that a run can be carried out in any process on any machine; only
the caller touches the files of the collection.
"""

import contextlib
import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from datacontract import context
from notebookcollection import prose
from notebookcollection.collection import Collection, Result, Run
from notebookcollection.interrupts import check_heard
from notebookcollection.running import surroundings
from notebookcollection.running.progress import Watch

__all__ = ["begin", "execute"]

AHEAD = 16  # runs sent for each that is at work: what is sent and what has come back takes memory
Submit = Callable[[Run], Callable[[], Result]]  # sends a run; what it returns waits for the result
Results = Generator[Result, None, None]


def execute(
    runs: Sequence[Run],
    collection: Collection,
    jobs: int | None = None,
    scheduler: str | None = None,
    watch: Watch | None = None,
) -> Results:
    """Executes runs, several at a time, and yields their `Result` in the order of `runs`.

    The data folder and the language are those of the moment when it is called.

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
    texts = {run.notebook: collection.path(run.notebook).read_text(encoding="utf-8") for run in runs}
    sources = {name: prose.of_notebook(text) for name, text in texts.items()}
    # A context is not inherited by threads, workers and kernels: they get it as variables.
    env = context.environment()
    if runs and scheduler:
        from notebookcollection.running import cluster

        opened = cluster.submitting(scheduler, sources, collection, cluster.packed(), env)
        return _in_order(runs, opened, sources)
    jobs = min(jobs or os.cpu_count() or 1, len(runs))
    return _in_order(runs, _submitting_here(sources, collection.preload, env, jobs, watch), sources)


def begin(preload: Sequence[str]) -> None:
    """Lets the imports that kernels are forked from begin, in a process of their own, before anything else is done."""
    from notebookcollection.running import forked

    with contextlib.suppress(OSError):  # the first kernel says why not
        forked.begin_server(preload, surroundings.of_kernels())


def _in_order(
    runs: Sequence[Run], opened: contextlib.AbstractContextManager[tuple[Submit, int]], sources: Mapping[str, str]
) -> Results:
    """The results in the order of runs. Of those that are sent first, the longest notebooks begin, to end together."""
    if not runs:
        return
    with opened as (submit, at_work):
        first = runs[: AHEAD * at_work]
        order = sorted(range(len(first)), key=lambda index: -len(sources[first[index].notebook]))
        sent = {index: submit(first[index]) for index in order}
        waiting = deque(sent[index] for index in range(len(first)))
        for run in runs[len(first) :]:
            yield waiting.popleft()()
            check_heard()
            waiting.append(submit(run))
        while waiting:
            yield waiting.popleft()()
            check_heard()


@contextlib.contextmanager
def _submitting_here(
    sources: Mapping[str, str], preload: Sequence[str], env: Mapping[str, str], jobs: int, watch: Watch | None
) -> Iterator[tuple[Submit, int]]:
    """How to submit a run, and how many are at work. Threads suffice, since the work is done by kernels.

    One more than are at work begins or ends its kernel meanwhile, which is waiting more than work. When this ends
    before its time, the kernels are killed, whatever their cells do.
    """
    executor, at_work = ThreadPoolExecutor(jobs + 1), surroundings.AtWork(jobs)
    try:
        begin(preload)  # while this process imports papermill
        from notebookcollection.running import kernels
        from notebookcollection.running.notebook import execute_text

        kernels.use_warm_kernels(preload, surroundings.of_kernels())

        def submit(run: Run) -> Callable[[], Result]:
            given = sources[run.notebook], run.parameters, run.name, env, watch, at_work
            return executor.submit(execute_text, *given).result

        yield submit, jobs
    except KeyboardInterrupt:  # the process is about to end
        from notebookcollection.running import forked

        at_work.end()
        forked.end_server()
        raise
    finally:
        at_work.end()
        executor.shutdown(cancel_futures=True)
