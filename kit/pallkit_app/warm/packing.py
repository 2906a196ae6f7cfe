"""Packing the memory before the fork, so that kernels write beside it and not into it.

A page of memory is shared until somebody writes to it. After the imports thousands of pages
have a little room left, and a kernel's first objects would be put there, one to a page. So the
room is filled, with nothing, and new objects then come to new pages, many to each. There are
two who have such room: Python, for what is small, and the C library, for the rest.
"""

from __future__ import annotations

import ctypes
import os
import re
import sys
import tempfile

_SMALLEST = sys.getsizeof(b"")
# Bytes. A larger hole is whole pages, which nobody has touched since they were given back.
_LARGEST_HOLE = 1 << 16
_STEP = 16  # bytes between the sizes that the C library tells apart
_kept: list[object] = []


def pack() -> None:
    """Fill the holes in Python's memory and in the C library's, for good."""
    _fill_python()
    c_library = ctypes.CDLL(None)
    c_library.malloc_trim(0)
    if hasattr(c_library, "mallinfo2"):  # glibc 2.33 has it; without, a kernel takes more memory
        _fill_c(c_library)


def _fill_python() -> None:
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


class _Mallinfo(ctypes.Structure):
    """What glibc tells of its heap: see mallinfo(3)."""

    _fields_ = tuple(
        (name, ctypes.c_size_t)
        for name in (
            "arena", "ordblks", "smblks", "hblks", "hblkhd",
            "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost",
        )
    )  # fmt: skip


def _fill_c(c_library: ctypes.CDLL) -> None:
    """Take what fits below the heap's free end, the largest first, and never give it back."""
    take, give = c_library.malloc, c_library.free
    take.restype, take.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    give.restype, give.argtypes = None, [ctypes.c_void_p]
    lowest, end = _used_heap(c_library)
    for size in _sizes():
        while lowest <= (taken := take(size) or 0) < end:
            pass
        give(taken)  # it came from the end, or from outside: no such hole is left


def _used_heap(c_library: ctypes.CDLL) -> tuple[int, int]:
    """Return where the heap begins, and where the free room at its end does."""
    c_library.mallinfo2.restype = _Mallinfo
    c_library.sbrk.restype, c_library.sbrk.argtypes = ctypes.c_void_p, [ctypes.c_ssize_t]
    info, top = c_library.mallinfo2(), c_library.sbrk(0)
    return top - info.arena, top - info.keepcost


def _sizes() -> list[int]:
    """Bytes to ask for, falling: small holes to the byte, of a large one most, then the rest."""
    sizes, room = [], _LARGEST_HOLE
    while room >= 2 * _STEP:
        sizes.append(room - _STEP // 2)  # the heap's own eight bytes come in addition
        room = min(room - _STEP, max(room * 7 // 8, 1024) // _STEP * _STEP)
    return sizes
