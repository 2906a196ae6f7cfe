"""Which mistake a wrong answer looks like: the question is worked out again with each mistake.

Nothing is guessed from the size of an error. A mistake is named when exactly one of the
known ones gives the answer that was written; when none does, or two do, we cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from pallkit.doses import Dose, Preparation, Quantity, RegimenLine, Route
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit.opioids.questions import Asked, Question, RescueQuestion, accepts, figures
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import ORAL_MORPHINE, RatioSet, ratio_set, ratio_set_ids
from pallkit.opioids.rescue import rescue_rules
from pallkit.opioids.rows import Row
from pallkit.opioids.strengths import round_up

Code = Literal[
    "unit-slip",
    "inverse-ratio",
    "forgot-reduction",
    "forgot-as-needed",
    "forgot-24-hours",
    "wrong-set",
    "wrong-route",
    "rounded-up",
    "forgot-the-part",
    "wrong-rule",
]
Verdict = Literal["right", "mistake", "cannot-tell"]

NEAR = Decimal("0.01")
"""How near a written answer must be to a mistake's own: one hundredth, for rounding."""

LABELS: dict[str, Message] = {
    "unit-slip": _("A factor of 1000: µg and mg have been taken for each other."),
    "inverse-ratio": _("A ratio has been used the wrong way round."),
    "forgot-reduction": _("The reduction has been left out."),
    "forgot-as-needed": _("The doses given as needed have been left out."),
    "forgot-24-hours": _("One dose, or one hour, has been taken for 24 hours."),
    "wrong-set": _("The answer is by another table."),
    "wrong-route": _("The ratio is for another way of giving the same drug."),
    "rounded-up": _("The answer has been rounded up to a strength, not down."),
    "forgot-the-part": _("This is the dose for 24 hours, not one rescue dose."),
    "wrong-rule": _("The rescue dose is by another rule."),
}
CANNOT_TELL = _("We cannot tell from the number what went wrong. Follow the steps one by one.")
RIGHT = _("The answer is right.")


@dataclass(frozen=True, slots=True)
class Mistake:
    """What one mistake gives: its kind, its figures, and the table where that is the mistake."""

    code: str
    figures: Range
    table: str | None = None

    @property
    def label(self) -> Message:
        """What went wrong, in words for the learner."""
        if self.table is None:
            return LABELS[self.code]
        return _("The answer is by another table: {title}.", title=ratio_set(self.table).title)

    def gives(self, value: Decimal) -> bool:
        """Whether the mistake leads to ``value``, as near as a rounded number can be.

        Where it gives a spread with no point, an answer is taken to be one of the two ends.
        """
        return any(abs(value - one) <= NEAR * one for one in self.values)

    @property
    def values(self) -> tuple[Decimal, ...]:
        """The numbers somebody who makes the mistake would write."""
        if self.figures.point is not None:
            return (self.figures.point,)
        return (self.figures.low, self.figures.high)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The verdict on one answer, and the mistake where exactly one fits."""

    verdict: Verdict
    mistake: Mistake | None = None

    @property
    def message(self) -> Message:
        """The verdict in words for the learner."""
        if self.mistake is not None:
            return self.mistake.label
        return RIGHT if self.verdict == "right" else CANNOT_TELL


def diagnose(question: Asked, written: Quantity) -> Diagnosis:
    """Name the likely mistake behind ``written``, or say that it is right or cannot be told.

    Raises :class:`pallkit.errors.DoseError` when ``written`` is for one dose and the answer is
    for a time, and :class:`ValueError` for a question that has no answer.
    """
    right = figures(question.answer())
    if right is None:
        message = "a question that is refused has no wrong answers"
        raise ValueError(message)
    return judge(written.to(question.measure).amount, right, mistakes(question))


def judge(value: Decimal, right: Range, known: Iterable[Mistake]) -> Diagnosis:
    """The verdict on ``value``, where ``right`` is asked and ``known`` is what goes wrong."""
    if accepts(right, value):
        return Diagnosis("right")
    found = behind(value, known)
    return Diagnosis("cannot-tell") if found is None else Diagnosis("mistake", found)


def behind(value: Decimal, known: Iterable[Mistake]) -> Mistake | None:
    """The one of ``known`` that gives ``value``; None when none does, or two kinds do.

    Where several tables give it, no table is named.
    """
    fitting = [one for one in known if one.gives(value)]
    if len({one.code for one in fitting}) != 1:
        return None
    return fitting[0] if len(fitting) == 1 else replace(fitting[0], table=None)


def mistakes(question: Asked) -> tuple[Mistake, ...]:
    """What each mistake gives, where it gives another answer than the right one.

    A mistake whose answer lies within the right answer's spread is no mistake to be seen.
    """
    right = figures(question.answer())
    if right is None:
        return ()
    found = [one for make in _MAKERS for one in make(question, right)]
    return tuple(one for one in dict.fromkeys(found) if not _unseen(one, right))


def _unseen(mistake: Mistake, right: Range) -> bool:
    return any(accepts(right, value) for value in mistake.values)


def _unit_slip(_question: Asked, right: Range) -> Iterator[Mistake]:
    for factor in (Decimal(1000), Decimal("0.001")):
        yield Mistake("unit-slip", right.scaled(factor))


def _inverse_ratio(question: Asked, _right: Range) -> Iterator[Mistake]:
    used = [line.dose.preparation for line in question.lines]
    for turned in (used, [question.to] if question.to else []):
        table = _with_rows(question.table, turned, _turned)
        yield from _again("inverse-ratio", question.by(table))


def _forgot_reduction(question: Asked, _right: Range) -> Iterator[Mistake]:
    if isinstance(question, Question) and question.reduction is not None:
        yield from _again("forgot-reduction", replace(question, reduction=None))


def _forgot_as_needed(question: Asked, _right: Range) -> Iterator[Mistake]:
    fixed = tuple(line for line in question.lines if line.use == "fixed")
    if len(fixed) < len(question.lines) and fixed:
        yield from _again("forgot-as-needed", replace(question, lines=fixed))


def _forgot_24_hours(question: Asked, _right: Range) -> Iterator[Mistake]:
    lines = tuple(RegimenLine(_once(line)) for line in question.lines)
    if lines != question.lines:
        yield from _again("forgot-24-hours", replace(question, lines=lines))


def _wrong_set(question: Asked, _right: Range) -> Iterator[Mistake]:
    for name in ratio_set_ids():
        if name != question.table.id:
            other = question.by(ratio_set(name))
            for one in _again("wrong-set", other):
                yield replace(one, table=name)


def _wrong_route(question: Asked, _right: Range) -> Iterator[Mistake]:
    used = [line.dose.preparation for line in question.lines]
    for one in dict.fromkeys([*used, *([question.to] if question.to else [])]):
        for other in question.table.preparations():
            if other.drug == one.drug and other != one and other.measure == one.measure:
                yield from _again("wrong-route", question.by(_swapped(question.table, one, other)))


def _forgot_the_part(question: Asked, _right: Range) -> Iterator[Mistake]:
    if isinstance(question, RescueQuestion):
        yield from _again("forgot-the-part", question.for_the_day)


def _wrong_rule(question: Asked, _right: Range) -> Iterator[Mistake]:
    if isinstance(question, RescueQuestion):
        for rule in rescue_rules():
            if rule != question.rule:
                yield from _again("wrong-rule", replace(question, rule=rule))


def _rounded_up(question: Asked, right: Range) -> Iterator[Mistake]:
    if question.to is None or right.point is None or isinstance(question, RescueQuestion):
        return
    rounded = round_up(right.point, question.to)
    if rounded is not None and rounded.daily > right.high:
        yield Mistake("rounded-up", Range.exactly(rounded.daily))


_MAKERS: tuple[Callable[[Asked, Range], Iterator[Mistake]], ...] = (
    _unit_slip,
    _inverse_ratio,
    _forgot_reduction,
    _forgot_as_needed,
    _forgot_24_hours,
    _wrong_set,
    _wrong_route,
    _rounded_up,
    _forgot_the_part,
    _wrong_rule,
)


def _again(code: Code, question: Asked) -> Iterator[Mistake]:
    """What the question gives when it is worked out with the mistake in it."""
    try:
        found = figures(question.answer())
    except PallkitError:
        return
    if found is not None and found.low > 0:
        yield Mistake(code, found)


def _once(line: RegimenLine) -> Dose:
    """The dose with its 24 hours forgotten: once for «x 2», as if 24 hours were an hour."""
    dose = line.dose
    quantity = dose.quantity
    if dose.preparation.route is Route.TRANSDERMAL:
        return replace(dose, quantity=replace(quantity, amount=quantity.amount / 24))
    return replace(dose, quantity=replace(quantity, per="24h"), times=None)


def _turned(row: Row) -> Row:
    """The row with its ratio the wrong way round."""
    worth, per = row.worth, row.per_dose
    point = None if worth.point is None else per / worth.point
    return replace(
        row, ratio=point, low=per / worth.high, high=per / worth.low, printed=None, gives=None
    )


def _with_rows(
    table: RatioSet, preparations: list[Preparation], change: Callable[[Row], Row]
) -> RatioSet:
    wanted = [one for one in preparations if one != ORAL_MORPHINE]
    rows = tuple(
        change(row)
        if any(row.drug == one.drug and one.route in row.routes for one in wanted)
        and row.gives is None
        and row.direction.value != "lookup_only"
        else row
        for row in table.rows
    )
    return replace(table, rows=rows)


def _swapped(table: RatioSet, one: Preparation, other: Preparation) -> RatioSet:
    """The table with the rows of ``other`` standing for ``one``."""
    own = [row for row in table.rows if not (row.drug == one.drug and one.route in row.routes)]
    borrowed = [replace(row, routes=(one.route,)) for row in table.rows_of(other)]
    return replace(table, rows=(*own, *borrowed))
