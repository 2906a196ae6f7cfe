"""Practice tasks with opioids: the same seed gives the same patient, question and mistakes.

A task carries all that is needed to show it and to mark it: the question, the answer with
its spread, the receipt that is also the marking scheme, and wrong answers that each come
of one known mistake.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pallkit.doses import (
    Quantity,
    RegimenLine,
    preparation_message,
    read_dose,
    read_preparation,
    read_quantity,
)
from pallkit.i18n import Language, Message, Words, _
from pallkit.opioids.mistakes import Diagnosis, diagnose, mistakes
from pallkit.opioids.questions import Answer, Asked, Question, RescueQuestion, figures
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet, ratio_set
from pallkit.opioids.recipes import KINDS, RECIPES, Kind, Recipe
from pallkit.opioids.reductions import ReductionRule, read_reduction
from pallkit.opioids.rescue import Rescue, rescue_rule
from pallkit.opioids.results import Json, Receipt, Refusal
from pallkit.opioids.tasks_shape import (
    LEVELS,
    TRIES,
    WRONG_ANSWERS,
    Distractor,
    Level,
    Sides,
    answer_with_unit,
    choices_of,
    different,
    drawing,
    pick,
    task_json,
    wanted_kinds,
    wrong_answers,
)

__all__ = ["KINDS", "LEVELS", "Distractor", "Kind", "Level", "Task", "make_task", "make_tasks"]

LEAST, MOST = Decimal(15), Decimal(400)
"""The oral morphine in 24 hours that a task may amount to: neither trifling nor rare."""

_MOST_GIVEN = 4


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``answer`` is the engine's; ``distractors`` are sorted by amount."""

    seed: str
    level: Level
    kind: Kind
    question: Asked
    answer: Answer
    distractors: tuple[Distractor, ...]

    @property
    def right(self) -> Range:
        """The right answer with the source's spread, in :attr:`Question.measure`."""
        found = figures(self.answer)
        assert found is not None  # noqa: S101  # a task is made only of what has an answer
        return found

    @property
    def receipt(self) -> Receipt:
        """The steps to the right answer: the explanation, and the marking scheme."""
        return self.answer.receipt

    @property
    def warnings(self) -> tuple[Message | Words, ...]:
        """What the engine says along with the answer."""
        return () if isinstance(self.answer, Rescue) else self.answer.warnings

    @property
    def given(self) -> tuple[Message, ...]:
        """The doses, a line each."""
        return tuple(line.message for line in self.question.lines)

    @property
    def asked(self) -> tuple[Message, ...]:
        """What is asked, by which table and which rule."""
        return tuple(_asked(self.question, self.kind))

    @property
    def prompt(self) -> tuple[Message, ...]:
        """The task in words: what is given, a line each, and what is asked."""
        return (_("An invented patient gets:"), *self.given, *self.asked)

    @property
    def unit(self) -> Message:
        """What the answer is counted in."""
        return self.question.measure.message

    @property
    def choices(self) -> tuple[Decimal, ...]:
        """The right answer among the wrong ones, sorted, as numbers that are shown."""
        return choices_of(self)

    @property
    def sides(self) -> Sides:
        """What an answer that is too high or too low would lead to."""
        return _COUNTED if self.kind == "counting" else GIVEN_AS_DOSE

    def diagnose(self, written: Quantity) -> Diagnosis:
        """The verdict on an answer: see :func:`pallkit.opioids.mistakes.diagnose`."""
        return diagnose(self.question, written)

    def verdict_on(self, amount: Decimal) -> Diagnosis:
        """The verdict on an amount in :attr:`unit`."""
        measure = self.question.measure
        return self.diagnose(Quantity(amount, measure.unit, measure.per))

    def read(self, typed: str) -> Decimal:
        """The amount typed, in :attr:`unit` where no unit is written. Raises :class:`DoseError`."""
        measure = self.question.measure
        return read_quantity(answer_with_unit(typed, str(measure))).to(measure).amount

    def to_json(self, lang: Language) -> Json:
        """All of it, in ``lang``; numbers and units are the same in every language."""
        table = self.question.table.to_json(lang)
        return {**task_json(self, lang, str(self.question.measure)), "ratio_set": table}


def make_task(seed: str | int, level: Level = "A", kinds: Sequence[Kind] | None = None) -> Task:
    """Make the task of ``seed`` at ``level``: the same on every machine and in every language.

    It is of one of ``kinds``, in whatever order they are named; of any where none is. It
    changes only with the tables it is worked out by, or with the recipes. Raises
    :class:`ValueError` for a kind that does not exist.
    """
    wanted = wanted_kinds(kinds, KINDS)
    chance = drawing(f"{level} {' '.join(wanted)} {seed}")
    for _try in range(TRIES):
        kind = pick(chance, wanted)
        recipe = pick(chance, [one for one in RECIPES[level] if one.kind == kind])
        task = _finished(str(seed), level, kind, _question(recipe, chance))
        if task is not None:
            return task
    message = f"no task for {seed!r} at level {level}"
    raise RuntimeError(message)


def make_tasks(
    seed: str | int, count: int, level: Level = "A", kinds: Sequence[Kind] | None = None
) -> Iterator[Task]:
    """Make ``count`` tasks from one seed; they ask different questions while there are any."""
    return different(count, lambda number, _made: make_task(f"{seed} {number}", level, kinds))


def _question(recipe: Recipe, chance: random.Random) -> Asked:
    lines = [RegimenLine(read_dose(pick(chance, group))) for group in recipe.fixed]
    if recipe.as_needed:
        given = 1 + int(chance.random() * _MOST_GIVEN)
        lines.append(RegimenLine(read_dose(pick(chance, recipe.as_needed)), "as_needed", given))
    to = read_preparation(pick(chance, recipe.to)) if recipe.to else None
    rule = pick(chance, recipe.rules) if recipe.rules else None
    table = ratio_set(recipe.table)
    if recipe.kind == "rescue" and to and rule:
        return RescueQuestion(tuple(lines), table, to, rescue_rule(rule))
    return Question(tuple(lines), table, to, None if rule is None else read_reduction(rule))


def _finished(seed: str, level: Level, kind: Kind, question: Asked) -> Task | None:
    """The task, or None where it is not a good one: refused, too large, too few mistakes."""
    answer = question.answer()
    right = figures(answer)
    if isinstance(answer, Refusal) or right is None or not _sensible(answer, question):
        return None
    found = wrong_answers(right, mistakes(question), _RANK)
    if len(found) < WRONG_ANSWERS:
        return None
    return Task(seed, level, kind, question, answer, found)


def _sensible(answer: Answer, question: Asked) -> bool:
    """Whether the amounts are worth a task; for a rescue dose the recipes see to that."""
    if isinstance(answer, Rescue):
        return True
    total = answer.oral_morphine
    if total is None or question.to in {line.dose.preparation for line in question.lines}:
        return False
    return total.low >= LEAST and total.high <= MOST


_RANK = (
    "forgot-as-needed",
    "forgot-reduction",
    "forgot-the-part",
    "inverse-ratio",
    "wrong-route",
    "wrong-rule",
    "forgot-24-hours",
    "rounded-up",
    "wrong-set",
    "unit-slip",
)
"""Which mistakes make the better wrong answers: those that are easiest to make come first."""

GIVEN_AS_DOSE = Sides(
    high=_("The answer is too high, and that is the dangerous side. In doubt, the lower dose."),
    low=_("The answer is too low. That is the safer side, but the pain may not be relieved."),
    unsafe="high",
)
"""Of an amount that would be given as it is."""

_COUNTED = Sides(
    high=_("The answer is too high. A change that starts from this sum would give too much."),
    low=_("The answer is too low. A high dose may then not be noticed as one."),
    unsafe="high",
)


def _asked(question: Asked, kind: Kind) -> Iterator[Message]:
    title = _named(question.table)
    if isinstance(question, RescueQuestion):
        yield from _asked_rescue(question)
        return
    if question.to is None:
        yield _("How many mg of oral morphine is that in 24 hours, by “{title}”?", title=title)
        return
    if kind == "to-pump":
        yield _("The patient cannot swallow any more, and is to have a pump under the skin.")
    yield _(
        "What is that as {preparation}, in {measure}, by “{title}”?",
        preparation=preparation_message(question.to),
        measure=question.measure.message,
        title=title,
    )
    if isinstance(question.reduction, ReductionRule):
        yield _("Use the rule “{rule}”.", rule=question.reduction.title)
    elif question.reduction:
        yield _("Take {percent} % off.", percent=question.reduction * 100)
    else:
        yield _("Give the equivalent before any reduction.")


def _asked_rescue(question: RescueQuestion) -> Iterator[Message]:
    yield _(
        "How many mg is one rescue dose of {preparation}, by the rule “{rule}”?",
        preparation=preparation_message(question.to),
        rule=question.rule.title,
    )
    if any(line.dose.preparation != question.to for line in question.lines):
        yield _("Count what is given by “{title}”.", title=_named(question.table))


def _named(table: RatioSet) -> Message:
    """The table with who made it: titles alone are much alike."""
    return _("{publisher}: {title}", publisher=table.publisher, title=table.title)
