"""Warm Jupyter kernels: each is forked from a process that has everything heavy imported already.

Starting a Python kernel and importing pandas and matplotlib costs more than most notebooks need for their own work.
With JUPYTER_DEFAULT_PROVISIONER_NAME=warm in the environment, papermill, nbclient, nbval, nbconvert and JupyterLab
start their kernels here, and none of them needs to know. Every notebook still gets a fresh process with its own
names, folder, environment, standard streams, session and random state.

WARM_KERNEL_PRELOAD names the modules to import in advance, comma separated, beside those of the kernel itself; what is
named as ``module:function`` is called as well, such as a function that reads what each kernel would read again.

The client has one fork server, which ends with it; where it was killed, its kernels end, and the next is forked from a
new one. For each kernel it sends the server the files that will be its standard streams, one that says what the kernel
shall be, and a socket, by which come the kernel's process number, ``ok`` or a traceback when it has started, and at
last its exit code.

Limits. A preloaded module counts as imported: what it says or reads as it is imported, it has said and read. Where that
could show, on all systems but Linux and for kernels of another interpreter or language, the ordinary provisioner
serves, and the log says why, once. The kernels of one client share one hash seed: that of PYTHONHASHSEED, or a random
one.
"""

import asyncio
import contextlib
import os
import shutil
import sys
import tempfile
import weakref
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

import zmq
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.localinterfaces import localhost
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from notebookcollection.running import forked

__all__ = ["WarmProvisioner", "use_warm_kernels"]

_told: set[str] = set()


def use_warm_kernels(preload: Iterable[str], env: Mapping[str, str] | None = None) -> None:
    """Lets this process have warm kernels with these modules, where the environment does not say otherwise.

    Their imports begin at once, before the first kernel is asked for. `env` are the variables that kernels will have in
    common, where they are not those of this process.
    """
    factory = KernelProvisionerFactory.instance()
    if forked.CHOICE not in os.environ:
        factory.default_provisioner_name = forked.WARM
    with contextlib.suppress(OSError):  # the first kernel says why not
        forked.begin_server(preload, env)


class WarmProvisioner(LocalProvisioner):
    """Starts this environment's IPython kernels by forking them, and all others as LocalProvisioner does.

    Unless the client has configured an address, its kernels listen on sockets in a private folder of the temporary
    directory: no race for a port, and no other user can connect. A client that is killed leaves that folder behind.
    """

    process: Any
    _remove_sockets: Callable[[], object] | None = None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        km = self.parent
        if forked.CAN_FORK and zmq.has("ipc") and km and _is_own_kernel(self.kernel_spec, km.format_kernel_cmd()):
            # A restart keeps its sockets. The system takes paths of about 100 bytes.
            untouched = km.transport == "tcp" and km.ip == localhost() and not any(km.ports)
            if untouched and len(os.fsencode(tempfile.gettempdir())) < 75:
                folder = tempfile.mkdtemp(prefix="kernel-")
                km.transport, km.ip = "ipc", os.path.join(folder, "s")
                self._remove_sockets = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return await super().pre_launch(**kwargs)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        # Not asyncio.to_thread: a forked client inherits its loop's thread pool without the threads, and waits forever.
        pool = ThreadPoolExecutor(1)
        try:
            forking = pool.submit(self._fork, cmd, **self._scrub_kwargs(kwargs))
            while not forking.done():
                await asyncio.sleep(0.002)
        finally:
            pool.shutdown(wait=False)
        if why_not := forking.result():
            if why_not not in _told:
                self.log.warning("Not a warm kernel, and slower to start: %s", why_not)
            _told.add(why_not)
            return await super().launch_kernel(cmd, **kwargs)
        if self.pid:  # a restart, so quick that clients, which try again every 0.1 to 0.2 s, would miss its first words
            await asyncio.sleep(0.3)
        self.pid = self.pgid = self.process.pid  # it leads a session of its own
        self.cwd = kwargs.get("cwd") or os.getcwd()
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        await super().cleanup(restart=restart)
        if self._remove_sockets and not restart:
            self._remove_sockets()

    def _fork(self, cmd: list[str], env: dict[str, str], cwd: str | None = None, **others: Any) -> str | None:
        """Forks the kernel and waits until it listens; or returns the reason why a forked one would not be the same."""
        cwd = os.path.abspath(cwd or os.getcwd())
        given = [others.pop(name, None) for name in ("stdin", "stdout", "stderr")]
        if why_not := self._why_ordinary(cmd, env, given, others):
            return why_not
        launcher: Any = find_spec("ipykernel_launcher")
        kernel: dict[str, Any] = {"argv": [launcher.origin, *cmd[cmd.index("-m") + 2 :]], "cwd": cwd}
        kernel["env"] = env | {"JPY_PARENT_PID": str(os.getpid())}
        with open(os.devnull, "rb") as nothing:
            streams: list[Any] = [own if one is None else one for one, own in zip(given, (nothing, 1, 2), strict=True)]
            numbers = [stream if isinstance(stream, int) else stream.fileno() for stream in streams]
            for again in (True, False):
                server = None
                try:
                    server = forked.running_server(env=env)
                    if changed := sorted({n for n, _ in forked.read_once(env).items() ^ server.read_once.items()}):
                        return f"its environment differs in {', '.join(changed)}"
                    if any(os.path.exists(os.path.join(folder, "matplotlibrc")) for folder in (cwd, server.folder)):
                        return "there is a matplotlibrc in its folder"
                    self.process = server.fork(numbers, **kernel)
                    break
                except (OSError, ValueError) as error:
                    forked.check_not_over()
                    # The sockets of a server that was killed close a moment before it is known to have ended.
                    if not (again and server and server.is_lost(within=0.2)):
                        return f"the fork server does not answer ({error!r})"
        return None

    def _why_ordinary(
        self, cmd: list[str], env: dict[str, str], given: list[Any], others: dict[str, Any]
    ) -> str | None:
        """The first thing that a forked kernel could not have; None where there is nothing."""
        name, own = self.kernel_spec.display_name, (sys.__stdin__, sys.__stdout__, sys.__stderr__)
        missing = any(mine is None and one is None for mine, one in zip(own, given, strict=True))
        folders = (env.get("PYTHONPATH") or "/").split(os.pathsep)
        reasons = {
            "this system has no safe fork": not forked.CAN_FORK,
            f"{name} is not ipykernel in {sys.executable}": not _is_own_kernel(self.kernel_spec, cmd),
            f"its client asks for {', '.join(name for name in others if others[name])}": any(others.values()),
            "its client asks for pipes": any(isinstance(stream, int) and stream < 0 for stream in given),
            "its client began without standard streams": missing,
            "PYTHONPATH depends on the folder": not all(map(os.path.isabs, folders)),
        }
        return next((reason for reason, holds in reasons.items() if holds), None)


def _is_own_kernel(spec: KernelSpec, cmd: list[str]) -> bool:
    """Whether this starts ipykernel in the interpreter that runs now."""

    def place(python: str) -> tuple[str, str]:  # environments may link to the same file, so that its folder counts too
        return os.path.realpath(os.path.dirname(python)), os.path.realpath(python)

    # The debugger has an option of its own.
    starts_ipykernel = [argument for argument in cmd[1:4] if argument != "-Xfrozen_modules=off"][:2] == [
        "-m",
        "ipykernel_launcher",
    ]
    return spec.language == "python" and starts_ipykernel and place(cmd[0]) == place(sys.executable)
