"""A released course with a roster, made once by nbgrader itself, and copied for each test."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.grading.packages.course import STUDENTS, released_course

from pallkit_app.courses.reading import read_course, read_keys
from pallkit_grading.packages.handing_out import HandOut
from pallkit_grading.packages.matching import Student
from pallkit_grading.rules import Rules


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released_course(tmp_path_factory)


@pytest.fixture
def course(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "course"))


@pytest.fixture
def roster() -> tuple[Student, ...]:
    return STUDENTS


@pytest.fixture
def out(course: Path) -> HandOut:
    described = read_course(course)
    assignment = next(one for one in described.assignments if one.id == "omregning-i-praksis")
    return HandOut(course, described, assignment, read_keys(course), Rules())
