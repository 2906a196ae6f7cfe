"""The case format: structure, numbers and rules of one invented patient. No prose.

A case file is closed: what is not named here is a fault. Ids never change meaning once
published, because decision logs refer to them. A right dose is never written in a case:
it is computed by :mod:`pallkit.opioids` from the regimen and a named ratio set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Union, get_args

from pallkit import content
from pallkit.cases.schema import (
    Minutes,
    SchemaError,
    SchemaFault,
    Share,
    Slug,
    fault,
    make_converter,
    structure_strictly,
)
from pallkit.i18n import _

Place = Literal["home", "nursing_home", "hospital", "municipal_ward", "gp_office", "hospice"]
EsasItem = Literal[
    "pain",
    "tiredness",
    "drowsiness",
    "nausea",
    "appetite",
    "breathlessness",
    "depression",
    "anxiety",
    "wellbeing",
]
Axis = Literal["symptom_relief", "safety", "communication", "collaboration", "time"]
Use = Literal["fixed", "as_needed"]
Level = Literal["A", "B", "C"]
OutcomeName = Literal["right", "too_low", "too_high"]

PLACES: tuple[Place, ...] = get_args(Place)
ESAS_ITEMS: tuple[EsasItem, ...] = get_args(EsasItem)
AXES: tuple[Axis, ...] = get_args(Axis)
OUTCOMES: tuple[OutcomeName, ...] = get_args(OutcomeName)

_NO_TIME = Minutes(0)


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
class Effects:
    """What follows from a decision. ``esas`` values are changes, clamped to 0-10."""

    clock: Minutes = _NO_TIME
    esas: Mapping[EsasItem, int] = field(default_factory=dict)
    place: Place | None = None
    regimen: RegimenChange = RegimenChange()


@dataclass(frozen=True, slots=True)
class Option:
    """One way to go at a choice. ``danger`` is flagged whatever the points say."""

    id: Slug
    next: Slug | None
    best: bool = False
    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    effects: Effects = Effects()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a dose that is right, too low or too high."""

    next: Slug | None
    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    effects: Effects = Effects()


@dataclass(frozen=True, slots=True)
class ConvertTask:
    """Convert the state's regimen (all of it, or one use) by a named ratio set.

    ``reduce`` is "none", a percentage, or a named reduction rule.
    """

    convert: Literal["all", "fixed", "as_needed"]
    to: str
    set: Slug
    reduce: str


@dataclass(frozen=True, slots=True)
class FractionTask:
    """A rescue dose by a named rule from the right answer to an earlier dose step."""

    fraction_of: Slug
    rule: Slug


@dataclass(frozen=True, slots=True)
class PlainStep:
    """Something to read (info), to think about (reflect), or where detours meet (gather)."""

    id: Slug
    kind: Literal["info", "reflect", "gather"]
    next: Slug | None
    minutes: int = 0
    sources: tuple[Slug, ...] = ()
    effects: Effects = Effects()


@dataclass(frozen=True, slots=True)
class ChoiceStep:
    """A decision between named options."""

    id: Slug
    kind: Literal["choice"]
    options: tuple[Option, ...]
    minutes: int = 0
    sources: tuple[Slug, ...] = ()

    def option(self, id_: str) -> Option | None:
        """The option with this id, if the step has it."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True)
class DoseStep:
    """A dose to work out; the right one is computed when the step is played."""

    id: Slug
    kind: Literal["dose"]
    task: ConvertTask | FractionTask
    answer_unit: Literal["mg/24 t", "mg", "µg/t"]
    tolerance: Share
    outcomes: Mapping[OutcomeName, Outcome]
    minutes: int = 0
    sources: tuple[Slug, ...] = ()


Step = Union[PlainStep, ChoiceStep, DoseStep]  # noqa: UP007  # cattrs hooks need the Union form
_STEP_KINDS: Mapping[str, type] = {
    "info": PlainStep,
    "reflect": PlainStep,
    "gather": PlainStep,
    "choice": ChoiceStep,
    "dose": DoseStep,
}


@dataclass(frozen=True, slots=True)
class Start:
    """The patient when the case opens. ``esas`` has all nine items, 0-10, now."""

    clock: Minutes
    place: Place
    esas: Mapping[EsasItem, int]
    regimen: tuple[RegimenEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """Who signed the case, in which role, when, and which version."""

    by: str
    role: str
    on: str
    version: int


@dataclass(frozen=True)
class Case:
    """One invented patient. ``reviewed`` is None until a named clinician has signed."""

    id: Slug
    version: int
    invented: Literal[True]
    reviewed: Review | None
    topics: tuple[Slug, ...]
    level: Level
    minutes: int
    sources: tuple[Slug, ...]
    start: Start
    first: Slug
    steps: tuple[Step, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {step.id: step for step in self.steps}

    @property
    def draft(self) -> bool:
        """True until a clinician has signed this very version."""
        return self.reviewed is None or self.reviewed.version != self.version


def ways_on(step: Step) -> Iterator[tuple[str | None, Slug | None]]:
    """Every (choice, next step) out of ``step``; the choice of a plain step is None."""
    if isinstance(step, PlainStep):
        yield None, step.next
    elif isinstance(step, ChoiceStep):
        yield from ((option.id, option.next) for option in step.options)
    else:
        yield from ((name, outcome.next) for name, outcome in step.outcomes.items())


def structure(raw: object) -> Case:
    """Make a case of compiled JSON.

    Raises :class:`pallkit.cases.schema.SchemaError` with every place that breaks the format.
    """
    case = structure_strictly(_CONVERTER, raw, Case)
    faults = tuple(_incomplete(case))
    if faults:
        raise SchemaError(faults)
    return case


def load(id_: str) -> Case:
    """Read a case from the compiled case bank.

    Raises :class:`pallkit.errors.ContentError` when there is no such case, with the
    nearest ids.
    """
    return structure(content.case(id_))


def _incomplete(case: Case) -> Iterator[SchemaFault]:
    """What a type cannot say but every player of a case relies on."""
    missing = [item for item in ESAS_ITEMS if item not in case.start.esas]
    if missing:
        yield SchemaFault(
            ("start", "esas"),
            _("missing: {names}. All nine ESAS-r items are needed.", names=", ".join(missing)),
        )
    for place, step in enumerate(case.steps):
        if step.id in (earlier.id for earlier in case.steps[:place]):
            yield SchemaFault(
                ("steps", place, "id"),
                _("the id “{id}” is used twice. Give this step its own.", id=step.id),
            )
        if isinstance(step, DoseStep):
            names = [name for name in OUTCOMES if name not in step.outcomes]
            if names:
                yield SchemaFault(
                    ("steps", place, "outcomes"),
                    _("missing: {names}. A dose step needs all three.", names=", ".join(names)),
                )


def _structure_step(raw: object, _kind: object) -> Step:
    if not isinstance(raw, Mapping):
        raise fault(_("a step must have keys, beginning with id and kind."))
    kind = _STEP_KINDS.get(str(raw.get("kind")))
    if kind is None:
        raise fault(
            _(
                "the kind “{kind}” is unknown. Use one of: {kinds}.",
                kind=str(raw.get("kind")),
                kinds=", ".join(_STEP_KINDS),
            )
        )
    step: Step = _CONVERTER.structure(raw, kind)
    return step


def _structure_task(raw: object, _kind: object) -> ConvertTask | FractionTask:
    kind: type[Any] = (
        FractionTask if isinstance(raw, Mapping) and "fraction_of" in raw else ConvertTask
    )
    task: ConvertTask | FractionTask = _CONVERTER.structure(raw, kind)
    return task


def _structure_dose(raw: object, _kind: object) -> str | AnswerTo:
    return raw if isinstance(raw, str) else _CONVERTER.structure(raw, AnswerTo)


_CONVERTER = make_converter()
_CONVERTER.register_structure_hook(Step, _structure_step)
_CONVERTER.register_structure_hook(Union[ConvertTask, FractionTask], _structure_task)  # noqa: UP007
_CONVERTER.register_structure_hook(ConvertTask | FractionTask, _structure_task)
_CONVERTER.register_structure_hook(str | AnswerTo, _structure_dose)
