"""How soon a page's kernel can be used: who listens to it knows when it is heard."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

from jupyter_core.paths import jupyter_runtime_dir
from tests.app.warm.running import PATIENCE, Forked, Kernel, Kernels

from pallkit_app.server.kernels import VisitorKernel
from pallkit_app.warm.client import PageClient


async def _first_word(kernel: Kernel) -> str:
    line = kernel.manager.connect_iopub()
    try:
        heard = await asyncio.wait_for(line.recv_multipart(), 10)
        _names, parts = kernel.manager.session.feed_identities(heard)
        return str(kernel.manager.session.deserialize(parts)["msg_type"])
    finally:
        line.close(linger=0)


def test_a_pages_kernel_says_welcome_to_each_who_listens_and_not_to_the_first_only(
    kernels: Kernels,
) -> None:
    kernel = kernels.start(page=True)
    assert [kernels.wait(_first_word(kernel)) for _listener in range(2)] == ["iopub_welcome"] * 2


def test_once_its_notebook_can_run_the_kernel_is_known_to_be_idle(kernels: Kernels) -> None:
    async def started() -> str:
        pages = Forked()
        pages.page = True
        folder = Path(jupyter_runtime_dir())
        folder.mkdir(parents=True, exist_ok=True)
        manager = VisitorKernel(
            kernel_name="python3",
            kernel_spec_manager=pages,
            connection_file=str(folder / f"v-{uuid4().hex[:8]}.json"),
        )
        await manager.start_kernel()
        manager.execution_state = "starting"  # and nobody listens who could know better
        client = manager.client()
        assert isinstance(client, PageClient)
        client.start_channels()
        try:
            await client.wait_for_ready(PATIENCE)
            return str(manager.execution_state)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    assert kernels.wait(started()) == "idle"
