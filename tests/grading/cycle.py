"""One whole nbgrader cycle with its real commands, run once and read by many tests.

The course leader works in ``course/``, each trainee in a folder of their own, and the two
sides meet only in ``exchange/``. Three trainees hand in by ``nbgrader submit``, having
worked in the real widgets; the rest are laid where ``nbgrader collect`` would put them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.grading.logs import CASE

from pallkit_widgets.answer_box import AnswerBox
from pallkit_widgets.case_player import CasePlayer
from pallkit_widgets.shared.base import PallkitWidget

ASSIGNMENT = "omregning-i-praksis"
PROGRAMS = Path(sys.executable).parent
QUICK_START = Path(__file__).parent / "quick_start"
UNITS = {"omregning-1": "mg/24 t", "omregning-2": "mg/24 t", "omregning-3": "mg"}


@dataclass(frozen=True)
class Cycle:
    """The scratch folder of one cycle, and its commands."""

    root: Path

    @property
    def course(self) -> Path:
        return self.root / "course"

    @property
    def exchange(self) -> Path:
        return self.root / "exchange"

    def begin(self) -> None:
        """Make a course of the template; the leader says where the exchange is."""
        self.exchange.mkdir()
        self.exchange.chmod(0o777)
        self.run("pallkit", "course", "new", "course", "--from", "spesialist", cwd=self.root)

    def leads(self, command: str, *arguments: str, fails: bool = False) -> str:
        """Run an nbgrader command as the course leader."""
        return self.run("nbgrader", command, *arguments, cwd=self.course, fails=fails)

    def fetch(self, trainee: str) -> None:
        """Fetch the assignment as a trainee, who has no settings but where to look."""
        (self.root / trainee).mkdir()
        self.trains(trainee, "fetch_assignment", ASSIGNMENT)

    def submit(self, trainee: str) -> None:
        self.trains(trainee, "submit", ASSIGNMENT, f"--student={trainee}")

    def trains(self, trainee: str, command: str, *arguments: str) -> None:
        place = [f"--Exchange.root={self.exchange}", "--course=spesialist"]
        self.run("nbgrader", command, *arguments, *place, cwd=self.root / trainee)

    def run(self, program: str, *arguments: str, cwd: Path, fails: bool = False) -> str:
        """Run a program of ours, with nothing on the path but the system's own."""
        done = subprocess.run(
            [PROGRAMS / program, *arguments],
            cwd=cwd,
            env=self._environment(leads=cwd == self.course),
            capture_output=True,
            check=False,
            text=True,
            timeout=240,
        )
        said = done.stdout + done.stderr
        assert (done.returncode != 0) == fails, f"{program} {' '.join(arguments)}:\n{said}"
        return said

    def _environment(self, *, leads: bool) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "LC_ALL") if name in os.environ}
        places = {
            f"JUPYTER_{kind}_DIR": str(self.root / kind.lower()) for kind in ("CONFIG", "DATA")
        }
        leading = {"PALLKIT_EXCHANGE": str(self.exchange)} if leads else {}
        own = {"IPYTHONDIR": str(self.root / "ipython"), "PYTHONPATH": str(QUICK_START)}
        return {"PATH": os.defpath, **kept, **places, **own, **leading}

    def lay(self, trainee: str, change: Callable[[Path], None]) -> None:
        """Lay a hand-in where collecting would have put it, changed as ``change`` says."""
        folder = self.course / "submitted" / trainee / ASSIGNMENT
        shutil.copytree(self.course / "release" / ASSIGNMENT, folder)
        change(folder)


def together(tasks: Iterable[Callable[[], object]]) -> None:
    """Run commands that do not touch each other two at a time: each is seconds of importing."""
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(task) for task in tasks]:
            done.result()


def work(folder: Path, decisions: list[dict[str, Any]], answers: Mapping[str, str]) -> None:
    """Do what a trainee does: see every widget of the notebook, decide, and answer."""
    log = folder / "svar.jsonl"
    player = CasePlayer(CASE, log=log, task="omregning-kasus")
    for decision in decisions:
        _send(player, {"type": "decide", "decision": decision})
    assert len(player.decisions) == len(decisions), player.view["error"]
    for task, unit in UNITS.items():
        _answer(AnswerBox(task, "dose", unit=unit, log=log), answers.get(task))
    _answer(AnswerBox("omregning-tekst", "text", log=log), answers.get("omregning-tekst"))


def insert_code(folder: Path, place: int, code: str) -> None:
    """Put a cell of a trainee's own into the notebook."""
    path = folder / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "id": f"egen-{place}", "metadata": {}, "source": code}
    notebook["cells"].insert(place, {**cell, "outputs": [], "execution_count": None})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def _answer(box: AnswerBox, text: str | None) -> None:
    if text is not None:
        _send(box, {"type": "save", "text": text})
        assert box.view["error"] is None


def _send(widget: PallkitWidget, message: dict[str, Any]) -> None:
    # What ipywidgets does with a message from the browser.
    widget._handle_custom_msg(message, [])
