"""How often one visitor may do a thing."""

from __future__ import annotations

import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

# Visitors remembered at once. The one not seen for longest is forgotten first.
MOST_VISITORS = 20_000


@dataclass(frozen=True, slots=True)
class Window:
    """At most ``most`` in any ``seconds``."""

    most: int
    seconds: float


@dataclass
class Rate:
    """Counts what each visitor has done; the names stay in memory and nowhere else."""

    windows: tuple[Window, ...]
    clock: Callable[[], float] = time.monotonic
    _seen: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, visitor: str) -> float:
        """Seconds until ``visitor`` may do it again; 0 for at once."""
        times = self._times(visitor)
        if times is None:
            return 0
        now = self.clock()
        waits = (
            times[-window.most] + window.seconds - now
            for window in self.windows
            if len(times) >= window.most
        )
        return max(0, *waits, 0)

    def count(self, visitor: str) -> None:
        """Count one more."""
        times = self._seen.setdefault(visitor, deque(maxlen=max(w.most for w in self.windows)))
        times.append(self.clock())
        self._seen.move_to_end(visitor)
        while len(self._seen) > MOST_VISITORS:
            self._seen.popitem(last=False)

    def forget(self) -> None:
        """Forget the visitors that no limit concerns any more."""
        before = self.clock() - max(window.seconds for window in self.windows)
        while self._seen and next(iter(self._seen.values()))[-1] < before:
            self._seen.popitem(last=False)

    def __len__(self) -> int:
        return len(self._seen)

    def _times(self, visitor: str) -> deque[float] | None:
        self.forget()
        return self._seen.get(visitor)
