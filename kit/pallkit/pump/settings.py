"""What a pump is set to: the dose, what is in the reservoir, and what its button gives.

Nothing has a default: a concentration or a lock-out that is not chosen is not known.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import Dose
from pallkit.errors import DoseError
from pallkit.i18n import Message, _


@dataclass(frozen=True, slots=True, kw_only=True)
class Bolus:
    """What one press gives (mg), the minutes until the next one can be had, and a ceiling.

    ``hour_limit`` is mg in any 60 minutes, what runs all the time included, as a pump
    counts it; None where the pump has none.
    """

    amount: Decimal
    lockout: Decimal
    hour_limit: Decimal | None = None

    def __post_init__(self) -> None:
        above_zero(self.amount, _("The bolus"))
        above_zero(self.lockout, _("The lock-out"))
        if self.hour_limit is not None:
            above_zero(self.hour_limit, _("The hour limit"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpLimits:
    """What one kind of pump can run, in mL/h: from its own manual, typed by the learner.

    ``step`` is the smallest change of rate. PallKit knows no pump's figures.
    """

    lowest: Decimal | None = None
    highest: Decimal | None = None
    step: Decimal | None = None

    def __post_init__(self) -> None:
        for value in (self.lowest, self.highest, self.step):
            if value is not None:
                above_zero(value, _("A pump's limit"))
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            raise DoseError(
                _("The pump's lowest rate is above its highest. Write them the other way round.")
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A pump for one drug: ``concentration`` in mg/mL, ``reservoir`` in mL.

    ``hang`` is how many hours the reservoir is meant to last, where that is planned.
    ``product`` is an id in ``casebank/pump.yaml``: how long a reservoir keeps is known for
    a product, not for a drug.
    """

    dose: Dose
    concentration: Decimal
    reservoir: Decimal
    bolus: Bolus | None = None
    limits: PumpLimits | None = None
    hang: Decimal | None = None
    product: str | None = None

    def __post_init__(self) -> None:
        above_zero(self.dose.daily().amount, _("The dose"))
        above_zero(self.concentration, _("The concentration"))
        above_zero(self.reservoir, _("The reservoir"))
        if self.hang is not None:
            above_zero(self.hang, _("The time the reservoir is to last"))


LEAST, MOST = Decimal("0.000001"), Decimal(1_000_000)
"""No figure of a pump is outside this, whatever its unit: what is has slipped a comma."""


def above_zero(value: Decimal, what: Message) -> None:
    """Raise :class:`DoseError` unless ``value`` is a number above 0 that a pump can have."""
    if not value.is_finite() or value <= 0:
        raise DoseError(_("{what} must be a number above 0.", what=what))
    if not LEAST <= value <= MOST:
        raise DoseError(_("{what} cannot be so small or so large. Look for a slip.", what=what))
