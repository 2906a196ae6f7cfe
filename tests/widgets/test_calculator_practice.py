"""Practice: the learner answers first; then the answer is shown and the mistake is named."""

from __future__ import annotations

from typing import Any

import pytest
from tests.widgets.browser import send, shown
from tests.widgets.calculator_form import NEEDED, form, percent, row

from pallkit_widgets import OpioidCalculator

MORPHINE = row("morphine", "oral", "30 mg x 2")


def begun(**more: Any) -> OpioidCalculator:
    """A calculator that has asked: 90 mg oral morphine to oxycodone, less 25 %, is 45 mg."""
    asked = {"to": "oxycodone oral", "reduce": percent("25"), **more}
    widget = OpioidCalculator()
    send(widget, {"type": "practice", "form": form(MORPHINE, NEEDED, **asked)})
    return widget


def answered(text: str, **more: Any) -> dict[str, Any]:
    return send(begun(**more), {"type": "answer", "answer": text})


def test_nothing_is_shown_before_the_learner_has_answered() -> None:
    view = shown(begun())
    assert view["result"] is None
    assert view["comparison"] is None
    assert view["practice"]["verdict"] is None
    assert "45" not in str(view["practice"])
    assert view["practice"]["unit"] == "mg/24 t"
    assert view["practice"]["given"][0] == "morfin po 30 mg x 2"
    assert view["practice"]["asked"][-1] == "Trekk fra 25 %."


@pytest.mark.parametrize(
    ("typed", "tone", "says"),
    [
        pytest.param("45", "good", "riktig", id="right"),
        pytest.param("45,0 mg/24 t", "good", "riktig", id="with its unit"),
        pytest.param("60", "wrong", "Reduksjonen er glemt", id="forgot the reduction"),
        pytest.param("30", "wrong", "Behovsdosene", id="forgot the doses as needed"),
        pytest.param("45000", "wrong", "1000", id="a factor of a thousand"),
        pytest.param("1234", "wrong", "viser ikke hva", id="cannot tell"),
    ],
)
def test_the_verdict_names_the_mistake_and_shows_the_answer(
    typed: str, tone: str, says: str
) -> None:
    view = answered(typed)
    assert view["practice"]["verdict"]["tone"] == tone
    assert says in view["practice"]["verdict"]["text"]
    assert view["practice"]["verdict"]["typed"] == typed
    assert view["result"]["main"]["amount"] == "45 mg/24 t"


def test_an_answer_rounded_down_to_strengths_that_exist_is_right() -> None:
    verdict = answered("30", table="nhs-ggc-2018")["practice"]["verdict"]
    assert verdict["tone"] == "good"
    assert "rundet ned" in verdict["text"]


@pytest.mark.parametrize("typed", ["førti", "1.000", "45 mg", "45 µg/t per time"])
def test_what_is_no_amount_is_said_beside_the_field_and_reveals_nothing(typed: str) -> None:
    view = answered(typed)
    assert view["error"]["field"] == "answer"
    assert view["result"] is None
    assert view["practice"]["verdict"] is None


def test_that_a_table_gives_no_answer_can_be_the_right_answer() -> None:
    refused = {"to": "morphine subcutaneous", "reduce": percent("25")}
    view = answered("", **refused)
    assert view["practice"]["verdict"]["tone"] == "good"
    assert view["result"]["refusal"]
    assert answered("30", **refused)["practice"]["verdict"]["tone"] == "wrong"
    assert answered("")["practice"]["verdict"]["tone"] == "wrong"


def test_an_answer_to_no_question_is_passed_over() -> None:
    widget = OpioidCalculator()
    before = shown(widget)
    assert send(widget, {"type": "answer", "answer": "45"}) == before


def test_a_task_goes_on_in_another_language() -> None:
    widget = begun()
    view = send(widget, {"type": "language", "lang": "en"})
    assert view["practice"]["asked"][-1] == "Take 25 % off."
    send(widget, {"type": "answer", "answer": "60"})
    view = send(widget, {"type": "language", "lang": "nn"})
    assert view["practice"]["verdict"]["tone"] == "wrong"
    assert view["result"]["main"]["amount"] == "45 mg/24 t"
