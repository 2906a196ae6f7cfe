"""Back up, lose something, restore: the same course with the same grades, or a clear no."""

from __future__ import annotations

import json
import shutil
import sqlite3
import stat
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from tests.app.records.test_erase import files
from tests.app.records.test_erase import whole as everything
from tests.grading.packages.course import NB
from typer.testing import CliRunner

from pallkit.errors import ContentError
from pallkit_app.cli import app
from pallkit_app.records import access, erasing
from pallkit_app.records.backing_up import CONTENTS, back_up
from pallkit_app.records.restoring import restore
from pallkit_grading.gradebook import read_grades

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it


@pytest.fixture
def saved(course: Path) -> Path:
    target = course.parent / "kopi.zip"
    back_up(course, target)
    return target


def test_the_same_grades_come_back_after_the_gradebook_is_damaged(
    course: Path, saved: Path
) -> None:
    grades, rows, found = read_grades(course, NB), everything(course), files(course)
    (course / "gradebook.db").write_bytes(b"oops" * 1000)
    shutil.rmtree(course / "submitted")
    done = CliRunner().invoke(app, ["records", "restore", str(saved), str(course), "--replace"])
    assert done.exit_code == 0, done.output
    assert read_grades(course, NB) == grades
    assert everything(course) == rows
    assert files(course) - {access.LOG.as_posix()} == found
    (aside,) = course.parent.glob("course-before-*")
    assert (aside / "gradebook.db").read_bytes().startswith(b"oops")


def test_is_consistent_while_somebody_is_grading(course: Path) -> None:
    with closing(sqlite3.connect(course / "gradebook.db")) as grading:
        grading.execute("DELETE FROM grade")
        back_up(course, course.parent / "kopi.zip")
        grading.rollback()
    restore(course.parent / "kopi.zip", course.parent / "ny")
    assert everything(course.parent / "ny") == everything(course)


def test_never_over_a_course_that_is_there(course: Path, saved: Path) -> None:
    before = files(course)
    with pytest.raises(ContentError, match="With --replace it is set aside"):
        restore(saved, course)
    assert files(course) == before


def test_never_over_a_backup_that_is_there(course: Path, saved: Path) -> None:
    with pytest.raises(ContentError, match="exists"):
        back_up(course, saved)


def test_is_for_its_owner_alone_and_holds_no_secret_half(course: Path, saved: Path) -> None:
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert not [*course.parent.glob(".kopi*")]


def _changed(saved: Path, change: dict[str, bytes | None]) -> None:
    with zipfile.ZipFile(saved) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    for name, body in change.items():
        if body is None:
            del content[name]
        else:
            content[name] = body
    with zipfile.ZipFile(saved, "w") as archive:
        for name, body in content.items():
            archive.writestr(name, body)


DAMAGES = [
    pytest.param({"course/course.yaml": b"id: x"}, id="a file changed"),
    pytest.param({"course/course.yaml": None}, id="a file missing"),
    pytest.param({"course/ny.txt": b"x"}, id="a file more"),
    pytest.param({"course/../../ut.txt": b"x"}, id="a name that leads out"),
    pytest.param({CONTENTS: b"{}"}, id="no sums"),
    pytest.param({CONTENTS: None}, id="no list"),
]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_backup_changes_nothing(
    damage: dict[str, bytes | None], course: Path, saved: Path
) -> None:
    before = files(course)
    _changed(saved, damage)
    with pytest.raises(ContentError):
        restore(saved, course, replace=True)
    assert files(course) == before
    assert {one.name for one in course.parent.iterdir()} == {"course", "kopi.zip"}


@pytest.mark.parametrize("cut", [0, 100, -1, -200])
def test_a_backup_that_is_cut_off_changes_nothing(cut: int, course: Path, saved: Path) -> None:
    saved.write_bytes(saved.read_bytes()[:cut])
    with pytest.raises(ContentError):
        restore(saved, course, replace=True)
    assert (course / "gradebook.db").is_file()


def test_a_name_that_no_zip_can_hold_comes_back(course: Path) -> None:
    odd = course / "submitted" / "kari" / NB / "a\\b\nc.txt"
    odd.write_text("x", encoding="utf-8")
    (course / "submitted" / "lenke").symlink_to("/etc")
    done = back_up(course, course.parent / "kopi.zip")
    assert done.links == 1
    restore(course.parent / "kopi.zip", course.parent / "ny")
    assert (course.parent / "ny" / odd.relative_to(course)).read_text(encoding="utf-8") == "x"
    assert not (course.parent / "ny" / "submitted" / "lenke").exists()


def test_who_was_erased_since_is_told_of_when_they_are_back(course: Path, saved: Path) -> None:
    erasing.erase(course, "kari")
    done = CliRunner().invoke(app, ["records", "restore", str(saved), str(course), "--replace"])
    assert done.exit_code == 1
    assert "records erase" in done.output
    assert "kari" in done.output
    assert restore(saved, course.parent / "ny").erased == ()


def test_a_gradebook_in_another_database_is_backed_up_and_put_back_in_a_new_one(
    course: Path, tmp_path: Path, *, whole: bool
) -> None:
    if not whole:
        return  # nbgrader makes a new database in seconds; the next test fills one that is there
    address = f"sqlite:///{tmp_path / 'andre.db'}"
    shutil.move(course / "gradebook.db", tmp_path / "andre.db")
    target = tmp_path / "kopi.zip"
    assert back_up(course, target, address).rows > 50
    with zipfile.ZipFile(target) as archive:
        assert json.loads(archive.read(CONTENTS))["database"] == "tables"
    elsewhere = f"sqlite:///{tmp_path / 'tredje.db'}"
    restore(target, tmp_path / "ny", elsewhere)
    shutil.copy(tmp_path / "tredje.db", tmp_path / "ny" / "gradebook.db")
    shutil.copy(tmp_path / "andre.db", course / "gradebook.db")
    back = {name: sorted(map(str, rows)) for name, rows in everything(tmp_path / "ny").items()}
    assert back | {"pallkit_manual": [], "pallkit_moderation": []} == {
        **{name: sorted(map(str, rows)) for name, rows in everything(course).items()},
        "pallkit_manual": [],
        "pallkit_moderation": [],
    }


def test_a_database_with_something_in_it_is_backed_up_before_it_is_filled(
    course: Path, tmp_path: Path
) -> None:
    address = f"sqlite:///{tmp_path / 'andre.db'}"
    shutil.move(course / "gradebook.db", tmp_path / "andre.db")
    back_up(course, tmp_path / "kopi.zip", address)
    with pytest.raises(ContentError, match="database is not empty"):
        restore(tmp_path / "kopi.zip", tmp_path / "ny", address)
    assert not (tmp_path / "ny").exists()
    erasing.erase(course, "kari", address)
    restore(tmp_path / "kopi.zip", tmp_path / "ny", address, replace=True)
    assert len([*tmp_path.glob("*-database-before-*.zip")]) == 1
    assert erasing.plan(course, "kari", address).rows["grade"] >= 5


def test_a_backup_says_which_kind_of_database_it_is_of(course: Path, saved: Path) -> None:
    with pytest.raises(ContentError, match="another kind of database"):
        restore(saved, course.parent / "ny", f"sqlite:///{course.parent / 'x.db'}")
