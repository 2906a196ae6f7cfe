"""A course's modules, goals and personal data: what it may leave out, and what it must not."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pallkit.cases.schema import SchemaError
from pallkit.i18n import LANGUAGES, render
from pallkit_app.check import check
from pallkit_app.cli import app
from pallkit_app.compile import content_root
from pallkit_app.courses.copying import copy_course
from pallkit_app.courses.reading import read_course
from pallkit_grading.course import HEADINGS, structure_course

WORDS = {"nb": "a", "nn": "b", "en": "c"}
ONE = {"id": "en", "lang": "nb", "key": "en"}
SMALL: dict[str, Any] = {"id": "kurs", "invented": True, "title": WORDS, "assignments": [ONE]}
FILLED: dict[str, Any] = {
    "controller": {"name": "Kurshelse", "contact": "kurs@example.org"},
    "purpose": WORDS,
    "retention": {"months": 24, "text": WORDS},
}


def test_a_small_course_says_only_what_it_has() -> None:
    course = structure_course(SMALL)
    assert (course.timezone, course.goals, course.modules) == ("Europe/Oslo", (), ())
    assert (course.assignments[0].graded, course.assignments[0].group) == (True, False)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"timezone": "Norge"}, "not a time zone"),
        ({"timezone": "../etc/passwd"}, "not a time zone"),
        ({"assignments": [ONE, ONE]}, "used twice"),
        ({"modules": [{"id": "m", "title": WORDS, "goals": ["g"]}]}, "not in this course"),
        ({"modules": [{"id": "m", "title": WORDS, "assignments": ["x"]}]}, "It has: en"),
        ({"goals": [{"id": "g", "heading": "smerte", "text": WORDS}]}, "not one of"),
        ({"retention": {"months": "24", "text": WORDS}}, "not a whole number"),
    ],
)
def test_a_fault_says_what_to_do(change: dict[str, Any], says: str) -> None:
    with pytest.raises(SchemaError, match=says):
        structure_course({**SMALL, **change})


def test_personal_data_is_unfilled_until_somebody_has_written_all_of_it() -> None:
    assert structure_course(SMALL).unfilled == ("controller", "purpose", "retention")
    assert structure_course({**SMALL, **FILLED}).unfilled == ()
    half = {**FILLED, "purpose": {**WORDS, "nn": "[Fyll inn: kvifor]"}}
    assert structure_course({**SMALL, **half}).unfilled == ("purpose",)
    for_ever = {**FILLED, "retention": {"months": None, "text": WORDS}}
    assert structure_course({**SMALL, **for_ever}).unfilled == ("retention",)


def test_the_specialist_course_has_six_modules_and_a_goal_under_every_heading() -> None:
    course = read_course(content_root() / "courses" / "spesialist")
    assert len(course.modules) == 6
    assert {goal.heading for goal in course.goals} == set(HEADINGS)
    taught = {goal for module in course.modules for goal in module.goals}
    assert taught == {goal.id for goal in course.goals}


def test_the_headings_are_named_in_every_language() -> None:
    for heading in HEADINGS.values():
        assert len({render(heading, lang) for lang in LANGUAGES}) > 1


def test_a_copied_course_is_reminded_of_what_its_leader_must_fill_in(tmp_path: Path) -> None:
    copy_course("spesialist", tmp_path / "kurs")
    findings = check(tmp_path / "kurs")
    assert [one.rule for one in findings] == ["course-personal-data"] * 3
    done = CliRunner().invoke(app, ["check", str(tmp_path / "kurs")])
    assert (done.exit_code, "controller" in done.stdout) == (0, True)


def test_a_copied_course_that_lacks_a_key_is_a_fault(tmp_path: Path) -> None:
    copy_course("spesialist", tmp_path / "kurs")
    shutil.rmtree(tmp_path / "kurs" / "key")
    assert any(not one.warning for one in check(tmp_path / "kurs"))


def test_the_templates_themselves_keep_their_placeholders() -> None:
    course = content_root() / "courses" / "spesialist"
    assert read_course(course).unfilled
    assert not [one for one in check(course) if one.rule == "course-personal-data"]
