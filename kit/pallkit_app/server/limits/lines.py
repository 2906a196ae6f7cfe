"""The connections between pages and their kernels: how many, and when they are hung up."""

from __future__ import annotations

import re
from asyncio import Future
from typing import Any
from uuid import uuid4

from tornado import web
from tornado.websocket import WebSocketHandler
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from pallkit_app.server.limits.lifetimes import Lifetimes
from pallkit_app.server.limits.settings import Limits
from pallkit_app.server.pages import Answer

MOST_UNREAD = 4 * 2**20
"""Bytes kept for a connection that does not read them. What a widget shows is a fraction of it."""

_SESSION = re.compile(r"[0-9a-fA-F-]{8,40}")
_UNANSWERED = 3  # pings; the first is sent when the time between two has passed
_SWITCHED = 101  # the status of a request that has become a connection


class KernelMessages(Answer, VoilaKernelWebsocketHandler):  # type: ignore[misc]  # no types
    """One connection of a page to its kernel. What may go over it is for :mod:`wire` to say."""

    connection: Any = None
    kernel_id = ""
    left = False
    # ms. tornado, which takes it for seconds, warns of one longer than between two pings; so
    # ours is set when tornado has read it.
    ping_timeout = 0.0

    def initialize(self, kernels: Lifetimes, limits: Limits) -> None:
        """Take the kernels and the limits."""
        self.kernels = kernels
        self.limits = limits

    def check_origin(self, origin: str | None = None) -> bool:
        """Let in our own pages alone. Jupyter's way would write the other's address to the log."""
        return WebSocketHandler.check_origin(self, origin or "")

    def _origin_matches_host(self, origin: str) -> bool:
        try:
            return bool(super()._origin_matches_host(origin))
        except ValueError:  # no address at all
            return False

    async def get(self, kernel_id: str) -> None:
        """Connect, unless so many have connected to this kernel already."""
        if kernel_id not in self.kernels:
            raise web.HTTPError(404)
        lines = self.kernels.lines_of(kernel_id)
        if len(lines) >= self.limits.lines_per_session:
            raise web.HTTPError(429)
        if not _SESSION.fullmatch(self.get_query_argument("session_id", "")):
            # It stands in log lines, which are not the visitor's to fill.
            self.request.arguments["session_id"] = [uuid4().hex.encode()]
        lines.add(self)  # before anything is awaited: a hundred may ask in one moment
        try:
            await super().get(kernel_id)  # type: ignore[misc]  # tornado's says it may be None
        finally:
            if self.get_status() != _SWITCHED:
                lines.discard(self)

    def select_subprotocol(self, subprotocols: list[str]) -> str | None:
        """Choose one of Jupyter's two. Who left meanwhile gets no connection, and no log line."""
        if self.left:
            raise ValueError("the page has left")  # which ends it for tornado, quietly
        chosen: str | None = super().select_subprotocol(subprotocols)
        return chosen

    async def open(self, kernel_id: str) -> None:
        """Say hello, unless the session ended meanwhile."""
        if kernel_id not in self.kernels:
            self.close()
            return
        if self.ws_connection is not None and self.ws_connection.stream is not None:
            self.ws_connection.stream.max_write_buffer_size = MOST_UNREAD
        self.ping_timeout = _UNANSWERED * self.ping_interval
        await super().open(kernel_id)

    def write_message(self, message: Any, binary: bool = False) -> Future[None]:  # noqa: FBT001, FBT002  # theirs
        """Send a message; that a page has left meanwhile is no news for the log."""
        sent: Future[None] = super().write_message(message, binary)
        sent.add_done_callback(lambda done: done.cancelled() or done.exception())
        return sent

    def hang_up(self) -> None:
        """End the connection at once, without a word to one who does not listen."""
        if self.ws_connection is not None and self.ws_connection.stream is not None:
            self.ws_connection.stream.close()

    def on_message(self, ws_message: str | bytes) -> None:
        """Pass a message on, unless the connection is closing."""
        if self.connection is not None:
            super().on_message(ws_message)

    def on_close(self) -> None:
        """Forget the connection; it may never have been made."""
        self.left = True
        if self.ping_callback is not None:  # else it holds on to all this until the next ping
            self.ping_callback.stop()
        if self.kernel_id in self.kernels:
            self.kernels.lines_of(self.kernel_id).discard(self)
        if self.connection is not None:
            super().on_close()


class KernelEnd(Answer, VoilaShutdownKernelHandler):  # type: ignore[misc]  # no types
    """What a page calls when it is left."""

    def initialize(self, kernels: Lifetimes) -> None:
        """Take the kernels."""
        self.kernels = kernels

    async def post(self, kernel_id: str) -> None:
        """End the session at once."""
        if kernel_id not in self.kernels:
            raise web.HTTPError(404)
        await self.kernels.end(kernel_id, "left")
        self.set_status(204)
        self.finish()
