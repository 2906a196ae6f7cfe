"""The mistakes that are easy to make with a pump, each found by working a task out with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pallkit.i18n import Message, _
from pallkit.opioids import Mistake, Range

LABELS: dict[str, Message] = {
    "unit-slip": _("A factor of 1000: µg and mg, or mL and L, have been taken for each other."),
    "forgot-24-hours": _("24 hours and one hour have been taken for each other."),
    "inverse-concentration": _("The concentration has been used the wrong way round."),
    "forgot-concentration": _("mg has been taken for mL: the concentration has been left out."),
    "ampoule-strength": _("The strength of the ampoules has been used, not of what is mixed."),
    "forgot-boluses": _("The boluses have been left out."),
    "forgot-basal": _("What the pump gives all the time has been left out."),
    "one-bolus": _("Only one bolus an hour has been counted."),
    "rounded-down": _("The boluses in an hour have been rounded down. A part of one is one more."),
    "mean-for-most": _("This is the mean in the long run, not the most in one hour."),
    "most-for-mean": _("This is by the most in one hour, not by the mean in the long run."),
    "forgot-limit": _("The hour limit has been left out."),
    "limit-on-top": _("The hour limit counts everything, also what the pump gives all the time."),
    "one-ampoule": _("The volume of one ampoule has been taken for the volume of the dose."),
    "other-strength": _("The strength of other ampoules of the same drug has been used."),
    "other-drug": _("This is the volume of another drug in the mixture."),
    "forgot-drug": _("One of the drugs has been left out."),
    "forgot-drugs": _("The volume of the drugs has not been taken off."),
    "drugs-for-fill-up": _("This is the volume of the drugs, not of what is filled up with."),
}
_FIRST = (
    "ampoule-strength",
    "rounded-down",
    "forgot-limit",
    "limit-on-top",
    "mean-for-most",
    "forgot-boluses",
)
RANK = (*_FIRST, *(code for code in reversed(LABELS) if code not in _FIRST))
"""Which mistakes make the better wrong answers; a wrong unit comes last, being seen at once."""


class PumpMistake(Mistake):
    """A mistake with its own words; the figures are in the unit of the task."""

    __slots__ = ()

    @property
    def label(self) -> Message:
        """What went wrong, in words for the learner."""
        return LABELS[self.code]


def mistake(code: str, value: Decimal) -> Iterator[Mistake]:
    """The mistake where it leads to an amount at all."""
    if value > 0:
        yield PumpMistake(code, Range.exactly(value))


def unit_slips(right: Decimal) -> Iterator[Mistake]:
    """A thousand times too much, or too little."""
    for factor in (Decimal(1000), Decimal("0.001")):
        yield from mistake("unit-slip", right * factor)


def apart(right: Decimal, found: Iterable[Mistake]) -> tuple[Mistake, ...] | None:
    """The mistakes that give another answer; None where one is so near that it looks right."""
    other = [one for one in found if one.values[0] != right]
    near = any(abs(one.values[0] - right) <= right / 10 for one in other)
    return None if near else tuple(dict.fromkeys(other))
