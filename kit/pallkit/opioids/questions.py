"""A question with one right answer: a regimen, a ratio set, perhaps a change and a rule."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from pallkit.doses import Measure, Preparation, RegimenLine, daily_doses
from pallkit.doses.quantities import MG_PER_DAY, MG_PER_DOSE
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import Omeq, omeq
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.reductions import Reduction
from pallkit.opioids.rescue import Rescue, RescueRule, rescue_for
from pallkit.opioids.results import Refusal
from pallkit.opioids.switching import convert

TOLERANCE = Decimal("0.05")
"""How far outside the source's own spread an answer still counts as right: one twentieth."""


@dataclass(frozen=True, slots=True)
class Question:
    """Count ``lines`` as oral morphine, or change them to ``to``, by ``table``."""

    lines: tuple[RegimenLine, ...]
    table: RatioSet
    to: Preparation | None = None
    reduction: Reduction | None = None

    @property
    def measure(self) -> Measure:
        """What the answer is counted in."""
        return MG_PER_DAY if self.to is None else self.to.measure

    def answer(self) -> Omeq | Conversion | Refusal:
        """The engine's answer. Raises what :func:`omeq` and :func:`convert` raise."""
        doses = daily_doses(self.lines)
        if self.to is None:
            return omeq(doses, self.table)
        return convert(doses, self.to, self.table, self.reduction)

    def by(self, table: RatioSet) -> Question:
        """The same question by another table."""
        return replace(self, table=table)


@dataclass(frozen=True, slots=True)
class RescueQuestion:
    """One rescue dose of ``to`` by ``rule``, to ``lines``; a patch is counted by ``table``."""

    lines: tuple[RegimenLine, ...]
    table: RatioSet
    to: Preparation
    rule: RescueRule

    @property
    def measure(self) -> Measure:
        """What the answer is counted in."""
        return MG_PER_DOSE

    def answer(self) -> Rescue | Refusal:
        """The engine's answer. Raises what :func:`rescue_for` raises."""
        return rescue_for(daily_doses(self.lines), self.rule, of=self.to, table=self.table)

    def by(self, table: RatioSet) -> RescueQuestion:
        """The same question by another table."""
        return replace(self, table=table)

    @property
    def for_the_day(self) -> Question:
        """What the rescue dose is a part of."""
        return Question(self.lines, self.table, self.to)


Asked = Question | RescueQuestion
Answer = Omeq | Conversion | Rescue


def figures(answer: Answer | Refusal) -> Range | None:
    """The figures of an answer; None for a refusal."""
    if isinstance(answer, Refusal):
        return None
    if isinstance(answer, Rescue):
        return answer.range
    return answer.oral_morphine if isinstance(answer, Omeq) else answer.target


def accepts(right: Range, value: Decimal) -> bool:
    """Whether ``value`` lies within the right answer's spread, or so near that it is the same."""
    return right.low * (1 - TOLERANCE) <= value <= right.high * (1 + TOLERANCE)
