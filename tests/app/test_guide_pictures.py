"""The drawings of a guide: the hour, and the map of the ways through a case."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from pallkit import content
from pallkit.cases import load
from pallkit.cases.model import Step, ways_on
from pallkit_app.guide.layout import places, reading_order
from pallkit_app.guide.plan import Bar, bar_svg, scale
from pallkit_app.guide.routes import arrivals, best_path, shortest_and_longest
from pallkit_app.guide.view import make_guide

CASES = content.case_ids()


@pytest.mark.parametrize("id_", CASES)
def test_the_best_path_is_the_spine_of_the_map(id_: str) -> None:
    case = load(id_)
    assert {step for step, place in places(case).items() if place.column == 0} == set(
        best_path(case)
    )


@pytest.mark.parametrize("id_", CASES)
def test_every_step_has_a_place_of_its_own_below_those_that_lead_to_it(id_: str) -> None:
    case = load(id_)
    where = places(case)
    assert set(where) == {step.id for step in case.steps}
    assert len(set(where.values())) == len(where)
    for step in case.steps:
        for next_ in onward(step):
            assert where[next_].row > where[step.id].row


@pytest.mark.parametrize("id_", CASES)
def test_steps_are_numbered_so_that_the_leader_only_turns_forward(id_: str) -> None:
    case = load(id_)
    order = reading_order(case)
    for step in case.steps:
        for next_ in onward(step):
            assert order.index(next_) > order.index(step.id)


@pytest.mark.parametrize("id_", CASES)
def test_no_way_runs_through_a_step(id_: str) -> None:
    drawing = ET.fromstring(make_guide(id_, "nb").map)  # noqa: S314  # our own drawing
    boxes = [
        tuple(float(rect.get(side, 0)) for side in ("x", "y", "width", "height"))
        for rect in drawing.iter("rect")
        if rect.get("rx") == "8"
    ]
    for path in drawing.iter("path"):
        if path.get("fill") != "none":
            continue  # an arrowhead touches the step it points at
        for x, y in points_along(str(path.get("d"))):
            inside = [
                box
                for box in boxes
                if box[0] < x < box[0] + box[2] and box[1] < y < box[1] + box[3]
            ]
            assert inside == []


def onward(step: Step) -> set[str]:
    """The other steps a step leads to; after a question to somebody it is the same one."""
    return {str(next_) for _choice, next_ in ways_on(step) if next_} - {str(step.id)}


def points_along(path: str) -> list[tuple[float, float]]:
    """A point each unit along the straight pieces of a path of M, L and Q."""
    numbers = path.replace("M", " ").replace("L", " ").replace("Q", " ").split()
    corners = [(float(x), float(y)) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    found = []
    for (ax, ay), (bx, by) in pairwise(corners):
        steps = max(2, int(abs(bx - ax) + abs(by - ay)))
        # The ends touch the frames of the steps they join.
        found += [
            (ax + (bx - ax) * at / steps, ay + (by - ay) * at / steps) for at in range(2, steps - 1)
        ]
    return found


@pytest.mark.parametrize("id_", CASES)
def test_every_reachable_step_is_met_in_a_state_and_the_best_path_by_no_detour(id_: str) -> None:
    case = load(id_)
    met = arrivals(case)
    assert set(met) == {step.id for step in case.steps}
    path = best_path(case)
    for at, step in enumerate(path):
        assert tuple(dict.fromkeys(met[step].path)) == path[: at + 1]


@pytest.mark.parametrize("id_", CASES)
def test_the_planned_minutes_lie_between_the_quickest_and_the_slowest_way(id_: str) -> None:
    case = load(id_)
    shortest, longest = shortest_and_longest(case)
    assert shortest <= sum(case.by_id[step].minutes for step in best_path(case)) <= longest


@pytest.mark.parametrize(("minutes", "span"), [(60, 60), (75, 75), (90, 90), (91, 105), (120, 120)])
def test_the_picture_spans_the_session_in_whole_quarters(minutes: int, span: int) -> None:
    assert scale(minutes) == span


def test_a_bar_begins_and_ends_where_the_step_does() -> None:
    bar = bar_svg(Bar(start=45, minutes=9), span=90)
    assert '<rect x="50.00%" width="10.00%"' in bar
