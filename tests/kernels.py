"""Kernels that nbclient starts in a test's own process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from traitlets import default


class OwnSockets(AsyncKernelManager):
    """A kernel that is reached through files, not through ports.

    A port is chosen before the kernel is there to take it. With two workers starting kernels,
    one may take what the other has chosen, and that kernel ends before it has answered.
    """

    @default("transport")
    def _files(self) -> str:
        return "ipc"


@pytest.fixture(scope="session", autouse=True)
def own_sockets() -> Iterator[None]:
    """Have every notebook that a test runs without a server run so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NotebookClient, "_kernel_manager_class_default", lambda _client: OwnSockets)
        yield
