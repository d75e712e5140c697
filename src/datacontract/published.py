"""A data folder that was published on the web, as a local one."""

import functools
import json
import tempfile
import urllib.request
from pathlib import Path, PurePosixPath
from urllib.parse import quote, urljoin

PATIENCE = 30  # seconds for each file


@functools.lru_cache(maxsize=8)
def fetched(address, contract_file):
    """A temporary local copy of the data folder at `address`, made once in the life of a process.

    The contract says which files belong to it. Raises OSError where one cannot be had, ValueError where the contract is
    none or names a file outside of its folder.
    """
    keeper = tempfile.TemporaryDirectory(prefix="centralasia-")
    base, folder = address.rstrip("/") + "/", Path(keeper.name)
    descriptor = _read(base, contract_file)
    (folder / contract_file).write_bytes(descriptor)
    for resource in json.loads(descriptor)["resources"]:
        path = PurePosixPath(resource["path"])
        if path.is_absolute() or ".." in path.parts:
            raise ValueError(f"{contract_file} names {path}, which is not in its folder")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_read(base, str(path)))
    return folder, keeper  # the folder lives as long as its keeper


def _read(base, name):
    with urllib.request.urlopen(urljoin(base, quote(name)), timeout=PATIENCE) as answer:
        return answer.read()
