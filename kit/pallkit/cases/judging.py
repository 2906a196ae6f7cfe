"""What an answer comes to at each kind of step, and an example answer for each outcome.

Everything a learner sends is input from outside: types, ids and sizes are checked here, and
a :class:`DecisionError` says what to do instead.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pallkit.cases.state import State
from pallkit.cases.steps import DocumentStep, EstimateStep, Field, MultiStep, OrderStep
from pallkit.cases.values import HIGHEST, Level
from pallkit.errors import DecisionError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers

Decision = Mapping[str, Any]
"""One decision as it stands in a log: ``{"step": id}`` and what was answered there.

Every value is text, as the answer log keeps it: ``option``, ``dose``, ``rate`` or ``text``;
``picks`` and ``order`` are ids with commas between, ``value`` and ``sure`` are figures, and
each field of a form is a key ``field.<id>``. The first decision also has the ``level`` the
case was opened at, where it has several.
"""

LONGEST_TEXT = 5000
"""The most characters of a text; a log is for thoughts, not for files."""

FIELD = "field."
"""What the key of a form's field begins with."""

TICKED = "yes"
NEAR = 1
"""How far from the patient's own figure an estimate may be and still be right."""


def level_of(decisions: Sequence[Decision]) -> Level | None:
    """The level a case was opened at, by its log; None where nothing says so."""
    return decisions[0].get("level") if decisions else None


def picks_of(step: MultiStep, decision: Decision) -> tuple[str, ...]:
    """The ids that were ticked, in the step's order."""
    picked = _ids(decision.get("picks"))
    known = [pick.id for pick in step.picks]
    if not picked or len(set(picked)) != len(picked) or not set(picked) <= set(known):
        raise DecisionError(_("Tick at least one of the boxes before you go on."))
    return tuple(id_ for id_ in known if id_ in picked)


def judge_picks(step: MultiStep, picked: Sequence[str]) -> str:
    """All the right ones and no other, at least half and no danger, or wrong."""
    right = {pick.id for pick in step.picks if pick.right}
    chosen = set(picked)
    if chosen == right:
        return "all"
    hits, misses = len(chosen & right), len(chosen - right)
    dangerous = any(pick.danger for pick in step.picks if pick.id in chosen)
    return "some" if not dangerous and hits > misses and hits * 2 >= len(right) else "wrong"


def estimate_of(decision: Decision) -> int:
    """The figure that was set, 0 to 10."""
    value = _figure(decision.get("value"), HIGHEST)
    if value is None:
        raise DecisionError(_("Choose a figure from 0 to 10 before you go on."))
    return value


def judge_estimate(step: EstimateStep, state: State, value: int) -> str:
    """Compare with the patient's own figure, or with the expert's spread."""
    low, high = estimate_bounds(step, state)
    return "too_low" if value < low else "too_high" if value > high else "right"


def estimate_bounds(step: EstimateStep, state: State) -> tuple[int, int]:
    """The figures that are right, both ends included."""
    if step.of is not None:
        own = state.esas[step.of]
        return max(0, own - NEAR), min(HIGHEST, own + NEAR)
    return step.low or 0, HIGHEST if step.high is None else step.high


def order_of(step: OrderStep, decision: Decision) -> tuple[str, ...]:
    """The order that was chosen: every item once."""
    order = _ids(decision.get("order"))
    if sorted(order) != sorted(step.items):
        raise DecisionError(_("Put every item in its place before you go on."))
    return order


def judge_order(step: OrderStep, order: Sequence[str]) -> str:
    """Right, near (two neighbours swapped), or wrong."""
    wrong = [place for place, item in enumerate(order) if item != step.items[place]]
    if not wrong:
        return "right"
    neighbours = len(wrong) == 2 and wrong[1] - wrong[0] == 1  # a pair
    return "near" if neighbours else "wrong"


def shown_order(step: OrderStep) -> tuple[str, ...]:
    """The order in which the items are shown: always the same, and never the right one."""
    mixed = sorted(step.items, key=lambda item: hashlib.sha256(item.encode()).digest())
    if judge_order(step, mixed) != "wrong":
        mixed = list(reversed(step.items))
    return tuple(mixed)


def fields_of(step: DocumentStep, decision: Decision) -> dict[str, str]:
    """What was filled in, by field; what was left empty is absent."""
    given = {key for key in decision if key.startswith(FIELD)}
    if not given <= {FIELD + field.id for field in step.fields}:
        raise DecisionError(_("The form could not be read. Reload the page."))
    filled = {field.id: _field(field, decision.get(FIELD + field.id, "")) for field in step.fields}
    return {id_: text for id_, text in filled.items() if text}


def judge_fields(step: DocumentStep, filled: Mapping[str, str]) -> str:
    """Complete where what is required is there, and what can be right is right."""
    for field in step.fields:
        if field.required and field.id not in filled:
            return "incomplete"
        if field.right is not None and filled.get(field.id) != field.right:
            return "incomplete"
    return "complete"


def text_of(decision: Decision) -> str | None:
    """What was written at a reflect step."""
    text = decision.get("text")
    return None if text is None else _text(text)


def sure_of(decision: Decision) -> int | None:
    """How sure the learner was, in per cent, where they said it."""
    said = decision.get("sure")
    if said is None:
        return None
    sure = _figure(said, 100)
    if sure is None:
        raise DecisionError(_("Say how sure you are with a figure from 0 to 100 per cent."))
    return sure


def example_picks(step: MultiStep, outcome: str) -> tuple[str, ...] | None:
    """Ticks that come to ``outcome``; None where none can."""
    right = [pick.id for pick in step.picks if pick.right]
    wrong = [pick.id for pick in step.picks if not pick.right]
    tries = [right, right[:-1], right[: (len(right) + 1) // 2], wrong[:1], right[:1], wrong]
    return next((tuple(one) for one in tries if one and judge_picks(step, one) == outcome), None)


def example_order(step: OrderStep, outcome: str) -> tuple[str, ...] | None:
    """An order that comes to ``outcome``; None where none can."""
    first, second, *rest = step.items
    tries = [step.items, (second, first, *rest), shown_order(step)]
    return next((one for one in tries if judge_order(step, one) == outcome), None)


def example_value(step: EstimateStep, state: State, outcome: str) -> int | None:
    """A figure that comes to ``outcome``; None where the scale has none."""
    figures = range(HIGHEST + 1)
    return next((one for one in figures if judge_estimate(step, state, one) == outcome), None)


def example_fields(step: DocumentStep, outcome: str) -> dict[str, str] | None:
    """A form that comes to ``outcome``; None where even an empty one is complete."""
    full = {str(field.id): _example(field) for field in step.fields}
    tries: list[dict[str, str]] = [full, {}]
    return next((one for one in tries if judge_fields(step, one) == outcome), None)


def _example(field: Field) -> str:
    if field.kind == "choice":
        return field.right or field.options[0]
    return TICKED if field.kind == "tick" else "…"


def _field(field: Field, value: object) -> str:
    text = _text(value).strip()
    allowed = {"text": None, "choice": {"", *field.options}, "tick": {"", TICKED}}[field.kind]
    if allowed is not None and text not in allowed:
        raise DecisionError(_("Choose one of the options before you go on."))
    return text


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise DecisionError(
            _("The text is too long. Write at most {most} characters.", most=LONGEST_TEXT)
        )
    refuse_identity_numbers(value)
    return value


def _ids(value: object) -> tuple[str, ...]:
    return tuple(value.split(",")) if isinstance(value, str) and value else ()


def _figure(value: object, most: int) -> int | None:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{1,3}", value):
        return None
    return int(value) if int(value) <= most else None
