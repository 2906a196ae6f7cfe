"""A forked kernel as the server sees it: the part of ``subprocess.Popen`` that Jupyter uses.

The process is not the server's child, so the warm process tells how it ended. Whether it
lives, and signals to it, go by a descriptor of the process (a pidfd), which can never mean
another process that was given the same number.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import socket

from pallkit_app.warm import wire

UNKNOWN = -signal.SIGKILL
"""The exit status where the warm process ended first and nobody can tell."""


class WarmKernel:
    """One process. Its files are closed when it has been seen to have ended."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, descriptor: int, line: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._descriptor = descriptor
        self._line = line
        line.setblocking(False)  # noqa: FBT003  # the socket's own signature

    def poll(self) -> int | None:
        """Return the exit status, or None while it lives."""
        if self.returncode is None:
            try:
                status = wire.receive_ended(self._line)
            except BlockingIOError:
                return None
            except OSError:
                status = None
            if status is None:
                if not _is_ready(self._descriptor):
                    return None  # it has outlived the warm process
                status = UNKNOWN
            self._close(status)
        return self.returncode

    def wait(self) -> int:
        """Return the exit status when it has ended."""
        while self.poll() is None:
            _is_ready(self._descriptor, seconds=0.1)
        assert self.returncode is not None  # noqa: S101  # poll has set it
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the kernel and what it has started, unless it has ended."""
        if self.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._descriptor, 0)  # the number is still this process's
            try:
                os.killpg(self.pid, number)
            except ProcessLookupError:  # a newborn, which is not yet its own group
                signal.pidfd_send_signal(self._descriptor, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def _close(self, status: int) -> None:
        self.returncode = status
        self._line.close()
        os.close(self._descriptor)

    def __del__(self) -> None:
        """Close what a forgotten kernel holds; it lives on as the server's other processes do."""
        if self.returncode is None:
            with contextlib.suppress(OSError):
                self._close(UNKNOWN)


def _is_ready(descriptor: int, *, seconds: float = 0) -> bool:
    look = select.poll()
    look.register(descriptor, select.POLLIN)
    return bool(look.poll(seconds * 1000))
