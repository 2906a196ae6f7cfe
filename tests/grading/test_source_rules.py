"""A source notebook is handed out only when its graded cells are the key's, and ask only."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, render
from pallkit_app.compile import content_root
from pallkit_grading.dose_task import uncomputable
from pallkit_grading.key import DoseTask, Key
from pallkit_grading.source_rules import cell_faults, strays

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
