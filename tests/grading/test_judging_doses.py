"""A worked-out dose: the sums are written out in the ids, on the course's real tasks."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.grading.logs import log_of, write_log

from pallkit.answers import append, record
from pallkit.i18n import render
from pallkit_grading.judge import judge, judge_file
from pallkit_grading.key import DoseTask, Key, structure_sheet


@pytest.mark.parametrize(
    ("task", "answer", "points"),
    [
        pytest.param("omregning-1", "180 mg/24 t", "2", id="40 × 1.5 + 50 × 2.4"),
        pytest.param("omregning-1", "7,5 mg/t", "2", id="180 a day is 7.5 an hour"),
        pytest.param("omregning-1", "60 mg/24 t", "1", id="40 × 1.5: the patch is missing"),
        pytest.param("omregning-1", "120 mg/24 t", "1", id="50 × 2.4: the tablets are missing"),
        pytest.param("omregning-1", "100 mg/24 t", "0", id="neither"),
        pytest.param("omregning-1", "180 µg/24 t", "0", id="a thousandth of it"),
        pytest.param("omregning-2", "45 mg/24 t", "3", id="60 × 1.5, half off"),
        pytest.param("omregning-2", "90 mg/24 t", "1.5", id="60 × 1.5, nothing off"),
        pytest.param("omregning-2", "46 mg/24 t", "0", id="outside 2 % of 45"),
        pytest.param("omregning-3", "6,7 mg", "3", id="120 ÷ 3 ÷ 6, rounded as people round"),
        pytest.param("omregning-3", "7 mg", "3", id="the edge of 5 % of 6.67"),
        pytest.param("omregning-3", "6 mg", "1.5", id="rounded too much"),
        pytest.param("omregning-3", "20 mg", "0", id="a sixth of the dose by mouth"),
        pytest.param("omregning-3", "0 mg", "0", id="nothing"),
    ],
)
def test_gives_what_the_engine_says_the_answer_is_worth(
    key: Key, tmp_path: Path, task: str, answer: str, points: str
) -> None:
    log = log_of(tmp_path / "svar.jsonl", ("answer", task, answer))
    judged = judge(key.tasks[task], log)
    assert (judged.outcome, judged.points, judged.answer) == ("graded", Decimal(points), answer)


def test_a_near_answer_is_told_which_half_was_right(key: Key, tmp_path: Path) -> None:
    log = log_of(tmp_path / "svar.jsonl", ("answer", "omregning-2", "90 mg/24 t"))
    (hint,) = judge(key.tasks["omregning-2"], log).lines
    assert "ikke redusert" in render(hint, "nb")
    assert "ikkje redusert" in render(hint, "nn")


def test_no_line_holds_the_right_answer(key: Key, tmp_path: Path) -> None:
    for number, (task, answer) in enumerate(
        [("omregning-1", "1 mg/24 t"), ("omregning-2", "90 mg/24 t"), ("omregning-3", "6 mg")]
    ):
        log = log_of(tmp_path / f"{number}.jsonl", ("answer", task, answer))
        said = " ".join(render(line, "nb") for line in judge(key.tasks[task], log).lines)
        assert not any(right in said for right in ("180", "45", "6,6", "6,7"))


def test_the_last_answer_not_taken_back_counts(key: Key, tmp_path: Path) -> None:
    task = key.tasks["omregning-2"]
    log = tmp_path / "svar.jsonl"
    write_log(log, ("answer", task.id, "90 mg/24 t"), ("answer", task.id, "45 mg/24 t"))
    assert judge_file(task, log).points == 3
    write_log(log, ("withdrawn", task.id, 2))
    assert judge_file(task, log).points == Decimal("1.5")
    write_log(log, ("withdrawn", task.id, 1))
    assert judge_file(task, log).points == 0


def test_an_opened_log_without_an_answer_is_0_points(key: Key, tmp_path: Path) -> None:
    log = log_of(tmp_path / "svar.jsonl", ("opened", "omregning-1", None))
    judged = judge(key.tasks["omregning-1"], log)
    assert (judged.outcome, judged.points) == ("graded", 0)


def test_an_answer_in_a_notebook_by_another_name_counts(key: Key, tmp_path: Path) -> None:
    # A trainee may rename the notebook. A task's id is unique in its course; that is enough.
    log = tmp_path / "svar.jsonl"
    append(log, record("answer", "omregning-2", "45 mg/24 t", notebook="min-kopi.ipynb"))
    assert judge_file(key.tasks["omregning-2"], log).points == 3


def test_a_calculation_the_ratio_set_refuses_is_the_keys_fault(tmp_path: Path) -> None:
    task = _task(to="morfin sc", set="helsedirektoratet", unit="mg/24 t")
    log = log_of(tmp_path / "svar.jsonl", ("answer", task.id, "10 mg/24 t"))
    judged = judge_file(task, tmp_path / "svar.jsonl")
    assert log.intact
    assert (judged.outcome, judged.points) == ("not_graded", None)


def test_a_key_that_asks_for_another_unit_grades_nobody(tmp_path: Path) -> None:
    task = _task(to="morfin sc", set="klb-2008", unit="mg")
    judged = judge_file(task, write_log(tmp_path / "svar.jsonl", ("answer", task.id, "20 mg")))
    assert judged.outcome == "not_graded"


def _task(*, to: str, set: str, unit: str) -> DoseTask:  # noqa: A002  # the key's own word
    right = {"doses": ["morfin po 60 mg/d"], "to": to, "set": set, "reduce": "none"}
    raw = {"id": "t", "kind": "dose", "points": 1, "unit": unit, "right": right, "tolerance": "5 %"}
    (task,) = structure_sheet({"tasks": [raw]}).tasks
    assert isinstance(task, DoseTask)
    return task
