"""What Jupyter asks for a kernel: forked from the warm process, else an ordinary one.

Registered as ``pallkit-warm``. A kernel specification names it in its metadata, or a server
uses it for every kernel with ``JUPYTER_DEFAULT_PROVISIONER_NAME=pallkit-warm``; whatever
cannot be forked (another language, another Python, another system) is started as ever.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Bool

from pallkit_app.warm.keeper import NoWarmKernelError, keeper
from pallkit_app.warm.kernel import WarmKernel
from pallkit_app.warm.wire import Order

# What follows the Python in the command of an IPython kernel.
_LAUNCHERS = (["-m", "ipykernel_launcher"], ["-Xfrozen_modules=off", "-m", "ipykernel_launcher"])
# Variables that are read when a process starts: a fork cannot have others than its parent.
_READ_AT_START = ("PYTHON", "LD_", "MALLOC_", "GLIBC_")
_FILES = ("stdin", "stdout", "stderr")
_UNDERSTOOD = {"env", "cwd", *_FILES}
_said: set[str] = set()


class WarmProvisioner(LocalProvisioner):
    """A kernel on this machine, forked where that can be done.

    What is done with a running kernel is inherited: a :class:`WarmKernel` stands where the base
    class has a ``subprocess.Popen``.
    """

    process: Any
    page = Bool(
        default_value=False,
        help="The kernel is for a page of widgets: no debugger, heartbeat, subshells or capture of "
        "what programs print. Said in the kernel specification, beside the provisioner's name.",
    )

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel, or start an ordinary one and say once why."""
        try:
            order = _order(cmd, self._scrub_kwargs(kwargs), page=self.page)
            with _standard_files(kwargs) as files:
                process = await keeper(page=self.page).kernel(order, files)
        except NoWarmKernelError as error:
            self._say(str(error))
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.pgid = process.pid  # it is its own group
        self.cwd = order.cwd
        return self.connection_info

    async def send_signal(self, signum: int) -> None:
        """Signal the kernel and what it has started."""
        if isinstance(self.process, WarmKernel):
            self.process.send_signal(signum)
        else:
            await super().send_signal(signum)

    def _say(self, reason: str) -> None:
        if reason not in _said:
            _said.add(reason)
            self.log.warning("An ordinary kernel instead of a forked one: %s", reason)


def _order(cmd: list[str], options: Mapping[str, Any], *, page: bool) -> Order:
    """Say what is to be forked. :class:`NoWarmKernelError` for what a fork could not be."""
    if sys.platform != "linux":
        raise NoWarmKernelError("kernels are forked on Linux only")
    if options.keys() - _UNDERSTOOD:
        raise NoWarmKernelError(f"options {', '.join(sorted(options.keys() - _UNDERSTOOD))}")
    env = dict(options.get("env") or os.environ)
    if _read_at_start(env) != _read_at_start(os.environ):
        raise NoWarmKernelError("the kernel is to have other PYTHON, LD or MALLOC variables")
    folder = Path(options.get("cwd") or Path.cwd())
    if not folder.is_dir():
        raise NoWarmKernelError("its folder does not exist")
    return Order(_arguments(cmd), env, str(folder), page)


def _arguments(cmd: list[str]) -> list[str]:
    for launcher in _LAUNCHERS:
        if cmd[:1] == [sys.executable] and cmd[1 : len(launcher) + 1] == launcher:
            return cmd[len(launcher) + 1 :]
    raise NoWarmKernelError("the kernel is not an IPython kernel of the server's own Python")


def _read_at_start(env: Mapping[str, str]) -> dict[str, str]:
    return {name: env[name] for name in env if name.startswith(_READ_AT_START)}


@contextmanager
def _standard_files(options: Mapping[str, Any]) -> Iterator[list[int]]:
    """Open the kernel's standard input, output and errors as ``Popen`` would."""
    with ExitStack() as opened:
        nothing = opened.enter_context(Path(os.devnull).open("r+b")).fileno()
        files = []
        for number, name in enumerate(_FILES):
            asked = options.get(name)
            if asked in (None, subprocess.DEVNULL):
                # A kernel reads nothing from the server's terminal.
                files.append(number if number and asked is None else nothing)
            elif isinstance(asked, int) and asked >= 0:
                files.append(asked)
            elif hasattr(asked, "fileno"):
                files.append(asked.fileno())
            else:
                raise NoWarmKernelError(f"{name} is to be a pipe")
        yield files
