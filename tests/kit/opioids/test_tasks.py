"""Generated tasks: the same for everybody, answerable, and wrong in ways that can be named."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses import Quantity, drug, read_dose, read_preparation
from pallkit.doses.numbers import shown
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Refusal, Rescue, Task, make_task, make_tasks
from pallkit.opioids.questions import accepts
from pallkit.opioids.recipes import KINDS, RECIPES, Kind
from pallkit.opioids.tasks import LEAST, MOST
from pallkit.opioids.tasks_shape import LEVELS, Level, PracticeTask

SEEDS = range(12)
TASKS = [make_task(seed, level, (kind,)) for level in LEVELS for kind in KINDS for seed in SEEDS]


def ids(task: Task) -> str:
    return f"{task.level} {task.kind} {task.seed}"


@pytest.mark.parametrize("task", TASKS, ids=ids)
def test_a_task_is_sound(task: Task) -> None:
    assert not isinstance(task.question.answer(), Refusal)
    assert not any(drug(line.dose.preparation.drug).lock for line in task.question.lines)
    assert task.receipt.steps
    if not isinstance(task.answer, Rescue):
        assert task.answer.oral_morphine is not None
        assert LEAST <= task.answer.oral_morphine.low <= task.answer.oral_morphine.high <= MOST


@pytest.mark.parametrize("task", TASKS, ids=ids)
def test_every_wrong_answer_is_wrong_unlike_the_others_and_named_by_its_mistake(task: Task) -> None:
    amounts = [one.amount for one in task.distractors]
    assert len({*task.choices}) == len(task.distractors) + 1 == 4
    assert amounts == [shown(amount) for amount in amounts]
    for wrong in task.distractors:
        assert not accepts(task.right, wrong.amount)
        told = task.verdict_on(wrong.amount)
        assert told.mistake is not None
        assert told.mistake.code == wrong.mistake.code


@pytest.mark.parametrize("task", TASKS, ids=ids)
def test_the_right_answer_is_told_right(task: Task) -> None:
    right, measure = task.right, task.question.measure
    for value in (right.low, right.point or right.low, right.high, shown(right.low)):
        assert task.verdict_on(value).verdict == "right"
    assert task.diagnose(Quantity(right.low, measure.unit, measure.per)).verdict == "right"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
def test_a_kind_that_is_asked_for_is_what_comes(kind: Kind, level: Level) -> None:
    tasks = list(make_tasks("kurs", 6, level, (kind,)))
    assert {task.kind for task in tasks} == {kind}
    assert len({task.prompt for task in tasks}) == 6


def test_a_rescue_task_asks_for_one_dose_and_a_patch_is_counted_by_the_sets_own_figure() -> None:
    for task in TASKS:
        if task.kind != "rescue":
            continue
        assert render(task.unit, "en") == "mg"
        if task.level == "C":
            assert "skin" not in render(task.prompt[0], "en")
            assert "Helsedirektoratet" in render(task.asked[-1], "nb")


def test_a_patch_has_its_rescue_dose_recomputed_with_each_mistake() -> None:
    """75 µg/h is 180 mg oral morphine by Helsedirektoratet, and a sixth of that is 30."""
    task = next(
        task
        for seed in range(400)
        if (task := make_task(seed, "C", ("rescue",))).question.lines[0].dose
        == read_dose("fentanyl td 75 µg/t")
        and task.question.to == read_preparation("morfin po")
        and task.right.point == 30
    )
    told = {
        value: task.verdict_on(Decimal(value)) for value in ("30", "180", "18", "1.25", "30000")
    }
    codes = {value: one.mistake.code if one.mistake else one.verdict for value, one in told.items()}
    assert codes == {
        "30": "right",
        "180": "forgot-the-part",  # the whole day at once
        "18": "wrong-rule",  # a tenth
        "1.25": "forgot-24-hours",  # an hour's worth taken for the day
        "30000": "unit-slip",
    }


def test_a_kind_that_does_not_exist_is_the_author_s_error() -> None:
    with pytest.raises(ValueError, match="kinds are of counting, switching, rescue, to-pump"):
        make_task(1, "A", ("guessing",))  # type: ignore[arg-type]  # that is the test
    with pytest.raises(ValueError, match="kinds are of"):
        make_task(1, "A", ())


def test_the_order_of_kinds_changes_nothing() -> None:
    assert make_task(5, "B", ("rescue", "counting")) == make_task(5, "B", ("counting", "rescue"))


@pytest.mark.parametrize("level", LEVELS)
def test_there_is_a_recipe_of_every_kind(level: Level) -> None:
    assert {recipe.kind for recipe in RECIPES[level]} == set(KINDS)


def test_the_same_seed_is_the_same_task_in_another_process() -> None:
    code = (
        "import json; from pallkit.opioids import make_task;"
        "print(json.dumps([make_task(s, l).to_json('nn') for s in range(8) for l in 'ABC']))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"PYTHONHASHSEED": "7"},
    )
    here = [make_task(seed, level).to_json("nn") for seed in range(8) for level in LEVELS]
    assert json.loads(done.stdout) == json.loads(json.dumps(here))


GOLDEN = """
A | counting | oksykodon po 15 mg x 2 | 20 22,5 45 45000
A | switching | morfin po 100 mg x 2 | 100 132 400 100000
A | rescue | oksykodon po 10 mg x 2 | 1,67 2 3,33 20
A | to-pump | morfin po 40 mg x 2 | 13,3 26,7 40 240
B | counting | oksykodon po 10 mg x 2; morfin po 5 mg v/b 4 | 20 30 33,3 50
B | switching | oksykodon po 15 mg x 2 | 15 16,9 33,75 33750
B | rescue | morfin sc 60 mg/24 t | 6 10 60 10000
B | to-pump | morfin po 90 mg x 2; morfin po 15 mg v/b 3 | 35 60 75 675
C | counting | buprenorfin plaster 5 µg/t; tapentadol po 100 mg x 2; morfin po 10 mg v/b 3 | 30,5 51,1 81,1 1030
C | switching | oksykodon po 60 mg x 2; oksykodon po 10 mg v/b 4 | 22,2 37,5 50 100
C | rescue | fentanyl plaster 75 µg/t | 1,25 18 30 180
C | to-pump | oksykodon po 20 mg x 2; morfin po 10 mg v/b 3 | 3,56 4,89 7,33 8,44
"""  # noqa: E501  # a task a line


@pytest.mark.parametrize("line", GOLDEN.strip().splitlines())
def test_a_seed_keeps_its_task_from_version_to_version(line: str) -> None:
    """A change here is noticed by whoever has written a seed on a board."""
    level, kind, given, choices = line.split(" | ")
    task = make_task("kurs", level, (kind,))  # type: ignore[arg-type]  # the words are the kinds
    told = "; ".join(render(one, "nb") for one in task.given)
    assert re.sub(r" ved behov, gitt (\d) ganger siste døgn", r" v/b \1", told) == given
    assert task.to_json("nb")["choices"] == choices.split()


def test_seeds_and_levels_give_different_tasks() -> None:
    tasks = [make_task(seed, level) for level in LEVELS for seed in range(40)]
    prompts = {(task.level, task.prompt) for task in tasks}
    assert len(prompts) > len(tasks) * 0.6
    assert max(len(task.question.lines) for task in tasks if task.level == "A") == 1
    assert {task.kind for task in tasks} == set(KINDS)


def test_a_series_asks_no_question_twice() -> None:
    series = list(make_tasks("kurs", 8, "B"))
    assert len({task.prompt for task in series}) == 8
    assert series == list(make_tasks("kurs", 8, "B"))


def test_a_series_longer_than_the_recipes_ends() -> None:
    assert len(list(make_tasks("kurs", 12, "A", ("to-pump",)))) == 12
    assert len(list(make_tasks("kurs", 40, "A", ("counting",)))) == 40


@pytest.mark.parametrize("task", TASKS[::11], ids=ids)
def test_a_task_is_told_in_every_language(task: Task) -> None:
    told = [task.to_json(lang) for lang in LANGUAGES]
    assert {json.dumps(one["answer"]) for one in told} == {json.dumps(told[0]["answer"])}
    assert len({tuple(one["prompt"]) for one in told}) == 3
    assert all(label["label"] for one in told for label in one["distractors"])
    assert all(Decimal(choice.replace(",", ".")) > 0 for choice in told[0]["choices"])
    for lang in LANGUAGES:
        assert render(task.sides.high, lang) != render(task.sides.low, lang)


seeds = st.integers(0, 10_000)
levels = st.sampled_from(LEVELS)
kinds = st.sampled_from(KINDS)


@given(seed=seeds, level=levels, kind=kinds)
def test_whatever_the_seed_right_is_right_and_each_mistake_is_its_own(
    seed: int, level: Level, kind: Kind
) -> None:
    task = make_task(seed, level, (kind,))
    for value in (task.right.low, task.right.high):
        assert task.verdict_on(value).verdict == "right"
    for wrong in task.distractors:
        told = task.verdict_on(wrong.amount)
        assert told.mistake is not None
        assert told.mistake.code == wrong.mistake.code


@given(seed=seeds, level=levels, kind=kinds, lang=st.sampled_from(LANGUAGES))
def test_the_right_answer_is_read_as_each_language_writes_it(
    seed: int, level: Level, kind: Kind, lang: str
) -> None:
    task = make_task(seed, level, (kind,))
    for amount in task.choices:
        number = format(amount, "f")
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", number):
            continue  # a thousand in Norway, one in England: refused, with what to write
        typed = number if lang == "en" else number.replace(".", ",")
        unit = render(task.unit, lang)  # type: ignore[arg-type]  # sampled from the languages
        assert task.read(f" {typed} ") == task.read(f"{typed} {unit}") == amount


@given(kind=kinds, typed=st.text(max_size=300) | st.from_regex(r"[\d ,.]{0,14}( ?[mµ]?g)?(/t)?"))
def test_any_text_is_an_amount_or_a_clear_no(kind: Kind, typed: str) -> None:
    task: PracticeTask = make_task(1, "A", (kind,))
    with suppress(DoseError):
        assert task.verdict_on(task.read(typed)).message
