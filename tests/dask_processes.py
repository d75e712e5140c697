"""Schedulers and workers of Dask as processes of this machine."""

import os
import socket
import subprocess
import sys


def dask(program, *arguments, cwd, **settings):
    """Starts one in a folder, in which lies, too, what a worker leaves that is killed."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *map(str, arguments), "--no-dashboard"]
    hidden = {key: value for key, value in os.environ.items() if not key.startswith(("CENTRALASIA", "JUPYTER", "WARM"))}
    own = {"TMPDIR": str(cwd)} | {f"DASK_DISTRIBUTED__{name}": str(value) for name, value in settings.items()}
    return subprocess.Popen(command, cwd=cwd, env=hidden | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def wait_for_workers(address, number):
    """Waits longer than a user's command would: on a busy machine a worker takes its time to begin."""
    from distributed import Client

    with Client(address, timeout=60, set_as_default=False) as client:
        client.wait_for_workers(number, timeout=60)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]
