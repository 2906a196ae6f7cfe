"""A stop that lets open pages finish."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from pallkit_app.server.limits.gate import Gate

_LOOK = 0.2  # seconds between two looks


async def drained(gate: Gate, busy: Callable[[], int], *, seconds: float) -> bool:
    """Let no one new in, and wait until nobody is left; False when the time ran out first."""
    gate.closing = True
    until = time.monotonic() + seconds
    while busy() + gate.starting:
        if time.monotonic() >= until:
            return False
        await asyncio.sleep(_LOOK)
    return True
