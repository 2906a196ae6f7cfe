"""What a guide tells of the kinds of step beyond choices and doses, and of conditions."""

from __future__ import annotations

import html
import re

import pytest

from pallkit import content
from pallkit.cases import load, prose
from pallkit.cases.steps import ConsultStep, DocumentStep, conditions_of
from pallkit_app.guide import guide_html
from pallkit_app.guide.conditions import Conditions
from pallkit_app.guide.layout import reading_order
from pallkit_app.guide.routes import best_path
from pallkit_app.guide.view import make_guide

CASES = content.case_ids()
PUMP = "smertepumpen-hjemme"


def page(case: str) -> str:
    return " ".join(html.unescape(re.sub("<[^>]+>", " ", guide_html(case, "nb"))).split())


@pytest.mark.parametrize("id_", CASES)
def test_every_condition_is_said_without_an_id_or_a_sign_of_the_language(id_: str) -> None:
    case, text = load(id_), prose(id_, "nb")
    numbers = {step: at for at, step in enumerate(reading_order(case), 1)}
    says = Conditions(case, text, "nb", numbers)
    for step in case.steps:
        for _place, when in conditions_of(step):
            said = says.say(when)
            assert said
            assert not re.search(r"[a-z]\.[a-z]|==|_|\bnot\b|\band\b", said), said


def test_a_rate_of_a_pump_stands_with_its_receipt_and_the_teaching_rule() -> None:
    told = page(PUMP)
    assert "Riktig svar: 0,208 ml/t" in told
    assert "3 ganger det riktige eller mer" in told
    assert "Ingen kilde sier at en pasient reagerer slik" in told


def test_what_is_offered_at_one_level_only_says_so() -> None:
    case = load("nyresvikt-og-opioid")
    closed = [when for step in case.steps for _place, when in conditions_of(step)]
    assert page(case.id).count("kasuset spilles på nivå C") == closed.count("level == C") > 0


@pytest.mark.parametrize("id_", CASES)
def test_every_question_and_every_field_of_a_form_is_told(id_: str) -> None:
    case = load(id_)
    told = {step.id: step for step in make_guide(id_, "nb").steps}
    for step in case.steps:
        if isinstance(step, ConsultStep):
            asked = [one for one in told[step.id].branches if one.who]
            assert len(asked) == len(step.questions)
            assert all(one.feedback and not one.onward for one in asked)
        elif isinstance(step, DocumentStep):
            assert len(told[step.id].fields) == len(step.fields)


@pytest.mark.parametrize("id_", CASES)
def test_a_step_where_somebody_is_asked_takes_its_minutes_once(id_: str) -> None:
    path = best_path(load(id_))
    assert len(set(path)) == len(path)
