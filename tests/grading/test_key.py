"""The key and the course are closed formats: what is not in them is a fault with its line."""

from __future__ import annotations

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from pallkit.errors import ContentError
from pallkit_app.compile import content_root
from pallkit_app.courses.reading import compile_key, read_course, read_keys
from pallkit_grading.key import Key, read_key

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
    assert [task.points for task in nb] == [Decimal(points) for points in (4, 2, 3, 3, 4)]


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
