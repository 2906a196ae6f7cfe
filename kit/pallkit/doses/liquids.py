"""Mixtures, drops and injections written by their volume: a strength and how much of it.

What a drop holds differs between products, so drops are counted only where it is written how
many make a millilitre.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses.numbers import shown
from pallkit.doses.quantities import Unit
from pallkit.errors import DoseError
from pallkit.i18n import Message, _


@dataclass(frozen=True, slots=True)
class Liquid:
    """``strength`` (``unit`` per mL), and a ``volume`` in mL or a number of ``drops``."""

    strength: Decimal
    unit: Unit
    volume: Decimal | None = None
    drops: Decimal | None = None
    drops_per_ml: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What one dose holds of the drug, in :attr:`unit`."""
        if self.drops is not None and self.drops_per_ml is not None:
            return self.strength * self.drops / self.drops_per_ml
        return self.strength * (self.volume or Decimal(0))

    @property
    def message(self) -> Message:
        """«2 mg/mL 5 mL», «20 mg/mL 10 dråper 20 dråper/mL»."""
        if self.drops is None:
            return _(
                "{strength} {unit}/mL {volume} mL",
                strength=shown(self.strength),
                unit=self.unit,
                volume=shown(self.volume or Decimal(0)),
            )
        return _(
            "{strength} {unit}/mL {drops} drops {per_ml} drops/mL",
            strength=shown(self.strength),
            unit=self.unit,
            drops=shown(self.drops),
            per_ml=shown(self.drops_per_ml or Decimal(0)),
        )


@dataclass
class Parts:
    """The parts of a liquid as they are read, each at most once."""

    text: str
    strength: tuple[Decimal, Unit] | None = None
    volume: Decimal | None = None
    drops: Decimal | None = None
    drops_per_ml: Decimal | None = None

    def add(self, kind: str, value: Decimal) -> None:
        """Keep a volume, a number of drops or the drops in a mL."""
        if getattr(self, kind) is not None:
            raise DoseError(self._twice())
        setattr(self, kind, value)

    def add_strength(self, value: Decimal, unit: Unit) -> None:
        """Keep the strength."""
        if self.strength is not None:
            raise DoseError(self._twice())
        self.strength = value, unit

    def whole(self) -> Liquid:
        """The liquid, when nothing is missing and nothing is said twice."""
        if self.strength is None:
            raise DoseError(
                _(
                    "“mL” is not a unit of a dose by itself. Write the strength as well, for "
                    "example 2 mg/mL 5 mL, or the amount in mg or µg."
                )
            )
        if (self.volume is None) == (self.drops is None):
            raise DoseError(
                _(
                    "“{text}” has a strength; write after it how much of it is given, in mL or "
                    "in drops.",
                    text=self.text,
                )
            )
        if self.drops is not None and not self.drops_per_ml:
            raise DoseError(
                _(
                    "How many drops make a mL? It differs between products. Write for example "
                    "20 drops/mL, from the product's own text."
                )
            )
        if self.drops is None and self.drops_per_ml is not None:
            raise DoseError(self._twice())
        return Liquid(*self.strength, self.volume, self.drops, self.drops_per_ml)

    def _twice(self) -> Message:
        return _("“{text}” says in two ways how much is given. Write one of them.", text=self.text)
