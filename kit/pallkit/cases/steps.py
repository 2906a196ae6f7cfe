"""The kinds of step, and the ways out of each.

Whoever walks a case (the player, the linter, the guide, the debrief) asks :func:`ways` and
need not know the kinds. A way's ``choice`` is what the decision came to: an option's id, or
an outcome's name; None at a step where nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, Union

from pallkit.cases.effects import NO_EFFECTS, ConditionalEffects, Effects
from pallkit.cases.schema import Share, Slug
from pallkit.cases.values import Axis, EsasItem

ON = "on"
"""The choice of going on from a consult step. No option may have it as its id."""


@dataclass(frozen=True, slots=True)
class Turn:
    """Another step than the usual next one, where the condition ``when`` holds."""

    when: str
    next: Slug | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way out of a step, and what follows from it.

    ``turns`` are tried in order before ``next``, on the state after the effects.
    """

    next: Slug | None
    turns: tuple[Turn, ...] = ()
    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    effects: Effects = NO_EFFECTS
    also: tuple[ConditionalEffects, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option(Way):
    """One way to go at a choice. ``danger`` is flagged whatever the points say.

    Offered only where the condition ``when`` holds; always where there is none.
    """

    id: Slug
    best: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(Way):
    """What follows from an answer that is right, too low, complete …: one of a kind's names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainStep(Way):
    """Something to read (info), to think about (reflect), or where detours meet (gather)."""

    id: Slug
    kind: Literal["info", "reflect", "gather"]
    minutes: int = 0
    sources: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What every step has where something is decided.

    ``certainty``: the learner is asked how sure they are.
    """

    id: Slug
    minutes: int = 0
    sources: tuple[Slug, ...] = ()
    certainty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceStep(Asked):
    """A decision between named options."""

    kind: Literal["choice"]
    options: tuple[Option, ...]

    def option(self, id_: str) -> Option | None:
        """The option with this id, if the step has it."""
        return next((option for option in self.options if option.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One of the things that can be ticked. ``danger`` is flagged whatever else is ticked."""

    id: Slug
    right: bool = False
    danger: bool = False
    score: Mapping[Axis, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MultiStep(Asked):
    """Several right ones to tick: all of them and no wrong one, some of them, or not.

    ``some`` is at least half of the right ones and none that is dangerous.
    """

    kind: Literal["multi"]
    picks: tuple[Pick, ...]
    outcomes: Mapping[Literal["all", "some", "wrong"], Outcome]


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
class PumpTask:
    """The rate (mL/h) of a pump that gives the right answer to an earlier dose step.

    ``concentration`` and ``reservoir`` as for :mod:`pallkit.pump` («10 mg/ml», «100 ml»).
    """

    pump_for: Slug
    concentration: str
    reservoir: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseStep(Asked):
    """A dose to work out; the right one is computed when the step is played.

    ``consequence`` names the case's rule for what a wrong dose does to the patient.
    """

    kind: Literal["dose"]
    task: ConvertTask | FractionTask
    answer_unit: Literal["mg/24 t", "mg", "µg/t"]
    tolerance: Share
    outcomes: Mapping[Literal["right", "too_low", "too_high"], Outcome]
    consequence: Slug | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PumpStep(Asked):
    """What to set a pump to, in mL/h, for a dose worked out before."""

    kind: Literal["pump"]
    task: PumpTask
    tolerance: Share
    outcomes: Mapping[Literal["right", "too_low", "too_high"], Outcome]
    consequence: Slug | None = None
    answer_unit: Literal["ml/t"] = "ml/t"


@dataclass(frozen=True, slots=True, kw_only=True)
class EstimateStep(Asked):
    """A figure from 0 to 10, against the patient's own (``of``) or an expert's spread.

    ``low`` and ``high`` are the expert's; with ``of`` they are absent, and one either way of
    the patient's figure is right.
    """

    kind: Literal["estimate"]
    outcomes: Mapping[Literal["right", "too_low", "too_high"], Outcome]
    of: EsasItem | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderStep(Asked):
    """Things to put in order; ``items`` stands in the right one and is shown in another.

    ``near`` is at most one pair of neighbours swapped.
    """

    kind: Literal["order"]
    items: tuple[Slug, ...]
    outcomes: Mapping[Literal["right", "near", "wrong"], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a form: text, a choice between ``options``, or a box to tick."""

    id: Slug
    kind: Literal["text", "choice", "tick"]
    required: bool = False
    options: tuple[Slug, ...] = ()
    right: Slug | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentStep(Asked):
    """A palliative plan or a note to fill in: complete when what is required is there."""

    kind: Literal["document"]
    form: Literal["palliative_plan", "conversation_note", "ethics_reflection"]
    fields: tuple[Field, ...]
    outcomes: Mapping[Literal["complete", "incomplete"], Outcome]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One thing to ask somebody. ``who`` is an id among the people, or a word in the prose."""

    id: Slug
    who: Slug
    effects: Effects = NO_EFFECTS
    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultStep(Asked):
    """People to ask, each question once, at most ``most`` of them, before going on."""

    kind: Literal["consult"]
    questions: tuple[Question, ...]
    most: int
    next: Slug | None
    turns: tuple[Turn, ...] = ()


Judged = Union[  # noqa: UP007  # cattrs hooks need the Union form
    MultiStep, DoseStep, PumpStep, EstimateStep, OrderStep, DocumentStep
]
Step = Union[PlainStep, ChoiceStep, Judged, ConsultStep]  # noqa: UP007

KINDS: Mapping[str, type] = {
    "info": PlainStep,
    "reflect": PlainStep,
    "gather": PlainStep,
    "choice": ChoiceStep,
    "multi": MultiStep,
    "dose": DoseStep,
    "pump": PumpStep,
    "estimate": EstimateStep,
    "order": OrderStep,
    "document": DocumentStep,
    "consult": ConsultStep,
}
BEST: Mapping[str, str] = {
    "multi": "all",
    "dose": "right",
    "pump": "right",
    "estimate": "right",
    "order": "right",
    "document": "complete",
}
"""The best outcome of each kind that is judged."""

OUTCOME_NAMES: Mapping[str, tuple[str, ...]] = {
    "multi": ("all", "some", "wrong"),
    "dose": ("right", "too_low", "too_high"),
    "pump": ("right", "too_low", "too_high"),
    "estimate": ("right", "too_low", "too_high"),
    "order": ("right", "near", "wrong"),
    "document": ("complete", "incomplete"),
}


def is_best(step: Step, choice: str | None) -> bool:
    """Whether a choice is (one of) the best at ``step``; nothing is where nothing is decided."""
    if isinstance(step, ChoiceStep):
        option = step.option(str(choice))
        return option is not None and option.best
    return choice is not None and BEST.get(step.kind) == choice


def ways(step: Step) -> Iterator[tuple[str | None, Way]]:
    """Every (choice, way) out of ``step``, whether or not it is open in a given state."""
    if isinstance(step, PlainStep):
        yield None, step
    elif isinstance(step, ChoiceStep):
        yield from ((option.id, option) for option in step.options)
    elif isinstance(step, ConsultStep):
        yield from ((one.id, question_way(step, one)) for one in step.questions)
        yield ON, Way(next=step.next, turns=step.turns)
    else:
        yield from step.outcomes.items()


def outcome_of(step: Judged, name: str) -> Outcome:
    """The outcome of that name, which a structured step always has."""
    return next(outcome for known, outcome in step.outcomes.items() if known == name)


def question_way(step: ConsultStep, asked: Question) -> Way:
    """Asking somebody: what it gives, and back to the same step."""
    return Way(next=step.id, score=asked.score, danger=asked.danger, effects=asked.effects)


def ways_on(step: Step) -> Iterator[tuple[str | None, Slug | None]]:
    """Every (choice, next step) out of ``step``, turns included."""
    for choice, way in ways(step):
        yield from ((choice, turn.next) for turn in way.turns)
        yield choice, way.next


def placed_ways(step: Step) -> Iterator[tuple[tuple[str | int, ...], Way]]:
    """Every way with the place it is written at inside its step, for whoever names the place."""
    if isinstance(step, PlainStep):
        yield (), step
    elif isinstance(step, ChoiceStep):
        yield from ((("options", index), option) for index, option in enumerate(step.options))
    elif isinstance(step, ConsultStep):
        for index, asked in enumerate(step.questions):
            yield ("questions", index), question_way(step, asked)
        yield (), Way(next=step.next, turns=step.turns)
    else:
        yield from ((("outcomes", name), outcome) for name, outcome in step.outcomes.items())


def conditions_of(step: Step) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every condition of a step, with the place it is written at; an absent one is left out."""
    for below, way in placed_ways(step):
        if isinstance(way, Option) and way.when:
            yield below, way.when
        yield from (((*below, "turns", at), turn.when) for at, turn in enumerate(way.turns))
        yield from (((*below, "also", at), more.when) for at, more in enumerate(way.also))
    for at, asked in enumerate(step.questions if isinstance(step, ConsultStep) else ()):
        if asked.when:
            yield ("questions", at), asked.when


def effects_of(way: Way) -> Iterator[Effects]:
    """The effects a way can have: its own, and those under a condition."""
    yield way.effects
    yield from (more.effects for more in way.also)
