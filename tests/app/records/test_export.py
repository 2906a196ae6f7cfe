"""What one person is given: everything about them, and nothing of anybody else."""

from __future__ import annotations

import json
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, insert
from tests.grading.packages.course import NB
from typer.testing import CliRunner

from pallkit.errors import ContentError
from pallkit_app.cli import app
from pallkit_app.records import access
from pallkit_app.records.database import connected, rows_about
from pallkit_app.records.exporting import export

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it


def given(course: Path, person: str = "kari") -> zipfile.ZipFile:
    target = course.parent / "ut.zip"
    export(course, person, target, "nb")
    return zipfile.ZipFile(target)


def test_holds_every_row_and_file_of_the_person(course: Path) -> None:
    with given(course) as archive:
        names = set(archive.namelist())
        data = json.loads(archive.read("data.json"))
    assert {
        f"files/submitted/kari/{NB}/svar.jsonl",
        f"files/submitted/kari/{NB}/{NB}.ipynb",
        f"files/feedback/kari/{NB}/{NB}.html",
        f"files/pallkit/earlier/kari/{NB}/20240401T100000Z/svar.jsonl",
        "tables/grade.csv",
        "index.html",
    } <= names
    book = data["gradebook"]
    assert set(book) >= {"student", "submitted_assignment", "submitted_notebook", "grade"}
    assert set(book) >= {"comment", "pallkit_state", "pallkit_history"}
    assert [one["email"] for one in book["student"]] == ["kari@sykehus.example"]
    assert len(book["grade"]) >= 5


def test_holds_nothing_of_anybody_else(course: Path) -> None:
    with given(course) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    for other in (b"ase@sykehus.example", "Ødegård".encode(), b"per.olsen", b'"ase"'):
        assert other not in whole


def test_leaves_out_the_graders_copies_that_hold_hidden_tests(course: Path) -> None:
    with given(course) as archive:
        assert not [name for name in archive.namelist() if "autograded" in name]
        assert "Graders" not in archive.namelist()


def test_can_be_read_by_a_person_and_runs_nothing(course: Path) -> None:
    with given(course) as archive:
        page = archive.read("index.html").decode()
        table = archive.read("tables/comment.csv").decode("utf-8-sig")
    assert '<html lang="nb">' in page
    assert "Hva kurset lagrer om deg" in page
    assert "=Bra, Kari!" in page
    assert "<script" not in page
    assert '"\'=Bra, Kari!"' in table


def test_is_for_its_owner_alone_and_stands_in_the_log(course: Path) -> None:
    given(course).close()
    assert stat.S_IMODE((course.parent / "ut.zip").stat().st_mode) == 0o600
    (line,) = access.read(course, "kari")
    assert (line.what, line.person) == ("export", "kari")
    with given(course) as archive:
        assert json.loads(archive.read("data.json"))["access"][0]["what"] == "export"


def test_a_table_that_comes_later_is_covered_without_being_named(course: Path) -> None:
    later = MetaData()
    owned = Table(
        "senere", later, Column("id", Integer, primary_key=True), Column("trainee", String)
    )
    with connected(course, None) as connection:
        later.create_all(connection)
        connection.execute(insert(owned), [{"trainee": "kari"}, {"trainee": "ase"}])
        assert rows_about(connection, "kari")["senere"] == [{"id": 1, "trainee": "kari"}]


def test_somebody_unknown_is_told_of(course: Path) -> None:
    with pytest.raises(ContentError, match="Nothing in this course"):
        export(course, "ukjent", course.parent / "ut.zip", "nb")
    assert not (course.parent / "ut.zip").exists()


@pytest.mark.parametrize("person", ["..", ".", "../ase", "a/b", "a\\b", "a\x00b"])
def test_an_id_that_is_a_path_is_refused(person: str, course: Path) -> None:
    words = ["records", "erase", str(course), person, "--apply"]
    done = CliRunner().invoke(app, words)
    assert isinstance(done.exception, ContentError)
    assert (course / "submitted" / "ase").is_dir()


def test_the_course_says_who_answers_for_the_data_or_that_it_does_not(course: Path) -> None:
    done = CliRunner().invoke(app, ["records", "about", str(course)])
    assert done.exit_code == 1
    assert "controller" in done.output
    assert "submitted/" in done.output
