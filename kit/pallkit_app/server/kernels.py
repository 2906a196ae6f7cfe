"""What Voila runs on here: this Python, our notebooks, no accounts, and kernels let go in time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.contents.largefilemanager import LargeFileManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer, List, Unicode, default


class ThisPython(KernelSpecManager):
    """Only the Python that runs the server, whatever kernels the user has installed.

    A ``python3`` kernel in a home folder would otherwise win, and know no PallKit.
    """

    kernel_dirs = List(Unicode(), default_value=[])

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        """Return the native kernel, told to keep no history file."""
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = [*spec.argv, "--HistoryManager.enabled=False"]
        return spec


class VisitorKernels(AsyncMappingKernelManager):
    """One kernel a visitor, let go soon after nobody is there.

    A page that was fetched but never connected (a link preview, a closed tab) loses its
    kernel after ``unmet_timeout`` seconds. One that was in use keeps it for
    ``cull_idle_timeout``, so that a phone which slept can take up the case again.
    """

    unmet_timeout = Integer(
        120, config=True, help="Seconds a kernel waits for its page to connect the first time."
    )

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # jupyter_server's
        self._met: set[str] = set()

    @default("cull_idle_timeout")
    def _fifteen_minutes(self) -> int:
        return 15 * 60

    @default("cull_interval")
    def _half_a_minute(self) -> int:
        return 30

    @default("transport_encryption")
    def _encrypted(self) -> str:
        # Other users of the machine can reach the kernels' ports.
        return "auto"

    @default("allow_tracebacks")
    def _no_tracebacks(self) -> bool:
        return False

    def notify_connect(self, kernel_id: str) -> None:
        """Remember that the page this kernel was started for has been there."""
        self._met.add(kernel_id)
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]  # jupyter_server's

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """Let the kernel go when its own time limit has passed."""
        if kernel_id in self._met:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]  # theirs
            return
        kernel = self._kernels[kernel_id]
        # Not while it starts or runs the notebook: the page is still being made.
        if getattr(kernel, "execution_state", None) != "idle":
            return
        if datetime.now(UTC) - kernel.last_activity > timedelta(seconds=self.unmet_timeout):
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]  # theirs

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget the kernel, also here."""
        self._met.discard(kernel_id)
        return super().remove_kernel(kernel_id)


class OwnNotebooks(LargeFileManager):
    """The notebooks that come with PallKit; nobody else's are served, so none is suspect."""

    def mark_trusted_cells(self, nb: Any, path: str = "") -> None:
        """Ask for no signature: a notebook of ours holds no output to trust or not."""


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
