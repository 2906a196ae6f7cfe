"""Where a session is asked for: there is room for it, or there is not."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from pallkit_app.server.limits.rate import Rate

Reason: TypeAlias = Literal["full", "rate", "closing"]

STATUS: dict[Reason, int] = {"full": 503, "rate": 429, "closing": 503}
# Seconds to wait before the next try. Spread out, lest all who wait come at once.
_WAIT = {"full": (5, 10), "closing": (8, 16)}


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why there is no session now, and when to try again (seconds)."""

    reason: Reason
    wait: int

    @property
    def status(self) -> int:
        """The HTTP status that says so."""
        return STATUS[self.reason]


class RefusedError(Exception):
    """There is no session to be had now."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


@dataclass(eq=False, slots=True)
class Seat:
    """One place, held from the question until the page is made.

    The kernel gets the id that is put here *before* it starts, so a session counts once:
    first as a seat, then as a kernel.
    """

    kernel_id: str | None = None


SEAT: ContextVar[Seat | None] = ContextVar("SEAT", default=None)
"""The seat that the request being answered holds."""


@dataclass
class Gate:
    """Lets in as many sessions as there is ``room`` for, and no more.

    ``running`` gives the ids of the kernels there are. Between the question and the seat
    nothing is awaited, so two visitors cannot get the last seat.
    """

    room: int
    rate: Rate
    running: Callable[[], Collection[str]]
    refused: Callable[[Reason], None] = lambda _reason: None
    closing: bool = False
    _seats: set[Seat] = field(default_factory=set)

    @property
    def starting(self) -> int:
        """Pages that are being made."""
        return len(self._seats)

    @property
    def taken(self) -> int:
        """Sessions there are, those being started among them."""
        named = {seat.kernel_id for seat in self._seats if seat.kernel_id}
        nameless = sum(seat.kernel_id is None for seat in self._seats)
        return nameless + len(named.union(self.running()))

    def asks(self, visitor: str) -> Refusal | None:
        """What a visitor would be told who asked now."""
        if self.closing:
            return Refusal("closing", _spread("closing"))
        wait = self.rate.wait(visitor)
        if wait > 0:
            return Refusal("rate", max(5, round(wait) + random.randint(1, 4)))  # noqa: S311
        if self.taken >= self.room:
            return Refusal("full", _spread("full"))
        return None

    @contextmanager
    def seat(self, visitor: str) -> Iterator[Seat]:
        """Hold a place while the block runs; raises :class:`RefusedError` if there is none."""
        refusal = self.asks(visitor)
        if refusal is not None:
            self.refused(refusal.reason)
            raise RefusedError(refusal)
        self.rate.count(visitor)
        seat = Seat()
        self._seats.add(seat)
        token = SEAT.set(seat)
        try:
            yield seat
        finally:
            SEAT.reset(token)
            self._seats.discard(seat)


def _spread(reason: Literal["full", "closing"]) -> int:
    return random.randint(*_WAIT[reason])  # noqa: S311  # nothing secret about it
