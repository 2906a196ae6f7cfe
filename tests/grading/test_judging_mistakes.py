"""A wrong dose: its error class in words, the danger in it, and a task of one's own."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.grading.kinds import judged, raw_of, task_of
from tests.grading.logs import log_of

from pallkit.answers import Log, Record
from pallkit.cases.dosing import EXAMPLES
from pallkit.i18n import render
from pallkit.opioids.mistakes import LABELS
from pallkit.variants import variant_task
from pallkit_grading.dose_danger import TOO_HIGH
from pallkit_grading.dose_mistakes import CANNOT_TELL, LIKELY
from pallkit_grading.judge import judge
from pallkit_grading.key import DoseTask, VariantTask, structure_sheet

SIXTH = {
    "doses": ["morfin po 60 mg x 2"],
    "to": "morfin sc",
    "set": "klb-2008",
    "reduce": "none",
    "rule": "one-sixth",
}


def said(lines: tuple[object, ...], lang: str = "nb") -> str:
    return " ".join(render(line, lang) for line in lines)  # type: ignore[arg-type]


def test_there_are_words_for_every_mistake_the_engine_knows() -> None:
    assert LIKELY.keys() == LABELS.keys()


@pytest.mark.parametrize(
    ("answer", "mistake", "nb", "nn"),
    [
        pytest.param("45 g/24 t", None, "", "", id="no unit of ours"),
        pytest.param("45000 mg/24 t", "unit-slip", "mg som µg", "rekna mg som µg", id="× 1000"),
        pytest.param("45 µg/24 t", "unit-slip", "mg som µg", "rekna mg som µg", id="÷ 1000"),
        pytest.param("90 mg/24 t", "forgot-reduction", "reduksjonen", "gløymt", id="60 × 1.5"),
        pytest.param("20 mg/24 t", "inverse-ratio", "feil vei", "feil veg", id="60 ÷ 1.5 ÷ 2"),
        pytest.param("22,5 mg/24 t", "forgot-24-hours", "døgn", "døgn", id="30 × 1.5 ÷ 2"),
        pytest.param(
            "77 mg/24 t", None, "vi kan ikke se", "vi kan ikkje sjå", id="no known mistake"
        ),
    ],
)
def test_a_wrong_dose_is_told_its_error_class_or_that_it_cannot_be_told(
    tmp_path: Path, answer: str, mistake: str | None, nb: str, nn: str
) -> None:
    found = judged(tmp_path, task_of("dose"), answer)
    assert found.mistake == mistake
    assert nb in said(found.lines)
    assert nn in said(found.lines, "nn")


def test_an_error_of_one_dose_is_found_through_the_rule(tmp_path: Path) -> None:
    task = task_of("dose", unit="mg", right=SIXTH)
    for place, (answer, mistake) in enumerate(
        [
            ("40 mg", "forgot-the-part"),  # 120 ÷ 3, not divided by 6
            ("4 mg", "wrong-rule"),  # a tenth
            ("60 mg", "inverse-ratio"),  # 120 × 3 ÷ 6
            ("3,33 mg", "forgot-24-hours"),  # 60 ÷ 3 ÷ 6
            ("6670 mg", "unit-slip"),
        ]
    ):
        (tmp_path / str(place)).mkdir()
        assert judged(tmp_path / str(place), task, answer).mistake == mistake


def test_a_right_dose_has_no_error_class_and_no_flag(tmp_path: Path) -> None:
    found = judged(tmp_path, task_of("dose"), "45 mg/24 t")
    assert (found.points, found.mistake, found.flags, found.danger) == (3, None, (), False)


def test_the_limit_of_danger_is_the_case_engines_too_high() -> None:
    assert Decimal(2) == TOO_HIGH == EXAMPLES["too_high"]


@pytest.mark.parametrize(
    ("danger", "answer", "flagged"),
    [
        pytest.param({}, "90 mg/24 t", True, id="2 times, by the default"),
        pytest.param({}, "89 mg/24 t", False, id="just below 2 times"),
        pytest.param({}, "1 mg/24 t", False, id="a low dose, by the default"),
        pytest.param({"at_least": 3}, "90 mg/24 t", False, id="2 times, and 3 is the limit"),
        pytest.param({"below": "0.1"}, "4 mg/24 t", True, id="less than a tenth"),
        pytest.param({"below": "0.1"}, "4,5 mg/24 t", False, id="a tenth"),
    ],
)
def test_a_dangerous_dose_is_flagged_whatever_its_points(
    tmp_path: Path, danger: dict[str, object], answer: str, *, flagged: bool
) -> None:
    partial = [{"points": 1, "mistake": "forgot-reduction", "hint": raw_of("dose")["hint"]}]
    found = judged(tmp_path, task_of("dose", danger=danger, partial=partial), answer)
    assert found.danger == bool(found.flags) == flagged
    assert found.points == (1 if answer.startswith("90") else 0)
    if flagged:
        assert "undervisningsregel" in said(found.flags)
        assert ("mindre enn 10 %" if "below" in danger else "minst 2 ganger") in said(found.flags)
        assert "45" not in said((*found.lines, *found.flags)).replace("4,5", "")


def test_danger_can_hold_the_points_down(tmp_path: Path) -> None:
    partial = [{"points": 1, "mistake": "forgot-reduction", "hint": raw_of("dose")["hint"]}]
    task = task_of("dose", danger={"most": 0}, partial=partial)
    assert judged(tmp_path, task, "90 mg/24 t").points == 0


def test_the_safe_side_can_give_more_than_the_other(tmp_path: Path) -> None:
    partial = [{"points": 1, "ratio": ["0.5", 1], "hint": raw_of("dose")["hint"]}]
    task = task_of("dose", partial=partial)
    for place, (answer, points) in enumerate([("23", 1), ("44", 1), ("22", 0), ("47", 0)]):
        (tmp_path / str(place)).mkdir()
        assert judged(tmp_path / str(place), task, f"{answer} mg/24 t").points == points


@pytest.mark.parametrize(
    "answer", ["45", "45 mg", "45 mg/24 t og litt til", "1.000 mg/24 t", "∞ mg/24 t"]
)
def test_a_dose_that_cannot_be_read_is_not_graded(tmp_path: Path, answer: str) -> None:
    found = judged(tmp_path, task_of("dose"), answer)
    assert (found.outcome, found.points, found.answer) == ("not_graded", None, answer)


def own_answer(trainee: str) -> str:
    task = task_of("variant")
    assert isinstance(task, VariantTask)
    drawn = variant_task(task.id, trainee, task.variant)
    right = drawn.right
    amount = right.low if right.point is None else right.point
    return f"{round(amount, 2):f} {drawn.question.measure}".replace("/24 h", "/24 t").replace(
        "µg/h", "µg/t"
    )


def test_a_variant_is_judged_as_the_trainees_own(tmp_path: Path) -> None:
    names = [f"kandidat-{number}" for number in range(12)]
    for name in names:
        (tmp_path / name).mkdir()
        found = judged(
            tmp_path / name, task_of("variant"), own_answer(name), trainee=name, shown_to=name
        )
        assert (found.points, found.flags) == (2, ())
    assert len({own_answer(name) for name in names}) > 6


def test_an_answer_to_another_trainees_variant_is_flagged_and_not_taken_to_0(
    tmp_path: Path,
) -> None:
    found = judged(tmp_path, task_of("variant"), own_answer("per"), trainee="kari", shown_to="per")
    assert found.points == 2
    assert "«per»" in said(found.flags)
    assert not found.danger


def test_the_variant_on_the_screen_when_it_was_answered_is_the_one_that_counts(
    tmp_path: Path,
) -> None:
    task = task_of("variant")
    log = log_of(
        tmp_path / "svar.jsonl",
        ("opened", task.id, {"trainee": "kari"}),
        ("answer", task.id, own_answer("kari")),
        ("opened", task.id, {"trainee": "per"}),
    )
    found = judge(task, log, trainee="kari")
    assert (found.points, found.flags) == (2, ())


def test_a_name_in_the_log_that_is_no_name_is_not_repeated() -> None:
    task = task_of("variant")
    for name in ("01019012345", "a\nb", "\u202eb"):
        records = (
            Record("opened", task.id, value={"trainee": name}),
            Record("answer", task.id, value="1 mg/24 t"),
        )
        (flag,) = judge(task, Log(records), trainee="kari").flags
        assert name not in render(flag, "nb")


def test_a_variant_without_a_trainee_is_not_graded(tmp_path: Path) -> None:
    assert judged(tmp_path, task_of("variant"), "1 mg/24 t").outcome == "not_graded"


def test_a_variant_that_no_table_can_make_grades_nobody(tmp_path: Path) -> None:
    task = task_of("variant", variant={"level": "A", "set": "finnes-ikke"})
    found = judged(tmp_path, task, "1 mg/24 t", trainee="per")
    assert (found.outcome, found.points) == ("not_graded", None)


def test_both_sorts_of_dose_are_told_apart_by_their_key() -> None:
    tasks = structure_sheet({"tasks": [raw_of("dose"), raw_of("variant")]}).tasks
    assert [type(task) for task in tasks] == [DoseTask, VariantTask]
    assert render(CANNOT_TELL, "nb").startswith("Tallet er ikke riktig")
