"""A trainee's own part of a hand-in: the code that was written, and the case as it was played."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pallkit import cases
from pallkit.answers import decisions, read
from pallkit.cases.view_debrief import debrief_view
from pallkit.errors import PallkitError
from pallkit.i18n import Language
from pallkit_grading.feedback_data.model import CaseFeedback
from pallkit_grading.key import CaseTask

_LONGEST = 20_000
"""Characters of an answer in code on a page; nobody reads on after that."""


def code_answers(folder: Path) -> Mapping[str, str]:
    """What stands in each answer cell of a graded hand-in, by the cell's name.

    Answer cells only: a graded cell holds tests. No output is read here, since a traceback
    quotes whatever ran.
    """
    return {
        str(about["grade_id"]): "".join(cell.get("source", ""))[:_LONGEST]
        for path in sorted(folder.glob("*.ipynb"))
        for cell in _cells(path)
        if (about := _about(cell)).get("solution") and "grade_id" in about
    }


def printed_by(folder: Path, name: str) -> str:
    """What a graded cell printed. It may hold anything: whoever asks lets only known lines on."""
    for path in sorted(folder.glob("*.ipynb")):
        for cell in _cells(path):
            if _about(cell).get("grade_id") == name:
                return "\n".join(
                    "".join(one.get("text", ""))
                    for one in cell.get("outputs", ())
                    if isinstance(one, dict) and one.get("output_type") == "stream"
                )[:_LONGEST]
    return ""


def played(task: CaseTask, log: Path, lang: Language) -> CaseFeedback | None:
    """The debrief of a played case; None where nothing was played or it cannot be replayed."""
    try:
        case = cases.load(task.case)
        made = decisions(read(log), task.id)
        if not made:
            return None
        texts = cases.prose(task.case, lang)
        view = debrief_view(case, made, texts, lang, task.level)
    except PallkitError:
        return None  # the judgement says why, in words for a trainee
    return CaseFeedback(texts.title, texts.lang, view)


def _cells(path: Path) -> Iterator[Mapping[str, Any]]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return
    yield from (cell for cell in cells if isinstance(cell, dict))


def _about(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    about = cell.get("metadata", {}).get("nbgrader", {})
    return about if isinstance(about, dict) else {}
