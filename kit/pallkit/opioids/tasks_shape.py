"""What every practice task has, whichever part of PallKit makes it; and how one is drawn.

A task is drawn from a seed with nothing but :func:`pick`, so that it is the same on every
machine; it has a right answer, a receipt that is the marking scheme too, and wrong answers
that each come of one known mistake.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, Protocol, TypeVar

from pallkit.doses.numbers import shown, with_unit
from pallkit.errors import DoseError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids.mistakes import Diagnosis, Mistake, behind
from pallkit.opioids.questions import accepts
from pallkit.opioids.ranges import Range
from pallkit.opioids.results import Json, Receipt, range_json

T = TypeVar("T")
K = TypeVar("K", bound=str)

Level = Literal["A", "B", "C"]
LEVELS: tuple[Level, ...] = ("A", "B", "C")

WRONG_ANSWERS = 3

TRIES = 200
"""How many draws a seed may cost before we say that there is no such task."""


@dataclass(frozen=True, slots=True)
class Distractor:
    """A wrong answer as it is shown, and the mistake that leads to it."""

    amount: Decimal
    mistake: Mistake


@dataclass(frozen=True, slots=True)
class Sides:
    """What an answer that is too high or too low would lead to; ``unsafe`` is the worse side."""

    high: Message
    low: Message
    unsafe: Literal["high", "low"]


class PracticeTask(Protocol):
    """The surface of a task: all that is needed to show it, to mark it, and to learn from it.

    Amounts are in the task's own ``unit``; none of it depends on a language until it is shown.
    """

    @property
    def seed(self) -> str: ...  # noqa: D102  # the whole is described above
    @property
    def level(self) -> Level: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def given(self) -> tuple[Message, ...]:
        """What is given, a line each: an invented patient's doses, or how a pump is set."""

    @property
    def prompt(self) -> tuple[Message, ...]:
        """The whole task in words: an opening, what is given, what is asked."""

    @property
    def asked(self) -> tuple[Message, ...]:
        """What is asked, and by which table or rule."""

    @property
    def unit(self) -> Message:
        """What the answer is counted in: «mg/24 t», «mL/t»."""

    @property
    def right(self) -> Range:
        """The right answer with its spread."""

    @property
    def receipt(self) -> Receipt:
        """The steps to the right answer."""

    @property
    def warnings(self) -> tuple[Message | Words, ...]:
        """What must be said with the answer, as of a table that was read from a copy."""

    @property
    def distractors(self) -> tuple[Distractor, ...]:
        """Wrong answers, sorted by amount."""

    @property
    def choices(self) -> tuple[Decimal, ...]:
        """The right answer among the wrong ones, sorted, as numbers that are shown."""

    @property
    def sides(self) -> Sides:
        """What a wrong answer would lead to."""

    def read(self, typed: str) -> Decimal:
        """The amount typed, with or without its unit. Raises :class:`DoseError`."""
        raise NotImplementedError

    def verdict_on(self, amount: Decimal) -> Diagnosis:
        """Whether ``amount`` is right, and the likely mistake where it is not."""
        raise NotImplementedError

    def to_json(self, lang: Language) -> Json:
        """All of it in ``lang``."""
        raise NotImplementedError


P = TypeVar("P", bound=PracticeTask)


def answer_with_unit(typed: str, unit: str) -> str:
    """What was typed, with the task's unit added to a bare number. Raises :class:`DoseError`."""
    if not typed.strip():
        raise DoseError(_("Write an answer, then check it."))
    return with_unit(typed, unit)


def wanted_kinds(kinds: Sequence[K] | None, known: Sequence[K]) -> tuple[K, ...]:
    """``kinds`` in the order of ``known``; all where None is named.

    Raises :class:`ValueError` for a kind that is not known, and for no kind at all.
    """
    unknown = set(kinds or ()) - set(known)
    if unknown or (kinds is not None and not kinds):
        message = f"kinds are of {', '.join(known)}, not {', '.join(sorted(unknown)) or 'none'}"
        raise ValueError(message)
    return tuple(one for one in known if kinds is None or one in kinds)


def different(count: int, make: Callable[[int, int], P]) -> Iterator[P]:
    """Yield ``count`` tasks that ask different questions, while there are any.

    ``make`` is told the number of the draw and how many tasks there are already.
    """
    asked: set[tuple[Message, ...]] = set()
    number = made = 0
    while made < count:
        task = make(number, made)
        number += 1
        if task.prompt not in asked or number > TRIES:
            asked.add(task.prompt)
            made += 1
            yield task


def drawing(name: str) -> random.Random:
    """The chance that belongs to ``name``: the same on every machine."""
    return random.Random(f"pallkit {name}")  # noqa: S311  # a seeded draw, not a secret


def pick(chance: random.Random, of: Sequence[T]) -> T:
    """One of ``of``. ``choice()`` is not promised to be the same in every version of Python."""
    return of[int(chance.random() * len(of))]


def main_figure(right: Range) -> Decimal:
    """The number that stands for the right answer among choices."""
    return shown(right.low if right.point is None else right.point)


def wrong_answers(
    right: Range, known: Sequence[Mistake], rank: Sequence[str]
) -> tuple[Distractor, ...]:
    """At most three wrong answers of different kinds, no two the same when they are shown.

    Each is named by its own mistake when it is given as an answer. ``rank`` lists the codes,
    the most instructive first.
    """
    chosen: dict[str, Distractor] = {}
    taken = [main_figure(right)]
    for one in sorted(
        known, key=lambda mistake: (_absurd(mistake, right), rank.index(mistake.code))
    ):
        way = Distractor(shown(one.values[0]), one)
        told = behind(way.amount, known)
        named = told is not None and told.code == one.code and not accepts(right, way.amount)
        apart = all(abs(way.amount - other) > other / 20 for other in taken)
        if named and apart and one.code not in chosen and len(chosen) < WRONG_ANSWERS:
            chosen[one.code] = way
            taken.append(way.amount)
    return tuple(sorted(chosen.values(), key=lambda one: one.amount))


def _absurd(mistake: Mistake, right: Range) -> bool:
    """Whether anybody would see at once that it is wrong: thirty times too much or too little."""
    value, main = mistake.values[0], main_figure(right)
    return not main / 30 < value < main * 30


def choices_of(task: PracticeTask) -> tuple[Decimal, ...]:
    """The right answer among the wrong ones, sorted."""
    return tuple(sorted([main_figure(task.right), *(one.amount for one in task.distractors)]))


def task_json(task: PracticeTask, lang: Language, unit: str) -> Json:
    """What all tasks have in common, for machines; ``unit`` is the same in every language."""
    return {
        "seed": task.seed,
        "level": task.level,
        "kind": task.kind,
        "prompt": [render(line, lang) for line in task.prompt],
        "unit": unit,
        "answer": range_json(task.right),
        "choices": [render(_("{amount}", amount=one), lang) for one in task.choices],
        "distractors": [
            {
                "amount": render(_("{amount}", amount=one.amount), lang),
                "code": one.mistake.code,
                "label": render(one.mistake.label, lang),
            }
            for one in task.distractors
        ],
        "steps": task.receipt.to_json(lang),
    }
