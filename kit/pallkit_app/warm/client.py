"""The server's own line to a kernel, while it runs a page's notebook.

Jupyter's client opens five channels, one with a thread of its own, and after the kernel's first
answer it waits a fifth of a second in case something more comes. Two channels are enough to run
cells, and the kernel itself says when it is heard.
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
                # Whatever it tells everybody: it is heard then. A page's kernel says welcome.
                await self.get_iopub_msg(timeout=_STATUS)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
            else:
                self._tell_manager()
                return
        raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answer_to(self, asked: str) -> None:
        while True:
            message = await self.get_shell_msg(timeout=_ANSWER)
            if message["parent_header"].get("msg_id") == asked:
                self._handle_kernel_info_reply(message)
                return

    def _tell_manager(self) -> None:
        """Let the page connect at once.

        The manager listens on a line of its own. If that is slower than the kernel, it takes it
        to be starting still, and a page's connection waits half a second to ask again.
        """
        manager: Any = self.parent
        if getattr(manager, "execution_state", None) == "starting":
            manager.execution_state = "idle"
