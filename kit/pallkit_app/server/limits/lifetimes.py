"""When a session ends: its page was left, was never opened, or has been quiet for long."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Literal, Protocol, TypeAlias

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer, default
from traitlets.config import Config

from pallkit_app.server.limits.gate import SEAT

End: TypeAlias = Literal["left", "unmet", "gone", "idle", "died", "stopped"]
"""Why: the page said it was left; nobody came; nobody came back; nothing happened; the kernel
died by itself; the server stops."""

CLOSED = 4410
"""The websocket's code for «this session is over»: connecting again is of no use."""

_MAKING = 90  # seconds a page may need before it can connect


class Line(Protocol):
    """The connection of a page to its kernel."""

    def close(self, code: int | None = None, reason: str | None = None) -> None:
        """Hang up."""


class Lifetimes(AsyncMappingKernelManager):
    """One kernel a page, let go soon after nobody is there.

    A page that is left says so, and its kernel ends at once. Where the word is lost, time
    tells. A page whose session was ended takes it up again in a new one: the page keeps
    what was answered, not the kernel.
    """

    unmet_timeout = Integer(
        30, config=True, help="Seconds a kernel waits for its page to connect the first time."
    )
    left_timeout = Integer(
        90, config=True, help="Seconds a kernel waits for a page that has lost its connection."
    )

    ended: Callable[[End], None] = staticmethod(lambda _end: None)  # told of each session's end

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]  # jupyter_server's
        # A kernel begun anew under the same name has forgotten what its page shows.
        self.update_config(Config(KernelRestarter={"restart_limit": 0}))
        # Of the messages that were signed each end of a line remembers so many, to know one that
        # comes twice. Jupyter's 65,536 are 10 MB, which a visitor could fill.
        self.update_config(Config(Session={"digest_history_size": 1024}))
        self._met: set[str] = set()
        self._alone_since: dict[str, float] = {}
        self._ends: dict[str, End] = {}
        self._lines: defaultdict[str, set[Line]] = defaultdict(set)
        self._to_tell: dict[str, Callable[[], None]] = {}
        self._clearing: set[asyncio.Future[None]] = set()

    @default("cull_idle_timeout")
    def _half_an_hour(self) -> int:
        return 30 * 60

    @default("cull_interval")
    def _five_seconds(self) -> int:
        return 5

    @property
    def met(self) -> int:
        """Sessions whose page is connected now."""
        return sum(count > 0 for count in self._kernel_connections.values())

    @property
    def lines(self) -> int:
        """Connections of pages to their kernels."""
        return sum(map(len, self._lines.values()))

    def lines_of(self, kernel_id: str) -> set[Line]:
        """The connections to one kernel; whoever opens one puts it here."""
        return self._lines[kernel_id]

    def at_end(self, kernel_id: str, tell: Callable[[], None]) -> None:
        """Have somebody told just before this session is ended: who makes its page."""
        self._to_tell[kernel_id] = tell

    def made(self, kernel_id: str) -> None:
        """Begin to wait for the page: it is made, or never will be."""
        self._to_tell.pop(kernel_id, None)
        kernel: Any = self._kernels.get(kernel_id)
        if kernel is not None:
            kernel.last_activity = datetime.now(UTC)

    async def start_kernel(  # type: ignore[override]  # async, as jupyter_server's own
        self, *, kernel_id: str | None = None, **kwargs: Any
    ) -> str:
        """Start the kernel under an id that the visitor's seat knows beforehand."""
        seat = SEAT.get()
        if seat is not None and kernel_id is None:
            kernel_id = seat.kernel_id = self.new_kernel_id()
        started: str = await super().start_kernel(kernel_id=kernel_id, **kwargs)
        return started

    def notify_connect(self, kernel_id: str) -> None:
        """Remember that the page this kernel was started for has been there."""
        self._met.add(kernel_id)
        self._alone_since.pop(kernel_id, None)
        super().notify_connect(kernel_id)  # type: ignore[no-untyped-call]  # jupyter_server's

    def notify_disconnect(self, kernel_id: str) -> None:
        """Remember since when nobody is there."""
        super().notify_disconnect(kernel_id)  # type: ignore[no-untyped-call]  # jupyter_server's
        if self._kernel_connections.get(kernel_id) == 0:
            self._alone_since[kernel_id] = time.monotonic()

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End the session when its time has passed."""
        end = self._overdue(kernel_id)
        if end is not None:
            await self.end(kernel_id, end)

    async def end(self, kernel_id: str, why: End) -> None:
        """End a session; one that is ending already, or has ended, is left alone."""
        if kernel_id in self and kernel_id not in self._ends:
            self._ends[kernel_id] = why
            await self.shutdown_kernel(kernel_id)

    async def shutdown_kernel(  # type: ignore[override]  # async, as jupyter_server's own
        self, kernel_id: str, **how: Any
    ) -> None:
        """Kill the kernel: it holds nothing that is to be saved."""
        if kernel_id in self._to_tell:
            self._to_tell.pop(kernel_id)()
        try:
            await super().shutdown_kernel(kernel_id, **{"now": True, **how})  # type: ignore[no-untyped-call]
        finally:
            if kernel_id not in self:
                self._forget(kernel_id)

    async def shutdown_all(self, **how: Any) -> None:  # type: ignore[override]  # as above
        """Stop every kernel, as the server stops."""
        for kernel_id in self.list_kernel_ids():
            self._ends.setdefault(kernel_id, "stopped")
        await super().shutdown_all(**{"now": True, **how})

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget the kernel, and hang up on the pages that still hold a line to it."""
        found = super().remove_kernel(kernel_id)
        if found is not None:
            self.ended(self._ends.get(kernel_id, "left"))
        self._forget(kernel_id)
        return found

    def _forget(self, kernel_id: str) -> None:
        self._met.discard(kernel_id)
        self._alone_since.pop(kernel_id, None)
        self._ends.pop(kernel_id, None)
        self._to_tell.pop(kernel_id, None)
        for line in self._lines.pop(kernel_id, ()):
            line.close(CLOSED, "session ended")

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Clear up after a kernel that is gone; jupyter_server would only drop its name."""
        self._ends.setdefault(kernel_id, "died")
        kernel = self._kernels.get(kernel_id)
        if kernel is None:
            return
        self.log.warning("A kernel died; its page begins another")
        self.stop_watching_activity(kernel_id)  # type: ignore[no-untyped-call]  # theirs
        self.stop_buffering(kernel_id)  # type: ignore[no-untyped-call]  # theirs
        clearing = asyncio.ensure_future(kernel.cleanup_resources())
        self._clearing.add(clearing)
        clearing.add_done_callback(self._clearing.discard)
        self._kernel_connections.pop(kernel_id, None)
        self._kernel_ports.pop(kernel_id, None)
        self.remove_kernel(kernel_id)

    def _overdue(self, kernel_id: str) -> End | None:
        kernel: Any = self._kernels.get(kernel_id)
        state = getattr(kernel, "execution_state", None)
        if state is None or kernel_id in self._ends:  # gone, only just asked for, or going
            return None
        if state == "dead":
            return "died"
        quiet = (datetime.now(UTC) - kernel.last_activity).total_seconds()
        if kernel_id not in self._met:
            if self._lines.get(kernel_id):  # a page is about to be connected
                return None
            # Not by the kernel's own word: one that is quicker than our line to it is never heard
            # to be idle.
            patience = self.unmet_timeout + (_MAKING if kernel_id in self._to_tell else 0)
            return "unmet" if quiet > patience else None
        if quiet > self.cull_idle_timeout:
            return "idle"
        alone = self._alone_since.get(kernel_id)
        return "gone" if alone and time.monotonic() - alone > self.left_timeout else None
