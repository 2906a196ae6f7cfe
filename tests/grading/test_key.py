"""The key and the course are closed formats: what is not in them is a fault with its line."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from tests.grading.kinds import raw_of, words

from pallkit.cases.schema import SchemaError
from pallkit.errors import ContentError
from pallkit_app.compile import content_root, strict_yaml
from pallkit_app.courses.reading import compile_key, read_course, read_keys
from pallkit_grading.key import Key, Task, read_key, structure_sheet
from pallkit_grading.source_rules import task_faults

COURSE = content_root() / "courses" / "spesialist"
KEY_FILE = "key/omregning-i-praksis.yaml"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    folder = tmp_path / "kurs"
    shutil.copytree(COURSE / "key", folder / "key")
    shutil.copy(COURSE / "course.yaml", folder)
    return folder


def test_both_languages_ask_for_the_same_tasks(key: Key) -> None:
    nb, nn = (key.of(f"omregning-i-praksis{end}") for end in ("", "-nn"))
    assert nb == nn
    assert [task.points for task in nb] == [Decimal(points) for points in (4, 2, 3, 3, 3, 4)]


def test_the_compiled_key_is_the_key(course: Path) -> None:
    assert read_key(compile_key(course)) == read_keys(course)


def test_compiling_twice_writes_once(course: Path) -> None:
    written = compile_key(course).stat().st_mtime_ns
    assert compile_key(course).stat().st_mtime_ns == written


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tolerance: 5 %\n", "tolerance: 5 %\n    slingring: 5 %\n", "unknown key: slingring"),
        ("points: 1.5\n", "points: -1\n", "not a number of points"),
        ("points: 1.5\n", "points: 3\n", "must give less"),
        ("kind: text", "kind: tekst", "must be one of: dose, case, text, number"),
        ("id: omregning-2", "id: omregning-1", "is used twice"),
        ("unit: mg\n", "unit: gram\n", "is not one of"),
        ("reduce: none\n      rule", "reduce: no\n      reduce: none\n      rule", "stands twice"),
        ("        tolerance: 12 %\n", "", "a change or a tolerance"),
    ],
)
def test_a_fault_in_the_key_names_its_line(course: Path, old: str, new: str, says: str) -> None:
    file = course / KEY_FILE
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=rf"{re.escape(KEY_FILE)}:\d+: .*{re.escape(says)}"):
        read_keys(course)


@pytest.mark.parametrize(
    ("kind", "changes", "says"),
    [
        ("dose", {"partial": [{"points": 1, "hint": words("x")}]}, "say what is different"),
        ("dose", {"partial": [{"points": 3, "tolerance": "5 %", "hint": words("x")}]}, "less than"),
        ("dose", {"partial": [{"points": 1, "mistake": "x", "hint": words("x")}]}, "not one of"),
        ("dose", {"partial": [{"points": 1, "ratio": [2, 1], "hint": words("x")}]}, "smaller"),
        ("dose", {"danger": {"at_least": 1, "below": 2}}, "must be less"),
        ("variant", {"unit": "mg"}, "unknown key: unit"),
        ("variant", {"variant": {"level": "D"}}, "not one of"),
        (
            "variant",
            {"partial": [{"points": 1, "change": {"reduce": "none"}, "hint": words("x")}]},
            "no calculation to change",
        ),
        ("number", {"range": [1, 2]}, "“equals” or “range”"),
        ("number", {"equals": None}, "“equals” or “range”"),
        ("number", {"equals": "1e3"}, "is not a number"),
        ("number", {"equals": True}, "is not a number"),
        ("choice", {"options": [{"id": "a", "right": True}]}, "some must not be"),
        ("choice", {"several": True}, "only a wrong option of a task with one answer"),
        (
            "choice",
            {"options": [{"id": "a", "right": True}, {"id": "b", "right": False}]},
            "needs a hint",
        ),
        ("ranking", {"order": ["a"], "danger_first": []}, "at least two"),
        ("ranking", {"order": ["a", "b", "a"], "danger_first": []}, "at least two"),
        ("ranking", {"danger_first": ["stopp"]}, "come after the first"),
        ("text", {"look_for": []}, "to be graded by"),
        ("code", {"points": 5}, "give 4 points together and the task 5"),
        ("code", {"checks": [{"points": 4, "hint": words("x"), "equals": 1}]}, "“value” or “call”"),
        ("code", {"checks": [{"points": 4, "hint": words("x"), "value": "a"}]}, "“rows”"),
        (
            "code",
            {"checks": [{"points": 4, "hint": words("x"), "value": "__class__", "equals": 1}]},
            "not a name in Python",
        ),
        (
            "code",
            {"checks": [{"points": 4, "hint": words("x"), "value": "a.b", "equals": 1}]},
            "not a name in Python",
        ),
        (
            "code",
            {"checks": [{"points": 4, "hint": words("x"), "value": "a", "with": [1], "equals": 1}]},
            "only a function",
        ),
    ],
)
def test_what_does_not_fit_together_is_a_fault(
    kind: str, changes: dict[str, object], says: str
) -> None:
    raw = {name: value for name, value in raw_of(kind, **changes).items() if value is not None}
    with pytest.raises(SchemaError) as caught:
        structure_sheet({"tasks": [raw]})
    assert any(says in str(fault.message) for fault in caught.value.faults)


def test_a_rubric_gives_the_tasks_points() -> None:
    def rubric(*points: int) -> dict[str, object]:
        levels = [{"points": one, "text": words("level")} for one in points]
        return {"id": "r", "title": words("row"), "levels": levels}

    for rows, says in (
        ([rubric(0, 3)], "give 3 points together and the task 4"),
        ([rubric(4, 0)], "from the least"),
        ([rubric(4)], "at least two levels"),
        ([rubric(0, 2), rubric(0, 2)], "is used twice"),
    ):
        with pytest.raises(SchemaError) as caught:
            structure_sheet({"tasks": [raw_of("text", rubric=rows)]})
        assert any(says in str(fault.message) for fault in caught.value.faults)
    structure_sheet({"tasks": [raw_of("text", rubric=[rubric(0, 2, 4)])]})


def test_every_example_in_the_document_is_in_the_format() -> None:
    text = (content_root() / "docs" / "keys.md").read_text(encoding="utf-8")
    examples = re.findall(r"```yaml\n(.*?)```", text, re.DOTALL)
    kinds = set()
    for example in examples:
        whole = example.replace("{nb: …}", "{nb: a, nn: b, en: c}")
        document = strict_yaml.parse(f"tasks:\n{whole}", "keys.md")
        (task,) = structure_sheet(document.value).tasks
        assert list(task_faults(task)) == []
        kinds.add(type(task))
    assert kinds == set(get_args(Task))


def test_a_course_with_real_patients_is_refused(course: Path) -> None:
    file = course / "course.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("invented: true", "invented: false"))
    with pytest.raises(ContentError, match="invented"):
        read_course(course)


def test_a_missing_key_is_named(course: Path) -> None:
    (course / KEY_FILE).unlink()
    with pytest.raises(ContentError, match=re.escape(KEY_FILE)):
        read_keys(course)


def test_a_folder_that_is_no_course_is_told_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="pallkit course new"):
        read_course(tmp_path)


def test_an_unknown_assignment_is_answered_with_the_known_ones(key: Key) -> None:
    with pytest.raises(ContentError, match="omregning-i-praksis-nn"):
        key.of("omregning")
