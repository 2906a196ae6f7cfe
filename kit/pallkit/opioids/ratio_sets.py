"""Ratio sets: what one source says drugs are worth in oral morphine, and for what use.

A ratio is not a unit. It has a direction, a spread, sometimes a band, and a source that
says what it may be used for. What a source did not print is not in its set.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import MEASURES, Measure, Preparation, Route
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids.ranges import Range

ORAL_MORPHINE = Preparation("morphine", Route.ORAL)
"""What every ratio is towards; its own ratio is 1 in every set."""


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
        """Whether the row itself says how to change from oral morphine to the drug."""
        return self in {self.FROM_ORAL_MORPHINE_ONLY, self.BOTH}


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
    printed; a pair alone is in ``printed``. A patch in mg/24 h is a mass ratio, of what
    the patch delivers. ``warning`` goes with every answer that uses the row; ``one_way``
    is why the row must not be turned round.
    """

    drug: str
    routes: tuple[Route, ...]
    unit: Literal["mg/24 h", "µg/24 h", "µg/h"]
    direction: Direction
    ratio: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    printed: Printed | None = None
    band: Band | None = None
    warning: Words | None = None
    one_way: Words | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if self.ratio is None and self.printed is None and (self.low is None or self.high is None):
            message = f"{self.drug}: no ratio, no printed pair and no spread"
            raise ValueError(message)
        if self.worth.low <= 0 or self.per_dose <= 0:
            message = f"{self.drug}: a ratio must be above 0"
            raise ValueError(message)

    @property
    def measure(self) -> Measure:
        """What a dose is counted in before it meets the ratio."""
        return MEASURES[self.unit]

    @property
    def per_dose(self) -> Decimal:
        """How much of the drug :attr:`worth` is for: 1, or the printed dose of a bare pair."""
        return self.printed.dose if self._is_pair() and self.printed else Decimal(1)

    @property
    def worth(self) -> Range:
        """Oral morphine, in mg, for :attr:`per_dose` of the drug."""
        if self._is_pair() and self.printed:
            return Range.exactly(self.printed.morphine)
        known = [value for value in (self.low, self.ratio, self.high) if value is not None]
        low = known[0] if self.low is None else self.low
        high = known[-1] if self.high is None else self.high
        return Range(low, self.ratio, high)

    @property
    def message(self) -> Message:
        """The ratio as the receipt shows it: «1,5 (1,3–2)», or the pair «6,6 mg = 10 mg»."""
        if self.per_dose == 1:
            return self.worth.message
        return _("{dose} = {morphine} mg", dose=self.per_dose, morphine=self.worth.message)

    def morphine(self, amount: Range) -> Range:
        """What ``amount``, in :attr:`measure`, is worth in mg oral morphine per 24 h."""
        return amount.times(self.worth).over(Range.exactly(self.per_dose))

    def amount(self, morphine: Range) -> Range:
        """What of the drug, in :attr:`measure`, is worth ``morphine`` mg per 24 h."""
        return morphine.times(Range.exactly(self.per_dose)).over(self.worth)

    def _is_pair(self) -> bool:
        return self.printed is not None and self.ratio is None and self.low is None


@dataclass(frozen=True, slots=True)
class Reversible:
    """Why a set of ratios towards morphine may also be read backwards, and who says so."""

    by: str
    why: Words


@dataclass(frozen=True, slots=True)
class RatioSet:
    """A named and dated table with its purpose, and what it may not be used for.

    ``source`` is its id in ``casebank/sources.yaml``; ``seen`` whether the original was
    read or a copy; ``rights`` whose the figures are.
    """

    id: str
    source: str
    title: str
    publisher: str
    date: Words
    address: str
    seen: Literal["original", "copy", "second_hand"]
    purpose: Words
    not_for: Words
    rights: Words
    rows: tuple[Row, ...]
    reversible: Reversible | None = None

    def rows_of(self, preparation: Preparation) -> tuple[Row, ...]:
        """The rows for a preparation; for oral morphine always its 1:1."""
        found = tuple(
            row
            for row in self.rows
            if row.drug == preparation.drug and preparation.route in row.routes
        )
        return found or ((_HUB,) if preparation == ORAL_MORPHINE else ())

    def to_json(self, lang: Language) -> dict[str, str]:
        """Who made the set, for what, and for what not: what an answer must carry."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "date": render(self.date, lang),
            "address": self.address,
            "seen": self.seen,
            "purpose": render(self.purpose, lang),
            "not_for": render(self.not_for, lang),
            "rights": render(self.rights, lang),
        }

    def preparations(self) -> tuple[Preparation, ...]:
        """Every preparation the set has a row for, in the set's order."""
        pairs = (Preparation(row.drug, route) for row in self.rows for route in row.routes)
        return tuple(dict.fromkeys(pairs))


_HUB = Row(ORAL_MORPHINE.drug, (ORAL_MORPHINE.route,), "mg/24 h", Direction.BOTH, ratio=Decimal(1))


def ratio_set_ids() -> tuple[str, ...]:
    """The id of every ratio set."""
    return tuple(content.ratio_set_ids())


def ratio_set(set_id: str) -> RatioSet:
    """Load a ratio set. Raises :class:`ConversionError` when there is none with this id."""
    return _load(set_id, content.edition())


@lru_cache(maxsize=64)
def _load(set_id: str, _edition: str) -> RatioSet:
    known = ratio_set_ids()
    if set_id not in known:
        near = difflib.get_close_matches(set_id, known, n=3, cutoff=0.4) or known
        raise ConversionError(
            _(
                "There is no ratio set “{name}”. Choose one of: {known}.",
                name=set_id,
                known=", ".join(near),
            )
        )
    return structure(content.ratio_set(set_id), RatioSet, where=f"ratio_sets/{set_id}.yaml")
