"""Low, point and high carried together, so that no step of a sum loses the spread."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import shown
from pallkit.i18n import Message, _


@dataclass(frozen=True, slots=True)
class Range:
    """An amount with its spread: low ≤ point ≤ high.

    ``point`` is None where a source gives only a spread; a middle is never made up.
    """

    low: Decimal
    point: Decimal | None
    high: Decimal

    def __post_init__(self) -> None:
        middle = self.low if self.point is None else self.point
        if not self.low <= middle <= self.high:
            message = f"{self.low} ≤ {self.point} ≤ {self.high} does not hold"
            raise ValueError(message)

    @classmethod
    def exactly(cls, value: Decimal) -> Range:
        """One number with no spread."""
        return cls(value, value, value)

    def __add__(self, other: Range) -> Range:
        point = None
        if self.point is not None and other.point is not None:
            point = self.point + other.point
        return Range(self.low + other.low, point, self.high + other.high)

    def times(self, other: Range) -> Range:
        """The product; both are 0 or more."""
        point = None
        if self.point is not None and other.point is not None:
            point = self.point * other.point
        return Range(self.low * other.low, point, self.high * other.high)

    def over(self, other: Range) -> Range:
        """The quotient; ``other`` is above 0. The lowest is low over high."""
        point = None
        if self.point is not None and other.point is not None:
            point = self.point / other.point
        return Range(self.low / other.high, point, self.high / other.low)

    def scaled(self, factor: Decimal) -> Range:
        """Every part times ``factor``, which is 0 or more."""
        return self.times(Range.exactly(factor))

    @property
    def message(self) -> Message:
        """«60 (52–80)», «60» with no spread, «63–72» with no point; rounded for reading."""
        low, high = shown(self.low), shown(self.high)
        if self.point is None:
            return _("{low}–{high}", low=low, high=high)
        if self.low == self.high:
            return _("{point}", point=shown(self.point))
        return _("{point} ({low}–{high})", point=shown(self.point), low=low, high=high)
