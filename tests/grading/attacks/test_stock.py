"""What nbgrader's own autograding makes of some of the same hand-ins, in one run of its own.

It is what the defences of PallKit are measured against; minutes long, so only in the whole run.
"""

from __future__ import annotations

import json
from pathlib import Path

from tests.grading.attacks.conftest import HONEST, lay, made_world
from tests.grading.attacks.hostile import ATTACKS, HOME_SECRET, NEIGHBOUR
from tests.grading.running.made import ASSIGNMENT, Made

from pallkit_grading.gradebook import read_grades

HERE = (
    "leser-karakterboka",
    "leser-naboens",
    "ast-krok",
    "inndata-krok",
    "egen-check",
    "avslutter-seg",
    "doblet-prove",
    "slettet-prove",
    "lenke-ut",
)


def test_under_stock_nbgrader_these_come_through(
    hostile_template: Made, tmp_path: Path, *, whole: bool
) -> None:
    if not whole:
        return
    with made_world(hostile_template, tmp_path, patience=6) as world:
        for name in HONEST:
            world.course.hand_in(name)
        for attack in ATTACKS:
            if attack.name in HERE:
                lay(world, attack)
        world.course.nbgrader("autograde", ASSIGNMENT, fails=True)
        kept = world.course.root / "autograded"

        def shown(name: str) -> str:
            path = kept / name / ASSIGNMENT / "kode.ipynb"
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            return json.dumps([one.get("outputs") for one in cells], ensure_ascii=False)

        assert "SQLite format" in shown("leser-karakterboka")
        assert "tallene spriker" in shown("leser-naboens")
        assert (kept / "lenke-ut" / ASSIGNMENT / "tall.csv").read_text() == HOME_SECRET
        grades = read_grades(world.course.root, ASSIGNMENT)

        def auto(name: str, task: str) -> object:
            found = grades.get((name, task))
            return None if found is None else found.auto

        for hooked in ("ast-krok", "inndata-krok"):
            assert (auto(hooked, "test-snitt"), auto(hooked, "test-median")) == (2, 3)
        assert auto("egen-check", "dose-1") == 2
        assert auto("slettet-prove", "test-snitt") is None
        for lost in ("avslutter-seg", "doblet-prove"):
            assert auto(lost, "dose-1") is None
            assert not (kept / lost / ASSIGNMENT / "kode.ipynb").exists()
        assert auto(NEIGHBOUR, "dose-1") == 2
