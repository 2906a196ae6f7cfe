"""One cage, as the grader speaks with it: run a cell, ask for a value, close it."""

from __future__ import annotations

import base64
import json
import os
import secrets
import select
import signal
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_grading.sandbox.groups import Group
from pallkit_grading.sandbox.limits import Limits
from pallkit_grading.sandbox.wire import Inbox, WireError, receive, send

Ended = Literal["time", "memory", "output", "stopped", "forged"]
"""Why a cage was gone before its hand-in was done.

time      it used more than its seconds
memory    the kernel ended a process in it that used too much
output    it sent more than its limit
stopped   it ended itself, or was ended by a signal
forged    it answered what it was not asked: its code spoke in the grader's place
"""
START_SECONDS = 60.0
"""How long a process of the sandbox may take to begin, on a machine that is busy."""

_MARGIN = 64 * 1024  # for what goes beside a cell's outputs
_GRACE = 10.0


class SandboxError(PallkitError):
    """The sandbox cannot be built on this machine, or broke. No hand-in is to blame."""


class CageEndedError(Exception):
    """The hand-in's process is gone: ``why`` it was ended, or ended itself ("stopped")."""

    def __init__(self, why: Ended) -> None:
        super().__init__(why)
        self.why: Ended = why


@dataclass(frozen=True, slots=True)
class Ran:
    """What came of one cell: whether it ended without an error, and what it showed (nbformat)."""

    ok: bool
    outputs: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Value:
    """The value that a hand-in's code has or answers. ``fault`` says why there is none.

    missing (no such name), error (its function failed), kind (not a number, text, list or
    table)
    """

    value: Any = None
    fault: Literal["", "missing", "error", "kind"] = ""


class Cage:
    """One hand-in's process. Made by :meth:`Sandbox.cage`."""

    def __init__(
        self, link: socket.socket, report: socket.socket, limits: Limits, group: Group | None
    ) -> None:
        self._link, self._report, self._group = link, report, group
        self._until = time.monotonic() + limits.seconds
        self._inbox = Inbox(limits.output_kb * 1024 * 6 + _MARGIN)  # JSON may take six for one
        self._waiting: list[Any] = []
        self._first: int | None = None

    def await_start(self) -> None:
        """Wait until the cage stands. Raises SandboxError, with the kernel's words, if not."""
        self._report.settimeout(START_SECONDS)
        try:
            told, handed, _flags, _from = socket.recv_fds(self._report, 4096, 1)
        except OSError:
            told, handed = b"", []
        if not handed:
            raise _unbuildable(told[4:].decode("utf-8", "replace"))
        self._first = handed[0]
        try:
            answer = self._next()
        except CageEndedError:
            answer = {}
        if answer.get("ready") is not True:
            raise _unbuildable(json.dumps(answer))

    def put(self, files: Mapping[str, bytes]) -> None:
        """Lay copies of files in the cage's folder."""
        packed = {name: base64.b64encode(body).decode() for name, body in files.items()}
        self._ask({"files": packed})

    def run(self, source: str) -> Ran:
        """Run one cell. Raises :class:`CageEndedError` when the hand-in's process is gone."""
        answer = self._ask({"run": source})
        outputs = answer.get("outputs")
        if not isinstance(outputs, list) or not all(isinstance(one, dict) for one in outputs):
            raise CageEndedError("forged")
        return Ran(answer.get("ok") is True, tuple(outputs))

    def value(self, name: str, *arguments: object, call: bool = False) -> Value:
        """What ``name`` holds; with ``call``, what the function of that name answers."""
        asked: dict[str, object] = {"name": name}
        if call:
            asked["arguments"] = list(arguments)
        answer = self._ask(asked)
        fault = answer.get("fault", "")
        if fault not in {"", "missing", "error", "kind"}:
            raise CageEndedError("forged")
        return Value(answer.get("value"), fault)

    def left_running(self) -> bool:
        """Whether its code has started processes that still run beside it.

        As the kernel has it, and not the hand-in; False where the kernel does not tell.
        """
        with suppress(OSError, ValueError):
            return len(running_below(_number_of(self._first))) > 1
        return False

    def close(self) -> None:
        """End everything that runs in the cage, and wait until it is gone."""
        if self._first is not None:
            with suppress(OSError):
                signal.pidfd_send_signal(self._first, signal.SIGKILL)
            self._report.settimeout(_GRACE)
            with suppress(OSError, EOFError):
                receive(self._report)
            os.close(self._first)
            self._first = None

    def _ask(self, message: Mapping[str, object]) -> Mapping[str, Any]:
        turn = secrets.token_hex(8)
        try:
            self._link.settimeout(max(0.01, self._until - time.monotonic()))
            send(self._link, {**message, "turn": turn})
        except TimeoutError:
            raise CageEndedError("time") from None
        except OSError:
            raise CageEndedError(self._why()) from None
        answer = self._next()
        if answer.get("turn") != turn or self._waiting:
            raise CageEndedError("forged")
        return answer

    def _next(self) -> Mapping[str, Any]:
        while not self._waiting:
            left = self._until - time.monotonic()
            ready, _write, _error = select.select([self._link], [], [], max(0.0, left))
            if not ready:
                raise CageEndedError("time")
            try:
                data = self._link.recv(1 << 16)
            except ConnectionError:  # it ended with what was asked still unread
                data = b""
            if not data:
                raise CageEndedError(self._why())
            try:
                self._waiting += self._inbox.feed(data)
            except WireError:
                raise CageEndedError("output") from None
        answer = self._waiting.pop(0)
        return answer if isinstance(answer, dict) else {}

    def _why(self) -> Ended:
        if self._group is not None and self._group.ran_out_of_memory():
            return "memory"
        return "stopped"


def _number_of(handle: int | None) -> int:
    """The process number that a pidfd stands for. Raises ValueError when it has ended."""
    about = Path(f"/proc/self/fdinfo/{handle}").read_text(encoding="ascii")
    return int(about.split("Pid:")[1].split()[0])


def running_below(process: int) -> list[int]:
    """The processes that this one, and those in turn, have started and that have not ended."""
    found = []
    for own in Path(f"/proc/{process}/task").glob("*/children"):
        for child in map(int, own.read_text(encoding="ascii").split()):
            with suppress(OSError):  # it may end at this very moment
                state = Path(f"/proc/{child}/stat").read_text(encoding="utf-8").rpartition(")")[2]
                found += [] if state.split()[0] == "Z" else [child]
                found += running_below(child)
    return found


def _unbuildable(why: str) -> SandboxError:
    return SandboxError(
        _(
            "This machine does not let PallKit build its sandbox ({why}), so no code was run. "
            "Run “pallkit grade” in a container that allows user namespaces, or as root, which "
            "then uses the user “nobody”.",
            why=why or "?",
        )
    )
