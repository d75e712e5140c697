"""Runs on a Dask cluster: notebook and data go out as bytes, the result comes back as bytes, without a shared disk."""

import contextlib
import functools
import io
import logging
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future, wait
from typing import Any

from datacontract import context, contract
from notebookcollection import freshness
from notebookcollection.collection import Collection, CollectionError, Result, Run
from notebookcollection.lean import skip_slow_imports
from notebookcollection.parameters import Value
from notebookcollection.running import kernels

__all__ = ["packed", "submitting"]

PATIENCE = 5  # seconds in which a scheduler has to answer and to have a worker
RETRIES = 3  # of a run whose workers are lost
How = tuple[str, tuple[str, ...], Sequence[str], Mapping[str, str]]  # code, its packages, modules to preload, variables


@contextlib.contextmanager
def submitting(
    address: str, sources: dict[str, str], collection: Collection, data: bytes, env: Mapping[str, str]
) -> Iterator[tuple[Callable[[Run], Callable[[], Result]], int]]:
    """How to submit a run to the cluster whose scheduler is at `address`, and how many are at work.

    `sources` are the texts of the notebooks by name, `data` is the packed folder. Each is sent once to every worker,
    since what one worker alone has is lost with it; of a run only its parameters go out. A run whose worker is lost is
    done again elsewhere. Raises `CollectionError` where the address is none, nobody answers there, no worker is to be
    had, or the cluster is lost.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise CollectionError("--scheduler needs Dask: pip install 'centralasia[cluster]'") from None
    logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would tell at length is told here
    with contextlib.closing(_client(Client, address)) as client:
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise CollectionError(f"{address}: no worker in {PATIENCE} s; start some: dask worker {address}") from None
        packages = freshness.packages(collection)
        how = freshness.code_digest(packages), packages, collection.preload, env
        texts, folder = client.scatter(sources, broadcast=True), client.scatter(data, broadcast=True)
        executor = client.get_executor(pure=False, retries=RETRIES)

        def submit(run: Run) -> Callable[[], Result]:
            sent = executor.submit(_execute, how, texts[run.notebook], folder, run.parameters, run.name)
            return functools.partial(_result, client, sent)

        try:
            yield submit, max(1, sum(client.nthreads().values()))
        except (CancelledError, KilledWorker, OSError) as error:
            lost = f"{address}: the cluster was lost ({type(error).__name__}); what had come back is kept: run it again"
            raise CollectionError(lost) from None
        finally:
            executor.shutdown(wait=False)


def _client(client: Callable[..., Any], address: str) -> Any:
    if not re.fullmatch(r"\w+://[^/]+:\d+", address):
        raise CollectionError(f"--scheduler {address}: allowed: tcp://HOST:PORT")
    try:
        return client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CollectionError(f"{address}: no scheduler answers there ({type(error).__name__}: {error})") from None


def _result(client: Any, sent: Future[Result]) -> Result:
    """Waits for a run that was sent. A client that has given up its scheduler may leave futures that never end."""
    while not sent.done():
        if client.status == "closed":
            raise CancelledError
        wait([sent], timeout=1)
    return sent.result()


def packed() -> bytes:
    """The data folder as the bytes of a ZIP file that depend on nothing but its files."""
    folder, buffer = context.data_folder(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in contract.files():
            archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _execute(how: How, source: str, data: bytes, parameters: dict[str, Value], name: str) -> Result:
    """What a worker does."""
    code, packages, preload, env = how
    if _own_code(packages) != code:
        raise CollectionError(f"{name}: a worker has another version of the package; install the same everywhere")
    skip_slow_imports()
    kernels.use_warm_kernels(preload)
    from notebookcollection.running.notebook import execute_text

    folder = _unpacked(data)  # which stays as long as somebody holds it
    return execute_text(source, parameters, name, {**env, context.FOLDER_VARIABLE: folder.name})


_own_code = functools.cache(freshness.code_digest)


@functools.lru_cache(maxsize=2)
def _unpacked(data: bytes) -> tempfile.TemporaryDirectory[str]:
    """A temporary folder with these packed data, for all runs of this worker that use them."""
    folder = tempfile.TemporaryDirectory(prefix="centralasia-")
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder.name)
    return folder
