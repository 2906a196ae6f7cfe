"""What follows from a decision, as the author writes it. Applied by :mod:`.applying`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pallkit.cases.schema import Amount, Minutes, Slug
from pallkit.cases.values import (
    Consciousness,
    EsasItem,
    Frame,
    Place,
    Use,
    Vital,
)

NO_TIME = Minutes(0)


@dataclass(frozen=True, slots=True)
class AnswerTo:
    """The dose the learner gave at the dose step ``answer_to``, right or wrong."""

    answer_to: Slug


@dataclass(frozen=True, slots=True)
class RegimenEntry:
    """One line of the medicine list. ``given`` is as-needed doses the last 24 hours.

    ``dose`` is text for :func:`pallkit.doses.read_dose`; for as-needed use it is one
    dose («morfin po 10 mg»), and what counts is that dose times ``given``.
    """

    id: Slug
    dose: str | AnswerTo
    use: Use
    given: int = 0


@dataclass(frozen=True, slots=True)
class RegimenChange:
    """Entries that end, by id, and entries that begin."""

    stop: tuple[Slug, ...] = ()
    start: tuple[RegimenEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What a decision does to one of the people: ``told`` are facts they now know.

    ``worry`` is a change, held within 0-10; ``wish`` is an id whose words stand in the prose.
    """

    told: tuple[Slug, ...] = ()
    worry: int = 0
    wish: Slug | None = None


@dataclass(frozen=True, slots=True)
class TaskChange:
    """Tasks that somebody now has to see to, and tasks that are done."""

    open: tuple[Slug, ...] = ()
    close: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Effects:
    """What follows from a decision.

    ``esas`` and ``vitals`` are changes, held within what the scale can show. ``learn`` are
    facts that the learner now has.
    """

    clock: Minutes = NO_TIME
    esas: Mapping[EsasItem, int] = field(default_factory=dict)
    vitals: Mapping[Vital, int] = field(default_factory=dict)
    consciousness: Consciousness | None = None
    place: Place | None = None
    frame: Frame | None = None
    people: Mapping[Slug, PersonChange] = field(default_factory=dict)
    tasks: TaskChange = TaskChange()
    learn: tuple[Slug, ...] = ()
    regimen: RegimenChange = RegimenChange()


NO_EFFECTS = Effects()


@dataclass(frozen=True, slots=True)
class Band:
    """What a dose does to the patient when given ÷ computed is from ``at_least`` to ``below``.

    A teaching device with invented thresholds: the author sees and answers for them, and
    the debrief shows the arithmetic. An absent bound is open.
    """

    effects: Effects
    at_least: Amount | None = None
    below: Amount | None = None


@dataclass(frozen=True, slots=True)
class ConditionalEffects:
    """More effects, where the condition ``when`` holds after the decision's own effects."""

    when: str
    effects: Effects
