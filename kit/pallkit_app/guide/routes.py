"""The ways through a case, as the leader of a group needs to know them."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping

from pallkit.cases import Case, State, begin
from pallkit.cases.debrief import best_choice, continue_well
from pallkit.cases.model import ways_on
from pallkit.cases.play import open_ways, take


def best_path(case: Case) -> tuple[str, ...]:
    """The ids of the steps when every choice is the best one and every dose right.

    Each step once: a question asked of somebody does not leave the step it is asked at.
    """
    return tuple(dict.fromkeys(continue_well(case, begin(case)).path))


def arrivals(case: Case) -> Mapping[str, State]:
    """The state in which each reachable step is met, by the fewest detours.

    A dose step on the best path is thereby computed along the best path; one on a detour
    along the shortest way into that detour.
    """
    found: dict[str, State] = {}
    met: set[tuple[str, ...]] = set()
    queue = deque([begin(case)])
    # A turn may ask what was chosen long before, so a step can be met in more states than
    # one: the search goes on until every step is found.
    while queue and len(found) < len(case.by_id):
        state = queue.popleft()
        way = (*state.path, *state.choices.values())
        if state.step is None or way in met:
            continue
        met.add(way)
        found.setdefault(state.step, state)
        for _choice, best, after in moves(case, state):
            # A 0-1 breadth-first search: a best way costs nothing, any other one detour.
            (queue.appendleft if best else queue.append)(after)
    return found


def shortest_and_longest(case: Case) -> tuple[int, int]:
    """Minutes of the quickest and of the slowest way through the case."""
    known: dict[str, tuple[int, int]] = {}

    def spans(here: str | None, on_the_way: frozenset[str]) -> tuple[int, int]:
        if here is None:
            return 0, 0
        if here not in known:
            step = case.by_id[here]
            passed = on_the_way | {here}
            onward = dict.fromkeys(next_ for _choice, next_ in ways_on(step))
            after = [spans(next_, passed) for next_ in onward if next_ not in passed] or [(0, 0)]
            known[here] = (
                step.minutes + min(low for low, _high in after),
                step.minutes + max(high for _low, high in after),
            )
        return known[here]

    return spans(case.first, frozenset())


def moves(case: Case, state: State) -> Iterator[tuple[str | None, bool, State]]:
    """Every way on from ``state``, as (choice, whether it is the best, the state after it).

    The choice of a plain step is None. A wrong dose is half or twice the right one.
    """
    step = case.by_id[str(state.step)]
    best = best_choice(step, state)
    for choice, _way in open_ways(step, state):
        after = take(case, state, choice)
        if after is not None:
            yield choice, choice == best, after
