"""Kernels that are started in a test's own process, by nbclient or by the test itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.paths import jupyter_runtime_dir
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

    @default("ip")
    def _folder_and_beginning(self) -> str:
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(parents=True, exist_ok=True)
        return str(folder / f"k-{uuid4().hex[:8]}")  # the system takes no long one


@pytest.fixture(scope="session", autouse=True)
def own_sockets() -> Iterator[None]:
    """Have every notebook that a test runs without a server run so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NotebookClient, "_kernel_manager_class_default", lambda _client: OwnSockets)
        yield
