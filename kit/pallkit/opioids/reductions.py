"""How much lower to start after a change, by a number or by a rule that can be named.

A reduction has no default: choosing it is the exercise. Without one only the unreduced
equivalent is shown, and it says that it is not a start dose.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import read_number
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError
from pallkit.i18n import Words, _
from pallkit.opioids.ranges import Range

Change = Literal["drug", "route"]
"""What changes: the drug (incomplete cross-tolerance), or only the route of the same drug."""


@dataclass(frozen=True, slots=True)
class ReductionBand:
    """The fraction taken off, from ``at_least`` and up to but not ``below`` mg OMEQ/24 h."""

    low: Decimal
    high: Decimal
    point: Decimal | None = None
    at_least: Decimal = Decimal(0)
    below: Decimal | None = None

    def touches(self, low: Decimal, high: Decimal) -> bool:
        """Whether any amount from ``low`` to ``high`` lies in the band."""
        return self.at_least <= high and (self.below is None or low < self.below)


@dataclass(frozen=True, slots=True)
class ReductionRule:
    """A source's rule for a lower start. It may depend on the oral morphine equivalent."""

    id: str
    title: Words
    sources: tuple[str, ...]
    covers: tuple[Change, ...]
    bands: tuple[ReductionBand, ...]

    @property
    def needs_total(self) -> bool:
        """Whether the rule cannot be used without the total in oral morphine."""
        return len(self.bands) > 1

    def taken_off(self, total: Range | None) -> Range:
        """The fraction taken off at ``total`` mg oral morphine/24 h.

        Where the spread of the total reaches into two bands the spread of the fraction
        covers both; the point is that of the band the point lies in.
        """
        if total is None or not self.needs_total:
            band = self.bands[0]
            return Range(band.low, band.point, band.high)
        touched = [band for band in self.bands if band.touches(total.low, total.high)]
        points = [
            band.point
            for band in touched
            if total.point is not None and band.touches(total.point, total.point)
        ]
        return Range(
            min(band.low for band in touched),
            points[0] if points else None,
            max(band.high for band in touched),
        )


Reduction = Decimal | ReductionRule
"""A fraction from 0 up to, but not, 1; or a named rule."""


def reduction_rules() -> tuple[ReductionRule, ...]:
    """Every named rule, from ``casebank/reductions.yaml``."""
    return _load(content.edition())


def reduction_rule(name: str) -> ReductionRule:
    """The rule with this id. Raises :class:`ConversionError` when there is none."""
    rules = {rule.id: rule for rule in reduction_rules()}
    if name in rules:
        return rules[name]
    near = difflib.get_close_matches(name, rules, n=3, cutoff=0.4) or rules
    raise ConversionError(
        _(
            "“{name}” is not a reduction. Write a percentage such as 50%, or a rule: {known}.",
            name=name,
            known=", ".join(near),
        )
    )


def read_reduction(text: str) -> Reduction:
    """Read «50 %», «0,5» or the name of a rule.

    Raises :class:`ConversionError`: «50» alone may be a slip, and all of the dose cannot
    be taken off.
    """
    written = text.strip()
    if not re.match(r"[0-9.,+\-−]", written):
        return reduction_rule(written)
    percent = written.endswith("%")
    number = read_number(written.removesuffix("%"))
    if not percent and number >= 1:
        raise ConversionError(
            _("“{text}” lacks its sign. Write {text} % if that is meant.", text=written)
        )
    return fraction(number / 100 if percent else number)


def fraction(value: Decimal) -> Decimal:
    """Check a fraction taken off: 0 or more and below 1."""
    if not (value.is_finite() and 0 <= value < 1):
        raise ConversionError(
            _("A reduction is from 0 % and up to, but not, 100 %; something must be left.")
        )
    return value


@lru_cache(maxsize=2)
def _load(_edition: str) -> tuple[ReductionRule, ...]:
    raw = content.table("reductions")["reductions"]
    return structure(raw, tuple[ReductionRule, ...], where="reductions.yaml")
