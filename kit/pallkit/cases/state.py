"""Where a case stands, and what happened on the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pallkit.cases.effects import Band
from pallkit.cases.schema import Slug
from pallkit.cases.values import (
    Axis,
    Consciousness,
    EsasItem,
    Frame,
    Level,
    Place,
    Role,
    Use,
    Vital,
)
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
class PumpSolution:
    """The right rate (mL/h) of a pump, and how it came about."""

    rate: Decimal
    receipt: Receipt

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """What counts as right before tolerance."""
        return (self.rate, self.rate)


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a dose did by the case's teaching rule: ``ratio`` is given ÷ computed.

    ``band`` is None where the rule has none for the ratio: then nothing follows.
    """

    rule: str
    given: Decimal
    computed: Decimal
    ratio: Decimal
    band: Band | None


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
class PersonState:
    """How it stands with one of the people around the patient. ``worry`` is 0-10."""

    id: Slug
    role: Role
    age: int | None
    worry: int
    wish: Slug | None
    told: tuple[Slug, ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """The patient at one time on the case's clock, in minutes: a point of the charts."""

    clock: int
    esas: Mapping[EsasItem, int]
    vitals: Mapping[Vital, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """Where the case stands. ``step`` is None when it has ended.

    ``score`` is the sum so far on each axis; ``dangers`` the steps where a dangerous act
    was done; ``answers`` the doses given and ``solutions`` the right ones, by step id;
    ``choices`` what was last decided at each step, ``asked`` the questions already put,
    ``ratios`` given ÷ computed at each dose step that has a consequence.
    """

    step: str | None
    clock: int
    place: Place
    esas: Mapping[EsasItem, int]
    regimen: tuple[RegimenItem, ...]
    level: Level = "A"
    vitals: Mapping[Vital, int] = field(default_factory=dict)
    consciousness: Consciousness = "alert"
    frame: Frame = "unknown"
    people: tuple[PersonState, ...] = ()
    tasks: tuple[Slug, ...] = ()
    known: tuple[Slug, ...] = ()
    score: Mapping[Axis, int] = field(default_factory=dict)
    dangers: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    answers: Mapping[str, Dose] = field(default_factory=dict)
    solutions: Mapping[str, Solution] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ratios: Mapping[str, Decimal] = field(default_factory=dict)

    def value(self, name: str) -> Decimal | str | bool | None:
        """What a condition asks about (:mod:`pallkit.cases.conditions`); None if unknown."""
        head, dot, tail = name.partition(".")
        if dot:
            return self._about(head, tail)
        if name == "clock":
            return Decimal(self.clock)
        if name == "danger":
            return bool(self.dangers)
        if name in {"place", "consciousness", "frame", "level"}:
            return str(getattr(self, name))
        figures: dict[str, int] = {str(item): value for item, value in self.esas.items()}
        figures |= {str(vital): value for vital, value in self.vitals.items()}
        return Decimal(figures[name]) if name in figures else None

    def _about(self, head: str, tail: str) -> Decimal | str | bool | None:
        facts: Mapping[str, tuple[str, ...]] = {
            "knows": self.known,
            "open": self.tasks,
            "seen": self.path,
            "on": tuple(item.id for item in self.regimen),
        }
        if head in facts:
            return tail in facts[head]
        if head == "points":
            return Decimal(self.score.get(tail, 0))  # type: ignore[call-overload]  # any axis
        if head == "chose":
            return self.choices.get(tail)
        if head == "ratio":
            return self.ratios.get(tail)
        return self._person(head, *tail.split("."))

    def _person(self, head: str, whose: str, fact: str = "") -> Decimal | str | bool | None:
        person = next((one for one in self.people if one.id == whose), None)
        if person is None:
            return None
        if head == "worry":
            return Decimal(person.worry)
        return person.wish if head == "wish" else fact in person.told


@dataclass(frozen=True, slots=True)
class Event:
    """What one decision was and what it gave.

    ``choice`` is an option id, an outcome name, or None at a plain step. ``given`` is what
    was answered, as typed or as ids; ``solution`` the computed answer with its receipt;
    ``spread`` the figures that were right at an estimate, both ends included; ``sure`` how
    sure the learner said they were, in per cent; ``text`` what was written at a reflect step.
    """

    step: str
    kind: str
    choice: str | None = None
    best: bool = False
    danger: bool = False
    score: Mapping[Axis, int] = field(default_factory=dict)
    given: str | None = None
    picked: tuple[str, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    solution: Solution | PumpSolution | None = None
    consequence: Consequence | None = None
    spread: tuple[int, int] | None = None
    sure: int | None = None
    text: str | None = None
