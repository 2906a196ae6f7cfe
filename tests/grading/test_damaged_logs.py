"""A log that cannot be read is never 0 points, and a score written in one counts for nothing."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from tests.grading.logs import write_log

from pallkit.answers import append, record
from pallkit.answers.log import MAX_LOG
from pallkit.i18n import render
from pallkit_grading.judge import judge_file
from pallkit_grading.key import Key

RIGHT = ("answer", "omregning-2", "45 mg/24 t")


def test_a_missing_log_is_not_graded_and_says_so(key: Key, tmp_path: Path) -> None:
    for task in key.tasks.values():
        judged = judge_file(task, tmp_path / "svar.jsonl")
        assert (judged.outcome, judged.points) == ("not_graded", None)
        (line,) = judged.lines
        assert render(line, "nb").startswith("Ikke rettet:")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x00\xff\xfe" * 50, id="not text"),
        pytest.param(b"[[[[" * 50_000, id="nested"),
        pytest.param(b"x" * (MAX_LOG + 1), id="gigantic"),
        pytest.param(b'{"v":1,"type":"answer"', id="only a torn line"),
    ],
)
def test_an_unreadable_log_is_not_graded(key: Key, tmp_path: Path, content: bytes) -> None:
    log = tmp_path / "svar.jsonl"
    log.write_bytes(content)
    assert judge_file(key.tasks["omregning-2"], log).outcome == "not_graded"


def test_a_link_in_a_hand_in_is_not_followed(key: Key, tmp_path: Path) -> None:
    others = write_log(tmp_path / "another-trainees.jsonl", RIGHT)
    (tmp_path / "svar.jsonl").symlink_to(others)
    judged = judge_file(key.tasks["omregning-2"], tmp_path / "svar.jsonl")
    assert judged.outcome == "not_graded"


def test_a_pipe_does_not_hang_the_grader(key: Key, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "svar.jsonl")
    judged = judge_file(key.tasks["omregning-2"], tmp_path / "svar.jsonl")
    assert judged.outcome == "not_graded"


def test_a_torn_last_line_is_ignored_when_an_answer_stands(key: Key, tmp_path: Path) -> None:
    log = write_log(tmp_path / "svar.jsonl", RIGHT)
    with log.open("ab") as file:
        file.write(record("answer", "omregning-2", "90 mg/24 t").line()[:-20])
    assert judge_file(key.tasks["omregning-2"], log).points == 3


def test_a_torn_line_that_may_have_been_the_answer_is_not_0(key: Key, tmp_path: Path) -> None:
    log = write_log(tmp_path / "svar.jsonl", ("opened", "omregning-2", None))
    with log.open("ab") as file:
        file.write(record(*RIGHT).line()[:-20])
    assert judge_file(key.tasks["omregning-2"], log).outcome == "not_graded"


def test_a_score_in_the_log_counts_for_nothing(key: Key, tmp_path: Path) -> None:
    log = write_log(tmp_path / "svar.jsonl", ("opened", "omregning-2", None))
    forged = {
        "v": 1,
        "type": "opened",
        "task": "omregning-2",
        "score": 3,
        "points": 3,
        "right": True,
    }
    with log.open("a") as file:
        file.write(json.dumps(forged) + "\n")
        file.write(json.dumps({**forged, "type": "score", "value": 3}) + "\n")
    judged = judge_file(key.tasks["omregning-2"], log)
    assert (judged.outcome, judged.points) == ("graded", 0)


def test_a_wrong_answer_with_a_score_beside_it_is_wrong(key: Key, tmp_path: Path) -> None:
    log = tmp_path / "svar.jsonl"
    line = json.loads(record("answer", "omregning-2", "4500 mg/24 t").line())
    log.write_text(json.dumps({**line, "score": 3, "correct": True}) + "\n")
    assert judge_file(key.tasks["omregning-2"], log).points == 0


def test_two_tabs_that_both_answered_leave_one_answer(key: Key, tmp_path: Path) -> None:
    log = tmp_path / "svar.jsonl"
    for answer in ("90 mg/24 t", "12 mg/24 t", "45 mg/24 t"):
        append(log, record("answer", "omregning-2", answer))
    assert judge_file(key.tasks["omregning-2"], log).points == 3


def test_an_answer_no_widget_would_have_saved_is_not_graded(key: Key, tmp_path: Path) -> None:
    log = write_log(tmp_path / "svar.jsonl", ("answer", "omregning-2", "førtifem"))
    judged = judge_file(key.tasks["omregning-2"], log)
    assert (judged.outcome, judged.answer) == ("not_graded", "førtifem")
