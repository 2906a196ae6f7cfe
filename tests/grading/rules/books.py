"""A small course with a real gradebook, made by nbgrader's own functions."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pallkit_grading.book import open_book
from pallkit_grading.course import Course, structure_course
from pallkit_grading.key import Key, structure_key
from pallkit_grading.rules import Rules
from pallkit_grading.scores import CourseBook

Words = Mapping[str, str]
STAMP = "2026-11-20 10:00:00.000000 UTC"
TASKS = {"en": {"en-1": 2, "en-2": 3}, "to": {"to-1": 4}}


def words(text: str) -> Words:
    return {"nb": text, "nn": text, "en": text}


def text_task(id_: str, points: int) -> dict[str, Any]:
    return {"id": id_, "kind": "text", "points": points, "look_for": [words("noe")]}


COURSE: Course = structure_course(
    {
        "id": "kurs",
        "invented": True,
        "title": words("Kurs"),
        "assignments": [
            {"id": "en", "lang": "nb", "key": "en"},
            {"id": "en-nn", "lang": "nn", "key": "en"},
            {"id": "to", "lang": "nb", "key": "to", "group": True},
        ],
    }
)
KEY: Key = structure_key(
    {
        "tasks": {
            id_: text_task(id_, points) for tasks in TASKS.values() for id_, points in tasks.items()
        },
        "assignments": {
            "en": list(TASKS["en"]),
            "en-nn": list(TASKS["en"]),
            "to": list(TASKS["to"]),
        },
    }
)


class Book(CourseBook):
    """A course book that a test can write in."""

    def hand_in(self, trainee: str, assignment: str, stamp: str | None = STAMP) -> None:
        """Lay a hand-in where collecting lays it."""
        folder = self.folder / "submitted" / trainee / assignment
        folder.mkdir(parents=True)
        if stamp is not None:
            (folder / "timestamp.txt").write_text(stamp, encoding="utf-8")

    def grade(  # the columns of nbgrader's own table
        self,
        trainee: str,
        assignment: str,
        auto: Mapping[str, float | None],
        manual: Mapping[str, float] | None = None,
        *,
        stamp: str | None = STAMP,
    ) -> None:
        """Record scores as grading does."""
        self.book.update_or_create_student(trainee)
        given = {"timestamp": stamp} if stamp else {}
        with warnings.catch_warnings():  # nbgrader's own way with its session
            warnings.simplefilter("ignore")
            submission = self.book.update_or_create_submission(assignment, trainee, **given)
        for grade in submission.notebooks[0].grades:
            grade.auto_score = auto.get(grade.name)
            grade.manual_score = (manual or {}).get(grade.name)
            grade.needs_manual_grade = grade.auto_score is None and grade.manual_score is None
        self.book.db.commit()

    def grade_of(self, trainee: str, assignment: str, task: str) -> Any:
        submission = self.book.find_submission(assignment, trainee)
        return next(one for one in submission.notebooks[0].grades if one.name == task)


def make_gradebook(path: Path) -> None:
    """A new gradebook with the course's assignments and two trainees; seconds of work."""
    with open_book(path.parent, COURSE.id, f"sqlite:///{path}") as book:
        for assignment in COURSE.assignments:
            book.add_assignment(assignment.id)
            book.add_notebook(assignment.id, assignment.id)
            for task, points in TASKS[assignment.key].items():
                book.add_grade_cell(
                    task, assignment.id, assignment.id, max_score=points, cell_type="code"
                )
        book.add_student("ase", first_name="Åse", last_name="Ødegård", email="ase@sykehus.example")
        book.add_student("ola", first_name="Ola", last_name="Nordmann", email=None)


@contextmanager
def course_book(folder: Path, rules: Rules) -> Iterator[Book]:
    """Open the gradebook that lies in ``folder``."""
    with open_book(folder, COURSE.id) as book:
        yield Book(book, folder, COURSE, KEY, rules)


SAME = {"en": ("en", "en-nn"), "en-nn": ("en", "en-nn"), "to": ("to",)}
