"""The state in which each step is met first: by the best answers, or the fewest others.

An item stands alone and must be judged against one state. On the best path it is the state
the case means; a detour is met after as few other answers as lead there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import heappop, heappush

from pallkit.cases.debrief import best_choice
from pallkit.cases.model import Case
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.cases.values import Level

_MOST_VISITS = 20
"""How many states of one step are followed on: a step far off may need another than the first."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a step is met. ``read`` are the steps read since the last answer.

    ``others`` is how many answers on the way were not the best.
    """

    state: State
    read: tuple[str, ...]
    others: int


def arrivals(case: Case, level: Level | None = None) -> Mapping[str, Arrival]:
    """Every step that can be met at ``level``, by id, in the order they are met."""
    found: dict[str, Arrival] = {}
    visits: Counter[str] = Counter()
    waiting: list[tuple[int, int, State, tuple[str, ...]]] = [(0, 0, begin(case, level), ())]
    count = 0
    while waiting and len(found) < len(case.steps):
        others, _count, state, read = heappop(waiting)
        if state.step is None:
            continue
        step = case.by_id[state.step]
        found.setdefault(step.id, Arrival(state, read, others))
        visits[step.id] += 1
        if visits[step.id] > _MOST_VISITS:
            continue
        best = best_choice(step, state)
        on = (*read, step.id) if step.kind in {"info", "gather"} else ()
        for choice, _way in open_ways(step, state):
            after = take(case, state, choice)
            if after is not None:
                count += 1
                heappush(waiting, (others + (choice != best), count, after, on))
    return found
