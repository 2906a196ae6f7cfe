"""What Voila runs on here: this Python, our notebooks, no accounts, and kernels let go in time."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import List, Unicode, default

from pallkit_app.server.limits.lifetimes import Lifetimes
from pallkit_app.warm.client import PageClient
from pallkit_app.warm.keeper import keeper

# The name that pyproject.toml gives pallkit_app.warm.provisioner, and its settings.
_FORKED = {"provisioner_name": "pallkit-warm", "config": {"page": True}}
# Bytes of the longest name a socket may have: 104 on macOS and 108 on Linux, with a zero after it.
_LONGEST = 103
_SOCKET = "-ipc-5"  # what Jupyter puts behind the connection file's name for the last of five


class ThisPython(KernelSpecManager):
    """Only the Python that runs the server, whatever kernels the user has installed.

    A ``python3`` kernel in a home folder would otherwise win, and know no PallKit.
    """

    kernel_dirs = List(Unicode(), default_value=[])

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the native kernel, told to keep no history file."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [*spec.argv, "--HistoryManager.enabled=False"]
        spec.metadata = {**spec.metadata, "kernel_provisioner": _FORKED}
        return spec


class VisitorKernel(ServerKernelManager):
    """One visitor's kernel."""

    @default("client_class")
    def _own_line(self) -> str:
        return f"{PageClient.__module__}.{PageClient.__name__}"

    @default("client_factory")
    def _own_line_too(self) -> type:
        return PageClient

    @default("transport")
    def _no_ports(self) -> str:
        # A port is chosen before the kernel is there to take it, and another program may be
        # quicker. And the folder of Voila's connection files is closed to the machine's others.
        socket = Path(self.connection_file).with_suffix("").as_posix() + _SOCKET
        fits = len(os.fsencode(socket)) <= _LONGEST
        return "ipc" if os.name == "posix" and fits else "tcp"

    def emit(self, schema_id: str, data: dict[str, Any]) -> None:
        """Tell nobody: nobody listens, and theirs first reads a schema, for each kernel."""

    async def start_kernel(  # type: ignore[override]  # theirs is not async in the base
        self, **how: Any
    ) -> None:
        """Start it; where that fails half-way, leave no process behind."""
        try:
            await super().start_kernel(**how)
        except BaseException:
            if self.has_kernel:
                await super().shutdown_kernel(now=True)
            raise

    async def shutdown_kernel(  # type: ignore[override]  # theirs is not async in the base
        self,
        now: bool = False,  # noqa: ARG002, FBT001, FBT002  # theirs
        restart: bool = False,  # noqa: FBT001, FBT002  # theirs
    ) -> None:
        """End it at once: it holds nothing that must be put away."""
        await super().shutdown_kernel(now=True, restart=restart)


class VisitorKernels(Lifetimes):
    """One kernel a visitor, forked, out of others' reach, telling nothing of the server."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        keeper(page=True).start()  # now, so that the first visitor does not wait for it

    @default("kernel_manager_class")
    def _one_visitors(self) -> str:
        return f"{VisitorKernel.__module__}.{VisitorKernel.__name__}"

    @default("transport_encryption")
    def _encrypted(self) -> str:
        # Where kernels have ports, other users of the machine can reach them.
        return "auto"

    @default("allow_tracebacks")
    def _no_tracebacks(self) -> bool:
        return False


class NoAccounts(IdentityProvider):
    """Everyone is the same reader: no login, no token, no cookie.

    Jupyter's own provider gives each visitor an invented name in a signed cookie.
    """

    @default("token")
    def _token_default(self) -> str:
        return ""

    @property
    def auth_enabled(self) -> bool:
        """There is nothing to log in to."""
        return False

    def get_user(self, handler: Any) -> User:  # noqa: ARG002  # the base class's signature
        """Return the one reader there is."""
        return User("reader")
