"""A small course with code, answers and a text, and hand-ins to it, for the tests of grading."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.grading.cycle import PROGRAMS, QUICK_START
from tests.grading.logs import write_log

from pallkit_app.courses.reading import read_keys
from pallkit_grading.book import open_book
from pallkit_grading.gradebook import read_grades
from pallkit_grading.key import Key
from pallkit_grading.marking import Marked
from pallkit_grading.running import Job, Report, Summary, grade

ASSIGNMENT = "kode"
SECRET = "skjult-prøve-4711"  # noqa: S105  # stands in the hidden tests
TASKS = ("test-snitt", "test-median", "dose-1", "drofting")
FULL = {"test-snitt": 2, "test-median": 3, "dose-1": 2}

_COURSE = """
id: kode
invented: true
title: {nb: Kode, nn: Kode, en: Code}
assignments:
  - {id: kode, lang: nb, key: kode}
"""
_KEY = """
tasks:
  - id: dose-1
    kind: dose
    points: 2
    unit: mg/24 t
    right: {doses: [morfin po 30 mg x 2], to: morfin sc, set: klb-2008, reduce: none}
    tolerance: 2 %
"""
_CONFIG = f"""
import os
c = get_config()
c.CourseDirectory.root = os.path.dirname(os.path.abspath(__file__))
c.CourseDirectory.course_id = "kode"
c.Execute.timeout = 30
os.environ["PALLKIT_KEY"] = os.path.join(c.CourseDirectory.root, ".pallkit", "key.json")
# The same programs for a notebook's kernel as for the tests.
os.environ["PYTHONPATH"] = {os.environ.get("PYTHONPATH", "")!r}
"""
RIGHT = {
    "snitt": "def snitt(tall):\n    return sum(tall) / len(tall)\n",
    "median": "def median(tall):\n    return sorted(tall)[len(tall) // 2]\n",
    "drofting": "Det er få pasienter, og tallene spriker.",
}
DOSE = ("answer", "dose-1", "20 mg/24 t")


def notebook_cell(
    id_: str,
    source: str,
    *,
    points: int | None = None,
    solution: bool = False,
    markdown: bool = False,
) -> Any:
    """A cell as a course leader's notebook has it, with what nbgrader is told of it."""
    about = {
        "grade_id": id_, "schema_version": 3, "task": False, "solution": solution,
        "grade": points is not None, "locked": not solution,
    }  # fmt: skip
    if points is not None:
        about["points"] = points
    cell: dict[str, Any] = {
        "cell_type": "markdown" if markdown else "code",
        "id": id_,
        "metadata": {"nbgrader": about},
        "source": source,
    }
    return cell if markdown else cell | {"outputs": [], "execution_count": None}


def _solution(name: str) -> str:
    head, *body = RIGHT[name].splitlines()
    return "\n".join([head, "    ### BEGIN SOLUTION", *body, "    ### END SOLUTION"])


def source_notebook(*, code: bool) -> dict[str, Any]:
    """As a course leader writes it: solutions, tests, hidden tests, an answer and a text.

    Without ``code`` only the answer and the text.
    """
    cells = [
        notebook_cell("klargjor", "import math\nfrom pallkit_grading import check"),
        notebook_cell("snitt", _solution("snitt"), solution=True),
        notebook_cell(
            "test-snitt",
            "assert snitt([1, 2, 3]) == 2\n### BEGIN HIDDEN TESTS\n"
            f"assert snitt([10, 20]) == 15, {SECRET!r}\n### END HIDDEN TESTS",
            points=2,
        ),
        notebook_cell("median", _solution("median"), solution=True),
        notebook_cell("test-median", "assert median([3, 1, 2]) == 2", points=3),
        notebook_cell("dose-1", 'check("dose-1")', points=2),
        notebook_cell("drofting", "Drøft tallene.", points=4, solution=True, markdown=True),
    ]
    if not code:
        cells = [one for one in cells if one["id"] in {"klargjor", "dose-1", "drofting"}]
    return as_notebook(cells)


def as_notebook(cells: list[Any]) -> dict[str, Any]:
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"cells": cells, "metadata": {"kernelspec": spec}, "nbformat": 4, "nbformat_minor": 5}


@dataclass(frozen=True)
class Made:
    """The course's folder, and what is done in it."""

    root: Path

    @property
    def key(self) -> Key:
        return read_keys(self.root)

    def begin(self, *, code: bool = True) -> None:
        """Write the course, and let nbgrader make the hand-out and the gradebook."""
        self.write(_KEY, source_notebook(code=code)["cells"])

    def write(self, key: str, cells: list[Any]) -> None:
        """The course with this key and a notebook of these cells, handed out."""
        for name, text in (("course.yaml", _COURSE), ("key/kode.yaml", key)):
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")
        (self.root / "nbgrader_config.py").write_text(_CONFIG, encoding="utf-8")
        folder = self.root / "source" / ASSIGNMENT
        folder.mkdir(parents=True)
        text = json.dumps(as_notebook(cells), ensure_ascii=False)
        (folder / f"{ASSIGNMENT}.ipynb").write_text(text, encoding="utf-8")
        self.nbgrader("generate_assignment", ASSIGNMENT)

    def nbgrader(self, *arguments: str, fails: bool = False) -> str:
        """Run a command of nbgrader's in the course."""
        path = os.pathsep.join([str(QUICK_START), os.environ.get("PYTHONPATH", "")])
        done = subprocess.run(
            [PROGRAMS / "nbgrader", *arguments],
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": path, "PATH": f"{PROGRAMS}{os.pathsep}{os.defpath}"},
            capture_output=True,
            text=True,
            check=False,
            timeout=600,
        )
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr

    def copy(self, target: Path) -> Made:
        """The same course somewhere else, without hand-ins."""
        keep_out = shutil.ignore_patterns("submitted", "autograded", "feedback")
        shutil.copytree(self.root, target, ignore=keep_out)
        return Made(target)

    def hand_in(
        self,
        trainee: str,
        answers: Mapping[str, str] = RIGHT,
        change: Callable[[list[dict[str, Any]]], object] = len,
        log: tuple[tuple[str, str, object], ...] = (DOSE,),
        *,
        escaped: bool = False,
    ) -> Path:
        """Lay a hand-in where collecting would have put it; answers where it lies."""
        folder = self.root / "submitted" / trainee / ASSIGNMENT
        shutil.copytree(self.root / "release" / ASSIGNMENT, folder)
        path = folder / f"{ASSIGNMENT}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"]:
            name = cell["metadata"].get("nbgrader", {}).get("grade_id")
            cell["source"] = answers.get(name, cell["source"])
        change(notebook["cells"])
        path.write_text(json.dumps(notebook, ensure_ascii=escaped), encoding="utf-8")
        write_log(folder / "svar.jsonl", *log)
        (folder / "timestamp.txt").write_text("2026-11-22 10:00:00 UTC\n", encoding="utf-8")
        return folder

    @contextmanager
    def book(self, address: str | None = None) -> Iterator[Any]:
        with open_book(self.root, "kode", address) as book:
            yield book

    def grade(
        self, *, address: str | None = None, report: Report | None = None, **how: Any
    ) -> Summary:
        """Grade what is handed in, as the command does."""
        with self.book(address) as book:
            return grade(Job(self.root, ASSIGNMENT, **how), book, self.key, report or _silent)

    def scores(self, trainee: str) -> dict[str, Decimal | None]:
        """What the gradebook has by the machine, by task."""
        grades = read_grades(self.root, ASSIGNMENT)
        return {task: one.auto for (who, task), one in grades.items() if who == trainee}


def _silent(marked: Marked, of: int) -> None:
    assert of > 0, marked


def cells_named(cells: list[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """The cells of that grade_id."""
    return [one for one in cells if one["metadata"].get("nbgrader", {}).get("grade_id") == name]


def run_pallkit(*arguments: str) -> subprocess.CompletedProcess[str]:
    """The command itself, in English."""
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", *arguments],
        env={**os.environ, "PALLKIT_LANG": "en"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
