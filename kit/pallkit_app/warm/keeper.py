"""The server's side: one warm process, made anew when it dies, asked for kernels."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from pallkit_app.warm import wire
from pallkit_app.warm.kernel import WarmKernel

_log = logging.getLogger(__name__)

PATIENCE = 60.0
"""Seconds the imports may take before kernels are started without them."""
ANSWER = 10.0
"""Seconds a fork may take before the warm process is taken for stuck and made anew."""
_LOOK = 0.01
# One that does not live this long has failed; after so many in a row there is a pause.
_SHORT_LIFE = 10.0
_TRIES = 3
_PAUSE = 60.0
# Arguments nobody reads: the titles of the kernels are written over them.
_ROOM = "." * 160


class NoWarmKernelError(Exception):
    """There is no forked kernel to be had now; the text says why."""


@dataclass(eq=False)
class _Process:
    """One warm process and the socket to it."""

    child: subprocess.Popen[bytes]
    line: socket.socket
    started: float = field(default_factory=time.monotonic)
    ready: bool = False

    def word(self) -> bytes | None:
        """Read what it says once it is warm, or why it cannot be; None while it says nothing."""
        try:
            self.line.settimeout(0)
            return self.line.recv(4096)
        except BlockingIOError:
            return None
        except OSError:
            return b""

    @property
    def age(self) -> float:
        """Seconds since it was started."""
        return time.monotonic() - self.started

    def end(self) -> None:
        """Let it go. Its kernels live on: they are tied to the server, not to it."""
        self.line.close()
        self.child.kill()
        self.child.wait()


class Keeper:
    """Keeps one warm process. Safe to use from several threads and event loops.

    One for kernels of a ``page`` has not imported the debugger, and its kernels cannot.
    """

    def __init__(self, *, page: bool = False) -> None:
        self._page = page
        self._lock = threading.RLock()
        self._process: _Process | None = None
        self._failures = 0
        self._rest_until = 0.0
        self._reason = ""
        # One pipe for the server's whole life: kernels outlive the warm process they came from.
        self._lifeline, self._held = os.pipe()

    @property
    def pid(self) -> int | None:
        """The warm process's number, when there is one."""
        process = self._process
        return process.child.pid if process is not None else None

    def start(self) -> None:
        """See to it that there is a warm process, without waiting for it to be warm."""
        if sys.platform != "linux":
            return  # kernels are ordinary ones there
        with self._lock, contextlib.suppress(NoWarmKernelError):
            self._current()

    async def kernel(self, order: wire.Order, standard: list[int]) -> WarmKernel:
        """Return a new kernel. :class:`NoWarmKernelError` when there is none to be had."""
        process = await self._warm()
        mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        mine.setblocking(False)  # noqa: FBT003  # the socket's own signature
        try:
            with theirs, self._lock:
                process.line.settimeout(ANSWER)
                wire.send_order(process.line, order, [theirs.fileno(), *standard])
            pid, descriptor = await asyncio.wait_for(_answer(mine), ANSWER)
        except wire.RefusedError as error:
            mine.close()
            raise NoWarmKernelError(str(error)) from error
        except (OSError, wire.WireError) as error:  # gone, or stuck
            mine.close()
            process.child.kill()  # the watch makes another
            raise NoWarmKernelError(f"no answer from the warm process: {error!r}") from error
        return WarmKernel(pid, descriptor, mine)

    async def _warm(self) -> _Process:
        while True:
            with self._lock:
                process = self._current()
                if process.ready:
                    return process
                self._listen(process)
                if process.ready:
                    return process
            await asyncio.sleep(_LOOK)

    def _current(self) -> _Process:
        if self._process is None:
            if time.monotonic() < self._rest_until:
                raise NoWarmKernelError(self._reason)
            self._process = _launch(self._lifeline, page=self._page)
            watch = threading.Thread(
                target=self._watch, args=(self._process,), name="warm process", daemon=True
            )
            watch.start()
        return self._process

    def _listen(self, process: _Process) -> None:
        word = process.word()
        if word == wire.READY:
            process.ready = True
        elif word is not None:
            self._failed(word.decode("utf-8", "replace") or "the warm process ended at its start")
        elif process.age > PATIENCE:
            self._failed(f"the warm process was not warm after {PATIENCE:.0f} s")

    def _failed(self, reason: str) -> None:
        """Drop the process; after some failures, rest. Always raises :class:`NoWarmKernelError`."""
        if self._process is not None:
            self._process.end()
            self._process = None
        self._failures += 1
        self._reason = reason
        if self._failures >= _TRIES:
            self._failures = 0
            self._rest_until = time.monotonic() + _PAUSE
        raise NoWarmKernelError(reason)

    def _watch(self, process: _Process) -> None:
        """Wait in a thread of its own until ``process`` ends, then make another."""
        process.child.wait()
        with self._lock, contextlib.suppress(NoWarmKernelError):
            if self._process is not process:
                return  # dropped already, by whoever found the fault
            said = b"" if process.ready else process.word() or b""
            if process.ready or said == wire.READY:  # which nobody may have waited for
                said = b""
                self._failures = 0 if process.age > _SHORT_LIFE else self._failures
            reason = said.decode("utf-8", "replace") or f"exit status {process.child.returncode}"
            _log.warning("The warm process has ended (%s)", reason)
            with contextlib.suppress(NoWarmKernelError):
                self._failed(reason)
            self._current()


async def _answer(line: socket.socket) -> tuple[int, int]:
    loop = asyncio.get_running_loop()
    readable = asyncio.Event()
    loop.add_reader(line, readable.set)
    try:
        await readable.wait()
    finally:
        loop.remove_reader(line)
    return wire.receive_started(line)


def _launch(lifeline: int, *, page: bool) -> _Process:
    ours, theirs = socket.socketpair()
    with theirs:
        child = subprocess.Popen(  # noqa: S603  # our own module
            [
                sys.executable, "-m", "pallkit_app.warm.process",
                str(theirs.fileno()), str(lifeline), str(int(page)), _ROOM,
            ],
            pass_fds=(theirs.fileno(), lifeline),
            stdin=subprocess.DEVNULL,
            cwd="/",  # Python looks for modules there first: not in somebody's folder
            start_new_session=True,  # Ctrl-C is for the server
            env=_environment(),
        )  # fmt: skip
    return _Process(child, ours)


def _environment() -> dict[str, str]:
    env = {name: value for name, value in os.environ.items() if name != "JPY_PARENT_PID"}
    return env | {
        # A heap for each of a kernel's dozen threads would be memory shared with nobody.
        "MALLOC_ARENA_MAX": "1",
        # Text on its way to the page goes back to the system once it is sent.
        "MALLOC_MMAP_THRESHOLD_": "32768",
        "MALLOC_TRIM_THRESHOLD_": "32768",
        # The debugger that JupyterLab offers would say at each import that it could do better.
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


_keepers: dict[bool, Keeper] = {}
_making = threading.Lock()


def keeper(*, page: bool = False) -> Keeper:
    """Return this server's keeper of kernels for pages, or for people who write code."""
    with _making:
        if page not in _keepers:
            _keepers[page] = Keeper(page=page)
        return _keepers[page]
