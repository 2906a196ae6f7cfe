"""What the server and the warm process say to each other, over Unix sockets.

The server sends an order: its length, then JSON, with open files beside it. One of these is
a socket for this kernel alone, on which the warm process answers with the process's number
and a descriptor of it, and, when the process has ended, with its exit status.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass

_LENGTH = struct.Struct("!I")
LARGEST = 1 << 20
"""Bytes of one order; the environment is most of it."""
_ANSWER = 4096
FILES = 4
"""Open files with an order: the kernel's own socket, and its standard input, output, errors."""

READY = b"ready"


@dataclass(frozen=True, slots=True)
class Order:
    """One kernel: the arguments of ``ipykernel_launcher``, its environment and its folder.

    A kernel for a ``page`` does without what only JupyterLab asks a kernel for.
    """

    arguments: list[str]
    env: dict[str, str]
    cwd: str
    page: bool = False


class WireError(Exception):
    """The other side is gone, or said something that is no order or answer."""


class RefusedError(WireError):
    """The warm process is well, and could not fork."""


def send_order(line: socket.socket, order: Order, files: list[int]) -> None:
    """Ask for a kernel. :class:`WireError` for one too large to send."""
    body = json.dumps(asdict(order)).encode("utf-8", "surrogateescape")
    if len(body) > LARGEST:
        raise WireError(f"an order of {len(body)} bytes")
    socket.send_fds(line, [_LENGTH.pack(len(body))], files)
    line.sendall(body)


def receive_order(line: socket.socket) -> tuple[Order, list[int]] | None:
    """Wait for an order; None when the server is gone."""
    try:
        head, files, _flags, _address = socket.recv_fds(line, _LENGTH.size, FILES)
    except ConnectionResetError:  # gone without having read all it was told
        return None
    if not head:
        return None
    (length,) = _LENGTH.unpack(head + _exactly(line, _LENGTH.size - len(head)))
    if length > LARGEST or len(files) != FILES:
        raise WireError(f"an order of {length} bytes with {len(files)} files")
    return Order(**json.loads(_exactly(line, length).decode("utf-8", "surrogateescape"))), files


def send_started(line: socket.socket, pid: int, descriptor: int) -> None:
    """Say which process the kernel is."""
    socket.send_fds(line, [json.dumps({"pid": pid}).encode()], [descriptor])


def receive_started(line: socket.socket) -> tuple[int, int]:
    """Return the kernel's number and a descriptor of its process.

    :class:`RefusedError` with the reason when there is no kernel.
    """
    answer, files, _flags, _address = socket.recv_fds(line, _ANSWER, 1)
    if not answer:
        raise WireError("it has ended")
    said = json.loads(answer)
    if not files:
        raise RefusedError(said["refused"])
    return int(said["pid"]), files[0]


def send_refusal(line: socket.socket, reason: str) -> None:
    """Say why there is no kernel."""
    line.send(json.dumps({"refused": reason[:1000]}).encode())


def send_ended(line: socket.socket, status: int) -> None:
    """Say how the kernel ended: its exit status, or minus the signal that ended it."""
    line.send(json.dumps({"status": status}).encode())


def receive_ended(line: socket.socket) -> int | None:
    """Return the exit status, None if the warm process died before it could tell.

    ``BlockingIOError`` when the kernel has not ended.
    """
    answer = line.recv(_ANSWER)
    return int(json.loads(answer)["status"]) if answer else None


def _exactly(line: socket.socket, length: int) -> bytes:
    parts = []
    while length:
        part = line.recv(min(length, 1 << 16))
        if not part:
            raise WireError("cut off in the middle of an order")
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
