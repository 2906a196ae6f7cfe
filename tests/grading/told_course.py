"""A small course that is told of: every kind of task, hidden tests, and hand-ins that attack.

Made once a session with nbgrader's own commands in this process, marked by PallKit, and laid
as collecting would have laid it. What must stand on no page is in :data:`SECRETS`.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from tests.grading.logs import best_decisions, dangerous_decisions, write_log

from pallkit_app.courses.opening import open_course
from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.course import LOG_NAME
from pallkit_grading.gradebook import reach_own_programs
from pallkit_grading.manual import NewMark, save, standings
from pallkit_grading.running import Job, grade
from pallkit_grading.scores import CourseBook

HERE = Path(__file__).parent / "told_course"
SECRETS = ("SKJULT_TEST", "NOKKEL_INDRE", "SPORET_TRACEBACK", "GRADER_PATH", "ANDRES_SVAR")
HOSTILE = (
    "</div><script>document.title='tatt'</script><img src=x onerror=alert(1)> "
    "{{ 7 * 7 }} &lt;b&gt; \u202egammel"
)
SOLUTION = "### BEGIN SOLUTION\nandel = 'SKJULT_TEST'\n### END SOLUTION"
RIGHT = {"dose": "180 mg/24 t", "valg": "pumpe", "rekke": "se > ring > skriv", "tall": "40"}
LEADER = "Tydelig og varm.\n\n<b>Bra</b> & grundig."


@cache
def told_course(base: Path) -> Path:
    """The course's folder, ready for feedback and reports; tests read it, and copy to change."""
    root = base / "told" / "kurs"
    _write_course(root)
    _generate(root, ("prove", "prove-nn", "kode", "ovelse"))
    _hand_in(root)
    _grade(root, ("prove", "prove-nn", "kode", "ovelse"))
    _mark(root)
    return root


@contextmanager
def opened(root: Path) -> Iterator[CourseBook]:
    """The course with its gradebook open."""
    with open_course(root) as course:
        yield course


def grade_again(root: Path, assignment: str) -> None:
    """Let the machine mark an assignment once more."""
    with open_book(root, "provekurs") as book, warnings.catch_warnings():
        # nbgrader makes a hand-in's rows in an order that SQLAlchemy remarks upon.
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        grade(Job(root, assignment, again=True), book, read_keys(root), lambda *_, **__: None)


def hand_in(root: Path, trainee: str, assignment: str, *entries: tuple[str, str, object]) -> Path:
    """Lay a hand-in with these records in its log."""
    folder = root / "submitted" / trainee / assignment
    folder.mkdir(parents=True)
    released = root / "release" / assignment / f"{assignment}.ipynb"
    (folder / released.name).write_bytes(released.read_bytes())
    (folder / "timestamp.txt").write_text("2026-11-20 13:04:05.123456 UTC")
    (folder / "submission_secret.txt").write_text(f"hemmelig-{trainee}")
    write_log(folder / LOG_NAME, *entries)
    return folder


def answered(given: Mapping[str, str], sure: int | None = None) -> list[tuple[str, str, object]]:
    """Records of these answers; ``sure`` is said of each."""
    made: list[tuple[str, str, object]] = []
    for task, text in given.items():
        made.append(("answer", task, text))
        if sure is not None:
            made.append(("certainty", task, sure))
    return made


def _write_course(root: Path) -> None:
    (root / "key").mkdir(parents=True)
    for name in ("course.yaml", "rules.yaml", "key/prove.yaml", "key/kode.yaml", "key/ovelse.yaml"):
        (root / name).write_bytes((HERE / name).read_bytes())
    for name, title in (("prove", "Prøve"), ("prove-nn", "Prøve på nynorsk")):
        _notebook(root, name, title, _prove_cells())
    _notebook(root, "kode", "Kode", _code_cells())
    _notebook(root, "ovelse", "Øvelse", [*_asked("Refleksjon", "tanke", "text")])


def _prove_cells() -> list[dict[str, Any]]:
    options = {"pumpe": "Starte smertepumpe", "vente": "Vente til i morgen", "doble": "Doble dosen"}
    steps = {"se": "Se til pasienten", "ring": "Ringe legen", "skriv": "Skrive notat"}
    return [
        *_asked("Oppgave 1: Regn om (2 poeng)", "dose"),
        *_asked("Oppgave 2: Velg", "valg", options=options),
        *_asked("Oppgave 3: Rekkefølge", "rekke", options=steps),
        *_asked("Oppgave 4: Tall", "tall"),
        *_asked("Oppgave 5: Kasuset", "kasus"),
        *_asked("Oppgave 6: Tekst (4 poeng, rettes av kurslederen)", "tekst", "text"),
    ]


def _code_cells() -> list[dict[str, Any]]:
    return [
        _markdown("## Oppgave 1: Kode"),
        _code(
            "### BEGIN SOLUTION\nandel = 'SKJULT_TEST'\n### END SOLUTION", "kode-svar", "solution"
        ),
        _code(
            "assert andel > 0\n### BEGIN HIDDEN TESTS\nassert andel == 'SKJULT_TEST'\n"
            "### END HIDDEN TESTS",
            "kode-test",
            "grade",
            points=1,
        ),
    ]


def _asked(
    heading: str, task: str, kind: str = "", options: Mapping[str, str] | None = None
) -> Iterator[dict[str, Any]]:
    if kind == "text":
        yield {**_markdown(f"## {heading}"), "metadata": _about(task, "task", _POINTS[task])}
        return
    yield _markdown(f"## {heading}")
    if options is not None:
        yield _code(f'AnswerBox("{task}", kind="choice", options={dict(options)!r})')
    yield _code(f'check("{task}")', task, "grade", points=_POINTS[task])


_POINTS = {"dose": 2, "valg": 2, "rekke": 2, "tall": 1, "kasus": 4, "tekst": 4, "tanke": 1}


def _notebook(root: Path, name: str, title: str, cells: list[dict[str, Any]]) -> None:
    folder = root / "source" / name
    folder.mkdir(parents=True)
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    made = [_markdown(f"# {title}"), *cells]
    for place, cell in enumerate(made):
        cell["id"] = f"celle-{place}"
    content = {
        "cells": made,
        "metadata": {"kernelspec": spec},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    (folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")


def _markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def _code(source: str, name: str = "", kind: str = "", points: int = 0) -> dict[str, Any]:
    about = _about(name, kind, points) if name else {}
    shown = {"outputs": [], "execution_count": None}
    return {"cell_type": "code", "metadata": about, "source": source, **shown}


def _about(name: str, kind: str, points: int) -> dict[str, Any]:
    kinds = {one: one == kind for one in ("grade", "solution", "task")}
    given = {"points": points} if points else {}
    about = {"grade_id": name, "locked": kind != "solution", "schema_version": 3, **kinds, **given}
    return {"nbgrader": about}


def _generate(root: Path, assignments: tuple[str, ...]) -> None:
    """Make the assignments as “nbgrader generate_assignment” does, without a process for each."""
    reach_own_programs()
    from nbgrader.apps import NbGraderAPI  # noqa: PLC0415  # seconds to import
    from traitlets.config import Config  # noqa: PLC0415

    config = Config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.course_id = "provekurs"
    api = NbGraderAPI(config=config)
    for name in assignments:
        made = api.generate_assignment(name)
        assert made["success"], made


def _hand_in(root: Path) -> None:
    played = [("decision", "kasus", one) for one in best_decisions()]
    all_right = [*answered(RIGHT, 8), *played, ("answer", "tekst", "Jeg ringer datteren.")]
    hand_in(root, "anne", "prove", *all_right)
    _write_code(
        hand_in(root, "anne", "kode"), "andel = 1\nraise ValueError('SPORET_' + 'TRACEBACK')"
    )
    wrong = {"dose": "180000 mg/24 t", "valg": "doble", "rekke": "skriv > ring > se", "tall": "7"}
    fell = [("decision", "kasus", one) for one in dangerous_decisions()]
    hand_in(root, "berit", "prove", *answered(wrong, 9), *fell, ("answer", "tekst", HOSTILE))
    _write_code(hand_in(root, "berit", "kode"), f"andel = 2  # {HOSTILE}")
    hand_in(root, "cecilie", "prove", ("answer", "tekst", "ANDRES_SVAR"))
    hand_in(root, "dag", "prove-nn", *all_right)
    hand_in(root, "eli", "ovelse", ("answer", "tanke", "Jeg ble stille."))
    for place in range(20):
        right = {**RIGHT, **({} if place % 3 else wrong)}
        extra = played if place % 2 else fell
        hand_in(root, f"k{place:02}", "prove", *answered(right, 4 + place % 5), *extra)


def _write_code(folder: Path, code: str) -> None:
    path = next(folder.glob("*.ipynb"))
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "kode-svar":
            cell["source"] = code
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _grade(root: Path, assignments: tuple[str, ...]) -> None:
    for name in assignments:
        grade_again(root, name)


def _mark(root: Path) -> None:
    """Mark anne's text by the rubric; nobody else's."""
    with open_book(root, "provekurs") as book:
        student = book.find_student("anne")
        student.first_name, student.last_name = "Anne", "Østbø"
        book.db.commit()
        now = standings(book.db, "prove", "anne")["anne", "tekst"]
        levels = {"klart": Decimal(2), "varmt": Decimal(1)}
        mark = NewMark("prove", "anne", "tekst", Decimal(3), levels, LEADER, "Kari Rettesen")
        save(book.db, mark, seen=now.version)
