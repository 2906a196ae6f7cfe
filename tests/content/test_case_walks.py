"""Every real case, walked over all its forks and played at random: nothing breaks or goes astray.

States from which a case goes on alike are one state to the walker, so that all paths are
covered without being listed. Under ``--whole`` each case is played with 10,000 random decisions.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from pallkit import content
from pallkit.cases import begin, load, play
from pallkit.cases.model import Case, ways_on
from pallkit.cases.play import open_ways, take
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PumpStep,
    Step,
)
from pallkit.cases.values import VITAL_BOUNDS
from pallkit.cases.view import player_view
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES
from pallkit_app.casework.stats import count_case
from pallkit_app.check.explore import ahead_of, explore
from pallkit_app.check.size import FORKS, SOURCES, STEPS, meeting_places, sources_of

CASES = content.case_ids()
BOUND = 20_000  # states of one case; a case with more is not walked, and fails
SLICE, WHOLE = 200, 10_000  # random decisions
LONGEST = 80  # decisions in one play
JUNK = ["", "førti", "1.000 mg", "40", "-3 mg", "NaN mg/24 t", "40 mg", "5 mg x 6", "9" * 40]


@dataclass
class Walked:
    """What the walker met. ``taken`` are the (step, choice) pairs somebody can come by."""

    case: Case
    states: int = 0
    ends: set[str] = field(default_factory=set)
    steps: set[str] = field(default_factory=set)
    taken: set[tuple[str, str | None]] = field(default_factory=set)


@pytest.fixture(scope="module", params=CASES)
def walked(request: pytest.FixtureRequest) -> Walked:
    found = Walked(load(request.param))
    ahead, seen = ahead_of(found.case), set()
    waiting = [begin(found.case, level) for level in found.case.open_levels]
    while waiting:
        state = waiting.pop()
        assert_in_bounds(state)
        if state.step is None:
            found.ends.add(state.path[-1])
            continue
        key = (ahead[state.step].key(state), state.asked.get(state.step, ()))
        if key not in seen:
            seen.add(key)
            assert len(seen) < BOUND
            found.steps.add(state.step)
            waiting += _onward(found, state)
    found.states = len(seen)
    return found


def test_every_case_of_the_first_version_is_there() -> None:
    assert set(CASES) >= {
        "smerte-kan-ikke-svelge",
        "siste-dager-fentanylplaster",
        "hva-er-viktig",
    }


def test_every_path_comes_to_an_end(walked: Walked) -> None:
    for level in walked.case.open_levels:
        counted = count_case(walked.case, level, most=BOUND)
        assert counted.stats.paths > 1
        assert not counted.bounded
        assert counted.circles == ()


def test_every_step_and_every_end_is_reached(walked: Walked) -> None:
    ends = {str(step.id) for step in walked.case.steps if None in dict(_aims(step))}
    assert walked.steps == set(walked.case.by_id)
    assert walked.ends == ends


def test_every_answer_can_be_given_by_somebody(walked: Walked) -> None:
    for step in walked.case.steps:
        for choice, _aim in ways_on(step):
            if choice != "some" and not isinstance(step, EstimateStep):
                assert (step.id, choice) in walked.taken


def test_a_case_is_of_the_size_that_groups_manage(walked: Walked) -> None:
    assert STEPS[0] <= len(walked.case.steps) <= STEPS[1]
    assert len(explore(walked.case).forks) >= FORKS
    assert meeting_places(walked.case)
    assert len(sources_of(walked.case)) >= SOURCES


@pytest.mark.parametrize("case_id", CASES)
def test_random_decisions_never_break_the_player(case_id: str, whole: bool) -> None:  # noqa: FBT001  # a fixture
    chance = random.Random(case_id)  # noqa: S311  # a seeded walk, not a secret
    case, left, plays = load(case_id), WHOLE if whole else SLICE, 0
    while left > 0:
        level = chance.choice(case.open_levels)
        state, log = begin(case, level), []
        for _ in range(LONGEST):
            left -= 1
            decision = _some_decision(case.by_id.get(str(state.step)), chance)
            if not log and len(case.open_levels) > 1:
                decision["level"] = level
            try:
                state, _events = play(case, state, decision)
            except PallkitError:
                continue
            assert_in_bounds(state)
            log.append(decision)
            if state.step is None:
                break
        plays += 1
        if plays % 10 == 1:
            lang = LANGUAGES[plays // 10 % len(LANGUAGES)]
            view = player_view(case_id, log, lang)
            assert json.loads(json.dumps(view))["can_undo"] is bool(log)


def assert_in_bounds(state: State) -> None:
    """No figure of a state is off its scale, and the clock has not gone back."""
    clocks = [mark.clock for mark in state.marks]
    assert clocks == sorted(clocks)
    assert all(0 <= value <= 10 for value in state.esas.values())
    assert all(0 <= person.worry <= 10 for person in state.people)
    for vital, value in state.vitals.items():
        low, high = VITAL_BOUNDS[vital]
        assert low <= value <= high


def _onward(found: Walked, state: State) -> Iterator[State]:
    step = found.case.by_id[str(state.step)]
    for choice, _way in open_ways(step, state):
        after = take(found.case, state, choice)
        if after is not None:
            found.taken.add((step.id, choice))
            yield after


def _aims(step: Step) -> Iterator[tuple[str | None, None]]:
    yield from ((aim, None) for _choice, aim in ways_on(step))


def _some_decision(step: Step | None, chance: random.Random) -> dict[str, Any]:
    if step is None or chance.random() < 0.15:
        return {"step": chance.choice(["", "finnes-ikke", None, 7]), "option": [], "picks": 3}
    decision = {"step": step.id, **_answer(step, chance)}
    if chance.random() < 0.3:
        decision["sure"] = chance.choice(["0", "70", "100", "101", "-1", "sikker", ""])
    return decision


def _answer(step: Step, chance: random.Random) -> dict[str, Any]:
    if isinstance(step, ChoiceStep):
        return {"option": chance.choice(step.options).id}
    if isinstance(step, ConsultStep):
        return {"option": chance.choice(["on", *(one.id for one in step.questions)])}
    if isinstance(step, MultiStep):
        return {"picks": ",".join(_some([pick.id for pick in step.picks], chance))}
    if isinstance(step, OrderStep):
        return {"order": ",".join(chance.sample(step.items, len(step.items)))}
    if isinstance(step, DocumentStep):
        return {f"field.{one.id}": _written(one.options, chance) for one in step.fields}
    return _figure_or_text(step, chance)


def _figure_or_text(step: Step, chance: random.Random) -> dict[str, Any]:
    if isinstance(step, EstimateStep):
        return {"value": str(chance.randint(-1, 12))}
    if isinstance(step, DoseStep | PumpStep):
        key = "dose" if isinstance(step, DoseStep) else "rate"
        return {key: chance.choice([*JUNK, *[_figure(step, chance)] * len(JUNK)])}
    return {"text": chance.choice(["", "tanker", "Pasient 01019012345"])}


def _some(ids: list[Any], chance: random.Random) -> list[str]:
    return chance.sample([*ids, "finnes-ikke"], chance.randint(0, len(ids)))


def _written(options: tuple[Any, ...], chance: random.Random) -> str:
    return str(chance.choice([*options, *options, *options, "", "yes", "en tekst"]))


def _figure(step: DoseStep | PumpStep, chance: random.Random) -> str:
    return f"{chance.randint(1, 90)} {step.answer_unit}"
