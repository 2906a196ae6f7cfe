"""One row of a source's table: a ratio, a printed pair, a band or a spread, and its direction.

A ratio is not a unit. What a source did not print is not in its row, and a row is used only
in the direction its source prints.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pallkit.doses import MEASURES, Measure, Route
from pallkit.i18n import Message, Words, _
from pallkit.opioids.ranges import Range


class Direction(StrEnum):
    """What a row may be used for, as its source prints it.

    A source that says what a drug is worth in morphine does not thereby say how to change
    to it; and a survey or a comparison factor is never a ratio for changing.
    """

    TO_ORAL_MORPHINE = "to_oral_morphine"
    FROM_ORAL_MORPHINE_ONLY = "from_oral_morphine_only"
    BOTH = "both"
    COMPARISON_ONLY = "comparison_only"
    SURVEY_ONLY = "survey_only"
    LOOKUP_ONLY = "lookup_only"

    @property
    def counts(self) -> bool:
        """Whether a dose may be counted as oral morphine by such a row."""
        return self in {self.TO_ORAL_MORPHINE, self.BOTH, self.COMPARISON_ONLY}

    @property
    def switches_to(self) -> bool:
        """Whether the row itself says how to change from oral morphine to the drug.

        A lookup row does so at its own line only: see :meth:`Row.holds`.
        """
        return self in {self.FROM_ORAL_MORPHINE_ONLY, self.BOTH, self.LOOKUP_ONLY}


@dataclass(frozen=True, slots=True)
class Printed:
    """A pair as printed: ``dose`` of the drug equals ``morphine`` mg oral morphine.

    The pair is kept instead of its quotient: 10 ÷ 6.6 has no end. ``about`` says that the
    source writes "~" or "approximately".
    """

    dose: Decimal
    morphine: Decimal
    about: bool = False


@dataclass(frozen=True, slots=True)
class Band:
    """The oral morphine, in mg/24 h, that a row holds for; ends included, None is no end."""

    low: Decimal
    high: Decimal | None = None

    def holds(self, amount: Range) -> bool:
        """Whether all of ``amount`` lies in the band."""
        return self.low <= amount.low and (self.high is None or amount.high <= self.high)

    @property
    def message(self) -> Message:
        """«30–89», «1000 or more»."""
        if self.high is None:
            return _("{low} or more", low=self.low)
        return _("{low}–{high}", low=self.low, high=self.high)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source's table.

    ``ratio``, ``low`` and ``high`` are mg oral morphine for one ``unit`` of the drug, as
    printed; a pair alone is in ``printed``; ``gives`` is the one dose a source prints for a
    whole ``band`` of oral morphine. A patch in mg/24 h is a mass ratio, of what the patch
    delivers. ``warning`` goes with every answer that uses the row; ``one_way`` is why the
    row must not be turned round. ``note`` is the author's own remark: in every language, or in
    English alone.
    """

    drug: str
    routes: tuple[Route, ...]
    unit: Literal["mg/24 h", "µg/24 h", "µg/h"]
    direction: Direction
    ratio: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    printed: Printed | None = None
    gives: Decimal | None = None
    band: Band | None = None
    warning: Words | None = None
    one_way: Words | None = None
    note: Words | str | None = None

    def __post_init__(self) -> None:
        message = self._fault()
        if message:
            raise ValueError(f"{self.drug}: {message}")

    @property
    def measure(self) -> Measure:
        """What a dose is counted in before it meets the ratio."""
        return MEASURES[self.unit]

    @property
    def per_dose(self) -> Decimal:
        """How much of the drug :attr:`worth` is for: 1, or the printed dose."""
        if self.gives is not None:
            return self.gives
        return self.printed.dose if self._is_pair() and self.printed else Decimal(1)

    @property
    def worth(self) -> Range:
        """Oral morphine, in mg, for :attr:`per_dose` of the drug."""
        if self.gives is not None and self.band and self.band.high is not None:
            return Range(self.band.low, None, self.band.high)
        if self._is_pair() and self.printed:
            return Range.exactly(self.printed.morphine)
        known = [value for value in (self.low, self.ratio, self.high) if value is not None]
        return Range(known[0], self.ratio, known[-1])

    @property
    def message(self) -> Message:
        """The ratio as the receipt shows it: «1,5 (1,3–2)», or the pair «6,6 = 10 mg»."""
        if self.per_dose == 1:
            return self.worth.message
        return _("{dose} = {morphine} mg", dose=self.per_dose, morphine=self.worth.message)

    def holds(self, morphine: Range) -> bool:
        """Whether the row may answer for ``morphine`` mg/24 h: in its band, or at its very line."""
        if self.direction is Direction.LOOKUP_ONLY:
            return self.printed is not None and morphine == Range.exactly(self.printed.morphine)
        return self.band is None or self.band.holds(morphine)

    def morphine(self, amount: Range) -> Range:
        """What ``amount``, in :attr:`measure`, is worth in mg oral morphine per 24 h."""
        return amount.times(self.worth).over(Range.exactly(self.per_dose))

    def amount(self, morphine: Range) -> Range:
        """What of the drug, in :attr:`measure`, is worth ``morphine`` mg per 24 h."""
        if self.gives is not None:
            return Range.exactly(self.gives)
        return morphine.times(Range.exactly(self.per_dose)).over(self.worth)

    def _is_pair(self) -> bool:
        return self.printed is not None and self.ratio is None and self.low is None

    def _fault(self) -> str | None:
        spread = self.low is not None and self.high is not None
        figures = (self.ratio, self.printed, self.gives)
        if not spread and all(figure is None for figure in figures):
            return "no ratio, no printed pair and no spread"
        if self.gives is not None and (self.band is None or self.band.high is None):
            return "one dose for a band needs both ends of the band"
        if self.worth.low <= 0 or self.per_dose <= 0:
            return "a ratio must be above 0"
        if self.band is not None and self.direction.counts:
            return "a band is of oral morphine, so its row goes from oral morphine only"
        return None
