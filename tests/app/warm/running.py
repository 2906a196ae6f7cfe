"""Kernels from the warm process, in an event loop of their own, as a server would run them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Self, TypeVar

import psutil
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from tests.kernels import OwnSockets

from pallkit_app.warm.keeper import keeper

T = TypeVar("T")
PATIENCE = 120


class Forked(KernelSpecManager):
    """The native kernel, by the provisioner's name."""

    page = False

    def get_kernel_spec(self, kernel_name: str) -> Any:
        spec = super().get_kernel_spec(kernel_name)
        spec.metadata = {
            **spec.metadata,
            "kernel_provisioner": {
                "provisioner_name": "pallkit-warm",
                "config": {"page": self.page},
            },
        }
        return spec


class Kernel:
    """One kernel and a line to it."""

    def __init__(self, manager: AsyncKernelManager, client: AsyncKernelClient) -> None:
        self.manager = manager
        self.client = client

    @property
    def pid(self) -> int:
        assert self.manager.provisioner is not None
        return int(self.manager.provisioner.pid)  # type: ignore[attr-defined]  # the local one's

    @property
    def process(self) -> psutil.Process:
        return psutil.Process(self.pid)

    async def run(self, code: str) -> str:
        """What the code prints, or the name of its error."""
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            if message["msg_type"] == "stream":
                said.append(content["text"])
            elif message["msg_type"] == "error":
                said.append(content["ename"])

        await self.client.execute_interactive(code, output_hook=hear, timeout=PATIENCE)
        return "".join(said).strip()

    async def end(self) -> None:
        self.client.stop_channels()
        await self.manager.shutdown_kernel(now=True)


class Kernels:
    """Starts kernels, and ends them all with the test module."""

    def __enter__(self) -> Self:
        self._loop = asyncio.Runner()
        # In the main thread Playwright's loop runs, once a test has had a browser.
        self._thread = ThreadPoolExecutor(1)
        self._started: list[Kernel] = []
        return self

    def __exit__(self, *_error: object) -> None:
        for kernel in self._started:
            self.wait(kernel.end())
        self._thread.submit(self._loop.close).result()
        self._thread.shutdown()

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        return self._thread.submit(self._loop.run, work).result()

    async def starting(self, *, page: bool = False, **options: Any) -> Kernel:
        known = Forked()
        known.page = page
        manager = OwnSockets(
            kernel_name="python3", kernel_spec_manager=known, transport_encryption="auto"
        )
        await manager.start_kernel(**options)
        client = manager.client()
        client.start_channels(hb=False)
        kernel = Kernel(manager, client)
        self._started.append(kernel)
        await client.wait_for_ready(timeout=PATIENCE)
        return kernel

    def start(self, *, page: bool = False, **options: Any) -> Kernel:
        return self.wait(self.starting(page=page, **options))

    def run(self, kernel: Kernel, code: str) -> str:
        return self.wait(kernel.run(code))


def is_forked(kernel: Kernel) -> bool:
    return kernel.process.ppid() == keeper().pid


def open_files() -> int:
    return len(list(Path(f"/proc/{os.getpid()}/fd").iterdir()))
