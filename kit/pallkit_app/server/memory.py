"""The server's own memory: as much after ten thousand visits as after the first."""

from __future__ import annotations

import ctypes
import gc
import sys

# Of the C library's malloc.h: one heap for all threads, and from which size on a block is a
# mapping of its own and free memory goes back to the system.
_ARENAS, _MAPPED, _TRIM = -8, -3, -1
_SIZE = 32 * 1024


def settle() -> None:
    """Take what there is now for what will always be there. To be called before the first visit.

    Python looks through everything for rings of dead objects only when a quarter as much has
    come to it, and what a visit leaves is such rings: among all our modules those of dozens of
    visits would lie until then, each holding a bit of memory that others have left.
    """
    if sys.platform == "linux":
        library = ctypes.CDLL(None)
        for setting, value in ((_ARENAS, 1), (_MAPPED, _SIZE), (_TRIM, _SIZE)):
            library.mallopt(setting, value)
    gc.collect()
    gc.freeze()
