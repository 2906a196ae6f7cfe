"""A case unrolled to a graph goes on as the engine plays it, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.app.exchange.walks import distinct_ways, unrolled
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.rich_case import rich_case

from pallkit import content
from pallkit.cases import begin, play, structure
from pallkit.cases.applying import apply
from pallkit.cases.model import Case, load
from pallkit.cases.state import Event, State
from pallkit.cases.steps import MultiStep
from pallkit.cases.values import Level
from pallkit.errors import ContentError
from pallkit_app.exchange.unrolled import Edge, Unrolled, unroll
from pallkit_app.exchange.unrolled_answers import Answers


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    with rich_bank(tmp_path / "bank") as folder:
        yield folder


def follow(case: Case, graph: Unrolled, made: list[dict[str, str]]) -> None:
    """Walk the graph beside the engine, applying only what its edges say."""
    state, node, shown = begin(case, graph.level), graph.nodes[0], begin(case, graph.level)
    answers = Answers(case)
    for decision in made:
        assert node.step == state.step
        state, (event, *_more) = play(case, state, decision)
        edge = node.edge(answers.key_of(case.by_id[event.step], event))
        assert (edge.choice, edge.danger) == (event.choice, event.danger)
        shown = _carried(shown, state, edge)
        for part in ("clock", "place", "esas", "vitals", "consciousness", "frame", "people"):
            assert getattr(shown, part) == getattr(state, part), part
        assert (shown.tasks, shown.regimen) == (state.tasks, state.regimen)
        assert _points(case, edge, event) == {k: v for k, v in event.score.items() if v}
        if edge.next is None:
            assert state.step is None
        else:
            node = graph.nodes[edge.next]


def _carried(shown: State, played: State, edge: Edge) -> State:
    shown = replace(shown, answers=played.answers)
    for effects in edge.effects:
        shown = apply(shown, effects)
    return shown


def _points(case: Case, edge: Edge, event: Event) -> Mapping[str, int]:
    step = case.by_id[event.step]
    points = dict(edge.score)
    for pick in step.picks if isinstance(step, MultiStep) else ():
        for axis, more in pick.score.items() if pick.id in event.picked else ():
            points[axis] = points.get(axis, 0) + more
    return {axis: more for axis, more in points.items() if more}


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_unrolled_goes_the_way_the_engine_goes(case_id: str, *, whole: bool) -> None:
    case = load(case_id)
    for level in case.open_levels if whole else [case.level]:
        for made in distinct_ways(case, "unrolled", 400 if whole else 8, level):
            follow(case, unrolled(case_id, level), made)


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("level", ["A", "C"])
def test_so_does_the_case_with_every_kind_of_step(level: Level) -> None:
    case = load(RICH)
    graph = unroll(case, level)
    for made in distinct_ways(case, "unrolled", 60, level):
        follow(case, graph, made)


def test_states_from_which_a_case_goes_on_alike_are_one_node() -> None:
    graph = unrolled("smertepumpen-hjemme", "B")
    assert len(graph.nodes) * 5 < graph.states
    reached = {0} | {edge.next for node in graph.nodes for edge in node.edges}
    assert reached - {None} == {node.number for node in graph.nodes}


def test_the_answers_nobody_gave_have_their_edges_and_so_has_the_best() -> None:
    for case_id in content.case_ids():
        graph = unrolled(case_id, load(case_id).level)
        for node in graph.nodes:
            keys = {edge.key for edge in node.edges}
            assert {node.best, *node.ways.values()} <= keys
            assert all(node.edge(key).choice == choice for choice, key in node.ways.items())


def test_a_case_with_more_states_than_allowed_is_refused_in_one_line() -> None:
    with pytest.raises(ContentError, match="more than 50 states"):
        unroll(load("urolig-natt"), most=50)


def test_a_task_that_converts_what_the_learner_chose_is_refused() -> None:
    raw = rich_case()
    dose = next(step for step in raw["steps"] if step["id"] == "regn")
    started = [{"id": "pumpe", "dose": {"answer_to": "regn"}, "use": "fixed"}]
    for outcome in dose["outcomes"].values():
        outcome["effects"] = {"regimen": {"stop": ["depot"], "start": started}}
        outcome["next"] = "regn-igjen"
    again = {**dose, "id": "regn-igjen", "task": {**dose["task"], "to": "oksykodon po"}}
    again["outcomes"] = {name: {"next": "pumpe"} for name in dose["outcomes"]}
    raw["steps"].insert(raw["steps"].index(dose) + 1, again)
    with pytest.raises(ContentError, match="“regn-igjen” converts a dose that the learner chose"):
        unroll(structure(raw))


def test_points_are_part_of_a_tick_only_where_a_condition_asks_about_points() -> None:
    raw = rich_case()
    assert {edge.key for edge in _ticks(raw)} == {"all", "some", "wrong", "wrong!"}
    raw["steps"][-3]["options"][0]["turns"] = [{"when": "points.safety >= 3", "next": "slutt"}]
    assert "some safety:2" in {edge.key for edge in _ticks(raw)}


def _ticks(raw: dict[str, Any]) -> tuple[Edge, ...]:
    graph = unroll(structure(raw))
    return next(node for node in graph.nodes if node.step == "tegn").edges
