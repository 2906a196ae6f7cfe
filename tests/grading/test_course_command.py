"""``pallkit course``: copy a course out of the package, and see who has what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.grading.logs import best_decisions, write_log
from typer.testing import CliRunner, Result

from pallkit.about import WATERMARK
from pallkit.errors import ContentError
from pallkit.i18n import render
from pallkit_app.cli import app
from pallkit_app.cli.edge import cli_language
from pallkit_app.courses.copying import PARTS, copy_course
from pallkit_app.courses.reading import read_course

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
    ours = read_course(course).assignments
    assert files >= {
        "course.yaml",
        "nbgrader_config.py",
        ".pallkit/key.json",
        *(f"key/{one.key}.yaml" for one in ours),
        *(f"source/{one.id}/{one.id}.ipynb" for one in ours),
    }
    assert {file.split("/")[0] for file in files} <= {*PARTS, "rules.yaml", ".pallkit"}


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
    assert "anne: 6 av 15 poeng så langt; oppgaver som ikke er rettet ennå: 1" in done.stdout
    assert "berit: 1 av 15 poeng så langt" in done.stdout
    assert "omregning-tekst: skal rettes for hånd (ikke besvart)" in done.stdout
    assert done.stdout.splitlines()[-1] == render(WATERMARK, "nb")


def test_a_hand_in_without_a_log_has_no_sum(course: Path) -> None:
    _hand_in(course, "anne")
    done = _run("results", course, "--assignment", ASSIGNMENT)
    assert done.exit_code == 1
    assert "anne: ingenting er rettet ennå" in done.stdout


def test_what_a_trainee_wrote_stays_on_its_line(course: Path) -> None:
    log = _hand_in(course, "anne")
    write_log(log, ("answer", "omregning-1", "fem\nanne: 16 av 16 poeng\x1b[2J"))
    lines = _run("results", course, "--assignment", ASSIGNMENT).stdout.splitlines()
    assert [line for line in lines if line.startswith("anne:")] == lines[:1]
    assert "\x1b" not in "".join(lines)
