"""Where a case stands, and what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from pallkit.cases.model import Axis, EsasItem, OutcomeName, Place, Use
from pallkit.doses import Dose, Measure, Preparation
from pallkit.opioids import Range, Receipt


@dataclass(frozen=True, slots=True)
class Solution:
    """The right answer to a dose step: a range in ``measure``, and how it came about.

    ``right.point`` is None where the source prints only a range.
    """

    preparation: Preparation
    measure: Measure
    right: Range
    receipt: Receipt

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """What counts as right before tolerance: the point, or the whole range without one."""
        point = self.right.point
        return (self.right.low, self.right.high) if point is None else (point, point)


@dataclass(frozen=True, slots=True)
class RegimenItem:
    """A line of the medicine list as it stands: a daily dose, and how it is used.

    For as-needed use the dose is what was taken the last 24 hours, ``given`` times.
    """

    id: str
    dose: Dose
    use: Use
    given: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """The symptoms at one time on the case's clock, in minutes: a point of the chart."""

    clock: int
    esas: Mapping[EsasItem, int]


@dataclass(frozen=True, slots=True)
class State:
    """Where the case stands. ``step`` is None when it has ended.

    ``score`` is the sum so far on each axis; ``dangers`` the steps where a dangerous act
    was done; ``answers`` the doses given and ``solutions`` the right ones, by step id.
    """

    step: str | None
    clock: int
    place: Place
    esas: Mapping[EsasItem, int]
    regimen: tuple[RegimenItem, ...]
    score: Mapping[Axis, int] = field(default_factory=dict)
    dangers: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: Mapping[str, Dose] = field(default_factory=dict)
    solutions: Mapping[str, Solution] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What one decision was and what it gave.

    ``choice`` is an option id, an outcome name, or None at a plain step. At a dose step
    ``given`` is the dose as typed and ``solution`` the computed one with its receipt.
    ``text`` is what was written at a reflect step.
    """

    step: str
    kind: Literal["info", "reflect", "gather", "choice", "dose"]
    choice: str | OutcomeName | None = None
    best: bool = False
    danger: bool = False
    score: Mapping[Axis, int] = field(default_factory=dict)
    given: str | None = None
    solution: Solution | None = None
    text: str | None = None
