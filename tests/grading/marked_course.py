"""A course with graded hand-ins for tests of what persons do: real nbgrader, real marking.

Made once (two nbgrader commands) and copied for each test: a copy is a few files.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from tests.grading.cycle import Cycle
from tests.grading.logs import write_log

from pallkit_app.courses.copying import copy_course
from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.course import LOG_NAME
from pallkit_grading.running import Job, grade

NB, NN = "omregning-i-praksis", "omregning-i-praksis-nn"
TEXT = "omregning-tekst"
RUBRIC = Path(__file__).with_name("rubric.yaml")
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

    def forget_persons(self) -> None:
        """Put the gradebook back to what the machine gave."""
        with closing(sqlite3.connect(self.folder / "gradebook.db")) as base, base:
            tables = {name for (name,) in base.execute("SELECT name FROM sqlite_master")}
            for table in {"pallkit_manual", "pallkit_moderation"} & tables:
                base.execute(f"DELETE FROM {table}")  # noqa: S608  # of the two names above
            base.execute("DELETE FROM pallkit_history WHERE grader <> 'pallkit'")
            base.execute("UPDATE grade SET manual_score = NULL")
            base.execute("UPDATE grade SET needs_manual_grade = auto_score IS NULL")
            base.execute("UPDATE comment SET manual_comment = NULL")

    def rubric(self) -> None:
        """Let the text be graded by a rubric with a comment bank."""
        path = self.folder / "key" / "omregning-i-praksis.yaml"
        task = re.compile(rf"  - id: {TEXT}\n.*?(?=\n  - id: |\Z)", re.DOTALL)
        rubric = RUBRIC.read_text(encoding="utf-8")
        changed, count = task.subn(lambda _: rubric, path.read_text(encoding="utf-8"))
        assert count == 1
        path.write_text(changed, encoding="utf-8")

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


@dataclass
class ManualServer:
    """A running “pallkit grade manual”, and the addresses that it has printed."""

    process: subprocess.Popen[str]
    addresses: list[str]
    opened: bool = False

    @property
    def port(self) -> int:
        return urlsplit(self.addresses[0]).port or 0

    def next_address(self) -> str:
        """Wait for an address to be printed."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if found := re.search(r"http://\S+", line):
                self.addresses.append(found.group())
                return found.group()
        raise AssertionError("the server ended without an address")

    def fresh_address(self) -> str:
        """An address that has not been opened."""
        if not self.opened:
            self.opened = True
            return self.addresses[0]
        with suppress(HTTPError):  # opened before: a new one is printed
            urlopen(self.addresses[-1]).close()  # noqa: S310  # our own, on this machine
        return self.next_address()

    def kill(self) -> None:
        """As a power cut does."""
        self.process.kill()
        self.process.communicate()


@contextmanager
def manual_server(course: MarkedCourse, *options: str, lang: str = "nb") -> Iterator[ManualServer]:
    """Run the page until the block ends."""
    process = subprocess.Popen(
        [
            *(sys.executable, "-m", "pallkit_app", "grade", "manual", str(course.folder)),
            *("--assignment", NB, "--no-open", *options),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "PALLKIT_LANG": lang, "PYTHONUNBUFFERED": "1"},
    )
    server = ManualServer(process, [])
    try:
        server.next_address()
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
        if process.stdout is not None and not process.stdout.closed:
            process.communicate(timeout=30)


_MADE: list[MarkedCourse] = []


def made_once(factory: pytest.TempPathFactory) -> MarkedCourse:
    """The course, made by the first who asks in this process. To be copied, not changed."""
    if not _MADE:
        _MADE.append(make(factory.mktemp("marked")))
    return _MADE[0]


def make(root: Path) -> MarkedCourse:
    """Make the course, hand in and grade."""
    cycle = Cycle(root)
    cycle.exchange.mkdir()
    copy_course("spesialist", cycle.course)
    for assignment in (NB, NN):  # not at once: the first makes the gradebook
        cycle.leads("generate_assignment", assignment)
    course = MarkedCourse(cycle.course)
    course.rubric()
    for trainee, (_assignment, given) in TRAINEES.items():
        course.answers(trainee, given)
    course.grade()
    return course


def copy(course: MarkedCourse, target: Path) -> MarkedCourse:
    """The same course in a folder of its own, to be changed."""
    shutil.copytree(course.folder, target)
    return MarkedCourse(target)
