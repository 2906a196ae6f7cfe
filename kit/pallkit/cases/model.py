"""The case format: structure, numbers and rules of one invented patient. No prose.

A case file is closed: what is not named here is a fault. Ids never change meaning once
published, because decision logs refer to them. A right dose is never written in a case:
it is computed by :mod:`pallkit.opioids` from the regimen and a named ratio set.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, Union

from pallkit import content
from pallkit.cases.conditions import read_condition
from pallkit.cases.effects import AnswerTo, Band, Effects, RegimenChange, RegimenEntry
from pallkit.cases.schema import (
    Day,
    Minutes,
    SchemaError,
    SchemaFault,
    Slug,
    fault,
    make_converter,
    structure_strictly,
)
from pallkit.cases.steps import (
    KINDS,
    OUTCOME_NAMES,
    ChoiceStep,
    ConvertTask,
    DoseStep,
    FractionTask,
    Option,
    Outcome,
    PlainStep,
    PumpStep,
    Step,
    conditions_of,
    effects_of,
    ways,
    ways_on,
)
from pallkit.cases.values import (
    AXES,
    ESAS_ITEMS,
    OUTCOMES,
    PLACES,
    Axis,
    Consciousness,
    EsasItem,
    Frame,
    Level,
    OutcomeName,
    Place,
    Role,
    Use,
    Vital,
)
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.signing import Review, UsedIn

__all__ = [
    "AXES",
    "ESAS_ITEMS",
    "OUTCOMES",
    "PLACES",
    "AnswerTo",
    "Axis",
    "Case",
    "ChoiceStep",
    "ConvertTask",
    "DoseStep",
    "Effects",
    "EsasItem",
    "FractionTask",
    "Level",
    "Option",
    "Outcome",
    "OutcomeName",
    "Person",
    "Place",
    "PlainStep",
    "PumpStep",
    "RegimenChange",
    "RegimenEntry",
    "Review",
    "Start",
    "Step",
    "Use",
    "Withdrawn",
    "load",
    "structure",
    "ways",
    "ways_on",
]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody around the patient, with a wish of their own (whose words stand in the prose)."""

    id: Slug
    role: Role
    age: int | None = None
    worry: int = 0
    wish: Slug | None = None
    told: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Start:
    """The patient when the case opens. ``esas`` has all nine items, 0-10, now."""

    clock: Minutes
    place: Place
    esas: Mapping[EsasItem, int]
    regimen: tuple[RegimenEntry, ...] = ()
    vitals: Mapping[Vital, int] = field(default_factory=dict)
    consciousness: Consciousness = "alert"
    frame: Frame = "unknown"
    people: tuple[Person, ...] = ()
    tasks: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A case that is no longer to be used: since when, what instead, and what used it."""

    on: Day
    instead: Slug | None = None
    used_in: tuple[UsedIn, ...] = ()


@dataclass(frozen=True)
class Case:
    """One invented patient. ``reviewed`` is None until a named clinician has signed.

    ``levels`` are those the case can be opened at, ``level`` the one it opens at otherwise.
    ``consequences`` are the case's teaching rules for what a wrong dose does.
    """

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
    levels: tuple[Level, ...] = ()
    consequences: Mapping[Slug, tuple[Band, ...]] = field(default_factory=dict)
    certainty: bool = False
    review_by: Day | None = None
    withdrawn: Withdrawn | None = None

    @cached_property
    def by_id(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {step.id: step for step in self.steps}

    def every_effect(self) -> Iterator[Effects]:
        """All that can ever follow: from every way, under its conditions, and from a dose."""
        for step in self.steps:
            for _choice, way in ways(step):
                yield from effects_of(way)
        for bands in self.consequences.values():
            yield from (band.effects for band in bands)

    @property
    def open_levels(self) -> tuple[Level, ...]:
        """The levels a learner can choose between; always at least the case's own."""
        return self.levels or (self.level,)

    @property
    def draft(self) -> bool:
        """True until a clinician has signed this very version."""
        return self.reviewed is None or self.reviewed.version != self.version


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
    if case.level not in case.open_levels:
        yield SchemaFault(
            ("levels",),
            _("the case's own level, {level}, is not among its levels.", level=case.level),
        )
    for place, step in enumerate(case.steps):
        if step.id in (earlier.id for earlier in case.steps[:place]):
            yield SchemaFault(
                ("steps", place, "id"),
                _("the id “{id}” is used twice. Give this step its own.", id=step.id),
            )
        yield from _without_outcomes(place, step)
        yield from _conditions(place, step)


def _without_outcomes(place: int, step: Step) -> Iterator[SchemaFault]:
    wanted = OUTCOME_NAMES.get(step.kind, ())
    given = [choice for choice, _way in ways(step)]
    names = [name for name in wanted if name not in given]
    if names:
        yield SchemaFault(
            ("steps", place, "outcomes"),
            _(
                "missing: {names}. A step of the kind {kind} needs all of: {wanted}.",
                names=", ".join(names),
                kind=step.kind,
                wanted=", ".join(wanted),
            ),
        )


def _conditions(place: int, step: Step) -> Iterator[SchemaFault]:
    for below, when in conditions_of(step):
        try:
            read_condition(when)
        except ContentError as error:
            yield SchemaFault(("steps", place, *below, "when"), error.message)


def _structure_step(raw: object, _kind: object) -> Step:
    if not isinstance(raw, Mapping):
        raise fault(_("a step must have keys, beginning with id and kind."))
    kind = KINDS.get(str(raw.get("kind")))
    if kind is None:
        raise fault(
            _(
                "the kind “{kind}” is unknown. Use one of: {kinds}.",
                kind=str(raw.get("kind")),
                kinds=", ".join(KINDS),
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
