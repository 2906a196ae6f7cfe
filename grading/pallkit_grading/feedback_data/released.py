"""What was handed out: headings and the names of choices, read from ``release/``.

The released notebook holds no hidden test and no solution, so nothing of those can come from
here. It is the course's own text, never a trainee's.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
_POINTS = re.compile(r"\s*\(\d[^()]*\)$")
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Released:
    """An assignment as handed out: its title, each graded cell's heading, each choice's label.

    ``before`` names the answer cells in front of each graded cell, nearest first, and ``stubs``
    is what was handed out in each.
    """

    title: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    before: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stubs: Mapping[str, str] = field(default_factory=dict)

    def said(self, task: str, answer: str) -> str:
        """An answer in words: the labels of what was picked, a line each.

        As it is where the notebook does not have the labels.
        """
        labels = self.labels.get(task)
        if not labels:
            return answer
        for sign in (">", ","):
            parts = [part.strip() for part in answer.split(sign)]
            if all(part in labels for part in parts):
                return "\n".join(labels[part] for part in parts)
        return answer


def read_released(folder: Path, assignment: str) -> Released:
    """Read the notebooks of an assignment in ``release/``; empty where there are none."""
    title, headings, labels, order = "", dict[str, str](), dict[str, Mapping[str, str]](), []
    before: dict[str, tuple[str, ...]] = {}
    stubs: dict[str, str] = {}
    for path in sorted((folder / "release" / assignment).glob("*.ipynb")):
        heading, answers = "", list[str]()
        for cell in _cells(path):
            source = "".join(cell.get("source", ()))
            if cell.get("cell_type") == "markdown":
                found = list(_headings(source))
                title = title or next((text for level, text in found if level == 1), "")
                heading = next((text for _level, text in reversed(found)), heading)
            else:
                labels.update(_labels(source))
            about = cell.get("metadata", {}).get("nbgrader", {})
            name = str(about.get("grade_id", ""))
            if about.get("solution"):
                answers.insert(0, name)
                stubs[name] = source
            if about.get("grade") or about.get("task"):
                order.append(name)
                headings[name] = _POINTS.sub("", heading)
                before[name], answers = tuple(answers), []
    return Released(title, headings, labels, tuple(order), before, stubs)


def _cells(path: Path) -> Sequence[Mapping[str, Any]]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return ()
    return cells if isinstance(cells, list) else ()


def _headings(markdown: str) -> Iterator[tuple[int, str]]:
    for found in _HEADING.finditer(_FENCE.sub("", markdown)):
        yield len(found[1]), re.sub(r"[*_`]", "", found[2])


def _labels(code: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The options of each ``AnswerBox`` in a cell, where they are written out there."""
    try:
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    except SyntaxError:  # a magic, or a cell that is meant to be mended
        return
    for call in calls:
        options = next((one.value for one in call.keywords if one.arg == "options"), None)
        if ast.unparse(call.func) != "AnswerBox" or options is None or not call.args:
            continue
        try:
            task, labels = ast.literal_eval(call.args[0]), ast.literal_eval(options)
        except ValueError:
            continue
        if isinstance(labels, dict):
            yield str(task), {str(id_): str(text) for id_, text in labels.items()}
