"""Ten thousand random decisions over every kind of step: no exception, nothing out of bounds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.rich_case import rich_case

from pallkit.cases import begin, play, structure
from pallkit.cases.state import State
from pallkit.cases.steps import ON, Step
from pallkit.cases.values import VITAL_BOUNDS, Level
from pallkit.cases.view import player_view
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES

CASE = structure(rich_case())
KEYS = (
    *("step", "option", "dose", "rate", "text", "picks", "value", "order", "sure", "level"),
    *("field.mal", "field.sted", "field.lest", "field.ukjent"),
)
IDS = sorted(
    {step.id for step in CASE.steps}
    | {"om-natten", "om-ord", "om-natten-igjen", ON, "vanlig", "for-spesialist"}
    | {"pust", "sovn", "naloxon", "sukker", "se", "spor", "ring", "skriv", "hjemme", "yes"}
)
JUNK: list[object] = ["", ",", "1.000", "-3 mg", "9" * 40, "£" * 6000, "∞", None, 7, [], {}, True]


def _any_of(chance: random.Random, ids: tuple[str, ...]) -> str:
    return ",".join(chance.sample(ids, chance.randint(1, len(ids))))


ANSWERS: dict[str, Callable[[random.Random], dict[str, object]]] = {
    "sporre": lambda c: {"option": c.choice(["om-natten", "om-ord", "om-natten-igjen", ON])},
    "tegn": lambda c: {"picks": _any_of(c, ("pust", "sovn", "naloxon", "sukker"))},
    "tall": lambda c: {"value": str(c.randint(0, 11))},
    "rekke": lambda c: {"order": ",".join(c.sample(("se", "spor", "ring", "skriv"), 4))},
    "regn": lambda c: {"dose": f"{c.choice([1, 14, 15, 29, 30, 31, 45, 300, 99999])} mg/24 t"},
    "pumpe": lambda c: {"rate": f"0,{c.randint(0, 999):03d} ml/t"},
    "plan": lambda c: {"field.mal": "x", "field.sted": c.choice(["hjemme", "sykehus", "", "?"])},
    "vei": lambda c: {"option": c.choice(["vanlig", "for-spesialist"])},
}


def _in_bounds(state: State) -> bool:
    clocks = [mark.clock for mark in state.marks]
    return (
        clocks == sorted(clocks)
        and all(0 <= value <= 10 for mark in state.marks for value in mark.esas.values())
        and all(
            VITAL_BOUNDS[sign][0] <= value <= VITAL_BOUNDS[sign][1]
            for mark in state.marks
            for sign, value in mark.vitals.items()
        )
        and all(0 <= person.worry <= 10 for person in state.people)
        and len(state.asked.get("sporre", ())) <= 2
    )


def _decision(step: Step, chance: random.Random) -> dict[str, Any]:
    fitting = ANSWERS.get(step.id, lambda _chance: {})(chance)
    decision = {"step": step.id, **fitting, "sure": str(chance.choice([50, 100, 101, "?"]))}
    if chance.random() < 0.7:
        del decision["sure"]
    if chance.random() < 0.25:  # something in it is broken
        decision[chance.choice(KEYS)] = chance.choice([*JUNK, *IDS])
    return decision


@pytest.mark.parametrize("level", ["A", "C"])
def test_ten_thousand_random_decisions_are_played_or_refused(level: Level) -> None:
    chance = random.Random(f"rik {level}")  # noqa: S311  # a seeded walk, not a secret
    state, ends, refused = begin(CASE, level), 0, 0
    for _count in range(5_000):
        before = state
        try:
            state, _events = play(CASE, state, _decision(CASE.by_id[str(state.step)], chance))
        except PallkitError:
            refused += 1
            assert state is before
        assert _in_bounds(state)
        if state.step is None:
            ends, state = ends + 1, begin(CASE, level)
    assert ends > 100
    assert refused > 500


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(KEYS) | st.text(max_size=8),
            st.sampled_from(IDS) | st.text(max_size=20) | st.integers() | st.none(),
            max_size=5,
        ),
        max_size=6,
    )
)
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_log_is_played_or_refused(log: list[dict[str, Any]]) -> None:
    state = begin(CASE)
    for decision in log:
        try:
            state, _events = play(CASE, state, decision)
        except PallkitError:
            continue
        assert _in_bounds(state)


def test_random_ways_are_shown_in_every_language(tmp_path: Path) -> None:
    chance = random.Random("rik view")  # noqa: S311  # a seeded walk, not a secret
    with rich_bank(tmp_path / "bank"):
        for _count in range(5):
            state, log = begin(CASE, "C"), list[dict[str, Any]]()
            while state.step is not None:
                decision = _decision(CASE.by_id[state.step], chance)
                decision = {key: text for key, text in decision.items() if isinstance(text, str)}
                decision.pop("level", None)
                try:
                    state, _events = play(CASE, state, decision)
                except PallkitError:
                    continue
                log.append(decision if log else {**decision, "level": "C"})
            for lang in LANGUAGES:
                assert json.loads(json.dumps(player_view(RICH, log, lang)))["debrief"]
