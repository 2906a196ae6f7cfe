"""What was typed on the command line about a pump, read with the engine's own readers."""

from __future__ import annotations

from dataclasses import dataclass

from pallkit.doses import read_dose
from pallkit.errors import DoseError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit.pump import (
    Bolus,
    PumpLimits,
    Settings,
    read_bolus,
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_rate,
    read_volume,
)


@dataclass(frozen=True, slots=True)
class Typed:
    """The options as they were typed; None is an option left out."""

    dose: str | None
    concentration: str | None
    reservoir: str | None
    bolus: str | None
    lockout: str | None
    hour_limit: str | None
    last: str | None
    product: str | None

    def settings(self, limits: tuple[str | None, ...] = (None, None, None)) -> Settings:
        """The settings; ``limits`` is lowest rate, highest rate and step. Raises DoseError."""
        if self.dose is None or self.concentration is None or self.reservoir is None:
            raise DoseError(
                _(
                    "A pump needs --dose, --concentration and --reservoir: --dose “morfin sc 60 "
                    "mg/d” --concentration “10 mg/mL” --reservoir “100 mL”."
                )
            )
        refuse_identity_numbers(self.product or "")
        return Settings(
            dose=read_dose(self.dose),
            concentration=read_concentration(self.concentration),
            reservoir=read_volume(self.reservoir),
            bolus=self._bolus(),
            limits=_limits(limits),
            hang=None if self.last is None else read_minutes(self.last) / 60,
            product=self.product,
        )

    def _bolus(self) -> Bolus | None:
        if self.bolus is None and self.lockout is None and self.hour_limit is None:
            return None
        if self.bolus is None or self.lockout is None:
            raise DoseError(
                _("A button has both --bolus and --lockout: --bolus “2 mg” --lockout “20 min”.")
            )
        limit = None if self.hour_limit is None else read_hour_limit(self.hour_limit)
        return Bolus(
            amount=read_bolus(self.bolus), lockout=read_minutes(self.lockout), hour_limit=limit
        )


def _limits(typed: tuple[str | None, ...]) -> PumpLimits:
    lowest, highest, step = (None if text is None else read_rate(text) for text in typed)
    return PumpLimits(lowest=lowest, highest=highest, step=step)
