"""Messages between the grader and the processes of the sandbox: a length, then JSON.

What comes from a hand-in's process is not believed: a message is plain JSON of a bounded
size, and whoever reads it checks its shape.
"""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_HEAD = struct.Struct("!I")


class WireError(Exception):
    """The other end sent something that is no message, or too much of it."""


def send(link: socket.socket, value: object) -> None:
    """Send one message; blocks until it is taken."""
    body = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    link.sendall(_HEAD.pack(len(body)) + body)


def receive(link: socket.socket) -> Any:
    """Wait for one message. Raises EOFError when the other end is gone."""
    (length,) = _HEAD.unpack(_exactly(link, _HEAD.size))
    return json.loads(_exactly(link, length))


class Inbox:
    """Messages out of bytes that come bit by bit, ``most`` bytes of them in all."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held = bytearray()
        self.taken = 0

    def feed(self, data: bytes) -> list[Any]:
        """Every message that is whole now. Raises WireError when there is too much, or no JSON."""
        self.taken += len(data)
        if self.taken > self._most:
            raise WireError("too much")
        self._held += data
        whole = []
        while len(self._held) >= _HEAD.size:
            (length,) = _HEAD.unpack_from(self._held)
            end = _HEAD.size + length
            if length > self._most:
                raise WireError("too much")
            if len(self._held) < end:
                break
            whole.append(_read(bytes(self._held[_HEAD.size : end])))
            del self._held[:end]
        return whole


def _read(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise WireError("no JSON") from error


def _exactly(link: socket.socket, count: int) -> bytes:
    parts = bytearray()
    while len(parts) < count:
        part = link.recv(min(count - len(parts), 1 << 16))
        if not part:
            raise EOFError
        parts += part
    return bytes(parts)
