"""What a task about a pump is made of, before its wrong answers are chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pallkit.i18n import Message, _
from pallkit.opioids import Mistake, Receipt
from pallkit.opioids.tasks_shape import Sides
from pallkit.pump.reading import read_bolus, read_minutes, read_rate, read_volume


@dataclass(frozen=True, slots=True)
class PumpUnit:
    """What an answer is counted in, and how it is read; ``code`` is the same everywhere."""

    code: str
    message: Message
    read: Callable[[str], Decimal]


def _read_hours(text: str) -> Decimal:
    return read_minutes(text) / 60


ML_PER_HOUR = PumpUnit("mL/h", _("mL/h"), read_rate)
ML = PumpUnit("mL", _("mL"), read_volume)
MG = PumpUnit("mg", _("mg"), read_bolus)
HOURS = PumpUnit("h", _("h"), _read_hours)


@dataclass(frozen=True, slots=True)
class Sum:
    """A task worked out: what is given and asked, the answer, its steps, and what goes wrong."""

    opening: Message
    given: tuple[Message, ...]
    asked: Message
    unit: PumpUnit
    sides: Sides
    right: Decimal
    receipt: Receipt
    known: tuple[Mistake, ...]
