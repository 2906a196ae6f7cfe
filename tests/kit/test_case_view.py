"""What the player is told to show, on the invented case with every kind of step."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.kit.rich_bank import RICH, add_case, rich_bank
from tests.kit.rich_case import rich_case
from tests.kit.rich_prose import rich_prose

from pallkit.cases.view import player_view
from pallkit.errors import DecisionError
from pallkit.i18n import LANGUAGES, Language

PLAYED: list[dict[str, str]] = [
    {"step": "sporre", "option": "om-natten"},
    {"step": "sporre", "option": "om-ord"},
    {"step": "sporre", "option": "on"},
    {"step": "tegn", "picks": "sovn,naloxon", "sure": "80"},
    {"step": "tall", "value": "3", "sure": "60"},
    {"step": "rekke", "order": "spor,se,ring,skriv", "sure": "60"},
    {"step": "regn", "dose": "60 mg/24 t", "sure": "100"},
    {"step": "pumpe", "rate": "0,125 ml/t", "sure": "90"},
    {"step": "plan", "field.mal": "Være hjemme", "field.sted": "sykehus"},
    {"step": "vei", "option": "vanlig"},
    {"step": "samling"},
    {"step": "slutt"},
]


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    with rich_bank(tmp_path / "bank") as folder:
        yield folder


def upto(step: str, *, past: bool = False, lang: Language = "nb") -> dict[str, Any]:
    """The view when ``step`` is reached, or when it has been answered."""
    steps = [made["step"] for made in PLAYED]
    count = len(steps) - steps[::-1].index(step) if past else steps.index(step)
    return player_view(RICH, PLAYED[:count], lang)


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_step_can_be_told_in_every_language_and_sent(lang: Language) -> None:
    for count in range(len(PLAYED) + 1):
        view = player_view(RICH, PLAYED[:count], lang)
        assert json.loads(json.dumps(view)) == view
        assert view["lang"] == lang


@pytest.mark.usefixtures("bank")
def test_the_figure_that_is_asked_for_is_not_shown_beside_the_question() -> None:
    view = upto("tall")
    assert view["esas"][0]["value"] is None
    assert "pain" not in {series["key"] for series in view["chart"]["series"]}
    assert "Smerte" not in view["changes"]
    after = upto("tall", past=True)
    assert after["esas"][0]["value"] == 6
    assert after["feedback"]["spread"] == {
        "value": 3,
        "low": 5,
        "high": 7,
        "ends": {"low": "ingen smerte", "high": "verst tenkelige smerte"},
    }


@pytest.mark.usefixtures("bank")
def test_what_was_ticked_stands_beside_what_was_right_and_what_was_dangerous() -> None:
    said = upto("tegn", past=True)["feedback"]
    assert (said["tone"], said["verdict"], said["sure"]) == ("danger", "Ikke de riktige", 80)
    ticks = [(one["chosen"], one["right"], one["danger"]) for one in said["answered"]]
    assert ticks == [
        (False, True, False),
        (True, True, False),
        (True, False, True),
        (False, False, False),
    ]


@pytest.mark.usefixtures("bank")
def test_an_order_says_where_each_line_belongs() -> None:
    answered = upto("rekke", past=True)["feedback"]["answered"]
    assert [one["right"] for one in answered] == [2, 1, 3, 4]


@pytest.mark.usefixtures("bank")
def test_a_wrong_dose_shows_its_arithmetic_its_effect_and_that_it_is_a_teaching_rule() -> None:
    view = upto("regn", past=True)
    said = view["feedback"]
    assert said["consequence"]["sum"] == "60 ÷ 30 = 2"
    assert "oppdiktede grenser" in said["consequence"]["note"]
    assert "Døsighet 2 → 6" in said["effects_text"]
    assert "10 per minutt" in said["effects_text"]
    assert view["vitals"][0]["change"] == -6
    breath = view["chart"]["vitals"][0]
    assert breath["points"][-1][1] == 10
    assert breath["low"] <= 10 <= breath["high"]


@pytest.mark.usefixtures("bank")
def test_a_form_is_shown_as_it_was_filled_in_with_what_was_missing_or_better() -> None:
    said = upto("plan", past=True)["feedback"]
    assert said["form"] == "Palliativ plan (øvingsskjema)"
    goal, place, read = said["answered"]
    assert (goal["text"], goal["missing"], goal["right"]) == ("Være hjemme", False, None)
    assert (place["text"], place["right"], place["right_text"]) == (
        "På sykehus",
        False,
        "Hjemme",
    )
    assert read["text"] == "Nei"
    assert "ikke ha vondt" in said["expert_html"]


@pytest.mark.usefixtures("bank")
def test_the_people_their_wishes_and_their_worry_are_told() -> None:
    wife = player_view(RICH, PLAYED[:2], "nb")["people"][0]
    assert (wife["name"], wife["role"], wife["worry"], wife["change"]) == (
        "Kari",
        "Partner",
        4,
        -2,
    )
    assert wife["wish"] == "At Jon skal få være hjemme."


@pytest.mark.usefixtures("bank")
def test_what_has_been_asked_stands_with_its_answers_and_how_many_are_left() -> None:
    step = player_view(RICH, PLAYED[:1], "nb")["step"]
    assert [one["who"] for one in step["asked"]] == ["Kari"]
    assert "hører etter" in step["asked"][0]["answer_html"]
    assert step["questions_left"] == 1
    assert {one["id"] for one in step["options"]} == {"om-ord", "om-natten-igjen"}


@pytest.mark.usefixtures("bank")
def test_the_debrief_puts_dangers_and_safety_first_and_says_so() -> None:
    done = upto("slutt", past=True)["debrief"]
    assert done["dangers"] == [
        {"title": "Tegn på for mye opioid", "chosen": "Gi nalokson for sikkerhets skyld"}
    ]
    assert done["score"][0]["axis"] == "safety"
    assert "uansett poeng" in done["score_note"]
    assert done["certainty"]["summary"] == "Du var i snitt 78 % sikker, og hadde rett i 1 av 5."
    assert done["certainty"]["groups"][0] == {"sure": 60, "count": 2, "right": 0}


@pytest.mark.usefixtures("bank")
def test_the_level_in_the_log_is_the_one_that_is_played() -> None:
    made = [{**PLAYED[0], "level": "C"}, *PLAYED[1:9]]
    view = player_view(RICH, made, "nb", level="A")
    assert view["level"] == view["case"]["level"] == "C"
    assert [one["id"] for one in view["step"]["options"]] == ["vanlig", "for-spesialist"]
    with pytest.raises(DecisionError, match="level B"):
        player_view(RICH, [{**PLAYED[0], "level": "B"}], "nb")


def test_a_case_past_its_day_says_so_from_the_day_after(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank", review_by="2026-05-01"):
        on_time = player_view(RICH, [], "nb", today=date(2026, 5, 1))
        late = player_view(RICH, [], "nb", today=date(2026, 5, 2))
    assert on_time["case"]["overdue"] is None
    assert "1. mai 2026" in late["case"]["overdue"]
    assert late["case"]["draft"] is True


def test_a_withdrawn_case_says_why_and_what_to_use_instead(tmp_path: Path) -> None:
    gone = {**rich_case(), "id": "gammelt", "withdrawn": {"on": "2026-11-01", "instead": RICH}}
    why = {lang: {**each, "withdrawn": "Rådet er endret."} for lang, each in rich_prose().items()}
    with rich_bank(tmp_path / "bank") as folder:
        add_case(folder, gone, why)
        told = player_view("gammelt", [], "nb")["case"]["withdrawn"]
    assert told["text"].startswith("Dette kasuset ble trukket tilbake 1. november 2026.")
    assert told["why"] == "Rådet er endret."
    assert told["instead"]["text"] == "Bruk «Jon, 68 år, og alle slags steg» i stedet."


def test_a_replacement_that_is_gone_too_is_left_out(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank", withdrawn={"on": "2026-11-01", "instead": "finnes-ikke"}):
        told = player_view(RICH, [], "nb")["case"]["withdrawn"]
    assert told["instead"] is None
