"""A source notebook is handed out only when its graded cells are the key's, and ask only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.grading.kinds import task_of

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, render
from pallkit_app.compile import content_root
from pallkit_grading.dose_task import uncomputable
from pallkit_grading.key import DoseTask, Key
from pallkit_grading.source_rules import cell_faults, notebook_faults, strays

SOURCE = content_root() / "courses" / "spesialist" / "source"
NB, NN = "omregning-i-praksis", "omregning-i-praksis-nn"
Cell = dict[str, Any]


def _cells(name: str) -> list[Cell]:
    notebook = json.loads((SOURCE / name / f"{name}.ipynb").read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    return list(notebook["cells"])


@pytest.mark.parametrize("name", [NB, NN])
def test_the_course_that_ships_has_no_fault(key: Key, name: str) -> None:
    assert list(cell_faults(_cells(name), key.of(name))) == []
    assert list(strays(SOURCE)) == []
    doses = [task for task in key.of(name) if isinstance(task, DoseTask)]
    assert [list(uncomputable(task)) for task in doses] == [[], [], []]


def test_the_two_languages_differ_only_in_words() -> None:
    def bones(name: str) -> list[tuple[object, ...]]:
        return [(cell["id"], cell["cell_type"], cell["metadata"]) for cell in _cells(name)]

    assert bones(NB) == bones(NN)


@pytest.mark.parametrize(("name", "lang"), [(NB, "nb"), (NN, "nn")])
def test_a_notebook_says_what_it_is_for_and_holds_no_output(name: str, lang: Language) -> None:
    cells = _cells(name)
    words = "".join(cells[0]["source"])
    assert render(INTENDED_PURPOSE, lang) in words
    assert render(WATERMARK, lang) in words
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    assert all(cell["outputs"] == [] and cell["execution_count"] is None for cell in code)


@pytest.mark.parametrize("name", [NB, NN])
def test_every_cell_of_code_is_locked(name: str) -> None:
    # nbgrader puts locked cells back as they were, so a trainee's changes to them are gone.
    code = [cell for cell in _cells(name) if cell["cell_type"] == "code"]
    assert all(cell["metadata"]["nbgrader"]["locked"] for cell in code)


def _graded(cells: list[Cell], task: str) -> Cell:
    return next(
        cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == task
    )


def _more_code(cell: Cell) -> None:
    cell["source"] = ["x = 2\n", *cell["source"]]


def _own_score(cell: Cell) -> None:
    cell["source"] = ["2.0"]


def _another_task(cell: Cell) -> None:
    cell["source"] = ['check("omregning-2")']


def _more_points(cell: Cell) -> None:
    cell["metadata"]["nbgrader"]["points"] = 20


def _unknown(cell: Cell) -> None:
    cell["metadata"]["nbgrader"]["grade_id"] = "oppgave-x"


def _ungraded(cell: Cell) -> None:
    cell["metadata"]["nbgrader"]["grade"] = False


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_more_code, 'must hold only check("omregning-1")'),
        (_own_score, 'must hold only check("omregning-1")'),
        (_another_task, 'must hold only check("omregning-1")'),
        (_more_points, "gives 20 points and the key 2"),
        (_unknown, "is not a task of the key"),
        (_ungraded, "has 0 graded cells"),
    ],
)
def test_a_spoiled_cell_is_a_fault(key: Key, spoil: Callable[[Cell], None], says: str) -> None:
    cells = _cells(NB)
    spoil(_graded(cells, "omregning-1"))
    assert any(says in str(fault) for fault in cell_faults(cells, key.of(NB)))


def test_a_duplicated_cell_is_a_fault(key: Key) -> None:
    cells = _cells(NB)
    cells.append(_graded(cells, "omregning-1"))
    (fault,) = cell_faults(cells, key.of(NB))
    assert "has 2 graded cells" in str(fault)


@pytest.mark.parametrize("name", ["svar.jsonl", "deep/er/svar.jsonl", "key.yaml", "key.YML"])
def test_a_log_or_a_key_in_source_is_a_fault(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).touch()
    (fault,) = strays(tmp_path)
    assert name in str(fault)


RIGHT_ORDER = {"stopp": "", "ring": "", "skriv": ""}


def _code(grade_id: str, source: str, points: float | None = None) -> Cell:
    about = {"grade_id": grade_id, "grade": points is not None, "points": points or 0}
    return {"cell_type": "code", "metadata": {"nbgrader": about}, "source": source}


def _faults(kind: str, field: str, **changes: Any) -> list[str]:
    """What is wrong with a notebook with this field for the task of a kind."""
    task = task_of(kind, **changes)
    asks = _code(kind, f"check({kind!r})", float(task.points))
    return [str(fault) for fault in notebook_faults([_code("felt", field), asks], [task])]


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("dose", 'AnswerBox("dose", kind="dose", unit="mg/24 t")'),
        ("dose", 'AnswerBox("dose", "dose", unit="mg/d")'),
        ("dose", 'AnswerBox("dose")'),
        ("variant", 'AnswerBox("variant", kind="dose", variant={"level": "B"})'),
        ("variant", 'AnswerBox("variant", kind="dose", variant={"level": "B", "kinds": ()})'),
        ("number", 'AnswerBox("number", kind="number", unit="mL/h", certainty=True)'),
        ("several", 'AnswerBox("several", "choice", several=True, options=dict(a="", b=""))'),
        (
            "ranking",
            'AnswerBox("ranking", "ranking", options={"ring": "", "stopp": "", "skriv": ""})',
        ),
        ("code", "andel = None"),
        ("case", 'CasePlayer("smerte-kan-ikke-svelge", task="case")'),
    ],
)
def test_a_field_as_the_key_has_it_is_no_fault(kind: str, field: str) -> None:
    if "dict(" in field:
        assert "plain values" in _faults(kind, field)[0]
        field = field.replace('dict(a="", b="")', str(dict.fromkeys("abcde", "")))
    assert _faults(kind, field) == []


@pytest.mark.parametrize(
    ("kind", "field", "says"),
    [
        ("dose", "", "has 0 of AnswerBox"),
        ("dose", 'AnswerBox("dose"); AnswerBox("dose")', "has 2 of AnswerBox"),
        ("dose", 'AnswerBox("dose", unit="mg")', "unit='mg'"),
        ("dose", 'AnswerBox("dose", unit="gram")', "unit='gram'"),
        ("dose", 'AnswerBox("dose", log=None)', 'log="svar.jsonl"'),
        ("dose", 'AnswerBox("dose", **more)', "plain values"),
        ("dose", 'AnswerBox("dose", variant={"level": "B"})', "variant="),
        ("variant", 'AnswerBox("variant", kind="dose")', "variant=None"),
        ("variant", 'AnswerBox("variant", variant={"level": "C"})', "'level': 'B'"),
        ("variant", 'AnswerBox("variant", variant={"level": "B", "x": 1})', "variant="),
        ("number", 'AnswerBox("number", kind="number")', "unit=None"),
        ("choice", 'AnswerBox("choice", "choice", options={"ring": "", "vent": ""})', "options"),
        ("ranking", f'AnswerBox("ranking", "ranking", options={RIGHT_ORDER})', "right order"),
        ("text", 'AnswerBox("text")', "kind='dose'"),
        ("case", 'CasePlayer("pusten", task="case")', "case_id='pusten'"),
        ("code", 'AnswerBox("annen", kind="text")', "for no task of the key"),
    ],
)  # fmt: skip
def test_a_field_unlike_the_key_is_a_fault(kind: str, field: str, says: str) -> None:
    assert any(says in fault for fault in _faults(kind, field)), _faults(kind, field)


@pytest.mark.parametrize(
    ("source", "allowed"),
    [
        ("assert andel == 0.25", True),
        ("assert check('code')", False),
        ("2.0", False),
        ("check('andre')", False),
    ],
)
def test_nbgraders_own_tests_may_stand_beside_the_keys_tasks(source: str, *, allowed: bool) -> None:
    cells = [_code("code", "check('code')", 4), _code("egen-test", source, 1)]
    faults = list(notebook_faults(cells, [task_of("code")]))
    assert (faults == []) == allowed


def test_a_calculation_that_no_table_has_is_a_fault() -> None:
    right = {"doses": ["morfin po 60 mg/d"], "to": "morfin sc", "reduce": "none"}
    changes = {"right": {**right, "set": "helsedirektoratet"}}
    assert any(
        "cannot be computed" in one for one in _faults("dose", 'AnswerBox("dose")', **changes)
    )
