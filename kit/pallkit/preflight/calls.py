"""What the cells of a notebook ask for: the answer boxes and cases they show, read as text.

No cell is run: a call's arguments are taken where they are plain values.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pallkit.preflight.notebook import Cell, source_of

_LARGEST = 100_000


@dataclass(frozen=True, slots=True)
class Box:
    """An answer box or a case as a cell shows it. Empty where the cell does not say."""

    task: str
    kind: str
    unit: str = ""
    options: tuple[str, ...] = ()
    several: bool = False
    case: str = ""
    level: str = ""


def boxes(cells: Iterable[Cell]) -> Mapping[str, Box]:
    """Every box of a notebook, by the task it answers; the first that asks for a task counts."""
    found: dict[str, Box] = {}
    for cell in cells:
        for call in _calls(source_of(cell)) if cell.get("cell_type") == "code" else ():
            box = _box(call)
            if box is not None:
                found.setdefault(box.task, box)
    return found


def _calls(code: str) -> Iterator[ast.Call]:
    if len(code) > _LARGEST or ("AnswerBox" not in code and "CasePlayer" not in code):
        return
    try:
        tree = ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node


def _box(call: ast.Call) -> Box | None:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    said = _said(call)
    if name == "AnswerBox" and said.text("task", 0):
        options = said.values.get("options")
        return Box(
            said.text("task", 0),
            said.text("kind", 1) or "dose",
            said.text("unit"),
            tuple(str(one) for one in options) if isinstance(options, dict) else (),
            said.values.get("several") is True,
        )
    if name == "CasePlayer" and said.text("case_id", 0):
        case = said.text("case_id", 0)
        return Box(said.text("task") or case, "case", case=case, level=said.text("level", 2))
    return None


@dataclass(frozen=True, slots=True)
class _Said:
    """The arguments of a call that are plain values, by name and by place."""

    values: Mapping[str, object]
    places: tuple[object, ...] = field(default=())

    def text(self, name: str, place: int | None = None) -> str:
        """One of them, if it is text."""
        found = self.values.get(name)
        if found is None and place is not None and place < len(self.places):
            found = self.places[place]
        return found if isinstance(found, str) else ""


def _said(call: ast.Call) -> _Said:
    named = {one.arg: _plain(one.value) for one in call.keywords if one.arg}
    return _Said(named, tuple(_plain(one) for one in call.args))


def _plain(node: ast.expr) -> object:
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return None
