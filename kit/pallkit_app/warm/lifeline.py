"""Dying with the server, however it dies.

The server holds one end of a pipe and never writes to it. When it is gone, also by
``kill -9``, the system closes that end and sends SIGKILL to whoever has tied itself to the
other. Nobody polls, no thread waits, and a kernel outlives the warm process it came from.
"""

from __future__ import annotations

import fcntl
import os
import select
import signal


def tie(pipe: int) -> None:
    """Die when the other end of ``pipe`` is closed. The descriptor is kept open for it.

    A process started by this one is not tied: it gets no copy of the descriptor.
    """
    # Opened anew: who is told belongs to the open file, which a fork shares with its parent.
    own = os.open(f"/proc/self/fd/{pipe}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl.fcntl(own, fcntl.F_SETSIG, signal.SIGKILL)
    fcntl.fcntl(own, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(own, fcntl.F_SETFL, fcntl.fcntl(own, fcntl.F_GETFL) | os.O_ASYNC)
    if is_cut(own):  # before it was tied
        os.kill(os.getpid(), signal.SIGKILL)


def is_cut(pipe: int) -> bool:
    """Whether the other end is closed."""
    look = select.poll()
    look.register(pipe, 0)
    return bool(look.poll(0))
