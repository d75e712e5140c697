"""Runs on a Dask cluster: notebook and data go out as bytes, the result comes back as bytes, without a shared disk."""

import contextlib
import functools
import io
import logging
import os
import tempfile
import zipfile
from concurrent.futures import CancelledError, wait
from urllib.parse import urlsplit

from datacontract import context, contract, labels
from notebookcollection.collection import CollectionError
from notebookcollection.running import freshness
from notebookcollection.running.execute import execute_text, kernel_environment

PATIENCE = 5  # seconds in which a scheduler has to answer and to have a worker
RETRIES = 3  # of a run whose workers are lost


@contextlib.contextmanager
def submitting(address, sources, collection):
    """How to submit a run to the cluster whose scheduler is at `address`, and how many ahead.

    `sources` are the texts of the notebooks by name. Each, and the data folder, is sent once to the cluster; of a run
    only its parameters go out. A run whose worker is lost is done again elsewhere. Raises `CollectionError` where the
    address is none, nobody answers there, no worker is to be had, or the cluster is lost.
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
        code = freshness.package()
        # To every worker, since what one worker alone has is lost with it.
        data = client.scatter(packed(), broadcast=True)
        texts = client.scatter(sources, broadcast=True)
        executor = client.get_executor(pure=False, retries=RETRIES)

        def submit(run):
            source, how = texts[run.notebook], (code, collection.preload, labels.language())
            return _Sent(client, executor.submit(_execute, how, source, data, run.parameters, run.name))

        try:
            yield submit, 4 * max(1, sum(client.nthreads().values()))
        except (CancelledError, KilledWorker, OSError) as error:
            told = f"{address}: the cluster was lost ({type(error).__name__}); what had come back is kept: run it again"
            raise CollectionError(told) from None
        finally:
            executor.shutdown(wait=False)


def _client(client, address):
    parts = urlsplit(address)
    try:
        if not (parts.scheme and parts.hostname and parts.port):
            raise ValueError
    except ValueError:
        raise CollectionError(f"--scheduler {address}: allowed: tcp://HOST:PORT") from None
    try:
        return client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise CollectionError(f"{address}: no scheduler answers there ({type(error).__name__}: {error})") from None


class _Sent:
    """A run that was sent. A client that has given up its scheduler may leave futures that never end: this one does."""

    def __init__(self, client, future):
        self.client, self.future = client, future

    def result(self):
        while not self.future.done():
            if self.client.status == "closed":
                raise CancelledError
            wait([self.future], timeout=1)
        return self.future.result()


def packed():
    """The data folder as the bytes of a ZIP file that depend on nothing but its files."""
    folder, buffer = context.data_folder(), io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in contract.files():
            archive.writestr(zipfile.ZipInfo(name), (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _execute(how, source, data, parameters, name):
    """What a worker does."""
    code, preload, language = how
    if _own_code() != code:
        raise CollectionError(f"{name}: a worker has another version of the package; install the same everywhere")
    os.environ.update(kernel_environment(preload))
    folder = _unpacked(data)
    surroundings = {context.FOLDER_VARIABLE: folder.name, context.LANGUAGE_VARIABLE: language}
    return execute_text(source, parameters, name, surroundings)


_own_code = functools.cache(freshness.package)


@functools.lru_cache(maxsize=2)
def _unpacked(data):
    """A temporary folder with these packed data, for all runs of this worker that use them."""
    folder = tempfile.TemporaryDirectory(prefix="centralasia-")
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder.name)
    return folder
