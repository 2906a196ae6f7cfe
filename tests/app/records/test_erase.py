"""A person erased is gone from every table and folder, and nobody else has lost anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.grading.packages.course import NB
from typer.testing import CliRunner

from pallkit.errors import ContentError
from pallkit_app.cli import app
from pallkit_app.courses.setup import EXCHANGE_VARIABLE
from pallkit_app.records import access, erasing
from pallkit_app.records.database import connected, rows_about, tables
from pallkit_app.records.purging import finished, moment_before

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it


def whole(course: Path) -> Mapping[str, list[tuple[object, ...]]]:
    """Every row of the database."""
    with connected(course, None) as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table))]
            for table in tables(connection).sorted_tables
        }


def files(course: Path) -> set[str]:
    return {path.relative_to(course).as_posix() for path in course.rglob("*") if path.is_file()}


def mentions(course: Path, word: bytes) -> list[str]:
    return [name for name in files(course) if word in (course / name).read_bytes()]


def test_is_only_shown_until_it_is_asked_for(course: Path) -> None:
    rows, found = whole(course), files(course)
    todo = erasing.plan(course, "kari")
    assert todo.rows["grade"] >= 5
    assert todo.files >= 8
    assert (whole(course), files(course)) == (rows, found)


def test_takes_everything_and_nothing_of_the_others(course: Path) -> None:
    before = whole(course)
    with connected(course, None) as connection:
        theirs = rows_about(connection, "ase")
    erasing.erase(course, "kari")
    after = whole(course)
    assert "kari" not in str(after)
    assert not [name for name in files(course) if "kari" in name]
    with connected(course, None) as connection:
        assert rows_about(connection, "ase") == theirs
    for table in ("assignment", "notebook", "base_cell", "source_cell", "grade_cells"):
        assert after[table] == before[table]
    assert (course / "submitted" / "ase" / NB / "svar.jsonl").is_file()


def test_leaves_a_note_that_names_nobody(course: Path) -> None:
    access.note(course, "export", person="kari")
    todo = erasing.plan(course, "kari")
    told = f"rows={sum(todo.rows.values())} files={todo.files}"
    erasing.erase(course, "kari")
    assert [(one.what, one.detail) for one in access.read(course)] == [
        ("export", ""),
        ("erase", told),
    ]
    assert not mentions(course, b"kari")


def test_cut_off_after_the_rows_it_is_finished_by_the_next(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(erasing, "_remove", lambda _path: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            erasing.erase(course, "kari")
    assert (course / "submitted" / "kari").is_dir()
    erasing.erase(course, "kari")
    assert not [name for name in files(course) if "kari" in name]
    with pytest.raises(ContentError, match="Nothing in this course"):
        erasing.erase(course, "kari")


def test_tells_of_what_it_does_not_reach(course: Path) -> None:
    (course / "rules.yaml").write_text(
        f"due: {{{NB}: 2026-12-01 12:00}}\n"
        f"extensions:\n  - {{assignment: {NB}, trainee: kari, until: 2027-01-01 12:00}}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(app, ["records", "erase", str(course), "kari"])
    assert done.exit_code == 0, done.output
    assert "rules.yaml" in done.output
    assert "sikkerhetskopier" in done.output
    assert "--apply" in done.output


def test_takes_the_copies_in_nbgraders_exchange(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(EXCHANGE_VARIABLE, str(tmp_path / "exchange"))
    inbound = tmp_path / "exchange" / "spesialist" / "inbound"
    for name in (f"kari+{NB}+2026-11-22", f"kari2+{NB}+2026-11-22"):
        (inbound / name).mkdir(parents=True)
        (inbound / name / "svar.jsonl").write_text("{}", encoding="utf-8")
    (course / "submitted" / "kari" / NB / "submission_secret.txt").write_text(
        "s3", encoding="utf-8"
    )
    released = tmp_path / "exchange" / "spesialist" / "feedback" / NB
    released.mkdir(parents=True)
    from nbgrader.utils import notebook_hash  # noqa: PLC0415  # seconds to import

    for secret in ("s3", "other"):
        page = released / f"{notebook_hash(secret=secret, notebook_id=NB)}.html"
        page.write_text("<p>Bra</p>", encoding="utf-8")
    erasing.erase(course, "kari")
    assert [one.name for one in inbound.iterdir()] == [f"kari2+{NB}+2026-11-22"]
    assert len([*released.iterdir()]) == 1


def test_a_trainee_called_as_one_of_our_own_files_takes_nothing_of_ours(course: Path) -> None:
    for name in ("key", "collected"):
        (course / "submitted" / name).mkdir()
        erasing.erase(course, name)
    assert (course / ".pallkit" / "key.json").is_file()
    assert (course / ".pallkit" / "collected" / NB / "ase.json").is_file()
    assert (course / ".pallkit" / "earlier" / "ase").is_dir()


def test_the_others_of_a_group_keep_the_hand_in(course: Path) -> None:
    described = (course / "course.yaml").read_text(encoding="utf-8")
    (course / "course.yaml").write_text(
        described.replace(
            "key: omregning-i-praksis\n", "key: omregning-i-praksis\n    group: true\n"
        ),
        encoding="utf-8",
    )
    (course / "rules.yaml").write_text(
        "groups:\n  - {id: Gruppe 1, members: [kari, per.olsen]}\n", encoding="utf-8"
    )
    given = (course / "submitted" / "kari" / NB / "svar.jsonl").read_bytes()
    todo = erasing.erase(course, "kari")
    assert dict(todo.passed_on) == {NB: "per.olsen"}
    assert (course / "submitted" / "per.olsen" / NB / "svar.jsonl").read_bytes() == given
    assert not (course / "submitted" / "kari").exists()


NOW = datetime(2026, 11, 22, tzinfo=UTC)


def test_those_whose_last_trace_is_old_are_found_and_those_without_a_date_are_kept(
    course: Path,
) -> None:
    old, undated = finished(course, moment_before("24m", NOW))
    assert [one.person for one in old] == ["kari"]
    assert set(undated) == {"ola1", "ola2", "per.olsen"}


def test_purging_erases_them_and_the_lines_of_the_log_that_are_as_old(course: Path) -> None:
    access.note(course, "export", person="ase")
    shown = CliRunner().invoke(app, ["records", "purge", str(course), "--older-than", "24m"])
    assert "kari" in shown.output
    assert (course / "submitted" / "kari").is_dir()
    done = CliRunner().invoke(
        app, ["records", "purge", str(course), "--older-than", "24m", "--apply"]
    )
    assert done.exit_code == 0, done.output
    assert not (course / "submitted" / "kari").exists()
    assert (course / "submitted" / "ase").is_dir()
    assert [one.what for one in access.read(course)] == ["export", "erase", "purge"]
    later = datetime.now(UTC) + timedelta(days=1)
    assert access.purge(course, later, apply=True) == 3
    assert not access.read(course)


@pytest.mark.parametrize(
    ("age", "moment"),
    [
        ("24m", datetime(2024, 11, 22, tzinfo=UTC)),
        ("2å", datetime(2024, 11, 22, tzinfo=UTC)),
        ("90 d", datetime(2026, 8, 24, tzinfo=UTC)),
        ("11m", datetime(2025, 12, 22, tzinfo=UTC)),
    ],
)
def test_an_age_is_read_by_the_calendar(age: str, moment: datetime) -> None:
    assert moment_before(age, NOW) == moment


@pytest.mark.parametrize("age", ["", "0m", "-3m", "3", "m", "3w", "9999y", "24m; drop"])
def test_an_age_that_is_none_is_told_of(age: str) -> None:
    with pytest.raises(ContentError):
        moment_before(age, NOW)


def test_a_torn_log_is_read_as_far_as_it_goes(course: Path) -> None:
    access.note(course, "export", person="kari")
    with (course / access.LOG).open("ab") as file:
        file.write(b'{"at": "2026-')
    assert [one.what for one in access.read(course)] == ["export"]
    access.forget(course, "kari")
    assert [one.person for one in access.read(course)] == ["–"]
