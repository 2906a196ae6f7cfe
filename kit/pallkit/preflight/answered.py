"""Where each task stands: answered, begun on, taken back, unreadable or not answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pallkit import cases
from pallkit.answers import Log, answers, decisions
from pallkit.doses import read_measure, read_number, read_quantity
from pallkit.errors import PallkitError
from pallkit.i18n import Message
from pallkit.preflight.calls import Box
from pallkit.preflight.notebook import Cell, about, checksum, source_of

Standing = Literal["answered", "begun", "withdrawn", "unreadable", "missing"]


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task of the hand-in. ``why`` says what cannot be read of the answer."""

    id: str
    kind: str
    title: str
    standing: Standing
    answer: str = ""
    why: Message | None = None


def state_of(id_: str, title: str, box: Box, log: Log, cells: Sequence[Cell]) -> TaskState:
    """Where the task that ``box`` answers stands, by the log, or by the cells that hold it."""
    if box.kind == "case":
        return TaskState(id_, box.kind, title, _case(box, log))
    if box.kind == "code":
        return TaskState(id_, box.kind, title, _written(cells))
    given = answers(log, box.task)
    counting = next((one for one in given if one.counts), None)
    if counting is None:
        return TaskState(id_, box.kind, title, "withdrawn" if given else "missing")
    try:
        _READ.get(box.kind, _nothing)(counting.text, box)
    except PallkitError as error:
        return TaskState(id_, box.kind, title, "unreadable", counting.text, error.message)
    return TaskState(id_, box.kind, title, "answered", counting.text)


def _case(box: Box, log: Log) -> Standing:
    made = decisions(log, box.task)
    if not made:
        return "missing"
    try:
        case = cases.load(box.case)
        level = next((one for one in case.open_levels if one == box.level), None)
        state, _events = cases.replay(case, made, level)
    except PallkitError:  # a case or a log that is not this version's: the grader will say
        return "begun"
    return "answered" if state.step is None else "begun"


def _written(cells: Sequence[Cell]) -> Standing:
    """Whether any of the task's answer cells is other than it was handed out."""
    return "answered" if any(map(_changed, cells)) else "missing"


def _changed(cell: Cell) -> bool:
    noted, source = about(cell), source_of(cell)
    if not noted.get("solution") or not source.strip():
        return False
    return noted.get("checksum") != checksum(str(cell.get("cell_type")), source, noted)


def _dose(text: str, box: Box) -> None:
    quantity = read_quantity(text)
    if box.unit:
        quantity.to(read_measure(box.unit))


def _number(text: str, _box: Box) -> None:
    read_number(text)


def _nothing(_text: str, _box: Box) -> None:
    """Any text can be read."""


_READ: Mapping[str, Callable[[str, Box], None]] = {"dose": _dose, "number": _number}
