"""Practice tasks about pumps: the same seed gives the same task, on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from pallkit.i18n import Language, Message, Words
from pallkit.opioids import Diagnosis, Mistake, Range, Receipt
from pallkit.opioids.mistakes import judge
from pallkit.opioids.results import Json
from pallkit.opioids.tasks_shape import (
    TRIES,
    WRONG_ANSWERS,
    Distractor,
    Level,
    Sides,
    answer_with_unit,
    choices_of,
    drawing,
    pick,
    task_json,
    wanted_kinds,
    wrong_answers,
)
from pallkit.pump.tasks_mistakes import RANK
from pallkit.pump.tasks_mixture import mixture_task
from pallkit.pump.tasks_program import MAKERS
from pallkit.pump.tasks_shape import PumpUnit, Sum

PumpKind = Literal["pump-rate", "pump-reservoir", "pump-bolus", "mixture"]
KINDS: tuple[PumpKind, ...] = get_args(PumpKind)
"""mL/h; how many hours a reservoir lasts; the most in any 60 minutes; volumes of a mixture."""


@dataclass(frozen=True, slots=True)
class PumpTask:
    """One task, worked out; ``distractors`` are sorted by amount."""

    seed: str
    level: Level
    kind: PumpKind
    worked: Sum
    distractors: tuple[Distractor, ...]

    @property
    def given(self) -> tuple[Message, ...]:
        """How the pump is set, or what is mixed; a line each."""
        return self.worked.given

    @property
    def asked(self) -> tuple[Message, ...]:
        """The question."""
        return (self.worked.asked,)

    @property
    def prompt(self) -> tuple[Message, ...]:
        """The whole task in words."""
        return (self.worked.opening, *self.given, *self.asked)

    @property
    def measure(self) -> PumpUnit:
        """What the answer is counted in, and how it is read."""
        return self.worked.unit

    @property
    def unit(self) -> Message:
        """What the answer is counted in, as a reader writes it."""
        return self.measure.message

    @property
    def right(self) -> Range:
        """The right answer: one number, since it is only arithmetic."""
        return Range.exactly(self.worked.right)

    @property
    def receipt(self) -> Receipt:
        """The engine's own steps."""
        return self.worked.receipt

    @property
    def warnings(self) -> tuple[Message | Words, ...]:
        """None: what there is to say stands in the steps."""
        return ()

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """What each mistake gives, where it gives another answer than the right one."""
        return self.worked.known

    @property
    def choices(self) -> tuple[Decimal, ...]:
        """The right answer among the wrong ones, sorted."""
        return choices_of(self)

    @property
    def sides(self) -> Sides:
        """What an answer that is too high or too low would lead to."""
        return self.worked.sides

    def read(self, typed: str) -> Decimal:
        """The amount typed, in :attr:`unit` where no unit is written. Raises :class:`DoseError`."""
        return self.measure.read(answer_with_unit(typed, self.measure.code))

    def verdict_on(self, amount: Decimal) -> Diagnosis:
        """The verdict on an amount in :attr:`unit`."""
        return judge(amount, self.right, self.mistakes)

    def to_json(self, lang: Language) -> Json:
        """All of it, in ``lang``; numbers and units are the same in every language."""
        return task_json(self, lang, self.measure.code)


def make_pump_task(
    seed: str | int, level: Level = "A", kinds: Sequence[PumpKind] | None = None
) -> PumpTask:
    """Make the task of ``seed`` at ``level``, of one of ``kinds``; of any where none is named.

    Raises :class:`ValueError` for a kind that does not exist.
    """
    wanted = wanted_kinds(kinds, KINDS)
    chance = drawing(f"pump {level} {' '.join(wanted)} {seed}")
    for _try in range(TRIES):
        kind = pick(chance, wanted)
        worked = _MAKERS[kind](chance, level)
        found = () if worked is None else _wrong(worked)
        if worked is not None and len(found) == WRONG_ANSWERS:
            return PumpTask(str(seed), level, kind, worked, found)
    message = f"no pump task for {seed!r} at level {level}"
    raise RuntimeError(message)


def _wrong(worked: Sum) -> tuple[Distractor, ...]:
    return wrong_answers(Range.exactly(worked.right), worked.known, RANK)


_MAKERS: dict[str, Callable[[random.Random, Level], Sum | None]] = {
    **MAKERS,
    "mixture": mixture_task,
}
