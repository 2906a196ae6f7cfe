"""Playing a case: forks, doses, dangers, and the log as the only truth."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from tests.kit.sample_case import sample_case

from pallkit.cases import debrief, play, replay, structure
from pallkit.cases.schema import SchemaError
from pallkit.cases.walk import walk
from pallkit.errors import DecisionError, DoseError, PallkitError

WELL: list[dict[str, Any]] = [
    {"step": "mote"},
    {"step": "vei", "option": "ring"},
    {"step": "regn", "dose": "30 mg/24 t"},
    {"step": "sjettedel", "dose": "5 mg"},
    {"step": "samling"},
    {"step": "slutt"},
]
BADLY: list[dict[str, Any]] = [
    {"step": "mote"},
    {"step": "vei", "option": "vent"},
    {"step": "natt"},
    {"step": "tanker", "text": "Jeg burde ha ringt."},
    {"step": "samling"},
    {"step": "slutt"},
]

CASE = structure(sample_case())


def test_the_right_dose_is_computed_from_all_doses_of_the_last_24_hours() -> None:
    _, events = replay(CASE, WELL[:3])
    solution = events[-1].solution
    assert solution is not None
    assert solution.right.point == Decimal(30)  # (30 × 2 + 10 × 3) ÷ 3
    assert events[-1].best


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("30 mg/24 t", "right"),
        ("31,5 mg/24 t", "right"),
        ("31,6 mg/24 t", "too_high"),
        ("28,5 mg/24 t", "right"),
        ("28,4 mg/24 t", "too_low"),
        ("90 mg/24 t", "too_high"),
        ("20 mg/24 t", "too_low"),
        ("5 mg x 6", "right"),
        ("30 µg/24 t", "too_low"),
    ],
)
def test_a_given_dose_is_compared_within_the_tolerance(typed: str, outcome: str) -> None:
    state, _ = replay(CASE, WELL[:2])
    _, events = play(CASE, state, {"step": "regn", "dose": typed})
    assert events[0].choice == outcome


def test_what_the_learner_ordered_is_what_the_patient_gets() -> None:
    state, _ = replay(CASE, [*WELL[:2], {"step": "regn", "dose": "29 mg/24 t"}])
    (pump,) = state.regimen
    assert (pump.id, pump.dose.amount) == ("pumpe", Decimal(29))


def test_a_medicine_begun_again_stands_once_on_the_list() -> None:
    raw = sample_case()
    right = raw["steps"][4]["outcomes"]["right"]
    right["effects"]["regimen"]["start"][0]["id"] = "depot"
    right["effects"]["regimen"]["stop"] = ["behov"]
    state, _ = replay(structure(raw), [*WELL[:2], {"step": "regn", "dose": "29 mg/24 t"}])
    assert [(item.id, item.dose.amount) for item in state.regimen] == [("depot", Decimal(29))]


def test_the_rescue_dose_is_a_sixth_of_the_right_dose_not_of_the_given_one() -> None:
    wrong_first = [*WELL[:2], {"step": "regn", "dose": "60 mg/24 t"}]
    _, events = replay(CASE, [*wrong_first, {"step": "sjettedel", "dose": "5 mg"}])
    assert events[-1].best


@pytest.mark.parametrize("typed", ["", "tretti", "30", "1.000 mg/24 t", "-30 mg/24 t", "30 mg"])
def test_a_dose_that_cannot_be_read_moves_nothing(typed: str) -> None:
    state, _ = replay(CASE, WELL[:2])
    with pytest.raises(PallkitError):
        play(CASE, state, {"step": "regn", "dose": typed})


def test_a_dangerous_act_is_flagged_whatever_the_points() -> None:
    state, _ = replay(CASE, BADLY)
    assert state.dangers == ("vei",)


def test_two_paths_differ_in_three_steps_and_in_the_end_state() -> None:
    well, _ = replay(CASE, WELL)
    badly, _ = replay(CASE, BADLY)
    assert len(set(well.path) ^ set(badly.path)) >= 3
    assert (well.place, well.esas["pain"]) == ("home", 2)
    assert (badly.place, badly.esas["pain"]) == ("hospital", 9)


def test_symptoms_stay_within_0_and_10() -> None:
    raw = sample_case()
    raw["steps"][1]["options"][1]["effects"]["esas"] = {"pain": 30}
    state, _ = replay(structure(raw), BADLY[:2])
    assert state.esas["pain"] == 10


def test_the_same_log_gives_the_same_state() -> None:
    assert replay(CASE, WELL) == replay(CASE, json.loads(json.dumps(WELL)))


@pytest.mark.parametrize(
    "decision",
    [
        {},
        {"step": "slutt"},
        {"step": "vei"},
        {"step": "vei", "option": "finnes-ikke"},
        {"step": "vei", "option": None},
        {"step": "vei", "option": ["ring"]},
        {"step": None, "option": "ring"},
    ],
)
def test_an_impossible_decision_is_refused(decision: dict[str, Any]) -> None:
    state, _ = replay(CASE, WELL[:1])
    with pytest.raises(DecisionError):
        play(CASE, state, decision)


def test_nothing_can_be_decided_after_the_end() -> None:
    state, _ = replay(CASE, WELL)
    with pytest.raises(DecisionError, match="ended"):
        play(CASE, state, {"step": "slutt"})


def test_a_reflection_with_an_identity_number_is_refused() -> None:
    state, _ = replay(CASE, BADLY[:3])
    with pytest.raises(PallkitError):
        play(CASE, state, {"step": "tanker", "text": "Pasient 01019012345"})


def test_the_debrief_says_what_the_other_branch_would_have_given() -> None:
    done = debrief(CASE, BADLY)
    (other,) = done.passages[1].alternatives
    assert (other.choice, other.best) == ("ring", True)
    assert other.after.step == "regn"
    assert other.end.esas["pain"] == 2


def test_the_best_score_is_measured_on_the_path_taken() -> None:
    assert debrief(CASE, WELL).best_score == {"safety": 6, "collaboration": 1}
    assert debrief(CASE, BADLY).best_score == {"safety": 2, "collaboration": 1}


def test_the_walker_finds_every_path_and_every_end() -> None:
    walks = list(walk(CASE))
    assert len(walks) == 1 + 3 * 3
    assert all(found.state.step is None for found in walks)


def test_the_walker_stops_at_its_bound() -> None:
    assert len(list(walk(CASE, most=4))) == 4


@pytest.mark.parametrize(
    ("path", "value", "where", "why"),
    [
        (("invented",), False, "invented", "not one of"),
        (("start", "esas", "pain"), "no", "start.esas.pain", "not a whole number"),
        (("start", "place"), "heime", "start.place", "not one of"),
        (("start", "clock"), 750, "start.clock", "not a time"),
        (("steps", 1, "options", 0, "nxt"), "regn", "steps[1].options[0]", "unknown key: nxt"),
        (("steps", 0, "kind"), "film", "steps[0]", "kind “film” is unknown"),
        (("steps", 0, "id"), "Møte", "steps[0].id", "not an id"),
        (("steps", 4, "tolerance"), 5, "steps[4].tolerance", "not a percentage"),
        (("steps", 3, "id"), "mote", "steps[3].id", "used twice"),
    ],
)
def test_a_case_that_breaks_the_format_is_refused_with_its_place(
    path: tuple[Any, ...], value: object, where: str, why: str
) -> None:
    raw = sample_case()
    spot: Any = raw
    for key in path[:-1]:
        spot = spot[key]
    spot[path[-1]] = value
    with pytest.raises(SchemaError) as caught:
        structure(raw)
    assert [(fault.where, why in str(fault.message)) for fault in caught.value.faults] == [
        (where, True)
    ]


def test_a_missing_key_is_named() -> None:
    raw = sample_case()
    del raw["start"]["place"]
    with pytest.raises(SchemaError, match="“place” is missing"):
        structure(raw)


def test_an_ambiguous_dose_says_why() -> None:
    state, _ = replay(CASE, WELL[:2])
    with pytest.raises(DoseError, match="two ways"):
        play(CASE, state, {"step": "regn", "dose": "1.000 mg/24 t"})
