"""A played case: the decisions are replayed, and only the path that stands counts."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.grading.logs import best_decisions, dangerous_decisions, write_log

from pallkit.i18n import render
from pallkit_grading.judge import judge_file
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import Key

TASK = "omregning-kasus"


def _judged(key: Key, path: Path, decisions: list[dict[str, Any]]) -> Judgement:
    entries = [("decision", TASK, decision) for decision in decisions]
    return judge_file(key.tasks[TASK], write_log(path / "svar.jsonl", *entries))


def test_the_best_way_gives_all_the_points(key: Key, tmp_path: Path) -> None:
    assert _judged(key, tmp_path, best_decisions()).points == 4


def test_half_the_way_gives_some_of_the_points_and_says_it_is_not_finished(
    key: Key, tmp_path: Path
) -> None:
    half = best_decisions()
    judged = _judged(key, tmp_path, half[: len(half) // 2])
    assert judged.points is not None
    assert 0 < judged.points < 4
    assert judged.points % Decimal("0.5") == 0
    assert "til slutten" in " ".join(render(line, "nb") for line in judged.lines)


def test_a_dangerous_act_limits_the_points_and_is_named(key: Key, tmp_path: Path) -> None:
    judged = _judged(key, tmp_path, dangerous_decisions())
    assert judged.points is not None
    assert judged.points <= 2
    assert "farlig" in " ".join(render(line, "nb") for line in judged.lines)


def test_what_was_undone_does_not_count(key: Key, tmp_path: Path) -> None:
    danger = dangerous_decisions()
    well = best_decisions()[len(danger) - 1 :]
    log = tmp_path / "svar.jsonl"
    write_log(log, *(("decision", TASK, decision) for decision in danger))
    write_log(log, ("undo", TASK, None))
    write_log(log, *(("decision", TASK, decision) for decision in well))
    assert judge_file(key.tasks[TASK], log).points == 4


def test_a_restart_begins_anew(key: Key, tmp_path: Path) -> None:
    log = tmp_path / "svar.jsonl"
    write_log(log, *(("decision", TASK, decision) for decision in best_decisions()))
    write_log(log, ("restart", TASK, None))
    judged = judge_file(key.tasks[TASK], log)
    assert (judged.outcome, judged.points) == ("graded", 0)


def test_decisions_that_do_not_fit_the_case_are_not_graded(key: Key, tmp_path: Path) -> None:
    judged = _judged(key, tmp_path, [{"step": "finnes-ikke", "option": "x"}])
    assert (judged.outcome, judged.points) == ("not_graded", None)
