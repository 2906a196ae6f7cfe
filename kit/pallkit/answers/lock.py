"""One writer at a time, also when the same notebook is open in two tabs or two kernels."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from pallkit.errors import LogError
from pallkit.i18n import _

PATIENCE = 5.0
"""Seconds to wait for another writer, who holds the lock for milliseconds."""

if sys.platform == "win32":
    import msvcrt

    # Windows locks bytes against everyone, readers too: so a byte far past the end.
    _FAR = 1 << 30

    def _try_lock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

elif sys.platform == "emscripten":
    # In a browser each page has a file system of its own, and no other writer.
    def _try_lock(descriptor: int) -> None: ...

    def _unlock(descriptor: int) -> None: ...

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_UN)


@contextmanager
def locked(descriptor: int, name: str) -> Iterator[None]:
    """Hold the lock; :class:`LogError` if another holds it for :data:`PATIENCE` seconds."""
    _wait_for(descriptor, name)
    try:
        yield
    finally:
        _unlock(descriptor)


def _wait_for(descriptor: int, name: str) -> None:
    give_up = time.monotonic() + PATIENCE
    while True:
        try:
            _try_lock(descriptor)
        except OSError:
            if time.monotonic() > give_up:
                raise LogError(
                    _(
                        "“{file}” is in use in another window. Close it there and try again.",
                        file=name,
                    )
                ) from None
            time.sleep(0.02)
        else:
            return
