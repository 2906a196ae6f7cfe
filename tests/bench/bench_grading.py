"""How fast hand-ins are graded, against stock ``nbgrader autograde`` in the same run.

Not part of `make test`, nor of `make bench`, since stock takes minutes:

    .venv/bin/pytest -n 0 -s tests/bench/bench_grading.py

Stock grades BENCH_HAND_INS hand-ins (40), which must get the same scores from both. Read the
ratios, not the seconds: they hold on a machine that others use too.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.grading.running.made import Made, notebook_cell, run_pallkit

from pallkit_app.courses.reading import compile_key

HAND_INS = int(os.environ.get("BENCH_HAND_INS", "40"))
MANY = 1000
AUTO, MANUAL = range(10), range(3)
TIMED = Path(__file__).with_name("timed_grading.py")

_TASK = """
  - id: dose-{n}
    kind: dose
    points: 2
    unit: mg/24 t
    right: {{doses: [morfin po {mg} mg x 2], to: morfin sc, set: klb-2008, reduce: none}}
    tolerance: 2 %
"""
KEY = "tasks:" + "".join(_TASK.format(n=n, mg=15 * (n + 2)) for n in AUTO)


def _code_cells() -> list[Any]:
    cells = [
        notebook_cell("klargjor", "import pandas as pd\nregister = pd.DataFrame({'x': [1, 2]})")
    ]
    for n in AUTO:
        solution = (
            f"    ### BEGIN SOLUTION\n    return ramme['x'].sum() * {n}\n    ### END SOLUTION"
        )
        cells += [
            notebook_cell(f"svar-{n}", f"def f{n}(ramme):\n{solution}", solution=True),
            notebook_cell(f"test-{n}", f"assert f{n}(register) == {3 * n}", points=2),
        ]
    return cells


def _answer_cells() -> list[Any]:
    first = notebook_cell("klargjor", "from pallkit_grading import check")
    return [first, *(notebook_cell(f"dose-{n}", f'check("dose-{n}")', points=2) for n in AUTO)]


def _texts() -> list[Any]:
    return [
        notebook_cell(f"tekst-{n}", "Skriv her.", points=3, solution=True, markdown=True)
        for n in MANUAL
    ]


@dataclass(frozen=True)
class Timed:
    """What one run took, in seconds, and when each hand-in was recorded with what memory."""

    startup: float
    grading: float
    done: list[tuple[float, int]]


class BenchCourse(Made):
    """Ten tasks that the machine grades and three texts, as in the design's measurements."""

    def prepare(self, *, code: bool) -> None:
        self.root.mkdir()
        self.write(KEY, [*(_code_cells() if code else _answer_cells()), *_texts()])
        compile_key(self.root)

    def hand_in_number(self, number: int) -> None:
        """Some right, some wrong, some empty; the same for the same number."""
        right = {n: (number + n) % 4 > 0 for n in AUTO}
        doses = {n: f"{10 * (n + 2) if right[n] else 7} mg/24 t" for n in AUTO}
        functions = {
            f"svar-{n}": f"def f{n}(a):\n    return a['x'].sum() * {n if right[n] else 99}\n"
            for n in AUTO
        }
        texts = {f"tekst-{n}": "Et svar." for n in MANUAL if (number + n) % 3}
        log = tuple(("answer", f"dose-{n}", doses[n]) for n in AUTO)
        self.hand_in(f"kandidat-{number:04}", {**functions, **texts}, log=log)

    def timed(self, jobs: int = 2) -> Timed:
        done = subprocess.run(
            [sys.executable, TIMED, self.root, str(jobs), repr(time.time())],
            capture_output=True,
            text=True,
            check=True,
        )
        return Timed(**json.loads(done.stdout))

    def recorded(self) -> list[tuple[object, ...]]:
        """Every score, by trainee and cell, and whether it waits for a person."""
        with closing(sqlite3.connect(self.root / "gradebook.db")) as book:
            return book.execute(
                "SELECT s.student_id, b.name, g.auto_score, g.needs_manual_grade FROM grade g "
                "JOIN submitted_notebook n ON g.notebook_id = n.id "
                "JOIN submitted_assignment s ON n.assignment_id = s.id "
                "JOIN base_cell b ON g.cell_id = b.id ORDER BY 1, 2"
            ).fetchall()


def made(folder: Path, hand_ins: int, *, code: bool) -> BenchCourse:
    course = BenchCourse(folder)
    course.prepare(code=code)
    for number in range(hand_ins):
        course.hand_in_number(number)
    return course


def stock(tmp_path: Path, *, code: bool) -> tuple[float, float, list[tuple[object, ...]]]:
    """What ``nbgrader autograde`` takes, what of it is start-up, and its scores."""
    course = made(tmp_path / "stock", HAND_INS, code=code)
    began = time.monotonic()
    course.nbgrader("autograde", "--help")
    startup = time.monotonic() - began
    began = time.monotonic()
    course.nbgrader("autograde", "kode")
    return time.monotonic() - began, startup, course.recorded()


def tell(capsys: pytest.CaptureFixture[str], title: str, *rows: tuple[str, str]) -> None:
    load = os.getloadavg()[0]
    with capsys.disabled():
        print(f"\n{title} (load {load:.1f} on {os.cpu_count()} cores)")
        for name, value in rows:
            print(f"  {name:<44}{value}")


def test_hand_ins_with_code_in_their_cages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    course = made(tmp_path / "ours", HAND_INS, code=True)
    began = time.monotonic()
    done = run_pallkit("grade", str(course.root), "--assignment", "kode")
    ours = time.monotonic() - began
    assert (done.returncode, done.stderr) == (1, "")  # the texts wait for a person
    theirs, _startup, scores = stock(tmp_path, code=True)
    assert course.recorded() == scores
    tell(
        capsys,
        f"{HAND_INS} hand-ins with code, whole commands",
        ("nbgrader autograde", f"{theirs:7.1f} s"),
        ("pallkit grade, sandboxed", f"{ours:7.1f} s"),
        ("times faster (10 asked for)", f"{theirs / ours:7.1f}"),
    )


def test_hand_ins_of_answers_only(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = made(tmp_path / "ours", HAND_INS, code=False)
    ours = course.timed()
    theirs, startup, scores = stock(tmp_path, code=False)
    assert course.recorded() == scores
    ratio = (theirs - startup) / ours.grading
    own = f"{ours.grading:7.2f} s, and start-up {ours.startup:.1f} s (2 s at most)"
    tell(
        capsys,
        f"{HAND_INS} hand-ins of answers only, first hand-in read to last commit",
        ("nbgrader autograde", f"{theirs - startup:7.1f} s, and start-up {startup:.1f} s"),
        ("pallkit grade", own),
        ("a hand-in", f"{1000 * ours.grading / HAND_INS:7.1f} ms"),
        ("times faster (60 asked for)", f"{ratio:7.1f}"),
    )


def test_a_thousand_hand_ins(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = made(tmp_path / "ours", MANY, code=False)
    ours = course.timed()
    at = [moment for moment, _memory in ours.done]
    memory = [bytes_ / 2**20 for _moment, bytes_ in ours.done]
    first, last = at[100] - at[0], at[-1] - at[-101]
    tell(
        capsys,
        f"{MANY} hand-ins of answers only",
        ("all of them (60 s at most)", f"{ours.grading:7.1f} s"),
        ("a hand-in, first hundred", f"{10 * first:7.1f} ms"),
        ("a hand-in, last hundred", f"{10 * last:7.1f} ms"),
        ("memory after 100, after all", f"{memory[100]:7.0f} MB, {memory[-1]:.0f} MB"),
    )
    assert memory[-1] < memory[100] + 30
