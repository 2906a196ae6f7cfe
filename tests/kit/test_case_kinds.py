"""Each kind of step: what an answer comes to, what it does, and what is refused."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from tests.kit.rich_case import rich_case

from pallkit.cases import State, begin, debrief, play, replay, structure
from pallkit.cases.model import Case
from pallkit.cases.schema import SchemaError
from pallkit.cases.state import Event
from pallkit.cases.walk import walk
from pallkit.errors import DecisionError, PallkitError

BEST: list[dict[str, str]] = [
    {"step": "sporre", "option": "om-natten"},
    {"step": "sporre", "option": "on"},
    {"step": "tegn", "picks": "pust,sovn"},
    {"step": "tall", "value": "7"},
    {"step": "rekke", "order": "se,spor,ring,skriv"},
    {"step": "regn", "dose": "30 mg/24 t"},
    {"step": "pumpe", "rate": "0,125 ml/t"},
    {"step": "plan", "field.mal": "Ro", "field.sted": "hjemme"},
    {"step": "vei", "option": "vanlig"},
    {"step": "samling"},
    {"step": "slutt"},
]


@pytest.fixture
def case() -> Case:
    return structure(rich_case())


def at(case: Case, step: str, **changed: str) -> tuple[State, Event]:
    """Play the best way up to and including ``step``, where something else is answered."""
    made = BEST[: [one["step"] for one in BEST].index(step)]
    if step == "sporre":
        made = []
    state, _events = replay(case, made)
    after, (event,) = play(case, state, {"step": step, **changed})
    return after, event


def test_the_best_answers_lead_to_the_end_with_every_point(case: Case) -> None:
    done = debrief(case, BEST)
    assert done.end.step is None
    assert dict(done.end.score) == dict(done.best_score)
    assert done.dangers == ()


def test_a_question_is_answered_once_and_the_case_stays_where_it_is(case: Case) -> None:
    state, _events = play(case, begin(case), {"step": "sporre", "option": "om-natten"})
    assert (state.step, state.clock, state.known) == ("sporre", 10, ("vaker",))
    with pytest.raises(DecisionError):
        play(case, state, {"step": "sporre", "option": "om-natten"})


def test_a_question_can_open_another_and_their_number_is_limited(case: Case) -> None:
    with pytest.raises(DecisionError):
        play(case, begin(case), {"step": "sporre", "option": "om-natten-igjen"})
    made = [{"step": "sporre", "option": id_} for id_ in ("om-natten", "om-natten-igjen")]
    state, _events = replay(case, made)
    with pytest.raises(DecisionError):
        play(case, state, {"step": "sporre", "option": "om-ord"})
    assert play(case, state, {"step": "sporre", "option": "on"})[0].step == "tegn"


def test_asking_somebody_changes_what_they_know_and_fear(case: Case) -> None:
    state, _events = play(case, begin(case), {"step": "sporre", "option": "om-ord"})
    assert state.value("worry.kona") == Decimal(4)
    assert state.value("told.kona.prognose") is True
    assert state.value("told.tolken.prognose") is False
    assert state.value("wish.kona") == "hjemme"


@pytest.mark.parametrize(
    ("picks", "outcome", "points", "danger"),
    [
        ("pust,sovn", "all", 3, False),
        ("sovn", "some", 1, False),
        ("pust", "some", 2, False),
        ("pust,sukker", "wrong", 1, False),
        ("pust,sovn,sukker", "some", 2, False),
        ("pust,sovn,naloxon", "wrong", 1, True),
        ("sukker", "wrong", 0, False),
    ],
)
def test_ticks_are_all_some_or_wrong(
    case: Case, picks: str, outcome: str, points: int, *, danger: bool
) -> None:
    state, event = at(case, "tegn", picks=picks)
    assert (event.choice, event.danger) == (outcome, danger)
    assert event.score.get("safety", 0) == points
    assert ("tegn" in state.dangers) is danger


@pytest.mark.parametrize("value", ["0", "4"])
def test_an_estimate_below_the_patients_own_figure_is_too_low(case: Case, value: str) -> None:
    assert at(case, "tall", value=value)[1].choice == "too_low"


@pytest.mark.parametrize(
    ("value", "choice"), [("5", "right"), ("6", "right"), ("7", "right"), ("8", "too_high")]
)
def test_an_estimate_one_off_is_right(case: Case, value: str, choice: str) -> None:
    assert at(case, "tall", value=value)[1].choice == choice


@pytest.mark.parametrize(
    ("order", "choice"),
    [
        ("se,spor,ring,skriv", "right"),
        ("spor,se,ring,skriv", "near"),
        ("se,spor,skriv,ring", "near"),
        ("ring,spor,se,skriv", "wrong"),
        ("spor,se,skriv,ring", "wrong"),
    ],
)
def test_an_order_with_two_neighbours_swapped_is_near(case: Case, order: str, choice: str) -> None:
    assert at(case, "rekke", order=order)[1].choice == choice


@pytest.mark.parametrize(
    ("dose", "ratio", "esas", "rate"),
    [
        ("30 mg/24 t", "1", {"pain": 6, "drowsiness": 2}, 16),
        ("14 mg/24 t", "0.4667", {"pain": 8, "drowsiness": 2}, 16),
        ("15 mg/24 t", "0.5", {"pain": 6, "drowsiness": 2}, 16),
        ("45 mg/24 t", "1.5", {"pain": 6, "drowsiness": 6}, 10),
        ("300 mg/24 t", "10", {"pain": 6, "drowsiness": 6}, 10),
    ],
)
def test_a_wrong_dose_has_the_consequence_of_its_band(
    case: Case, dose: str, ratio: str, esas: dict[str, int], rate: int
) -> None:
    state, event = at(case, "regn", dose=dose)
    assert event.consequence is not None
    assert round(event.consequence.ratio, 4) == Decimal(ratio)
    assert esas.items() <= dict(state.esas).items()  # type: ignore[operator]  # any item
    assert state.vitals["respiratory_rate"] == rate
    assert state.marks[-1].vitals["respiratory_rate"] == rate


@pytest.mark.parametrize(
    ("rate", "choice"),
    [
        ("0,125 ml/t", "right"),
        ("0,12 ml/t", "right"),
        ("1,25 ml/t", "too_high"),
        ("0,05 ml/t", "too_low"),
    ],
)
def test_a_pump_is_set_in_millilitres_an_hour(case: Case, rate: str, choice: str) -> None:
    _state, event = at(case, "pumpe", rate=rate)
    assert event.choice == choice
    assert event.solution is not None
    assert event.solution.receipt


@pytest.mark.parametrize(
    ("fields", "choice"),
    [
        ({"mal": "Ro", "sted": "hjemme"}, "complete"),
        ({"mal": "Ro", "sted": "hjemme", "lest": "yes"}, "complete"),
        ({"mal": "  ", "sted": "hjemme"}, "incomplete"),
        ({"mal": "Ro", "sted": "sykehus"}, "incomplete"),
        ({"mal": "Ro"}, "incomplete"),
    ],
)
def test_a_form_is_complete_when_what_is_required_is_there(
    case: Case, fields: dict[str, str], choice: str
) -> None:
    state, event = at(case, "plan", **{f"field.{id_}": text for id_, text in fields.items()})
    assert event.choice == choice
    assert ("ring-lege" in state.tasks) is (choice == "incomplete")


def test_an_option_for_specialists_is_offered_at_their_level_only(case: Case) -> None:
    asked = {"step": "vei", "option": "for-spesialist"}
    upto = BEST[:8]
    with pytest.raises(DecisionError):
        play(case, replay(case, upto)[0], asked)
    after, _events = play(case, replay(case, upto, "C")[0], asked)
    assert after.step == "samling"


def test_effects_and_turns_follow_their_conditions(case: Case) -> None:
    upto = [*BEST[:5], {"step": "regn", "dose": "300 mg/24 t"}, *BEST[6:8]]
    after, _events = play(
        case, replay(case, upto, "C")[0], {"step": "vei", "option": "for-spesialist"}
    )
    assert after.step == "slutt"  # breathing slowly
    assert after.esas["anxiety"] == 6  # pain is 5


def test_a_level_the_case_has_not_is_refused(case: Case) -> None:
    with pytest.raises(DecisionError, match="level B"):
        begin(case, "B")


def test_certainty_is_kept_with_the_decision(case: Case) -> None:
    assert at(case, "tegn", picks="pust,sovn", sure="70")[1].sure == 70
    with pytest.raises(DecisionError, match="0 to 100"):
        at(case, "tegn", picks="pust,sovn", sure="101")


@pytest.mark.parametrize(
    ("step", "hostile"),
    [
        ("tegn", {"picks": ""}),
        ("tegn", {"picks": "pust,pust"}),
        ("tegn", {"picks": "pust,finnes-ikke"}),
        ("tegn", {"picks": ["pust"]}),
        ("tall", {"value": "11"}),
        ("tall", {"value": 6}),
        ("tall", {"value": "-1"}),
        ("rekke", {"order": "se,spor,ring"}),
        ("rekke", {"order": "se,se,ring,skriv"}),
        ("plan", {"field.ukjent": "x"}),
        ("plan", {"field.sted": "sirkus"}),
        ("plan", {"field.mal": "x" * 5001}),
        ("plan", {"field.mal": "Født 01019012345"}),
        ("pumpe", {"rate": "0,125"}),
        ("pumpe", {}),
        ("sporre", {"option": ["on"]}),
    ],
)
def test_what_does_not_fit_is_refused_with_a_reason(
    case: Case, step: str, hostile: dict[str, Any]
) -> None:
    with pytest.raises(PallkitError):
        at(case, step, **hostile)


def test_every_path_of_every_level_reaches_an_end(case: Case) -> None:
    for level in case.open_levels:
        walks = list(walk(case, level=level, most=20_000))
        assert 100 < len(walks) < 20_000
        assert all(found.state.step is None for found in walks)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"levels": ["B", "C"]}, "level"),
        ({"consequences": {"opioid": [{"at_least": "mye", "effects": {}}]}}, "number"),
        ({"review_by": "snart"}, "date"),
    ],
)
def test_a_fault_in_the_file_is_named(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(SchemaError, match=reason):
        structure({**rich_case(), **changed})


def test_a_condition_nobody_can_read_is_a_fault_with_its_place() -> None:
    raw = rich_case()
    raw["steps"][7]["options"][1]["when"] = "smerte >= 5"
    with pytest.raises(SchemaError) as caught:
        structure(raw)
    assert caught.value.faults[0].where == "steps[7].options[1].when"
