"""What stands beside a mark: the question, and what the trainee has answered.

Hand-ins are strangers' files. They are read within bounds, links out of them are not followed,
and what they hold leaves here as plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pallkit.answers import latest, read
from pallkit.errors import LogError
from pallkit.i18n import Language, render
from pallkit.texts import to_document
from pallkit_app.marking_page.sitting import Hand, Sitting
from pallkit_grading.course import LOG_NAME
from pallkit_grading.key import CaseTask, CodeTask, Task

LONGEST = 20_000
"""Characters of an answer or of what was printed that are shown."""

_LARGEST = 20 * 1024 * 1024

Cell = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as plain text. ``kind`` none: not answered. ``said`` is what the machine told."""

    kind: str
    text: str
    said: str
    cut: bool


@dataclass(frozen=True, slots=True)
class Question:
    """The task as it stands in the notebook: its heading as plain text, and all of it as HTML."""

    title: str
    html: str


def answer_of(sitting: Sitting, hand: Hand, task_id: str) -> Shown:
    """What a trainee has answered to a task, from the log or, for code, from the notebook."""
    task = sitting.tasks.get(task_id)
    autograded = sitting.folder / "autograded" / hand.trainee / hand.assignment
    cells = _cells(autograded / f"{hand.assignment}.ipynb")
    said = _printed(cells, task_id)
    if task is None or isinstance(task, CodeTask):
        return _shown("code", _code(cells, task_id), said)
    if isinstance(task, CaseTask):
        return _shown("case", said, "")
    text, why = _logged(sitting, hand, task)
    return _shown("text", text, said if task.kind != "text" else why)


def question_of(sitting: Sitting, task_id: str, lang: Language) -> Question:
    """The question in the reader's language where the course has it, else in another."""
    first = sorted(sitting.assignments, key=lambda one: sitting.language_of(one) != lang)[0]
    cells = _cells(sitting.folder / "source" / first / f"{first}.ipynb")
    text = _above(cells, task_id)
    if not text:
        return Question(task_id, "")
    heading = re.match(r"\s*#{1,6}\s+(.+)", text)
    title = heading.group(1).strip() if heading else task_id
    body = text[heading.end() :] if heading else text
    return Question(title, to_document(body, name="oppgave", table="Tabell").html)


def _shown(kind: str, text: str, said: str) -> Shown:
    cut = len(text) > LONGEST or len(said) > LONGEST
    return Shown(kind if text.strip() else "none", text[:LONGEST], said[:LONGEST], cut)


def _logged(sitting: Sitting, hand: Hand, task: Task) -> tuple[str, str]:
    """The last answer in the hand-in's log, and why there is none where it cannot be read."""
    path = sitting.folder / "submitted" / hand.trainee / hand.assignment / LOG_NAME
    try:
        found = latest(read(path), task.id)
    except LogError as error:
        return "", render(error.message, sitting.language_of(hand.assignment))
    return (found.text if found else ""), ""


def _cells(path: Path) -> Sequence[Cell]:
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return ()
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return ()


@lru_cache(maxsize=64)
def _read(path: Path, _stamp: int) -> Sequence[Cell]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        return tuple(cell for cell in cells if isinstance(cell, dict))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ()


def _about(cell: Cell) -> Mapping[str, Any]:
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    return about if isinstance(about, dict) else {}


def _source(cell: Cell) -> str:
    text = cell.get("source", "")
    return "".join(map(str, text)) if isinstance(text, list) else str(text)


def _above(cells: Sequence[Cell], task: str) -> str:
    """The task's own text, or the last text above the cell that grades it."""
    text = ""
    for cell in cells:
        if cell.get("cell_type") == "markdown" and not _about(cell).get("solution"):
            text = _source(cell)
        if _about(cell).get("grade_id") == task:
            return text
    return ""


def _code(cells: Sequence[Cell], task: str) -> str:
    """What the trainee wrote between the graded cell before this task's and this one."""
    mine: list[str] = []
    for cell in cells:
        about = _about(cell)
        if about.get("solution"):
            mine.append(_source(cell))
        if about.get("grade_id") == task:
            return "\n\n".join(mine)
        if about.get("grade"):
            mine = []
    return ""


def _printed(cells: Sequence[Cell], task: str) -> str:
    for cell in cells:
        if _about(cell).get("grade_id") == task:
            return "".join(_texts(cell.get("outputs"))).strip()
    return ""


def _texts(outputs: Any) -> Iterator[str]:
    for one in outputs if isinstance(outputs, list) else ():
        if isinstance(one, dict) and one.get("output_type") == "stream":
            text = one.get("text", "")
            yield "".join(map(str, text)) if isinstance(text, list) else str(text)
