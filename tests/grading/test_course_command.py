"""``pallkit course``: copy a course out of the package, and see who has what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.grading.logs import best_decisions, write_log
from typer.testing import CliRunner, Result

from pallkit.errors import ContentError
from pallkit_app.cli import app
from pallkit_app.cli.edge import cli_language
from pallkit_app.courses.copying import copy_course

ASSIGNMENT = "omregning-i-praksis"


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["course", *map(str, arguments)])


@pytest.fixture(autouse=True)
def in_bokmal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("PALLKIT_LANG", "nb")
    cli_language.cache_clear()
    yield
    cli_language.cache_clear()


@pytest.fixture
def course(tmp_path: Path) -> Path:
    assert _run("new", tmp_path / "kurs", "--from", "spesialist").exit_code == 0
    return tmp_path / "kurs"


def _hand_in(course: Path, trainee: str) -> Path:
    folder = course / "submitted" / trainee / ASSIGNMENT
    folder.mkdir(parents=True)
    return folder / "svar.jsonl"


def _results(course: Path) -> tuple[int, dict[tuple[str, str], Any]]:
    done = _run("results", course, "--assignment", ASSIGNMENT, "--json")
    rows = json.loads(done.stdout)
    return done.exit_code, {(row["trainee"], row["task"]): row for row in rows}


def test_copies_what_a_course_is_and_nothing_else(course: Path) -> None:
    files = {path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file()}
    assert files == {
        "course.yaml",
        "nbgrader_config.py",
        "key/omregning-i-praksis.yaml",
        "source/omregning-i-praksis/omregning-i-praksis.ipynb",
        "source/omregning-i-praksis-nn/omregning-i-praksis-nn.ipynb",
        ".pallkit/key.json",
    }


def test_never_writes_into_a_folder_that_holds_something(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(ContentError, match="is not empty"):
        copy_course("spesialist", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_course_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="spesialist"):
        copy_course("spesialist-2", tmp_path / "kurs")


def test_nobody_has_handed_in_yet(course: Path) -> None:
    done = _run("results", course, "--assignment", ASSIGNMENT)
    assert (done.exit_code, "Ingen har levert" in done.stdout) == (0, True)


def test_a_missing_log_is_not_graded_and_the_leader_sees_why(course: Path) -> None:
    log = _hand_in(course, "anne")
    status, rows = _results(course)
    row = rows["anne", "omregning-1"]
    assert status == 1
    assert (row["outcome"], row["points"]) == ("not_graded", None)
    assert "svar.jsonl" in row["said"][0]
    write_log(log, ("opened", "omregning-1", None))
    status, rows = _results(course)
    assert (status, rows["anne", "omregning-1"]["points"]) == (0, "0")


def test_points_trainee_by_trainee_with_the_text_left_to_a_person(course: Path) -> None:
    log = _hand_in(course, "anne")
    entries = [("decision", "omregning-kasus", decision) for decision in best_decisions()]
    write_log(log, *entries, ("answer", "omregning-1", "180 mg/24 t"))
    write_log(_hand_in(course, "berit"), ("answer", "omregning-1", "60 mg/24 t"))
    done = _run("results", course, "--assignment", ASSIGNMENT)
    assert done.exit_code == 0
    assert "anne: 6 av 16 poeng, 1 ikke rettet ennå" in done.stdout
    assert "berit: 1 av 16 poeng" in done.stdout
    assert "omregning-tekst: skal rettes for hånd" in done.stdout
    assert "Bare til undervisning" in done.stdout or "Ikke til" in done.stdout
