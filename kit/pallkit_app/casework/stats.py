"""How large a case is: its paths, the shortest and the longest, and what can be scored.

The paths are counted, not listed: states from which a case goes on alike are one state, so a
case with a million paths is counted as fast as one with ten. A path that comes back to where
it has been is cut there, and the answer says so; it says too when the bound was hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pallkit.cases.model import Case
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.cases.steps import ConsultStep
from pallkit.cases.values import AXES, Axis, Level
from pallkit_app.check.explore import Ahead, ahead_of

MOST_STATES = 20_000
"""States of one case that are looked at; a path that goes on beyond them is cut."""


@dataclass(frozen=True, slots=True)
class Span:
    """The least and the most of something on the paths from a state to the end."""

    least: int
    most: int

    def plus(self, amount: int) -> Span:
        """The same with ``amount`` more on every path."""
        return Span(self.least + amount, self.most + amount)

    def joined(self, other: Span) -> Span:
        """The span of the paths of both."""
        return Span(min(self.least, other.least), max(self.most, other.most))


NOTHING = Span(0, 0)


@dataclass(frozen=True, slots=True)
class Stats:
    """The paths from a state on. ``steps`` and ``minutes`` count the step one stands at."""

    paths: int = 1
    steps: Span = NOTHING
    minutes: Span = NOTHING
    score: Mapping[Axis, Span] = field(default_factory=lambda: dict.fromkeys(AXES, NOTHING))


@dataclass(frozen=True, slots=True)
class Counted:
    """The statistics of a case at a level. ``bounded``: there were more states than allowed.

    ``circles`` are the steps that a path came back to and was cut at.
    """

    stats: Stats
    states: int
    bounded: bool
    circles: tuple[str, ...]


def count_case(case: Case, level: Level | None = None, *, most: int = MOST_STATES) -> Counted:
    """Walk a case at ``level``, else at its own."""
    counter = _Counter(case, most)
    stats = counter.count(begin(case, level))
    return Counted(stats, len(counter.known), counter.bounded, tuple(sorted(counter.circles)))


class _Counter:
    def __init__(self, case: Case, most: int) -> None:
        self._case = case
        self._ahead: Mapping[str, Ahead] = ahead_of(case)
        self._most = most
        self._open: set[object] = set()
        self.known: dict[object, Stats] = {}
        self.bounded = False
        self.circles: set[str] = set()

    def count(self, state: State) -> Stats:
        if state.step is None:
            return Stats()
        key = (self._ahead[state.step].key(state), state.asked.get(state.step, ()))
        if key in self.known:
            return self.known[key]
        if key in self._open:
            self.circles.add(state.step)
            return Stats()
        if len(self.known) + len(self._open) >= self._most:
            self.bounded = True
            return Stats()
        self._open.add(key)
        found = self._sum(state, [self._one(state, after) for after in self._onward(state)])
        self._open.discard(key)
        self.known[key] = found
        return found

    def _onward(self, state: State) -> Iterator[State]:
        step = self._case.by_id[str(state.step)]
        order = [one.id for one in step.questions] if isinstance(step, ConsultStep) else []
        put = state.asked.get(step.id, ())
        for choice, _way in open_ways(step, state):
            # Two orders of the same questions are one path.
            if put and choice in order and order.index(choice) < order.index(put[-1]):  # type: ignore[arg-type]  # both are ids of questions
                continue
            after = take(self._case, state, choice)
            if after is not None:
                yield after

    def _one(self, before: State, after: State) -> Stats:
        rest = self.count(after)
        gained = {axis: after.score.get(axis, 0) - before.score.get(axis, 0) for axis in AXES}
        stays = before.step == after.step  # a question: the step is counted when it is left
        minutes = 0 if stays else self._case.by_id[str(before.step)].minutes
        return Stats(
            rest.paths,
            rest.steps.plus(0 if stays else 1),
            rest.minutes.plus(minutes),
            {axis: span.plus(gained[axis]) for axis, span in rest.score.items()},
        )

    def _sum(self, state: State, ways: list[Stats]) -> Stats:
        if not ways:  # nothing can be answered here, which `pallkit check` tells of
            self.circles.add(str(state.step))
            return Stats()
        total = ways[0]
        for way in ways[1:]:
            total = Stats(
                total.paths + way.paths,
                total.steps.joined(way.steps),
                total.minutes.joined(way.minutes),
                {axis: span.joined(way.score[axis]) for axis, span in total.score.items()},
            )
        return total
