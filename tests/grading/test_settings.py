"""A course's nbgrader settings: the key by configuration, or nbgrader stopped with one line."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from traitlets.config import Config

from pallkit_app.courses.copying import copy_course
from pallkit_app.courses.setup import configure
from pallkit_grading.key import KEY_VARIABLE, configured_key


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(KEY_VARIABLE, "", prepend=None)
    copy_course("spesialist", tmp_path / "kurs")
    return tmp_path / "kurs"


def test_names_the_course_and_its_key_and_checks_sources_first(course: Path) -> None:
    config = Config()
    configure(config, course)
    assert config.CourseDirectory.course_id == "spesialist"
    assert config.CourseDirectory.root == str(course)
    assert Path(os.environ[KEY_VARIABLE]) == course / ".pallkit" / "key.json"
    first, *stock = config.GenerateAssignment.preprocessors
    assert first.__name__ == "CheckSource"
    assert len(stock) > 5


def test_an_edited_key_is_the_one_that_grades(course: Path) -> None:
    file = course / "key" / "omregning-i-praksis.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("points: 2\n", "points: 5\n", 1))
    configure(Config(), course)
    key = configured_key()
    assert key is not None
    assert [task.points for task in key.tasks.values() if task.id == "omregning-1"] == [5]


@pytest.mark.parametrize("file", ["course.yaml", "key/omregning-i-praksis.yaml"])
def test_a_broken_file_stops_nbgrader_with_its_line(
    course: Path, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with (course / file).open("a") as opened:
        opened.write("ukjent: 1\n")
    with pytest.raises(SystemExit) as stopped:
        configure(Config(), course)
    (line,) = capsys.readouterr().err.splitlines()
    assert stopped.value.code == 2
    assert line.startswith(f"pallkit: {file}:")
    assert "ukjent" in line


def test_the_exchange_is_where_the_leader_says(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Config()
    monkeypatch.setenv("PALLKIT_EXCHANGE", "/srv/exchange")
    configure(config, course)
    assert config.Exchange.root == "/srv/exchange"
