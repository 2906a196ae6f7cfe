"""A course with graded hand-ins for tests of what persons do: real nbgrader, real marking.

Made once (two nbgrader commands) and copied for each test: a copy is a few files.
"""

from __future__ import annotations

import shutil
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.grading.cycle import Cycle, together
from tests.grading.logs import write_log

from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.course import LOG_NAME
from pallkit_grading.running import Job, grade

NB, NN = "omregning-i-praksis", "omregning-i-praksis-nn"
TEXT = "omregning-tekst"
NUMBERS = {"omregning-1": "180 mg/24 t", "omregning-2": "45 mg/24 t"}
HOSTILE = "<img src=x onerror=\"document.title='tatt'\"> </textarea><script>alert(1)</script>"

TRAINEES: Mapping[str, tuple[str, dict[str, str]]] = {
    "anne": (NB, {**NUMBERS, TEXT: "Odd har byttet til morfin.\n\nRing meg ved sløvhet."}),
    "berit": (NB, {**NUMBERS, TEXT: HOSTILE}),
    "cecilie": (NB, {"omregning-1": "18 mg/24 t"}),
    "dag": (NN, {**NUMBERS, TEXT: "Odd har bytt til morfin. Ring meg ved sløvleik."}),
}


@dataclass(frozen=True)
class MarkedCourse:
    """The folder of a course whose hand-ins are graded by the machine."""

    folder: Path

    @contextmanager
    def book(self) -> Iterator[Any]:
        with open_book(self.folder, "spesialist") as book:
            yield book

    def grade(self, *, again: bool = False) -> None:
        """Run the machine over what was handed in."""
        key = read_keys(self.folder)
        with self.book() as book, warnings.catch_warnings():
            # nbgrader makes a hand-in's rows in an order that SQLAlchemy remarks upon.
            warnings.filterwarnings("ignore", message="Object of type <Submitted")
            for assignment in (NB, NN):
                grade(Job(self.folder, assignment, again=again), book, key, lambda *_: None)

    def answers(self, trainee: str, given: Mapping[str, str]) -> None:
        """Let a trainee answer (again) and lay the hand-in where collecting puts it."""
        assignment = TRAINEES[trainee][0]
        folder = self.folder / "submitted" / trainee / assignment
        if not folder.exists():
            shutil.copytree(self.folder / "release" / assignment, folder)
        write_log(folder / LOG_NAME, *(("answer", task, text) for task, text in given.items()))


def make(root: Path) -> MarkedCourse:
    """Make the course, hand in and grade."""
    cycle = Cycle(root)
    cycle.begin()
    together([lambda one=one: cycle.leads("generate_assignment", one) for one in (NB, NN)])  # type: ignore[misc]  # a lambda with a default
    course = MarkedCourse(cycle.course)
    for trainee, (_assignment, given) in TRAINEES.items():
        course.answers(trainee, given)
    course.grade()
    return course


def copy(course: MarkedCourse, target: Path) -> MarkedCourse:
    """The same course in a folder of its own, to be changed."""
    shutil.copytree(course.folder, target)
    return MarkedCourse(target)
