"""Practice tasks: the same seed gives the same invented patient, question and wrong answers.

A task carries all that is needed to show it and to mark it: the question, the answer with
its spread, the receipt that is also the marking scheme, and wrong answers that each come
of one known mistake.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from pallkit.doses import Quantity, RegimenLine, preparation_message, read_dose, read_preparation
from pallkit.doses.numbers import shown
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import Omeq
from pallkit.opioids.mistakes import Diagnosis, Mistake, behind, diagnose, mistakes
from pallkit.opioids.questions import Question, accepts, figures
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import ratio_set
from pallkit.opioids.recipes import RECIPES, Level, Recipe
from pallkit.opioids.reductions import ReductionRule, read_reduction
from pallkit.opioids.results import Json, Receipt, Refusal, range_json

T = TypeVar("T")

LEVELS: tuple[Level, ...] = ("A", "B", "C")
LEAST, MOST = Decimal(15), Decimal(400)
"""The oral morphine in 24 hours that a task may amount to: neither trifling nor rare."""

WRONG_ANSWERS = 3
_MOST_GIVEN = 4
_TRIES = 200


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer as it is shown, and the mistake that leads to it."""

    amount: Decimal
    mistake: Mistake


@dataclass(frozen=True, slots=True)
class Task:
    """One task. ``answer`` is the engine's; ``distractors`` are sorted by amount."""

    seed: str
    level: Level
    question: Question
    answer: Omeq | Conversion
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
    def prompt(self) -> tuple[Message, ...]:
        """The task in words: what is given, a line each, and what is asked."""
        given = tuple(line.message for line in self.question.lines)
        return (_("An invented patient gets:"), *given, *_asked(self.question))

    @property
    def choices(self) -> tuple[Decimal, ...]:
        """The right answer among the wrong ones, sorted, as numbers that are shown."""
        return tuple(sorted([_main(self.right), *(one.amount for one in self.distractors)]))

    def diagnose(self, written: Quantity) -> Diagnosis:
        """The verdict on an answer: see :func:`pallkit.opioids.mistakes.diagnose`."""
        return diagnose(self.question, written)

    def to_json(self, lang: Language) -> Json:
        """All of it, in ``lang``; numbers and units are the same in every language."""
        return {
            "seed": self.seed,
            "level": self.level,
            "prompt": [render(line, lang) for line in self.prompt],
            "unit": str(self.question.measure),
            "answer": range_json(self.right),
            "choices": [render(_("{amount}", amount=one), lang) for one in self.choices],
            "distractors": [
                {
                    "amount": render(_("{amount}", amount=one.amount), lang),
                    "code": one.mistake.code,
                    "label": render(one.mistake.label, lang),
                }
                for one in self.distractors
            ],
            "steps": self.receipt.to_json(lang),
            "ratio_set": self.question.table.to_json(lang),
        }


def make_task(seed: str | int, level: Level = "A") -> Task:
    """Make the task of ``seed`` at ``level``: the same on every machine and in every language.

    It changes only with the tables it is worked out by, or with the recipes.
    """
    chance = random.Random(f"pallkit {level} {seed}")  # noqa: S311  # a seeded draw, not a secret
    for _try in range(_TRIES):
        task = _finished(str(seed), level, _question(_pick(chance, RECIPES[level]), chance))
        if task is not None:
            return task
    message = f"no task for {seed!r} at level {level}"
    raise RuntimeError(message)


def make_tasks(seed: str | int, count: int, level: Level = "A") -> Iterator[Task]:
    """Make ``count`` tasks that ask different questions, from one seed."""
    asked: set[tuple[RegimenLine, ...]] = set()
    number = 0
    while len(asked) < count:
        task = make_task(f"{seed} {number}", level)
        number += 1
        if task.question.lines not in asked:
            asked.add(task.question.lines)
            yield task


def _pick(chance: random.Random, of: Sequence[T]) -> T:
    # random() gives the same numbers in every version of Python; choice() is not promised to.
    return of[int(chance.random() * len(of))]


def _question(recipe: Recipe, chance: random.Random) -> Question:
    lines = [RegimenLine(read_dose(_pick(chance, group))) for group in recipe.fixed]
    if recipe.as_needed:
        given = 1 + int(chance.random() * _MOST_GIVEN)
        lines.append(RegimenLine(read_dose(_pick(chance, recipe.as_needed)), "as_needed", given))
    to = read_preparation(_pick(chance, recipe.to)) if recipe.to else None
    reduction = read_reduction(_pick(chance, recipe.reductions)) if recipe.reductions else None
    return Question(tuple(lines), ratio_set(recipe.table), to, reduction)


def _finished(seed: str, level: Level, question: Question) -> Task | None:
    """The task, or None where it is not a good one: refused, too large, too few mistakes."""
    answer = question.answer()
    if isinstance(answer, Refusal) or answer.oral_morphine is None:
        return None
    total, right = answer.oral_morphine, figures(answer)
    if right is None or not (total.low >= LEAST and total.high <= MOST):
        return None
    if question.to in {line.dose.preparation for line in question.lines}:
        return None
    found = _distractors(question, right)
    return None if len(found) < WRONG_ANSWERS else Task(seed, level, question, answer, found)


def _distractors(question: Question, right: Range) -> tuple[Distractor, ...]:
    """At most three wrong answers of different kinds, no two the same when they are shown."""
    known = mistakes(question)
    ways = [Distractor(shown(one.values[0]), one) for one in known]
    chosen: dict[str, Distractor] = {}
    taken = [_main(right)]
    for way in ways:
        told = behind(way.amount, known)
        named = told is not None and not accepts(right, way.amount)
        apart = all(abs(way.amount - one) > one / 20 for one in taken)
        if named and apart and way.mistake.code not in chosen:
            chosen[way.mistake.code] = way
            taken.append(way.amount)
    best = sorted(chosen.values(), key=lambda one: _RANK.index(one.mistake.code))[:WRONG_ANSWERS]
    return tuple(sorted(best, key=lambda one: one.amount))


_RANK = (
    "forgot-as-needed",
    "forgot-reduction",
    "inverse-ratio",
    "wrong-route",
    "forgot-24-hours",
    "rounded-up",
    "wrong-set",
    "unit-slip",
)
"""Which mistakes make the better wrong answers: those that are easiest to make come first."""


def _main(right: Range) -> Decimal:
    return shown(right.low if right.point is None else right.point)


def _asked(question: Question) -> Iterator[Message]:
    table = question.table
    if question.to is None:
        yield _(
            "How many mg of oral morphine is that in 24 hours, by “{title}”?", title=table.title
        )
        return
    yield _(
        "What is that as {preparation}, in {measure}, by “{title}”?",
        preparation=preparation_message(question.to),
        measure=question.measure.message,
        title=table.title,
    )
    if isinstance(question.reduction, ReductionRule):
        yield _("Use the rule “{rule}”.", rule=question.reduction.title)
    elif question.reduction:
        yield _("Take {percent} % off.", percent=question.reduction * 100)
    else:
        yield _("Give the equivalent before any reduction.")
