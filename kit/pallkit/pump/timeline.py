"""What happens over one, two or three days: a reservoir that runs out, hour by hour."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pallkit.i18n import Language, Message, _, render
from pallkit.opioids.results import Json, json_number
from pallkit.pump.program import DAY, Program
from pallkit.pump.units import hours, mg, ml

SPANS = (Decimal(24), Decimal(48), Decimal(72))
"""The lengths a timeline is drawn in, in hours."""


@dataclass(frozen=True, slots=True)
class Moment:
    """How it stands after ``at`` hours: mL ``left`` in the reservoir, mg ``given`` of it."""

    at: Decimal
    left: Decimal
    given: Decimal


@dataclass(frozen=True, slots=True)
class Course:
    """A reservoir from full: straight between its moments; ``empty`` is None if it lasts."""

    moments: tuple[Moment, ...]
    empty: Decimal | None


@dataclass(frozen=True, slots=True)
class Press:
    """A bolus that the lock-out allows in the first hour; ``within`` the hour limit too."""

    minute: Decimal
    within: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """``basal`` without the button, ``pressed`` with every bolus the pump allows.

    ``keeps`` is hours, None where no source was seen; ``presses`` are those of one hour.
    """

    span: Decimal
    basal: Course
    pressed: Course | None
    keeps: Decimal | None
    presses: tuple[Press, ...]

    @property
    def message(self) -> Message:
        """The picture in words."""
        last = self.basal.moments[-1]
        text = _(
            "In {span} the pump gives {given} without boluses, and {left} is left.",
            span=hours(self.span),
            given=mg(last.given),
            left=ml(last.left),
        )
        if self.basal.empty is not None:
            text = _(
                "{first} It is empty after {empty}.", first=text, empty=hours(self.basal.empty)
            )
        if self.pressed is None:
            return text
        last = self.pressed.moments[-1]
        text = _(
            "{first} With every bolus it gives {given}, and {left} is left.",
            first=text,
            given=mg(last.given),
            left=ml(last.left),
        )
        empty = self.pressed.empty
        if empty is None:
            return text
        return _("{first} Then it is empty after {empty}.", first=text, empty=hours(empty))

    def to_json(self, lang: Language) -> Json:
        """Points to draw, and the same figures as text for whoever does not see them."""
        return {
            "span_h": json_number(self.span),
            "basal": _course_json(self.basal, lang),
            "pressed": None if self.pressed is None else _course_json(self.pressed, lang),
            "keeps_h": None if self.keeps is None else json_number(self.keeps),
            "presses": [
                {"minute": json_number(one.minute), "within": one.within} for one in self.presses
            ],
            "text": render(self.message, lang),
        }


def timeline(done: Program, span: Decimal) -> Timeline:
    """Follow ``done`` for ``span`` hours from a full reservoir.

    mL left = reservoir − mL/h × hours, never below 0
    mg given = (reservoir − mL left) × mg/mL

    With every bolus the flow is the long-run mean (:mod:`.boluses`), as in the shortest life.
    """
    found = done.boluses
    pressed = None
    if found is not None:
        pressed = _course(done, found.mean / done.settings.concentration, span)
    return Timeline(
        span=span,
        basal=_course(done, done.rate, span),
        pressed=pressed,
        keeps=done.life.keeping.hours,
        presses=_presses(done),
    )


def _course(done: Program, flow: Decimal, span: Decimal) -> Course:
    reservoir, strength = done.settings.reservoir, done.settings.concentration
    life = reservoir / flow
    days = [DAY * day for day in range(int(span // DAY) + 1)]
    times = sorted({*days, span, *([life] if life < span else [])})
    moments = []
    for at in times:
        left = reservoir - flow * at if at < life else Decimal(0)
        moments.append(Moment(at, left, (reservoir - left) * strength))
    return Course(tuple(moments), life if life <= span else None)


def _presses(done: Program) -> tuple[Press, ...]:
    found = done.boluses
    if found is None:
        return ()
    bolus = found.bolus
    return tuple(
        Press(
            number * bolus.lockout,
            within=bolus.hour_limit is None
            or done.per_hour + bolus.amount * (number + 1) <= bolus.hour_limit,
        )
        for number in range(found.fit)
    )


def _course_json(course: Course, lang: Language) -> Json:
    return {
        "moments": [
            {
                "h": json_number(one.at),
                "ml_left": json_number(one.left),
                "mg_given": json_number(one.given),
                "at": render(hours(one.at), lang),
                "left": render(ml(one.left), lang),
                "given": render(mg(one.given), lang),
            }
            for one in course.moments
        ],
        "empty_h": None if course.empty is None else json_number(course.empty),
        "empty": None if course.empty is None else render(hours(course.empty), lang),
    }
