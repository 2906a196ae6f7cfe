"""Packing the memory before the fork, so that kernels write beside it and not into it.

A page of memory is shared until somebody writes to it. After the imports thousands of pages
have a little room left, and Python would put a kernel's first objects there, one to a page.
So the room is filled, with nothing, and new objects then come to new pages, many to each.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import tempfile

_SMALLEST = sys.getsizeof(b"")
_kept: list[object] = []


def pack() -> None:
    """Fill the holes in Python's memory, and give the system back what the C library keeps."""
    ctypes.CDLL(None).malloc_trim(0)
    for size, free in _free_blocks():
        if size > _SMALLEST:
            _kept.append([bytes(size - _SMALLEST) for _block in range(free)])


def _free_blocks() -> list[tuple[int, int]]:
    """How many blocks of which size Python has room for in pages that are in use."""
    with tempfile.TemporaryFile() as report:
        errors = os.dup(2)
        os.dup2(report.fileno(), 2)
        try:
            sys._debugmallocstats()
        finally:
            os.dup2(errors, 2)
            os.close(errors)
        report.seek(0)
        text = report.read().decode("ascii", "replace")
    rows = re.findall(r"^ *\d+ +(\d+) +\d+ +\d+ +(\d+)$", text, re.M)
    return [(int(size), int(free)) for size, free in rows]
