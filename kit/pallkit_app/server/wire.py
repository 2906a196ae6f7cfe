"""What may pass between a page and its kernel: our widgets' messages, and nothing else.

Anybody can open this line with a program of their own and send what they like. Each message
is therefore taken apart here, and what it means is written anew for the kernel: nothing that
a visitor sent goes on as it came. What does not fit is dropped without a word or a line in
the log, since both would be the visitor's to fill.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, NoReturn
from weakref import WeakKeyDictionary

from jupyter_client.session import Session, new_id
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from tornado.iostream import StreamBufferFullError
from tornado.websocket import WebSocketClosedError
from traitlets import default, validate

V1 = "v1.kernel.websocket.jupyter.org"
LARGEST = 512 * 1024
"""Bytes of a message. Widgets take 40,000 characters, each up to six bytes as JSON."""
BURST, STEADY = 200, 10
"""Messages a kernel takes at once, and a second after that."""
WEIGHT = 16 * 1024
"""Bytes that make a message count as one more."""

# Not «comm_open»: it would make a new widget in the kernel, of any kind and with any state, or
# fill it with lines that nobody closes. A page's widgets have theirs when it comes.
_INCOMING = frozenset({"comm_msg", "comm_info_request", "kernel_info_request"})
_METHODS = frozenset({"custom", "update", "request_state"})
# Not «stream» or «error»: what a kernel prints names files of the server. Nor «comm_open»: a
# widget stands in the page with all it begins with, and its script is not sent a second time.
_OUTGOING = frozenset({"comm_close", "comm_msg", "status", "comm_info_reply", "kernel_info_reply"})
_PARTS = ("header", "parent_header", "metadata", "content")
_LONGEST_ID = 100
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}")
_WORD = 8  # bytes of an offset in the v1 protocol


class NotOurs(ValueError):  # noqa: N818  # not a fault of ours
    """A message that no page of ours sends."""


@dataclass
class Pace:
    """How many messages a kernel will still take: full at first, filled again with time."""

    left: float = BURST
    at: float = field(default_factory=time.monotonic)

    def take(self, cost: int) -> bool:
        """Whether there is room for so many more, which is then used."""
        now = time.monotonic()
        self.left = min(BURST, self.left + (now - self.at) * STEADY)
        self.at = now
        if self.left < cost:
            return False
        self.left -= cost
        return True


# By kernel, not by connection: a new connection would otherwise begin anew.
_paces: WeakKeyDictionary[Any, Pace] = WeakKeyDictionary()


class VisitorSession(Session):
    """One end of a line, under a name that ZeroMQ can carry."""

    @validate("session")
    def _plain_name(self, proposal: Any) -> str:
        # The page's own name for itself comes in its address, and so from anybody.
        name = str(proposal["value"])
        return name if _NAME.fullmatch(name) else new_id()


class VisitorConnection(ZMQChannelsWebsocketConnection):
    """One open page's line to its kernel."""

    @default("session")
    def _default_session(self) -> Session:
        return VisitorSession(config=self.config)

    async def prepare(self) -> None:
        """Take a place among the kernel's lines.

        Theirs also asks the kernel for its protocol, which here is always ours, and keeps the
        whole line in memory for a minute lest the answer should not come.
        """
        await self._register_session()  # type: ignore[no-untyped-call]  # theirs
        self.session.key = self.kernel_manager.session.key

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Pass on what a page of ours could have sent."""
        pace = _paces.setdefault(self.kernel_manager, Pace())
        if not self.channels or not pace.take(1 + len(incoming_msg) // WEIGHT):
            return
        try:
            message = read(incoming_msg, v1=self.subprotocol == V1)
            self.session.send(self.channels["shell"], message)
        except (ValueError, RecursionError):  # the second: texts that are no UTF-8, or too deep
            self.log.debug("A message was dropped")

    def handle_outgoing_message(self, stream: Any, outgoing_msg: list[Any]) -> None:
        """Pass on what a widget says, and nothing that a kernel prints.

        What the widgets say while the notebook runs stands in the page already.
        """
        _route, parts = self.session.feed_identities(outgoing_msg)
        kind, cause = (self.session.unpack(part).get("msg_type") for part in parts[1:3])
        if kind in _OUTGOING and (kind != "comm_msg" or cause != "execute_request"):
            try:
                super().handle_outgoing_message(stream, outgoing_msg)
            except WebSocketClosedError:  # it left meanwhile
                return
            except StreamBufferFullError:  # it asks, and does not read
                page: Any = self.websocket_handler
                page.hang_up()

    def write_stderr(self, error_message: str, parent_header: Any) -> None:
        """Keep to ourselves what the limits of the line are set to."""


def read(message: str | bytes, *, v1: bool) -> dict[str, Any]:
    """Take a message apart and write it anew. Raises :class:`NotOurs` or ValueError.

    ``v1`` is the newer of Jupyter's two protocols, in which all is bytes.
    """
    if len(message) > LARGEST:
        raise NotOurs
    if v1:
        channel, found = _from_v1(message)
    elif isinstance(message, str):
        found = _parsed(message)
        channel = str(found.get("channel")) if isinstance(found, dict) else ""
    else:  # only buffers make it binary, and our widgets take none
        raise NotOurs
    if channel != "shell" or not all(isinstance(found.get(part), dict) for part in _PARTS):
        raise NotOurs
    header, content = found["header"], found["content"]
    kind = header.get("msg_type")
    if not isinstance(kind, str) or kind not in _INCOMING or not _fits(kind, content):
        raise NotOurs
    return {
        "header": {**_header(header), "msg_type": kind},
        "msg_type": kind,
        "msg_id": header["msg_id"],
        "parent_header": {},
        "metadata": _version(found["metadata"]),
        "content": content,
    }


def _from_v1(message: str | bytes) -> tuple[str, dict[str, Any]]:
    # The first word counts the others. Jupyter's own reader believes whatever it says, and a
    # number near 2⁶⁴ then stops the server for everybody.
    count = 2 + len(_PARTS)
    if isinstance(message, str) or int.from_bytes(message[:_WORD], "little") != count:
        raise NotOurs
    ends = [
        int.from_bytes(message[_WORD * place : _WORD * (place + 1)], "little")
        for place in range(1, count + 1)
    ]
    if ends != sorted(ends) or ends[0] != _WORD * (count + 1) or ends[-1] != len(message):
        raise NotOurs
    channel, *parts = (message[start:end] for start, end in pairwise(ends))
    texts = [_parsed(part.decode()) for part in parts]
    return channel.decode(), dict(zip(_PARTS, texts, strict=True))


def _parsed(text: str) -> Any:
    return json.loads(text, parse_constant=_no_number)


def _no_number(_name: str) -> NoReturn:  # NaN and Infinity, which are no JSON
    raise NotOurs


def _header(header: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    for name in ("msg_id", "session", "username", "version"):
        value = header.get(name, "")
        if not isinstance(value, str) or len(value) > _LONGEST_ID:
            raise NotOurs
        found[name] = value
    # The time makes the signature another each time: the kernel takes none twice.
    return found | {"date": datetime.now(UTC).isoformat()}


def _version(metadata: Mapping[str, Any]) -> dict[str, str]:
    version = metadata.get("version")
    return {"version": version} if isinstance(version, str) and len(version) < _LONGEST_ID else {}


def _fits(kind: str, content: Mapping[str, Any]) -> bool:
    if kind != "comm_msg":
        return True
    name, data = content.get("comm_id"), content.get("data")
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(data, dict):
        return False
    # Of others, and of buffers that are not there, the kernel complains in the server's log, in
    # the sender's own words.
    method = data.get("method")
    return isinstance(method, str) and method in _METHODS and not data.get("buffer_paths")
