"""The name a process has in ``ps`` and in ``/proc``: which is the warm one, which are kernels."""

from __future__ import annotations

import contextlib
import ctypes
from pathlib import Path

# The fields of /proc/self/stat (counted after the name) that hold where the arguments are.
_FIRST, _LAST = 45, 46


def set_title(text: str) -> None:
    """Write ``text`` over the arguments this process was started with, as far as it fits."""
    with contextlib.suppress(OSError, ValueError, IndexError):  # a title is not worth a kernel
        fields = Path("/proc/self/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        first, last = int(fields[_FIRST]), int(fields[_LAST])
        room = last - first - 1
        if first and room > 0:
            ctypes.memmove(first, text.encode()[:room].ljust(room + 1, b"\0"), room + 1)
