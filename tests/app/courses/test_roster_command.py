"""``pallkit course roster`` and ``pallkit course rules``, as a leader runs them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from tests.app.courses.conftest import Run
from tests.grading.rules.books import Book, course_book
from tests.kit.test_identity_numbers import EXAMPLE

from pallkit.errors import ContentError
from pallkit_app.courses.rules import read_groups, read_rules
from pallkit_grading.gradebook import GRADEBOOK
from pallkit_grading.rules import Rules

LIST = """\
brukernavn;fornavn;etternavn;e-post;gruppe
ase;Åse;Ødegård-Ås;ase@sykehus.example;Gruppe 1
ola;Ola;Nordmann;;Gruppe 1
ny;Ny;Kandidat;ny@sykehus.example;gruppe 1
"""


@pytest.fixture
def people(tmp_path: Path) -> Path:
    path = tmp_path / "liste.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def rows(course: Path) -> dict[str, tuple[str | None, ...]]:
    with sqlite3.connect(course / GRADEBOOK) as book:
        found = book.execute("select id, first_name, last_name, email from student").fetchall()
    book.close()
    return {row[0]: row[1:] for row in found}


def hand_in(course: Path, trainee: str) -> None:
    (course / "submitted" / trainee / "en").mkdir(parents=True)


def test_shows_what_would_change_and_writes_nothing(course: Path, people: Path, run: Run) -> None:
    before = (course / GRADEBOOK).read_bytes()
    done = run("course", "roster", "import", people, course)
    assert done.output.splitlines() == [
        "New: 1. Changed: 1. As before: 1. In the gradebook and not in the list: 0.",
        "  + ny  Ny Kandidat  ny@sykehus.example  gruppe 1",
        "  ~ ase: last name Ødegård → Ødegård-Ås",
        "  ~ ase: group – → Gruppe 1",
        "  ~ ola: group – → Gruppe 1",
        "Nothing is written yet. Write it with --apply.",
    ]
    assert done.exit_code == 0
    assert (course / GRADEBOOK).read_bytes() == before
    assert not (course / "groups.yaml").exists()


def test_applies_it_once_and_the_second_time_nothing_is_left(
    course: Path, people: Path, run: Run
) -> None:
    run("course", "roster", "import", people, course, "--apply")
    assert rows(course) == {
        "ase": ("Åse", "Ødegård-Ås", "ase@sykehus.example"),
        "ola": ("Ola", "Nordmann", None),
        "ny": ("Ny", "Kandidat", "ny@sykehus.example"),
    }
    assert read_rules(course).members("ny", "to") == ("ase", "ola", "ny")
    assert "new=1 changed=1 removed=0" in run("records", "log", course).output
    written = (course / "groups.yaml").read_bytes()
    again = run("course", "roster", "import", people, course, "--apply")
    assert again.output.startswith("New: 0. Changed: 0. As before: 3.")
    assert (course / "groups.yaml").read_bytes() == written


def test_a_course_without_a_gradebook_gets_one(new_course: Path, people: Path, run: Run) -> None:
    shown = run("course", "roster", "import", people, new_course)
    assert shown.output.startswith("New: 3.")
    assert not (new_course / GRADEBOOK).exists()
    run("course", "roster", "import", people, new_course, "--apply")
    assert set(rows(new_course)) == {"ase", "ola", "ny"}


def test_a_database_elsewhere_is_written_instead(
    new_course: Path, made_gradebook: Path, people: Path, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / GRADEBOOK).write_bytes(made_gradebook.read_bytes())
    url = f"sqlite:///{tmp_path / 'other' / GRADEBOOK}"
    run("course", "roster", "import", people, new_course, "--apply", "--db", url)
    assert "ny" in rows(tmp_path / "other")
    assert not (new_course / GRADEBOOK).exists()
    assert "Ny Kandidat" in run("course", "roster", "list", new_course, "--db", url).output


def test_trainees_that_the_list_lacks_stay_until_they_are_asked_away(
    course: Path, people: Path, run: Run
) -> None:
    people.write_text("id\nny\n", encoding="utf-8")
    assert "  - ola  Ola Nordmann" in run("course", "roster", "import", people, course).output
    run("course", "roster", "import", people, course, "--apply")
    assert set(rows(course)) == {"ase", "ola", "ny"}
    hand_in(course, "ola")
    done = run("course", "roster", "import", people, course, "--apply", "--remove-missing")
    assert "ola has handed in, and is kept." in done.output
    assert set(rows(course)) == {"ola", "ny"}


def test_an_empty_cell_leaves_what_is_known(course: Path, people: Path, run: Run) -> None:
    people.write_text("id;fornavn;e-post\nase;;\n", encoding="utf-8")
    run("course", "roster", "import", people, course, "--apply")
    assert rows(course)["ase"] == ("Åse", "Ødegård", "ase@sykehus.example")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"id\nny\n{EXAMPLE}\n", "Row 3 holds an identity number"),
        ("id\nny\nOLA\n", "“OLA” and “ola” in the gradebook differ only in capitals."),
    ],
)
def test_one_wrong_row_stops_all_of_it(
    course: Path, people: Path, run: Run, text: str, said: str
) -> None:
    people.write_text(text, encoding="utf-8")
    done = run("course", "roster", "import", people, course, "--apply")
    assert done.exit_code == 1
    assert said in done.output
    assert EXAMPLE not in done.output
    assert set(rows(course)) == {"ase", "ola"}


def test_groups_of_the_list_and_of_the_rules_must_agree(
    course: Path, people: Path, run: Run
) -> None:
    (course / "rules.yaml").write_text("groups: [{id: A, members: [ola]}]", encoding="utf-8")
    done = run("course", "roster", "import", people, course, "--apply")
    assert isinstance(done.exception, ContentError)
    assert "rules.yaml:1: groups: ola is both in “A” and in “Gruppe 1”" in str(done.exception)
    assert set(rows(course)) == {"ase", "ola"}


def test_a_gradebook_that_cannot_be_written_leaves_the_groups_too(
    course: Path, people: Path, run: Run
) -> None:
    locked = sqlite3.connect(course / GRADEBOOK)
    locked.execute(
        "create trigger stop before insert on student begin select raise(fail, 'x'); end"
    )
    locked.commit()
    locked.close()
    done = run("course", "roster", "import", people, course, "--apply")
    assert "Nothing was imported" in str(done.exception)
    assert read_groups(course) == ()
    assert [path.name for path in course.glob(".groups*")] == []
    assert rows(course)["ase"][1] == "Ødegård"


def test_names_cannot_steer_the_terminal(course: Path, run: Run) -> None:
    with course_book(course, Rules()) as book:
        assert isinstance(book, Book)
        book.book.find_student("ola").first_name = "\x1b[2JOla"
        book.book.db.commit()
    assert "\x1b" not in run("course", "roster", "list", course).output


RULES = """\
due: {en: 2027-02-12 15:00, to: 2027-03-01}
late: {per_day: 10 %, floor: 50 %, grace: 15 min}
extensions:
  - {trainee: krai, assignment: en, until: 2027-02-19 12:00, reason: etter avtale}
groups:
  - {id: Gruppe 1, members: [ase, ola]}
"""


def test_shows_the_rules_as_they_are_understood(course: Path, run: Run) -> None:
    (course / "rules.yaml").write_text(RULES, encoding="utf-8")
    done = run("course", "rules", course, lang="nb")
    assert done.output.splitlines() == [
        "Frister, i tidssonen Europe/Oslo:",
        "  en, en-nn: fredag 12.2.2027 kl. 15.00",
        "  to: mandag 1.3.2027 kl. 23.59 (leveres av grupper)",
        "For sent: 10 % av poengene for hvert påbegynte døgn, og 50 % beholdes alltid.",
        "De første 15 minuttene koster ikke noe.",
        "Utsettelser:",
        "  krai: en til fredag 19.2.2027 kl. 12.00 (etter avtale)",
        "Grupper:",
        "  Gruppe 1: ase, ola",
        "Ikke i karakterboka: krai. Se etter skrivefeil.",
    ]


def test_a_fault_in_the_rules_is_named_by_its_line(new_course: Path, run: Run) -> None:
    (new_course / "rules.yaml").write_text(RULES + "fristt: {}\n", encoding="utf-8")
    assert "rules.yaml:1" in str(run("course", "rules", new_course).exception)
    (new_course / "rules.yaml").write_text(
        RULES.replace("assignment: en", "assignment: tre"), encoding="utf-8"
    )
    said = "rules.yaml:4: extensions[0].assignment: there is no assignment “tre”"
    assert said in str(run("course", "rules", new_course).exception)
    assert said in run("check", new_course).output


def test_a_new_course_has_rules_to_fill_in_that_say_nothing_yet(tmp_path: Path, run: Run) -> None:
    run("course", "new", tmp_path / "ny")
    assert "# late:" in (tmp_path / "ny" / "rules.yaml").read_text(encoding="utf-8")
    made = read_rules(tmp_path / "ny")
    assert (made.deadlines, made.late, made.groups) == ({}, None, ())


def test_the_template_is_right_when_it_is_filled_in(new_course: Path, run: Run) -> None:
    run("course", "new", new_course.with_name("ny"))
    text = (new_course.with_name("ny") / "rules.yaml").read_text(encoding="utf-8")
    start = text.index("# due:")
    filled = "\n".join(
        line.removeprefix("# ")
        for line in text[start:].splitlines()
        if line.startswith(("# due", "# late", "# ext", "# groups:", "#   "))
    ).replace("name-of-assignment", "en")
    (new_course / "rules.yaml").write_text(filled, encoding="utf-8")
    made = read_rules(new_course)
    assert (len(made.extensions), len(made.groups)) == (2, 1)
