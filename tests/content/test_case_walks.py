"""Every real case, walked on every path: ends, forks that matter, nothing out of bounds."""

from __future__ import annotations

import itertools
import json
import random
from typing import Any

import pytest

from pallkit import content
from pallkit.cases import begin, load, play
from pallkit.cases.model import Case
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    Field,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
)
from pallkit.cases.view import player_view
from pallkit.cases.walk import Walk, walk
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES

CASES = content.case_ids()
BOUND = 20_000
JUNK = ["", "førti", "1.000 mg", "40", "-3 mg", "NaN mg/24 t", "40 mg", "5 mg x 6", "9" * 40]


@pytest.fixture(scope="module", params=CASES)
def walked(request: pytest.FixtureRequest) -> tuple[Case, list[Walk]]:
    case = load(request.param)
    return case, list(walk(case, most=BOUND))


def test_there_are_the_three_cases_of_the_first_version() -> None:
    assert set(CASES) >= {
        "smerte-kan-ikke-svelge",
        "siste-dager-fentanylplaster",
        "hva-er-viktig",
    }


def test_every_path_reaches_an_end(walked: tuple[Case, list[Walk]]) -> None:
    _, walks = walked
    assert 1 < len(walks) < BOUND
    assert all(found.state.step is None for found in walks)


def test_every_step_and_every_end_is_reached(walked: tuple[Case, list[Walk]]) -> None:
    case, walks = walked
    reached = {step for found in walks for step in found.state.path}
    assert reached == set(case.by_id)


def test_a_fork_is_a_fork(walked: tuple[Case, list[Walk]]) -> None:
    _, walks = walked
    by_path = {found.state.path: found.state for found in walks}
    assert any(
        len(set(one) ^ set(other)) >= 3
        and (by_path[one].esas, by_path[one].place) != (by_path[other].esas, by_path[other].place)
        for one, other in itertools.combinations(by_path, 2)
    )


def test_detours_meet_again_at_a_gather(walked: tuple[Case, list[Walk]]) -> None:
    case, walks = walked
    gathers = [step.id for step in case.steps if step.kind == "gather"]
    roads = [
        {frozenset(path[: path.index(gather)]) for path in _paths(walks) if gather in path}
        for gather in gathers
    ]
    assert gathers
    assert all(len(different) > 1 for different in roads)


def test_symptoms_and_clock_stay_in_bounds(walked: tuple[Case, list[Walk]]) -> None:
    _, walks = walked
    for found in walks:
        clocks = [mark.clock for mark in found.state.marks]
        assert clocks == sorted(clocks)
        assert all(0 <= value <= 10 for mark in found.state.marks for value in mark.esas.values())


@pytest.mark.parametrize("case_id", CASES)
@pytest.mark.parametrize("seed", range(25))
def test_random_decisions_never_break_the_player(case_id: str, seed: int) -> None:
    chance = random.Random(f"{case_id} {seed}")  # noqa: S311  # a seeded walk, not a secret
    case, log = load(case_id), []
    state = begin(case)
    for _ in range(60):
        decision = _some_decision(case.by_id.get(str(state.step)), chance)
        try:
            state, _events = play(case, state, decision)
        except PallkitError:
            continue
        log.append(decision)
        if state.step is None:
            break
    for lang in LANGUAGES:
        assert json.loads(json.dumps(player_view(case_id, log, lang)))["can_undo"] is bool(log)


def _paths(walks: list[Walk]) -> set[tuple[str, ...]]:
    return {found.state.path for found in walks}


def _some_decision(step: object, chance: random.Random) -> dict[str, Any]:
    if chance.random() < 0.2:
        return {"step": chance.choice(["", "finnes-ikke", None, 7]), "option": []}
    if isinstance(step, ChoiceStep):
        return {"step": step.id, "option": chance.choice(step.options).id}
    if isinstance(step, DoseStep | PumpStep):
        typed = chance.choice([*JUNK, f"{chance.randint(1, 90)} {step.answer_unit}"])
        return {"step": step.id, "rate" if isinstance(step, PumpStep) else "dose": typed}
    if isinstance(step, ConsultStep):
        return {"step": step.id, "option": chance.choice([*(one.id for one in step.questions), ON])}
    if isinstance(step, MultiStep | OrderStep | EstimateStep | DocumentStep):
        return {"step": step.id, **_some_answer(step, chance)}
    assert isinstance(step, PlainStep)
    return {"step": step.id, "text": chance.choice(["", "tanker", "Pasient 01019012345"])}


def _some_answer(
    step: MultiStep | OrderStep | EstimateStep | DocumentStep, chance: random.Random
) -> dict[str, str]:
    if isinstance(step, DocumentStep):
        return {f"field.{one.id}": _some_field(one, chance) for one in step.fields}
    if isinstance(step, EstimateStep):
        return {"value": str(chance.randint(-1, 12)), "sure": chance.choice(["50", "100", "mye"])}
    if isinstance(step, OrderStep):
        return {"order": ",".join(chance.sample(step.items, len(step.items)))}
    picked = chance.sample([one.id for one in step.picks], chance.randint(0, len(step.picks)))
    return {"picks": ",".join(picked)}


def _some_field(field: Field, chance: random.Random) -> str:
    return chance.choice(["", "tanker", "yes", *field.options])
