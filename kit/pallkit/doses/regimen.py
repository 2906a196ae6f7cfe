"""Several doses together: what is fixed, what is as needed, and how much of that was taken."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pallkit.doses.model import Dose
from pallkit.doses.writing import dose_message
from pallkit.errors import DoseError
from pallkit.i18n import Message, _

Use = Literal["fixed", "as_needed"]


@dataclass(frozen=True, slots=True)
class RegimenLine:
    """One line of a medicine list. ``given`` counts as-needed doses taken the last 24 hours."""

    dose: Dose
    use: Use = "fixed"
    given: int = 0

    def __post_init__(self) -> None:
        single = self.dose.quantity.per == "dose" and self.dose.times is None
        if self.use == "as_needed" and not single:
            raise DoseError(
                _("A dose as needed is written as one dose, for example morphine po 10 mg.")
            )
        if self.given < 0 or (self.use == "fixed" and self.given):
            raise DoseError(_("Only doses as needed are counted as taken, and never below 0."))

    def daily(self) -> Dose | None:
        """The dose as it adds up in 24 hours; None for an as-needed dose that nobody took."""
        if self.use == "fixed":
            return self.dose
        return self.dose.given(self.given) if self.given else None

    @property
    def message(self) -> Message:
        """«morfin po 10 mg ved behov, gitt 3 ganger siste døgn»."""
        if self.use == "fixed":
            return dose_message(self.dose)
        if self.given == 1:
            return _(
                "{dose} as needed, given once in the last 24 hours", dose=dose_message(self.dose)
            )
        return _(
            "{dose} as needed, given {given} times in the last 24 hours",
            dose=dose_message(self.dose),
            given=self.given,
        )


def daily_doses(lines: Iterable[RegimenLine]) -> tuple[Dose, ...]:
    """What ``lines`` add up to in 24 hours, in their order."""
    return tuple(dose for line in lines if (dose := line.daily()) is not None)
