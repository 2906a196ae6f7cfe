"""Mark one hand-in from its folder. Pure but for the cage: the gradebook is not touched here."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import ExitStack
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any

from pallkit.i18n import Message, Words, _, render
from pallkit_grading.code_task import Ask
from pallkit_grading.course import LOG_NAME
from pallkit_grading.hand_ins import (
    MasterNotebook,
    inspect_hand_in,
    repair_cells,
)
from pallkit_grading.judge import judge_file
from pallkit_grading.judgement import Judgement, not_graded
from pallkit_grading.key import Key
from pallkit_grading.marking.canary import tests_bite
from pallkit_grading.marking.cells import Call, call_in
from pallkit_grading.marking.marked import Marked, MarkedNotebook, Scored
from pallkit_grading.marking.needs import needs_code, tasks_by_name
from pallkit_grading.marking.outputs import points_of, printed, result, sound_outputs
from pallkit_grading.marking.refusals import ended_line, refusal_in, was_cut
from pallkit_grading.marking.strange_log import strange_lines
from pallkit_grading.sandbox import Cage, CageEndedError, Ran, Sandbox

Cell = dict[str, Any]

_LARGEST_NOTEBOOK = 20 * 1024 * 1024


def mark_hand_in(
    folder: Path,
    trainee: str,
    notebooks: Sequence[MasterNotebook],
    key: Key,
    sandbox: Sandbox | None,
) -> Marked:
    """Mark the hand-in in ``folder``. Nothing in it can make this fail or stop other hand-ins.

    ``sandbox`` may be None for an assignment whose points all come from answers: then no cell
    is run. A hand-in that has code to run and no sandbox is left to a person, and says so.
    """
    marker = _Marker(folder, trainee, key, sandbox)
    done = tuple(marker.mark(one) for one in notebooks)
    marker.look_through_log()
    lines = (*(one.line for one in marker.files.findings), *marker.lines)
    return Marked(trainee, marker.files, done, lines, marker.flagged)


class _Marker:
    def __init__(self, folder: Path, trainee: str, key: Key, sandbox: Sandbox | None) -> None:
        self._folder, self._key, self._sandbox = folder, key, sandbox
        self._trainee = trainee
        self._tasks = tasks_by_name(key)
        self.files = inspect_hand_in(folder)
        self.lines: list[Message] = []
        self.flagged = bool(self.files.findings)
        self._told_of_code = False

    def mark(self, master: MasterNotebook) -> MarkedNotebook:
        handed_in = self._read(master.name)
        repaired = repair_cells(handed_in or [], master.cells)
        if handed_in is not None:  # else one line has said it all
            self.lines += repaired.repairs
            self.flagged |= bool(repaired.repairs)
        cells = [*repaired.cells]
        scores = (
            self._run(cells, master)
            if needs_code([master], self._key)
            else self._answers(cells, master)
        )
        empty = frozenset(
            one.id for one in master.cells if one.answer and _source_of(cells, one.id) == one.source
        )
        scores += _by_hand(scores, master, empty)
        return MarkedNotebook(master.name, _notebook(cells, master), tuple(scores), empty)

    def _read(self, name: str) -> list[Cell] | None:
        """The cells that were handed in; None, and a line, where that cannot be told."""
        path = Path(f"{name}.ipynb")
        if path not in self.files.files:
            self._unread(_("The notebook “{name}” was not handed in.", name=name))
            return None
        try:
            with (self._folder / path).open("rb") as file:
                # What has grown since it was looked at is cut off, and then it is no JSON.
                cells = json.loads(file.read(_LARGEST_NOTEBOOK))["cells"]
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            self._unread(_("The notebook “{name}” is damaged and could not be read.", name=name))
            return None
        return cells if isinstance(cells, list) else []

    def _unread(self, line: Message) -> None:
        self.lines.append(line)
        self.flagged = True

    def _answers(self, cells: list[Cell], master: MasterNotebook) -> list[Scored]:
        """Judge from the data; no cell is run."""
        scores: list[Scored] = []
        for count, cell in enumerate(_code(cells), 1):
            call = _asked(cell)
            if call is not None:
                scores += self._called(cell, call, count, master)
        return scores

    def _run(self, cells: list[Cell], master: MasterNotebook) -> list[Scored]:
        """Run the cells in a cage, and judge between them what is judged from the data."""
        if self._sandbox is None:
            self._unread(_("The code in “{name}” was not run.", name=master.name))
            return self._answers(cells, master)
        scores: list[Scored] = []
        with ExitStack() as stack:
            cage: Cage | None = stack.enter_context(self._sandbox.cage(self._copies()))
            for count, cell in enumerate(_code(cells), 1):
                try:
                    scores += self._either(cage, cell, count, master)
                except CageEndedError as ended:
                    self._unread(ended_line(ended.why, count))
                    cage = None
                    scores += self._either(None, cell, count, master)
            if cage is not None and cage.left_running():
                self._tell_once(
                    _("The code left processes running in the background. They were ended.")
                )
        return scores

    def _either(
        self, cage: Cage | None, cell: Cell, count: int, master: MasterNotebook
    ) -> list[Scored]:
        """Judge a cell that asks, run one that is code; ``cage`` is None when it is gone."""
        call = _asked(cell)
        if call is not None and call.task in self._tasks:
            return self._called(cell, call, count, master, cage.value if cage else None)
        return [] if cage is None else self._ran(cage, cell, count, master)

    def _ran(self, cage: Cage, cell: Cell, count: int, master: MasterNotebook) -> list[Scored]:
        ran = cage.run(cell["source"])
        cell["execution_count"] = count
        cell["outputs"] = sound_outputs(ran.outputs, count)
        self._tell_of_code(ran, count)
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        most = master.most.get(name)
        if most is None or _is_answer(name, master):
            return []
        if not tests_bite(cage, cell["source"]):
            self._unread(
                _(
                    "The notebook's code changes how tests work, so “{cell}” is left to a person.",
                    cell=name,
                )
            )
            return [Scored(name, None, most)]
        points = points_of(ran.outputs, most) if ran.ok else Decimal(0)
        return [Scored(name, points, most)]

    def _tell_of_code(self, ran: Ran, count: int) -> None:
        """Tell of what the cage has kept it from, where the cell itself shows that."""
        refused = refusal_in(ran.outputs)
        if refused is not None:
            why = _("The code in code cell {count} ended with {kind}.", count=count, kind=refused)
            self._tell_once(why)
        elif was_cut(ran.outputs):
            self._tell_once(_("Code cell {count} showed more than is kept.", count=count))

    def _tell_once(self, line: Message) -> None:
        """One line about the code is enough for a person to look at it."""
        if not self._told_of_code:
            self._unread(line)
        self._told_of_code = True

    def _called(
        self,
        cell: Cell,
        call: Call,
        count: int,
        master: MasterNotebook,
        ask: Ask | None = None,
    ) -> list[Scored]:
        judged = self._judged(call.task, ask)
        cell["execution_count"] = count
        if call.name == "show":
            cell["outputs"] = [printed([_told(judged.answer, call)])] if judged.answer else []
            return []
        lines = [render(line, call.lang) for line in judged.lines]
        answer = [_told(judged.answer, call)] if judged.answer else []
        points = judged.points or Decimal(0)
        cell["outputs"] = [printed([*answer, *lines]), result(str(float(points)), count)]
        most = master.most.get(call.task)
        if most is None or cell["metadata"].get("nbgrader", {}).get("grade_id") != call.task:
            return []
        self._tell(judged)
        return [Scored(call.task, judged.points, most)]

    def look_through_log(self) -> None:
        """Tell of what stands in the log and is no answer."""
        strange = strange_lines(self._folder / LOG_NAME)
        if strange is not None:
            self._unread(strange)

    def _tell(self, judged: Judgement) -> None:
        """Tell of what a person should see: a dangerous answer, or what has no score."""
        told: list[Message | Words] = list(judged.flags)
        if judged.outcome == "not_graded" and not self._without_log:
            told += judged.lines[:1]
        self.flagged |= bool(told)
        self.lines += [_("“{task}”: {why}", task=judged.task, why=why) for why in told]

    @cached_property
    def _without_log(self) -> bool:
        """Whether there are no answers at all. That is one line, and not one for each task."""
        if Path(LOG_NAME) in self.files.files or (self._folder / LOG_NAME).exists():
            return False
        self._unread(
            _(
                "There is no {file} in the hand-in, so no answers. Ask whether it was left behind "
                "before you give 0.",
                file=LOG_NAME,
            )
        )
        return True

    def _judged(self, task: str, ask: Ask | None) -> Judgement:
        known = self._tasks.get(task)
        if known is None:
            why = _("the key has no task “{task}”.", task=task)
            return not_graded(task, Decimal(0), why)
        log = self._folder / LOG_NAME
        return judge_file(known, log, trainee=self._trainee, ask=ask)

    def _copies(self) -> dict[str, bytes]:
        """What lies beside the notebook, for its code to read; bounded when it was inspected."""
        return {
            path.as_posix(): (self._folder / path).read_bytes()
            for path in self.files.files
            if path.suffix != ".ipynb"
        }


def _by_hand(
    scores: Sequence[Scored], master: MasterNotebook, empty: frozenset[str]
) -> list[Scored]:
    """What nothing has scored: nothing for an answer left empty, the rest waits for a person."""
    done = {one.cell for one in scores}
    return [
        Scored(name, Decimal(0) if name in empty else None, most)
        for name, most in master.most.items()
        if name not in done
    ]


def _asked(cell: Cell) -> Call | None:
    return call_in(cell["source"])


def _code(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell["cell_type"] == "code"]


def _is_answer(name: str, master: MasterNotebook) -> bool:
    return any(one.id == name and one.answer for one in master.cells)


def _source_of(cells: Sequence[Cell], name: str) -> str:
    for cell in cells:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == name:
            return str(cell["source"])
    return ""


def _told(answer: str | Message | None, call: Call) -> str:
    return render(answer, call.lang) if answer is not None else ""


def _notebook(cells: Sequence[Cell], master: MasterNotebook) -> dict[str, Any]:
    metadata = {"kernelspec": dict(master.kernelspec)} if master.kernelspec else {}
    return {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
