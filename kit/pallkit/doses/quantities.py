"""An amount with its unit, for one dose, for 24 hours or for an hour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from pallkit.errors import DoseError
from pallkit.i18n import Message, _

Unit = Literal["mg", "µg"]
Per = Literal["dose", "24h", "h"]


@dataclass(frozen=True, slots=True)
class Measure:
    """What an amount is counted in: mg for one dose, mg/24 h, µg/h and so on.

    ``str(measure)`` is the code that machine formats carry, the same in every language.
    """

    unit: Unit
    per: Per

    def __str__(self) -> str:
        return self.unit + {"dose": "", "24h": "/24 h", "h": "/h"}[self.per]

    @property
    def message(self) -> Message:
        """The measure as a reader writes it: «mg/24 t», «µg/t»."""
        return _MESSAGES[str(self)]


_MESSAGES = {
    "mg": _("mg"),
    "µg": _("µg"),
    "mg/24 h": _("mg/24 h"),
    "µg/24 h": _("µg/24 h"),
    "mg/h": _("mg/h"),
    "µg/h": _("µg/h"),
}
MG_PER_DOSE = Measure("mg", "dose")
MG_PER_DAY = Measure("mg", "24h")
MICROGRAM_PER_HOUR = Measure("µg", "h")
_UNITS: tuple[Unit, ...] = get_args(Unit)
_PERS: tuple[Per, ...] = get_args(Per)
MEASURES = {str(one): one for unit in _UNITS for per in _PERS for one in [Measure(unit, per)]}
"""Every measure by its code: "mg", "mg/24 h", "µg/h" …"""


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of a drug, with no drug named: «40 mg/24 t».

    ``per`` says what the amount is for. One dose and 24 hours are different dimensions:
    10 mg may be taken once or six times a day, so neither is turned into the other.
    """

    amount: Decimal
    unit: Unit
    per: Per

    @property
    def measure(self) -> Measure:
        """The unit and what it is per."""
        return Measure(self.unit, self.per)

    def to(self, measure: Measure) -> Quantity:
        """Write the same quantity in another measure: 600 µg/24 h is 25 µg/h.

        Raises :class:`DoseError` between one dose and a time.
        """
        if (self.per == "dose") != (measure.per == "dose"):
            raise DoseError(self._wrong_dimension(measure))
        amount = self.amount
        if (self.unit, measure.unit) == ("mg", "µg"):
            amount *= 1000
        if (self.per, measure.per) == ("h", "24h"):
            amount *= 24
        if (self.unit, measure.unit) == ("µg", "mg"):
            amount /= 1000
        if (self.per, measure.per) == ("24h", "h"):
            amount /= 24
        return Quantity(amount, measure.unit, measure.per)

    def _wrong_dimension(self, measure: Measure) -> Message:
        if self.per == "dose":
            return _(
                "{given} is for one dose, and {wanted} is for a length of time. Write the "
                "amount in {wanted}.",
                given=self.measure.message,
                wanted=measure.message,
            )
        return _(
            "{given} is for a length of time, and {wanted} is for one dose. Write the amount "
            "in {wanted}.",
            given=self.measure.message,
            wanted=measure.message,
        )
