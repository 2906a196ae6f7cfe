"""A course with graded hand-ins, comments and a history, copied from one that is made once."""

from __future__ import annotations

import shutil
import warnings
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from tests.grading.logs import write_log
from tests.grading.packages.course import NB, released_course

from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.book.history import Entry, record
from pallkit_grading.packages.keeping import EARLIER
from pallkit_grading.packages.told import Collected, keep_collected
from pallkit_grading.running import Job, grade

GIVEN = {"kari": "2024-05-01 10:00:00 UTC", "ase": "2026-05-01 10:00:00 UTC"}


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded") / "course"
    shutil.copytree(released_course(tmp_path_factory), folder)
    for trainee, at in GIVEN.items():
        _hand_in(folder, trainee, at)
    with open_book(folder, "spesialist") as book, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        grade(Job(folder, NB), book, read_keys(folder), lambda *_: None)
        submission = book.find_submission(NB, "kari")
        submission.notebooks[0].comments[0].manual_comment = "=Bra, Kari!"
        when, points = datetime(2024, 6, 1, tzinfo=UTC), (Decimal(3), Decimal(4))
        record(book.db, Entry(when, NB, "kari", "omregning-tekst", *points, "leder", "v1", "lest"))
        # nbgrader's own clock stands in what was graded just now; here it was long ago.
        book.db.connection().exec_driver_sql(
            "UPDATE pallkit_history SET at = '2024-06-01 00:00:00' WHERE trainee = 'kari'"
        )
        book.db.commit()
    return folder


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(graded, tmp_path / "course"))


def _hand_in(folder: Path, trainee: str, at: str) -> None:
    place = folder / "submitted" / trainee / NB
    shutil.copytree(folder / "release" / NB, place)
    write_log(place / "svar.jsonl", ("answer", "omregning-1", "180 mg/24 t"))
    (place / "timestamp.txt").write_text(at, encoding="utf-8")
    feedback = folder / "feedback" / trainee / NB
    feedback.mkdir(parents=True)
    (feedback / f"{NB}.html").write_text("<p>Bra</p>", encoding="utf-8")
    earlier = folder / EARLIER / trainee / NB / "20240401T100000Z"
    shutil.copytree(place, earlier)
    keep_collected(folder, NB, trainee, Collected("AAAA", ()))
