"""The dose tasks of a key: one calculation for everybody, or one drawn for each trainee."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pallkit.cases.schema import Amount, Share, Slug
from pallkit.i18n import Words
from pallkit.opioids.mistakes import Code
from pallkit.variants import Variant
from pallkit_grading.key_values import Points

DoseUnit = Literal["mg/24 t", "mg", "µg/t"]


@dataclass(frozen=True, slots=True)
class Calculation:
    """What the engine is asked: these doses, converted to this preparation by this set.

    ``reduce`` is "none", a percentage or a named rule. ``rule`` asks for a single rescue
    dose of the result by a named rule, such as "one-sixth".
    """

    doses: tuple[str, ...]
    to: str
    set: Slug
    reduce: str
    rule: Slug | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What another way of thinking changes in a :class:`Calculation`."""

    doses: tuple[str, ...] | None = None
    to: str | None = None
    set: Slug | None = None
    reduce: str | None = None
    rule: Slug | None = None


@dataclass(frozen=True, slots=True)
class Danger:
    """When a dose is dangerous: given ÷ right is ``at_least`` so much, or ``below`` so little.

    A teaching rule with invented limits. ``most`` is what such an answer can give at most,
    whatever else fits it; without it the answer is flagged and keeps its points.
    """

    at_least: Amount | None = None
    below: Amount | None = None
    most: Points | None = None


@dataclass(frozen=True, slots=True)
class Partial:
    """An answer that shows half of the thinking: its points, and what to tell the trainee.

    It is found by a ``change`` in the calculation, by a wider ``tolerance``, by a ``mistake``
    that the engine knows, or by the ``ratio`` that it bears to the right answer, both ends
    included: an answer on the safe side can so give more than one on the other.
    """

    points: Points
    hint: Words
    change: Change = Change()
    tolerance: Share | None = None
    mistake: Code | None = None
    ratio: tuple[Amount, Amount] | None = None


@dataclass(frozen=True, slots=True)
class DoseTask:
    """A dose to work out. ``tolerance`` is a share of the computed answer."""

    id: Slug
    kind: Literal["dose"]
    points: Points
    unit: DoseUnit
    right: Calculation
    tolerance: Share
    partial: tuple[Partial, ...] = ()
    danger: Danger = Danger()
    hint: Words | None = None
    goals: tuple[Slug, ...] = ()
    note: Words | None = None


@dataclass(frozen=True, slots=True)
class VariantTask:
    """A dose to work out that is drawn for each trainee. The engine knows unit and answer."""

    id: Slug
    kind: Literal["dose"]
    points: Points
    variant: Variant
    tolerance: Share
    partial: tuple[Partial, ...] = ()
    danger: Danger = Danger()
    hint: Words | None = None
    goals: tuple[Slug, ...] = ()
    note: Words | None = None
