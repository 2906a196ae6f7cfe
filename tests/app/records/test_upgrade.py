"""An older gradebook is brought up to date and taken back: backed up first, all or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, inspect
from tests.app.records.test_erase import whole as everything
from tests.grading.packages.course import NB
from tests.grading.running.postgres import NoServerError, Server, running_server
from typer.testing import CliRunner

from pallkit.errors import ContentError
from pallkit_app.cli import app
from pallkit_app.records import upgrading
from pallkit_app.records.backing_up import place_beside
from pallkit_app.records.restoring import restore
from pallkit_grading.book import open_book, schema
from pallkit_grading.book.history import entries, prepare
from pallkit_grading.gradebook import database_url, read_grades

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it

OLD_NBGRADER = "282d30a0218e"  # before it had courses
BROKEN = """
from alembic import op
from sqlalchemy import Column, Integer
revision, down_revision = "0002", "0001"
def upgrade():
    op.add_column("pallkit_history", Column("weight", Integer))
    op.execute("SELECT nothing FROM nowhere")
"""


def _execute(course: Path, *statements: str) -> None:
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()


def _ask(course: Path, question: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(course / "gradebook.db")) as database:
        return database.execute(question).fetchall()


def _run(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["records", *arguments])
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def old(course: Path) -> Path:
    """As an earlier PallKit on an earlier nbgrader left it."""
    _execute(
        course,
        "DROP TABLE pallkit_version",
        "CREATE TABLE former (id VARCHAR(128) NOT NULL PRIMARY KEY, name VARCHAR(128) NOT NULL, "
        "duedate DATETIME, CONSTRAINT unique_name UNIQUE (name))",
        "INSERT INTO former SELECT id, name, duedate FROM assignment",
        "DROP TABLE assignment",
        "ALTER TABLE former RENAME TO assignment",
        "DROP TABLE course",
        "UPDATE alembic_version SET version_num = '282d30a0218e'",
    )
    return course


def test_what_is_made_now_has_the_newest_number_and_needs_nothing(course: Path) -> None:
    assert _ask(course, "SELECT version_num FROM pallkit_version") == [(schema.VERSION,)]
    before = (course / "gradebook.db").read_bytes()
    assert upgrading.upgrade(course).backup is None
    assert (course / "gradebook.db").read_bytes() == before
    assert not [*course.parent.glob("course-before-*")]


def test_the_newest_number_is_that_of_the_newest_migration() -> None:
    assert upgrading._head(schema.MIGRATIONS) == schema.VERSION


def test_an_older_gradebook_is_not_opened_and_says_what_to_do(old: Path) -> None:
    _execute(old, "UPDATE alembic_version SET version_num = 'e43177bfe90b'")
    engine = create_engine(f"sqlite:///{old / 'gradebook.db'}")
    with engine.connect() as connection, pytest.raises(ContentError, match="records upgrade"):
        schema.require_known(schema.version_of(connection))
    engine.dispose()


def test_keeps_every_score_and_its_history_through_an_upgrade(old: Path, graded: Path) -> None:
    said = _run("upgrade", str(old))
    (backup,) = old.parent.glob("course-before-upgrade-*.zip")
    assert str(backup) in said
    assert f"PallKits tabeller {schema.VERSION}, nbgraders e43177bfe90b" in said
    assert read_grades(old, NB) == read_grades(graded, NB)
    with open_book(old, "spesialist") as book, open_book(graded, "spesialist") as as_it_was:
        assert entries(book.db) == entries(as_it_was.db)
    assert backup.stat().st_mode & 0o077 == 0
    restore(backup, old.parent / "gammel")
    asked = "SELECT version_num FROM alembic_version"
    assert _ask(old.parent / "gammel", asked) == [(OLD_NBGRADER,)]


def test_is_taken_back_for_an_older_pallkit_with_every_row(course: Path) -> None:
    rows = everything(course)
    said = _run("rollback", str(course))
    assert "Nå: PallKits tabeller uten nummer" in said
    assert not _ask(course, "SELECT * FROM pallkit_version")
    left = everything(course)
    assert {name: found for name, found in rows.items() if name != "pallkit_version"} == {
        name: found for name, found in left.items() if name != "pallkit_version"
    }
    done = CliRunner().invoke(app, ["grade", "history", str(course), "--assignment", NB])
    assert isinstance(done.exception, ContentError)
    assert "pallkit records upgrade" in str(done.exception)
    _run("upgrade", str(course))
    assert everything(course) == rows
    assert "Sikkerhetskopi:" in _run("rollback", str(course))
    assert "ingen versjon før denne" in _run("rollback", str(course))


def test_backups_of_one_second_have_each_their_name(tmp_path: Path) -> None:
    made = set()
    for _backup in range(20):
        place = place_beside(tmp_path / "kurs", "before", ".zip")
        assert place.suffix == ".zip"
        place.touch(exist_ok=False)
        made.add(place)
    assert len(made) == 20


@pytest.mark.parametrize("command", ["upgrade", "rollback"])
def test_a_newer_gradebook_is_refused_in_one_line_and_left_as_it_is(
    course: Path, command: str
) -> None:
    _execute(course, "UPDATE pallkit_version SET version_num = '0099'")
    before = (course / "gradebook.db").read_bytes()
    for arguments in (["records", command], ["grade", "history", "--assignment", NB]):
        done = CliRunner().invoke(app, [*arguments, str(course)])
        assert isinstance(done.exception, ContentError)
        assert "tables 0099, this one knows 0001" in str(done.exception)
    assert (course / "gradebook.db").read_bytes() == before


def test_a_newer_nbgraders_gradebook_is_not_touched(course: Path) -> None:
    _execute(course, "UPDATE alembic_version SET version_num = 'ffffffffffff'")
    with pytest.raises(ContentError, match="newer nbgrader"):
        upgrading.upgrade(course)


def test_a_step_that_fails_leaves_the_gradebook_as_it_was(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "migrations"
    (folder / "versions").mkdir(parents=True)
    first = schema.MIGRATIONS / "versions/v0001_numbered.py"
    (folder / "versions/v0001.py").write_text(first.read_text("utf-8"), "utf-8")
    (folder / "versions/v0002.py").write_text(BROKEN, "utf-8")
    for name, value in (("MIGRATIONS", folder), ("VERSION", "0002"), ("OLDER", ("", "0001"))):
        monkeypatch.setattr(schema, name, value)
    rows = everything(course)
    with pytest.raises(ContentError, match="is as it was"):
        upgrading.upgrade(course)
    assert everything(course) == rows
    assert "weight" not in str(_ask(course, "SELECT sql FROM sqlite_master"))
    assert [*course.parent.glob("course-before-upgrade-*.zip")]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with running_server() as running:
            yield running
    except NoServerError as error:
        pytest.fail(str(error), pytrace=False)


def test_in_postgresql_points_get_the_room_that_they_lacked(course: Path, server: Server) -> None:
    with psycopg.connect(server.address("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE bok")
    address = server.address("bok")
    with open_book(course, "spesialist", address) as book:
        prepare(book.db)
        book.db.commit()
    with psycopg.connect(address) as connection:
        connection.execute("DROP TABLE pallkit_version")
        connection.execute("ALTER TABLE pallkit_history ALTER points TYPE VARCHAR(16)")
    (course / "gradebook.db").unlink()
    done = upgrading.upgrade(course, address)
    assert done.before.ours == schema.UNNUMBERED
    assert (done.after.ours, done.backup is not None) == (schema.VERSION, True)
    engine = create_engine(database_url(address))
    (points,) = (
        one for one in inspect(engine).get_columns("pallkit_history") if one["name"] == "points"
    )
    engine.dispose()
    assert points["type"].length == 64  # type: ignore[attr-defined]  # a text's
    assert upgrading.roll_back(course, address).after.ours == schema.UNNUMBERED
