"""A case with several levels is judged at the one it was played at."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.grading.logs import best_decisions, log_of
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.rich_case import rich_case

from pallkit.cases.values import Level
from pallkit.i18n import render
from pallkit_grading.case_task import judge_case, unplayable
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import CaseTask
from pallkit_grading.source_rules import level_faults

TASK = CaseTask(id="rik", kind="case", points=Decimal(4), case=RICH, danger_most=Decimal(1))  # type: ignore[arg-type]  # a literal is a slug


def _with_a_better_option_for_specialists() -> list[dict[str, Any]]:
    steps: list[dict[str, Any]] = rich_case()["steps"]
    vei = next(step for step in steps if step["id"] == "vei")
    vei["options"][0]["best"] = False
    vei["options"][1].update(best=True, score={"safety": 9}, turns=[])
    # At the basic level the first option is then the only one, and the best there is.
    return steps


def _judged(path: Path, made: list[dict[str, Any]], level: Level | None = None) -> Judgement:
    log = log_of(path, *(("decision", "rik", one) for one in made))
    return judge_case(replace(TASK, level=level), log)


def _lines(judged: Judgement) -> str:
    return " ".join(render(line, "nb") for line in judged.lines)


def test_every_kind_answered_best_gives_all_the_points_at_either_level(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank", steps=_with_a_better_option_for_specialists()):
        basic = _judged(tmp_path / "a.jsonl", best_decisions(RICH, "A"), "A")
        special = _judged(tmp_path / "c.jsonl", best_decisions(RICH, "C"), "C")
    assert basic.points == special.points == 4
    assert "nivået Grunnleggende" in _lines(basic)
    assert "nivået Spesialist" in _lines(special)


def test_the_basic_answers_are_not_all_there_is_at_the_specialists_level(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank", steps=_with_a_better_option_for_specialists()):
        made = best_decisions(RICH, "A")
        made[0]["level"] = "C"
        judged = _judged(tmp_path / "log.jsonl", made, "C")
    assert judged.points is not None
    assert judged.points < 4


def test_a_log_that_chose_an_easier_level_gives_no_points_and_says_which_to_play(
    tmp_path: Path,
) -> None:
    with rich_bank(tmp_path / "bank", steps=_with_a_better_option_for_specialists()):
        judged = _judged(tmp_path / "a.jsonl", best_decisions(RICH, "A"), "C")
        own = _judged(tmp_path / "c.jsonl", best_decisions(RICH, "C"))
    assert (judged.outcome, judged.points) == ("graded", Decimal(0))
    assert "nivået Grunnleggende" in _lines(judged)
    assert "nivået Spesialist" in _lines(judged)
    assert own.points == 0  # without a level in the key, the case's own is meant


def test_a_log_without_a_level_is_judged_at_the_keys(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank", steps=_with_a_better_option_for_specialists()):
        made = best_decisions(RICH, "A")
        made[0].pop("level")
        judged = _judged(tmp_path / "log.jsonl", made, "C")
    assert judged.points is not None
    assert judged.points < 4


def test_a_key_with_a_level_the_case_has_not_is_the_leaders_to_mend(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank"):
        judged = _judged(tmp_path / "log.jsonl", best_decisions(RICH, "A"), "B")
        assert [str(fault) for fault in unplayable(replace(TASK, level="B"))] == [
            "the task “rik” cannot be played: The case does not open at level B."
        ]
    assert (judged.outcome, judged.points) == ("not_graded", None)


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ('CasePlayer("rik", log="svar.jsonl", task="rik", level="C")', 0),
        ('CasePlayer("rik", log="svar.jsonl", task="rik", level="A")', 1),
        ('CasePlayer("rik", log="svar.jsonl", task="rik")', 1),
        ('CasePlayer("rik", task="en-annen")', 0),
        ("%kjor CasePlayer", 0),
    ],
)
def test_a_notebook_opens_the_case_at_the_keys_level(
    tmp_path: Path, code: str, faults: int
) -> None:
    cells: list[dict[str, Any]] = [
        {"cell_type": "markdown", "source": code},
        {"cell_type": "code", "source": [code]},
    ]
    with rich_bank(tmp_path / "bank"):
        found = list(level_faults(cells, [replace(TASK, level="C")]))
    assert len(found) == faults


def test_an_old_log_without_a_level_is_judged_at_the_cases_own(tmp_path: Path) -> None:
    with rich_bank(tmp_path / "bank"):
        judged = _judged(tmp_path / "log.jsonl", best_decisions(RICH))
    assert judged.points == 4


@pytest.mark.parametrize("level", ["B", "", "D" * 500])
def test_a_level_the_case_has_not_is_not_graded(tmp_path: Path, level: str) -> None:
    with rich_bank(tmp_path / "bank"):
        made = best_decisions(RICH)
        made[0]["level"] = level
        judged = _judged(tmp_path / "log.jsonl", made)
    assert judged.outcome == "not_graded" if level else judged.points == 4
