"""Every assignment of every course, and the three synthetic hand-ins that go with its key.

A hand-in is made as a trainee makes it: the released notebook's own widgets are opened in
its folder and answered one by one, so an answer that its widget would refuse fails here. No
kernel is needed for that.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.grading.logs import best_decisions

from pallkit_app.compile import content_root, strict_yaml
from pallkit_app.courses.reading import read_course
from pallkit_grading.key import CaseTask, Key
from pallkit_widgets.answer_box import AnswerBox
from pallkit_widgets.case_player import CasePlayer

COURSES = content_root() / "courses"
HAND_INS = Path(__file__).parent / "hand_ins"
TRAINEES = ("good", "half", "empty")

Cell = Mapping[str, Any]


@dataclass(frozen=True)
class Listed:
    """An assignment as its course lists it."""

    course: str
    id: str
    lang: str
    key: str

    def __str__(self) -> str:
        return f"{self.course}-{self.id}"

    @property
    def notebook(self) -> Path:
        return COURSES / self.course / "source" / self.id / f"{self.id}.ipynb"


def listed() -> list[Listed]:
    """Every assignment of every course that comes with PallKit."""
    folders = sorted(path.parent for path in COURSES.glob("*/course.yaml"))
    return [
        Listed(folder.name, one.id, one.lang, one.key)
        for folder in folders
        for one in read_course(folder).assignments
    ]


def cells_of(notebook: Path) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [{**cell, "source": "".join(cell["source"])} for cell in cells]


def has_code(one: Listed) -> bool:
    """Whether the trainee writes code."""
    return any(_is_answer(cell) for cell in cells_of(one.notebook))


def about(cell: Cell) -> Mapping[str, Any]:
    """What nbgrader knows of a cell."""
    found: Mapping[str, Any] = cell["metadata"].get("nbgrader", {})
    return found


def opens_a_widget(cell: Cell) -> bool:
    """Whether a cell only prepares or shows: no test of it and nobody's answer."""
    return cell["cell_type"] == "code" and not (about(cell).get("grade") or _is_answer(cell))


def run(cells: Sequence[Cell]) -> list[object]:
    """Run code cells one after the other, as a kernel does; answer their values."""
    names: dict[str, object] = {"__name__": "__main__"}
    return [_run(cell["source"], names) for cell in cells if cell["cell_type"] == "code"]


def calls(cells: Sequence[Cell], *names: str) -> Iterator[ast.Call]:
    """Every call of one of these names in the code cells, in order."""
    for cell in cells:
        if cell["cell_type"] != "code" or _is_answer(cell):
            continue
        for node in ast.walk(ast.parse(cell["source"])):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
                yield node


def sample(one: Listed, trainee: str) -> Mapping[str, Any]:
    """The synthetic hand-in ``trainee``: its answers, its code, and the points it is to have."""
    path = HAND_INS / one.course / f"{one.key}.yaml"
    found: Any = strict_yaml.load(path, path.name).value
    assert set(found) == set(TRAINEES), f"{path.name} must have {', '.join(TRAINEES)}"
    return found[trainee]  # type: ignore[no-any-return]  # YAML has no types


def expected(given: Mapping[str, Any]) -> dict[str, Decimal | None]:
    """The declared points by task; None where a person is to give them."""
    return {
        task: None if points is None else Decimal(str(points))
        for task, points in given["points"].items()
    }


def work(folder: Path, one: Listed, given: Mapping[str, Any], key: Key) -> None:
    """Hand in as ``given`` says: answer in the notebook's widgets, and write the code cells."""
    path = folder / f"{one.id}.ipynb"
    cells = [cell for cell in cells_of(path) if opens_a_widget(cell)]
    shown = {_task_of(cell): widget for cell, widget in zip(cells, run(cells), strict=True)}
    for entry in given.get("answers") or ():
        _answer(shown[entry["task"]], entry, key)
    _write_code(path, given.get("code") or {})


def _task_of(cell: Cell) -> str | None:
    """Which task a cell's widget is for."""
    for call in calls([cell], "AnswerBox", "CasePlayer"):
        named = [*call.args[:1]] if ast.unparse(call.func) == "AnswerBox" else []
        named += [one.value for one in call.keywords if one.arg == "task"]
        return str(ast.literal_eval(named[0]))
    return None


def _is_answer(cell: Cell) -> bool:
    return bool(about(cell).get("solution"))


def _run(source: str, names: dict[str, object]) -> object:
    tree = ast.parse(source)
    value = None
    last = tree.body[-1] if tree.body else None
    if isinstance(last, ast.Expr):
        tree.body.pop()
        value = ast.Expression(last.value)
    exec(compile(tree, "<cell>", "exec"), names)  # noqa: S102  # our own notebook
    return None if value is None else eval(compile(value, "<cell>", "eval"), names)  # noqa: S307


def _answer(widget: object, entry: Mapping[str, Any], key: Key) -> None:
    if isinstance(widget, CasePlayer):
        for decision in _decisions(entry, key):
            _send(widget, {"type": "decide", "decision": decision})
        return
    assert isinstance(widget, AnswerBox)
    saved = {"type": "save", "text": str(entry["text"])}
    if "certainty" in entry:
        saved |= {"type": "save_sure", "sure": entry["certainty"]}
    _send(widget, saved)


def _decisions(entry: Mapping[str, Any], key: Key) -> list[dict[str, Any]]:
    """What is written, or the first ``best`` decisions of the best way ("all": to its end)."""
    if "best" not in entry:
        return list(entry["decisions"])
    tasks = {str(id_): task for id_, task in key.tasks.items()}
    task = tasks[entry["task"]]
    assert isinstance(task, CaseTask)
    made = best_decisions(task.case, task.level)
    return made if entry["best"] == "all" else made[: entry["best"]]


def _send(widget: AnswerBox | CasePlayer, message: dict[str, Any]) -> None:
    # What ipywidgets does with a message from the browser.
    widget._handle_custom_msg(message, [])
    assert widget.view["error"] is None, widget.view["error"]


def _write_code(path: Path, code: Mapping[str, str]) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    answers = {about(cell)["grade_id"]: cell for cell in notebook["cells"] if _is_answer(cell)}
    for name, source in code.items():
        answers[name]["source"] = source
    path.write_text(json.dumps(notebook), encoding="utf-8")
