"""What the feedback page may tell after grading: the right answer and how it is worked out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.kinds import RAW, judged, task_of

from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Receipt
from pallkit_grading.right_answer import RightAnswer, right_answer


def right(kind: str, trainee: str = "kari") -> RightAnswer:
    found = right_answer(task_of(kind), trainee)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "nb"),
    [
        ("dose", "45 (39–60) mg/24 t"),
        ("number", "12,5 ml/t"),
        ("choice", "ring"),
        ("several", "a, b, c"),
        ("ranking", "stopp > ring > skriv"),
        (
            "code",
            """andel = 0.25
omeq(60, 1.5) = 90
tabell = [{enhet: "A", antall: 12}, {enhet: "B", antall: 7}]""",
        ),
    ],
)
def test_each_kind_tells_what_would_have_been_right(kind: str, nb: str) -> None:
    answer = right(kind).answer
    assert (answer if isinstance(answer, str) else render(answer, "nb")) == nb


@pytest.mark.parametrize("kind", ["text", "case"])
def test_a_text_and_a_case_have_no_one_right_answer(kind: str) -> None:
    assert right_answer(task_of(kind), "kari") is None


@pytest.mark.parametrize("kind", ["choice", "several", "ranking"])
def test_what_is_told_of_a_choice_is_an_answer_that_gets_all_the_points(
    tmp_path: Path, kind: str
) -> None:
    found = judged(tmp_path, task_of(kind), str(right(kind).answer))
    assert found.points == found.most


def test_a_calculation_has_its_steps_with_ratio_and_source() -> None:
    steps = right("dose").steps
    assert steps[0].source == "helsedirektoratet-omeq"
    assert any(step.ratio is not None for step in steps)
    assert "45" in Receipt(steps).to_text("nb")


def test_a_variant_tells_the_trainees_own_question_and_answer() -> None:
    kari, per = right("variant"), right("variant", "per")
    assert kari.question != per.question
    assert kari.steps
    for lang in LANGUAGES:
        assert all(render(line, lang) for line in kari.question)


def test_every_kind_is_tried() -> None:
    assert set(RAW) == {
        "dose", "variant", "number", "choice", "several", "ranking", "code", "text", "case",
    }  # fmt: skip
