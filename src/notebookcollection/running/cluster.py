"""Runs on a Dask cluster: notebook and data go out as bytes, the result comes back as bytes, without a shared disk."""

import contextlib
import functools
import io
import logging
import re
import tempfile
import threading
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from typing import Any

from datacontract import context, contract
from datacontract.words import pluralize
from notebookcollection import freshness
from notebookcollection.collection import Collection, CollectionError, Result, Run
from notebookcollection.lean import skip_slow_imports
from notebookcollection.parameters import Value
from notebookcollection.running import surroundings

__all__ = ["packed", "submitting"]

PATIENCE = 5  # seconds in which a scheduler has to answer and to have a worker
UNTIL_LOST = 30  # seconds without any worker, in which one that was killed may come back
RETRIES = 3  # of a run whose workers are lost
# The code and its packages, versions of what they use, modules to preload, variables of the kernel
How = tuple[str, tuple[str, ...], dict[str, str], Sequence[str], Mapping[str, str]]


@contextlib.contextmanager
def submitting(
    address: str, sources: dict[str, str], collection: Collection, data: bytes, env: Mapping[str, str]
) -> Iterator[tuple[Callable[[Run], Callable[[], Result]], int]]:
    """How to submit a run to the cluster whose scheduler is at `address`, and how many are at work.

    `sources` are the texts of the notebooks by name, `data` is the packed folder. Each is sent once, and the scheduler
    keeps it for workers that come later; of a run only its parameters go out. A run whose worker is lost is done again
    elsewhere. Raises `CollectionError` where the address is none, nobody answers there, no worker is to be had, one is
    not like this machine, or the cluster is lost.
    """
    try:
        from distributed import Client
    except ImportError:
        raise CollectionError("--scheduler needs Dask: pip install 'centralasia[cluster]'") from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say at length is said here
    with contextlib.closing(_client(Client, address)) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise CollectionError(f"{address}: no worker in {PATIENCE} s; start some: dask worker {address}") from None
        packages = freshness.packages(collection)
        versions = freshness.versions(freshness.libraries(collection))
        how = freshness.code_digest(packages), packages, versions, collection.preload, env
        # Tasks, and not scattered: what a lost worker had of them is made anew by another.
        texts = {name: client.submit(_same, text, pure=False) for name, text in sources.items()}
        folder, sent = client.submit(_same, data, pure=False), []

        def submit(run: Run) -> Callable[[], Result]:
            given = how, texts[run.notebook], folder, run.parameters, run.name
            sent.append(client.submit(_execute, *given, pure=False, retries=RETRIES))
            return functools.partial(_result, client, sent[-1], run, sources)

        try:
            yield submit, max(1, sum(client.nthreads().values()))
        except (CancelledError, OSError) as error:
            lost = f"{address}: the cluster was lost ({type(error).__name__}); what had come back is kept: run it again"
            raise CollectionError(lost) from None
        finally:
            with contextlib.suppress(OSError):
                client.cancel([future for future in sent if not future.done()], force=True)


def _client(client: Callable[..., Any], address: str) -> Any:
    if not re.fullmatch(r"\w+://[^/]+:\d+", address):
        raise CollectionError(f"--scheduler {address}: allowed: tcp://HOST:PORT")
    try:
        with warnings.catch_warnings():  # of other versions there: those that matter are named later
            warnings.simplefilter("ignore")
            return client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CollectionError(f"{address}: no scheduler answers there ({type(error).__name__}: {error})") from None


def _same(value: Any) -> Any:
    return value


def _result(client: Any, sent: Any, run: Run, sources: Mapping[str, str]) -> Result:
    """Waits for a run that was sent. A client that has given up its scheduler may leave futures that never end."""
    from distributed import KilledWorker, wait

    seen = time.monotonic()
    while True:
        try:
            with client.as_current():
                wait(sent, timeout=1)  # type: ignore[no-untyped-call]
            result: Result = sent.result()
            return result
        except KilledWorker as error:
            died = pluralize(error.allowed_failures + 1, "worker")
            told = f"its start: {died} of the cluster died with it; out of memory?"
            return Result(run.name, sources[run.notebook], told)
        except TimeoutError:
            if client.status == "closed":
                raise CancelledError from None
            if client.nthreads():
                seen = time.monotonic()
            elif time.monotonic() > seen + UNTIL_LOST:
                raise CancelledError from None


def packed() -> bytes:
    """The data folder as the bytes of a ZIP file that depend on nothing but its files.

    >>> import io, json, pathlib, tempfile, zipfile
    >>> from datacontract.context import using
    >>> from notebookcollection.running.cluster import packed
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     contract = {"resources": [{"name": "borders", "path": "borders.geojson"}]}
    ...     _ = (data := pathlib.Path(folder, "datapackage.json")).write_text(json.dumps(contract))
    ...     for name in ("borders.geojson", "notes.txt"):
    ...         data.with_name(name).touch()
    ...     with using(folder):
    ...         zipfile.ZipFile(io.BytesIO(packed())).namelist()
    ['datapackage.json', 'borders.geojson']
    """
    folder, buffer = context.data_folder(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in contract.files():
            archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _execute(how: How, source: str, data: bytes, parameters: dict[str, Value], name: str) -> Result:
    """What a worker does."""
    code, packages, versions, preload, env = how
    own = _own_versions(tuple(versions))
    if other := [f"{library} {own[library]}, not {ours}" for library, ours in versions.items() if own[library] != ours]:
        raise CollectionError(f"{name}: a worker has {', '.join(other)}; install the same everywhere")
    if _own_code(packages) != code:
        raise CollectionError(f"{name}: a worker has another version of the package; install the same everywhere")
    skip_slow_imports()
    common, at_work = surroundings.of_kernels(), surroundings.AtWork()
    from notebookcollection.running import kernels

    kernels.use_warm_kernels(preload, common)
    from notebookcollection.running.notebook import execute_text

    folder = _unpacked(data)  # which stays as long as somebody holds it
    with _ended_with_its_task(at_work):
        return execute_text(source, parameters, name, {**env, context.FOLDER_VARIABLE: folder.name}, at_work=at_work)


_own_code = functools.cache(freshness.code_digest)


_own_versions = functools.cache(freshness.versions)


@contextlib.contextmanager
def _ended_with_its_task(at_work: surroundings.AtWork) -> Iterator[None]:
    """Ends kernels as soon as nobody wants the result: Dask lets a function that has begun go on to its end."""
    try:
        from distributed import get_worker

        worker = get_worker()
    except ValueError:  # this is none
        yield
        return
    key, over = worker.get_current_task(), threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            task = worker.state.tasks.get(key)
            if task is None or task.state not in ("executing", "long-running"):
                at_work.end()

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        over.set()


@functools.lru_cache(maxsize=2)
def _unpacked(data: bytes) -> tempfile.TemporaryDirectory[str]:
    """A temporary folder with these packed data, for all runs of this worker that use them."""
    folder = tempfile.TemporaryDirectory(prefix="centralasia-")
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder.name)
    return folder
