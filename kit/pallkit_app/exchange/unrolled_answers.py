"""Every answer to a step that could make a difference, and the key of the edge it takes.

- a choice or a consult: the option's or the question's id, or ``on``
- a multi: the outcome, ``!`` where something dangerous was ticked or the outcome is dangerous,
  and, only in a case with conditions about points, the points of the ticks
- a dose or a pump: ``outcome/band/truths``: the place of the consequence among the rule's bands
  (``-`` for none), and a 1 or a 0 for each comparison about this step's ratio in the case
- anything else: the outcome
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import ROUND_DOWN, ROUND_UP, Context, Decimal
from itertools import combinations, pairwise

from pallkit.cases import judging
from pallkit.cases.conditions import (
    Between,
    Both,
    Compare,
    Condition,
    Not,
    read_condition,
)
from pallkit.cases.consequences import band_of
from pallkit.cases.dosing import EXAMPLES, solve, solve_pump
from pallkit.cases.effects import Band
from pallkit.cases.model import Case
from pallkit.cases.play import open_ways, play
from pallkit.cases.state import Event, PumpSolution, Solution, State
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
    Step,
    conditions_of,
)
from pallkit.cases.values import AXES, Axis
from pallkit.doses import read_measure
from pallkit.errors import ContentError
from pallkit.i18n import _

Comparison = Compare | Between
Decision = Mapping[str, str]

MOST_PICKS = 12
"""More things to tick than this have too many answers to try them all."""
_DIGITS = 7  # of a dose tried beside a limit: fewer than can be typed, more than matter


class Answers:
    """The answers of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        atoms = [one for step in case.steps for one in _comparisons(step)]
        self._points = any(one.name.startswith("points.") for one in atoms)
        self._ratios: dict[str, tuple[Comparison, ...]] = {}
        for one in atoms:
            head, _dot, step_id = one.name.partition(".")
            if head == "ratio" and one not in self._ratios.get(step_id, ()):
                self._ratios[step_id] = (*self._ratios.get(step_id, ()), one)
        self._ticks: dict[str, Mapping[str, Decision]] = {}
        self._doses: dict[object, Mapping[str, Decision]] = {}

    def value(self, name: str, state: State) -> object:
        """What of a condition's ``name`` tells states apart: of a ratio only what is asked."""
        head, _dot, step = name.partition(".")
        if head != "ratio":
            return state.value(name)
        return "".join(str(int(one.holds(state))) for one in self._ratios[step])

    def ratios(self, step: str) -> tuple[Comparison, ...]:
        """The comparisons about the ratio of ``step``, in the order of their truths in a key."""
        return self._ratios.get(step, ())

    @property
    def asks_points(self) -> bool:
        """Whether a key of a multi step ends in points."""
        return self._points

    def all(self, step: Step, state: State) -> Iterator[tuple[str, Decision]]:
        """An answer for each key that can be met in ``state``."""
        if isinstance(step, PlainStep):
            yield "", {"step": step.id}
        elif isinstance(step, ChoiceStep | ConsultStep):
            for choice, _way in open_ways(step, state):
                yield str(choice), {"step": step.id, "option": str(choice)}
        elif isinstance(step, MultiStep):
            yield from self._multi(step, state).items()
        elif isinstance(step, DoseStep | PumpStep):
            yield from self._measured(step, state).items()
        else:
            for name in step.outcomes:
                decision = _simple(step, state, name)
                if decision is not None:
                    yield str(name), decision

    def example(self, step: Step, state: State, choice: str) -> str | None:
        """The key that stands for ``choice`` where nobody answered; None where none can."""
        if isinstance(step, MultiStep):
            picked = judging.example_picks(step, choice)
            return None if picked is None else self._tick_key(step, state, picked)
        if isinstance(step, DoseStep | PumpStep):
            low, high = self._right(step, state).bounds
            amount = (high if choice == "too_high" else low) * EXAMPLES[choice]
            ratio = None if step.consequence is None else amount / min(max(amount, low), high)
            return self._dose_key(step, choice, ratio)
        if isinstance(step, EstimateStep | OrderStep | DocumentStep):
            return None if _simple(step, state, choice) is None else choice
        return choice

    def key_of(self, step: Step, event: Event) -> str:
        """The key of the edge that an answer already played took."""
        if isinstance(step, DoseStep | PumpStep):
            found = event.consequence
            return self._dose_key(step, str(event.choice), None if found is None else found.ratio)
        if isinstance(step, MultiStep):
            points = _points_text(event.score) if self._points else ""
            return f"{event.choice}{'!' if event.danger else ''}{points}"
        return event.choice or ""

    def solution(self, step: Step, state: State) -> Solution | PumpSolution | None:
        """The computed answer, where the step has one."""
        return self._right(step, state) if isinstance(step, DoseStep | PumpStep) else None

    def _right(self, step: DoseStep | PumpStep, state: State) -> Solution | PumpSolution:
        if isinstance(step, PumpStep):
            return solve_pump(step, state)
        solution = solve(step, state)
        if read_measure(step.answer_unit) != solution.measure:
            raise ContentError(
                _("The dose step “{step}” asks for another unit than its answer has.", step=step.id)
            )
        return solution

    def _multi(self, step: MultiStep, state: State) -> Mapping[str, Decision]:
        if len(step.picks) > MOST_PICKS:
            raise ContentError(
                _(
                    "The step “{step}” has more than {most} things to tick.",
                    step=step.id,
                    most=MOST_PICKS,
                )
            )
        if step.id not in self._ticks:
            ids = [str(pick.id) for pick in step.picks]
            found: dict[str, Decision] = {}
            for count in range(1, len(ids) + 1):
                for picked in combinations(ids, count):
                    key = self._tick_key(step, state, picked)
                    found.setdefault(key, {"step": step.id, "picks": ",".join(picked)})
            self._ticks[step.id] = found
        return self._ticks[step.id]

    def _tick_key(self, step: MultiStep, state: State, picked: Sequence[str]) -> str:
        decision = {"step": step.id, "picks": ",".join(picked)}
        return self.key_of(step, _event(self._case, state, decision))

    def _measured(self, step: DoseStep | PumpStep, state: State) -> Mapping[str, Decision]:
        right = self._right(step, state)
        known = (step.id, right.bounds)
        if known not in self._doses:
            self._doses[known] = dict(self._tried(step, right, state))
        return self._doses[known]

    def _tried(
        self, step: DoseStep | PumpStep, right: Solution | PumpSolution, state: State
    ) -> Iterator[tuple[str, Decision]]:
        seen = set()
        part = "dose" if isinstance(step, DoseStep) else "rate"
        for amount in _amounts(self._limits(step, right)):
            decision = {"step": step.id, part: f"{_typed(amount)} {step.answer_unit}"}
            key = self.key_of(step, _event(self._case, state, decision))
            if key not in seen:
                seen.add(key)
                yield key, decision

    def _limits(self, step: DoseStep | PumpStep, right: Solution | PumpSolution) -> list[Decimal]:
        """Every amount at which something changes."""
        low, high = right.bounds
        limits = [low * (1 - step.tolerance), high * (1 + step.tolerance), low, high]
        limits += [(high if name == "too_high" else low) * part for name, part in EXAMPLES.items()]
        shares: list[Decimal] = []
        for band in self._bands(step):
            shares += [Decimal(one) for one in (band.at_least, band.below) if one is not None]
        for one in self.ratios(step.id):
            shares += [one.low, one.high] if isinstance(one, Between) else [Decimal(one.value)]
        return limits + [bound * share for share in shares for bound in (low, high)]

    def _bands(self, step: DoseStep | PumpStep) -> Sequence[Band]:
        return () if step.consequence is None else self._case.consequences[step.consequence]

    def _dose_key(self, step: DoseStep | PumpStep, name: str, ratio: Decimal | None) -> str:
        """``ratio`` is None at a step without a consequence, where none is kept."""
        bands = self._bands(step)
        band = None if ratio is None else band_of(bands, ratio)
        place = "-" if band is None else str(list(bands).index(band))
        truths = "".join(str(int(one.holds(_Only(ratio)))) for one in self.ratios(step.id))
        return f"{name}/{place}/{truths}"


class _Only:
    """What a comparison about one ratio is asked of."""

    def __init__(self, ratio: Decimal | None) -> None:
        self._ratio = ratio

    def value(self, _name: str) -> Decimal | None:
        return self._ratio


def _event(case: Case, state: State, decision: Decision) -> Event:
    _after, (event, *_more) = play(case, state, decision)
    return event


def _points_text(score: Mapping[Axis, int]) -> str:
    return "".join(f" {axis}:{score[axis]}" for axis in AXES if score.get(axis))


def _simple(
    step: EstimateStep | OrderStep | DocumentStep, state: State, name: str
) -> Decision | None:
    """An answer that comes to ``name``, as it would be sent."""
    if isinstance(step, EstimateStep):
        value = judging.example_value(step, state, name)
        return None if value is None else {"step": step.id, "value": str(value)}
    if isinstance(step, OrderStep):
        order = judging.example_order(step, name)
        return None if order is None else {"step": step.id, "order": ",".join(order)}
    filled = judging.example_fields(step, name)
    if filled is None:
        return None
    return {"step": step.id, **{judging.FIELD + id_: text for id_, text in filled.items()}}


def _comparisons(step: Step) -> Iterator[Comparison]:
    for _place, when in conditions_of(step):
        yield from _atoms(read_condition(when))


def _atoms(condition: Condition) -> Iterator[Comparison]:
    if isinstance(condition, Not):
        yield from _atoms(condition.part)
    elif isinstance(condition, Both):
        yield from _atoms(condition.left)
        yield from _atoms(condition.right)
    elif isinstance(condition, Compare | Between):
        yield condition


def _amounts(limits: Sequence[Decimal]) -> list[Decimal]:
    """Amounts on, just beside and between the limits, and beyond them: all that can be typed."""
    cuts = sorted({one for one in limits if one > 0})
    tried = [Decimal(0), cuts[0] / 2, cuts[-1] * 2]
    tried += [(one + other) / 2 for one, other in pairwise(cuts)]
    tried += cuts
    rounded = {
        Context(prec=_DIGITS, rounding=rounding).plus(one)
        for one in tried
        for rounding in (ROUND_DOWN, ROUND_UP)
    }
    steps = [one.next_plus(Context(prec=_DIGITS)) for one in rounded if one]
    steps += [one.next_minus(Context(prec=_DIGITS)) for one in rounded if one]
    return sorted({*rounded, *steps})


def _typed(amount: Decimal) -> str:
    """A number as it can be typed: «26.667» has two readings, «26.6670» has one."""
    text = format(amount.normalize(), "f")
    whole, _dot, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and whole != "0" else text
