"""The server's own line to a kernel, while it runs a page's notebook.

Jupyter's client opens five channels, one with a thread of its own, and after the kernel's first
answer it waits a fifth of a second in case something more comes. Two channels are enough to run
cells, and the kernel itself says when it has told everything.
"""

from __future__ import annotations

import time
from queue import Empty
from typing import Any

from jupyter_client.asynchronous.client import AsyncKernelClient

_ANSWER = 1.0  # seconds until the kernel is asked again
_STATUS = 0.2


class PageClient(AsyncKernelClient):
    """Runs cells; asks for no input and interrupts nothing."""

    def start_channels(self, *_wanted: bool, **_also: bool) -> None:
        """Open the two channels that are used."""
        super().start_channels(stdin=False, hb=False, control=False)

    def stop_channels(self) -> None:
        """Close them; the base class would open the others first."""
        for channel in (self._shell_channel, self._iopub_channel):
            if channel is not None:
                channel.stop()
        # Two threads, which would stay until Python happens to collect what nobody uses.
        if self._created_context and not self.context.closed:
            self.context.destroy(linger=0)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Return when the kernel answers and is heard. ``RuntimeError`` when it does not."""
        limit = time.monotonic() + (float("inf") if timeout is None else timeout)
        while time.monotonic() < limit:
            asked = self.kernel_info()
            try:
                await self._answer_to(asked)
                await self._idle_after(asked)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
            else:
                return
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answer_to(self, asked: str) -> None:
        while True:
            message = await self.get_shell_msg(timeout=_ANSWER)
            if message["parent_header"].get("msg_id") == asked:
                self._handle_kernel_info_reply(message)
                return

    async def _idle_after(self, asked: str) -> None:
        while True:
            message: dict[str, Any] = await self.get_iopub_msg(timeout=_STATUS)
            last = message["content"].get("execution_state") == "idle"
            if last and message["parent_header"].get("msg_id") == asked:
                return
