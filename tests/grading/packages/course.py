"""The course of these tests: released by nbgrader in this process, with a roster."""

from __future__ import annotations

from pathlib import Path

import pytest

from pallkit_app.courses.copying import copy_course
from pallkit_app.courses.setup import configure
from pallkit_grading.book import open_book
from pallkit_grading.key import KEY_VARIABLE
from pallkit_grading.packages.matching import Student

NB, NN = "omregning-i-praksis", "omregning-i-praksis-nn"
STUDENTS = (
    Student("kari", "Kari", "Nordmann", "kari@sykehus.example", "4711"),
    Student("ase", "Åse Marie", "Ødegård-Næss", "ase@sykehus.example"),
    Student("ola1", "Ola", "Hansen"),
    Student("ola2", "Ola", "Hansen"),
    Student("per.olsen", "Per", "Olsen"),
)


_MADE: list[Path] = []


def released_course(factory: pytest.TempPathFactory) -> Path:
    """The course, made once in this process whoever asks for it; copy it to change it."""
    if not _MADE:
        with pytest.MonkeyPatch.context() as patch:
            folder = factory.mktemp("released") / "course"
            make(folder, patch)
            _MADE.append(folder)
    return _MADE[0]


def make(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Copy the template, generate both languages, and import the roster."""
    with open_book(folder.parent, "spesialist", f"sqlite:///{folder.parent / 'warm.db'}"):
        pass  # imports nbgrader the quick way before its own commands do
    from nbgrader.apps.api import NbGraderAPI  # noqa: PLC0415  # seconds to import
    from traitlets.config import Config  # noqa: PLC0415

    copy_course("spesialist", folder)
    patch.delenv(KEY_VARIABLE, raising=False)
    config = Config()
    configure(config, folder)
    nbgrader = NbGraderAPI(config=config)
    for one in (NB, NN):
        done = nbgrader.generate_assignment(one)
        assert done["success"], done.get("error") or done.get("log")
    patch.delenv(KEY_VARIABLE, raising=False)
    with open_book(folder, "spesialist") as book:
        for student in STUDENTS:
            book.update_or_create_student(
                student.id,
                first_name=student.first,
                last_name=student.last,
                email=student.email,
                lms_user_id=student.platform or None,
            )
