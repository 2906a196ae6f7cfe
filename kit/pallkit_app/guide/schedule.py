"""The plan of a session, minute by minute: it always adds up to what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from pallkit.i18n import _
from pallkit_app.paper import PaperError

HOUR = 90
"""Minutes of a group session in the municipal courses."""
LONGEST = 240
_WELCOME = 5
_CLOSING = 10
_SPARE = 15
"""The most minutes set aside for detours and talk before the rest goes to the closing."""

Part = Literal["welcome", "step", "spare", "closing"]


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of the session. ``start`` is minutes from when people sit down.

    ``reveal`` is the minute at which the tables hear what is right; None where nothing is.
    """

    part: Part
    step: str
    start: int
    minutes: int
    reveal: int | None = None


def schedule(steps: Sequence[tuple[str, int, bool]], total: int) -> tuple[Slot, ...]:
    """Lay (id, minutes, whether the tables decide) out over ``total`` minutes.

    Where the steps take more than there is, each is cut in proportion; where they take less,
    the rest is for detours and talk, and for a longer closing. Raises :class:`PaperError`
    where a step would be left with nothing.
    """
    least = _WELCOME + _CLOSING + len(steps)
    if not least <= total <= LONGEST:
        raise PaperError(
            _(
                "This case cannot be planned in {minutes} minutes. Choose from {least} to {most}.",
                minutes=total,
                least=least,
                most=LONGEST,
            )
        )
    room = total - _WELCOME - _CLOSING
    given = _shared([minutes for _id, minutes, _decides in steps], room)
    over = room - sum(given)
    spare = min(over, _SPARE)
    parts: list[tuple[Part, str, int]] = [("welcome", "", _WELCOME)]
    parts += [("step", id_, mine) for (id_, _m, _d), mine in zip(steps, given, strict=True)]
    parts += [("spare", "", spare)] if spare else []
    parts.append(("closing", "", _CLOSING + over - spare))
    starts = accumulate((minutes for _part, _id, minutes in parts), initial=0)
    decides = {id_ for id_, _minutes, decided in steps if decided}
    return tuple(
        Slot(part, id_, start, minutes, _reveal(start, minutes) if id_ in decides else None)
        for (part, id_, minutes), start in zip(parts, starts, strict=False)
    )


def clock(minute: int) -> str:
    """A minute of the session as a leader reads it off a watch: 1:05."""
    return f"{minute // 60}:{minute % 60:02}"


def _reveal(start: int, minutes: int) -> int:
    """Three fifths of the time to read and decide, the rest to reveal and talk."""
    return start + max(1, round(minutes * 0.6)) if minutes > 1 else start


def _shared(wanted: Sequence[int], room: int) -> list[int]:
    """As many minutes as are wanted, or as many as there is room for, in proportion."""
    wanted = [max(1, minutes) for minutes in wanted]
    total = sum(wanted)
    if total <= room:
        return wanted
    given = [max(1, minutes * room // total) for minutes in wanted]
    # Who lost most by rounding down gets a minute back; who has most gives one up.
    while sum(given) < room:
        at = max(range(len(given)), key=lambda one: wanted[one] / (given[one] + 0.5))
        given[at] += 1
    while sum(given) > room:
        given[given.index(max(given))] -= 1
    return given
