"""A case unrolled to a finite graph, for players that have none of our engine.

Every condition is decided here, once: a node's edge says what follows (effects, points,
danger) and where it leads, so a player only follows edges and adds up. States from which the
case goes on alike are one node. What is only *shown* (symptoms, vital signs, the clock, the
people's worries) is not part of a node: a player that shows it applies the edges' effects, each
figure held within its scale as :mod:`pallkit.cases.applying` does; ``Node.state`` is one state
that comes there, for platforms that show the step alone.

What a learner types is open, so an edge of a dose or a pump stands for all the answers that
have the same outcome, the same consequence and the same truth for every condition about their
ratio. A later task that would convert a dose the learner chose has no finite set of answers:
such a case is refused, and so is one with more states than :data:`MOST_STATES`.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pallkit.cases.applying import apply, move
from pallkit.cases.conditions import read_condition
from pallkit.cases.debrief import best_choice
from pallkit.cases.effects import NO_EFFECTS, AnswerTo, Effects
from pallkit.cases.model import Case
from pallkit.cases.play import begin, open_ways, play
from pallkit.cases.state import Event, PumpSolution, Solution, State
from pallkit.cases.steps import (
    BEST,
    ChoiceStep,
    ConsultStep,
    ConvertTask,
    DoseStep,
    MultiStep,
    PlainStep,
    Step,
    Way,
    is_best,
    outcome_of,
)
from pallkit.cases.values import Axis, EsasItem, Level
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.check.explore import Ahead, ahead_of
from pallkit_app.exchange.unrolled_answers import Answers
from pallkit_app.exchange.unrolled_figures import figures_ahead, spread_of
from pallkit_app.exchange.unrolled_merging import merged

MOST_STATES = 20_000
"""States of one case that are unrolled: some ten times as many as the largest case has."""


@dataclass(frozen=True, slots=True)
class Edge:
    """All answers to a node that come to the same, and what follows from them.

    ``key`` is unique in its node: an option's or a question's id, ``"on"``, an outcome's name
    (with more behind it where that matters: see :mod:`.unrolled_answers`), or ``""`` where
    nothing is decided. ``choice`` is the option or outcome alone. ``score`` is without what
    single ticks of a multi step give. ``effects`` follow in order. ``next`` is a node's number,
    None at the end of the case. ``decision`` is one answer that takes this edge.
    """

    key: str
    choice: str | None
    best: bool
    danger: bool
    score: Mapping[Axis, int]
    effects: tuple[Effects, ...]
    next: int | None
    decision: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Node:
    """A step as one stands at it with nothing left to find out about the way on.

    ``ways`` are the choices that are open, each with the key of the edge that stands for it
    where nobody answered (the dose is then the right one, half of it or twice it); ``best`` is
    the key to go on well by, ``most`` the points that gives. ``solution`` is the computed
    answer of a dose or a pump. ``asked`` are the questions already put, in no order.
    """

    number: int
    step: str
    edges: tuple[Edge, ...]
    ways: Mapping[str, str]
    best: str
    most: Mapping[Axis, int]
    solution: Solution | PumpSolution | None
    asked: frozenset[str]
    state: State
    spread: tuple[int, int] | None = None

    def edge(self, key: str) -> Edge:
        """The edge with that key; raises StopIteration where there is none."""
        return next(one for one in self.edges if one.key == key)


@dataclass(frozen=True, slots=True)
class Unrolled:
    """A case at one level. ``nodes`` stand by number; the case begins at node 0.

    ``states`` is how many different states the nodes stand for.
    """

    case: Case
    level: Level
    nodes: tuple[Node, ...]
    states: int


def unroll(
    case: Case, level: Level | None = None, *, figures: bool = False, most: int = MOST_STATES
) -> Unrolled:
    """Unroll ``case`` at ``level``, else at its own.

    With ``figures``, for a platform that keeps no symptoms, nodes differ where the patient's own
    figure of an estimate to come does, and ``Node.spread`` has the figures that are right.
    Raises :class:`ContentError` for a case that has no finite graph, or too large a one.
    """
    start = begin(case, level)
    nodes = _Unroller(case, most, figures_ahead(case) if figures else {}).nodes(start)
    return Unrolled(case, start.level, merged(nodes), len(nodes))


@dataclass(frozen=True, slots=True)
class _Stand:
    """A state, and which lines of its medicine list carry a dose that the learner chose."""

    state: State
    chosen: frozenset[str] = frozenset()


class _Unroller:
    def __init__(self, case: Case, most: int, figures: Mapping[str, Sequence[EsasItem]]) -> None:
        self._case, self._most, self._figures = case, most, figures
        self._ahead: Mapping[str, Ahead] = ahead_of(case)
        self._answers = Answers(case)
        self._numbers: dict[Hashable, int] = {}
        self._waiting: list[tuple[int, _Stand]] = []

    def nodes(self, start: State) -> tuple[Node, ...]:
        self._number(_Stand(start))
        found: dict[int, Node] = {}
        while self._waiting:
            number, stand = self._waiting.pop()
            found[number] = self._node(number, stand)
        return tuple(found[number] for number in range(len(found)))

    def _number(self, stand: _Stand) -> int | None:
        if stand.state.step is None:
            return None
        key = self._key(stand)
        if key not in self._numbers:
            if len(self._numbers) >= self._most:
                raise ContentError(
                    _(
                        "The case “{case}” has more than {most} states, so it cannot be packed "
                        "for a player without our engine. Use fewer conditions on figures.",
                        case=self._case.id,
                        most=self._most,
                    )
                )
            self._numbers[key] = len(self._numbers)
            self._waiting.append((self._numbers[key], stand))
        return self._numbers[key]

    def _key(self, stand: _Stand) -> Hashable:
        state, ahead = stand.state, self._ahead[str(stand.state.step)]
        right = [
            (step, one.preparation, one.right)
            for step, one in state.solutions.items()
            if step in ahead.earlier
        ]
        listed = [
            (item.id, item.use, item.given, None if item.id in stand.chosen else item.dose)
            for item in (state.regimen if ahead.doses else ())
        ]
        asked = frozenset(state.asked.get(str(state.step), ()))
        values = tuple(self._answers.value(name, state) for name in ahead.names)
        figures = tuple(state.esas[item] for item in self._figures.get(str(state.step), ()))
        return state.step, tuple(right), tuple(listed), asked, values, figures

    def _node(self, number: int, stand: _Stand) -> Node:
        state, step = stand.state, self._case.by_id[str(stand.state.step)]
        self._refuse_chosen(step, stand)
        edges = tuple(self._edges(step, stand))
        choices = [str(choice) for choice, _way in open_ways(step, state) if choice is not None]
        examples = {one: self._answers.example(step, state, one) for one in choices}
        best = best_choice(step, state)
        return Node(
            number=number,
            step=step.id,
            edges=edges,
            ways={one: key for one, key in examples.items() if key is not None},
            best="" if best is None else str(examples[best]),
            most=_most_points(step, state, best),
            solution=self._answers.solution(step, state),
            asked=frozenset(state.asked.get(step.id, ())),
            state=state,
            spread=spread_of(step, state) if self._figures else None,
        )

    def _edges(self, step: Step, stand: _Stand) -> Iterator[Edge]:
        for key, decision in self._answers.all(step, stand.state):
            after, (event, *_more) = play(self._case, stand.state, decision)
            way = _way(step, stand.state, event)
            effects = _followed(stand.state, after, event, way)
            yield Edge(
                key=key,
                choice=event.choice,
                best=is_best(step, event.choice),
                danger=event.danger,
                score=dict(way.score),
                effects=effects,
                next=self._number(_Stand(after, _chosen(stand.chosen, effects))),
                decision=decision,
            )

    def _refuse_chosen(self, step: Step, stand: _Stand) -> None:
        """Refuse to work out anything from a dose that the learner typed."""
        if not isinstance(step, DoseStep) or not isinstance(step.task, ConvertTask):
            return
        counted = {
            item.id for item in stand.state.regimen if step.task.convert in {"all", item.use}
        }
        if counted & stand.chosen:
            raise ContentError(
                _(
                    "The dose step “{step}” converts a dose that the learner chose before, so it "
                    "has endless right answers and cannot be packed for a player without our "
                    "engine.",
                    step=step.id,
                )
            )


def _way(step: Step, state: State, event: Event) -> Way:
    if isinstance(step, PlainStep):
        return step
    if isinstance(step, ChoiceStep | ConsultStep):
        return dict(open_ways(step, state))[event.choice]
    return outcome_of(step, str(event.choice))


def _followed(state: State, after: State, event: Event, way: Way) -> tuple[Effects, ...]:
    """The effects that :func:`pallkit.cases.applying.move` applies, in its order."""
    first = [way.effects]
    if event.consequence is not None and event.consequence.band is not None:
        first.append(event.consequence.band.effects)
    then = _then(replace(state, answers=after.answers, ratios=after.ratios), event, way, first)
    return tuple(one for one in (*first, *then) if one != NO_EFFECTS)


def _then(state: State, event: Event, way: Way, first: Sequence[Effects]) -> list[Effects]:
    """The effects under a condition, each asked of the state after those before it."""
    if not way.also:
        return []
    state = move(state, replace(event, consequence=None), Way(next=None))  # the points alone
    for effects in first:
        state = apply(state, effects)
    then = []
    for more in way.also:
        if read_condition(more.when).holds(state):
            state = apply(state, more.effects)
            then.append(more.effects)
    return then


def _chosen(chosen: frozenset[str], effects: tuple[Effects, ...]) -> frozenset[str]:
    for one in effects:
        chosen -= {*one.regimen.stop, *(entry.id for entry in one.regimen.start)}
        chosen |= {str(e.id) for e in one.regimen.start if isinstance(e.dose, AnswerTo)}
    return chosen


def _most_points(step: Step, state: State, best: str | None) -> Mapping[Axis, int]:
    """What :func:`pallkit.cases.debrief.debrief` measures an answer here against."""
    if isinstance(step, PlainStep):
        return {}
    if isinstance(step, ChoiceStep | ConsultStep):
        return dict(dict(open_ways(step, state))[best].score)
    points = dict(outcome_of(step, BEST[step.kind]).score)
    for pick in step.picks if isinstance(step, MultiStep) else ():
        for axis, more in pick.score.items() if pick.right else ():
            points[axis] = points.get(axis, 0) + more
    return points
