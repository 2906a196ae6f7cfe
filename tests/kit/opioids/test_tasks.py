"""Generated tasks: the same for everybody, answerable, and wrong in ways that can be named."""

from __future__ import annotations

import json
import subprocess
import sys
from decimal import Decimal

import pytest

from pallkit.doses import Quantity, drug
from pallkit.doses.numbers import shown
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Refusal, Task, make_task, make_tasks
from pallkit.opioids.questions import accepts
from pallkit.opioids.recipes import Level
from pallkit.opioids.tasks import LEAST, LEVELS, MOST

SEEDS = range(40)
TASKS = [make_task(seed, level) for level in LEVELS for seed in SEEDS]


def ids(task: Task) -> str:
    return f"{task.level} {task.seed}"


@pytest.mark.parametrize("task", TASKS, ids=ids)
def test_a_task_is_sound(task: Task) -> None:
    assert not isinstance(task.question.answer(), Refusal)
    assert task.answer.oral_morphine is not None
    assert LEAST <= task.answer.oral_morphine.low <= task.answer.oral_morphine.high <= MOST
    assert not any(drug(line.dose.preparation.drug).lock for line in task.question.lines)
    assert task.receipt.steps


@pytest.mark.parametrize("task", TASKS, ids=ids)
def test_every_wrong_answer_is_wrong_unlike_the_others_and_named_by_its_mistake(task: Task) -> None:
    amounts = [one.amount for one in task.distractors]
    assert len({*task.choices}) == len(task.distractors) + 1 == 4
    assert amounts == [shown(amount) for amount in amounts]
    measure = task.question.measure
    for wrong in task.distractors:
        assert not accepts(task.right, wrong.amount)
        told = task.diagnose(Quantity(wrong.amount, measure.unit, measure.per))
        assert told.mistake is not None
        assert told.mistake.code == wrong.mistake.code


@pytest.mark.parametrize("task", TASKS[::7], ids=ids)
def test_the_right_answer_is_told_right(task: Task) -> None:
    measure = task.question.measure
    right = task.right
    for value in (right.low, right.point or right.low, right.high):
        assert task.diagnose(Quantity(value, measure.unit, measure.per)).verdict == "right"


def test_the_same_seed_is_the_same_task_in_another_process() -> None:
    code = (
        "import json; from pallkit.opioids import make_task;"
        "print(json.dumps([make_task(s, l).to_json('nn') for s in range(4) for l in 'ABC']))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"PYTHONHASHSEED": "7"},
    )
    here = [make_task(seed, level).to_json("nn") for seed in range(4) for level in LEVELS]
    assert json.loads(done.stdout) == json.loads(json.dumps(here))


@pytest.mark.parametrize(
    ("seed", "level", "lines", "choices"),
    [
        (
            1,
            "A",
            ["oksykodon po 60 mg x 2"],
            ["80", "90", "180", "180000"],
        ),
        (
            2,
            "B",
            ["oksykodon po 10 mg x 2", "morfin po 10 mg ved behov, gitt 3 ganger siste døgn"],
            ["25", "30", "43,3", "60"],
        ),
        (
            3,
            "C",
            ["fentanyl plaster 50 µg/t", "morfin po 10 mg ved behov, gitt 3 ganger siste døgn"],
            ["5", "10", "50", "100"],
        ),
        (
            7,
            "C",
            [
                "fentanyl plaster 50 µg/t",
                "oksykodon po 30 mg x 2",
                "oksykodon po 10 mg ved behov, gitt 4 ganger siste døgn",
            ],
            ["66,7", "210", "270", "270000"],
        ),
    ],
)
def test_a_seed_keeps_its_task_from_version_to_version(
    seed: int, level: Level, lines: list[str], choices: list[str]
) -> None:
    task = make_task(seed, level)
    assert [render(line.message, "nb") for line in task.question.lines] == lines
    assert task.to_json("nb")["choices"] == choices


def test_seeds_and_levels_give_different_tasks() -> None:
    prompts = {(task.level, task.prompt) for task in TASKS}
    assert len(prompts) > len(TASKS) * 0.6
    assert max(len(task.question.lines) for task in TASKS if task.level == "A") == 1
    assert any(task.question.reduction is not None for task in TASKS if task.level == "C")


def test_a_series_asks_no_question_twice() -> None:
    series = list(make_tasks("kurs", 8, "B"))
    assert len({task.question.lines for task in series}) == 8
    assert series == list(make_tasks("kurs", 8, "B"))


@pytest.mark.parametrize("task", TASKS[::11], ids=ids)
def test_a_task_is_told_in_every_language(task: Task) -> None:
    told = [task.to_json(lang) for lang in LANGUAGES]
    assert {json.dumps(one["answer"]) for one in told} == {json.dumps(told[0]["answer"])}
    assert len({tuple(one["prompt"]) for one in told}) == 3
    assert all(label["label"] for one in told for label in one["distractors"])
    assert all(Decimal(choice.replace(",", ".")) > 0 for choice in told[0]["choices"])
