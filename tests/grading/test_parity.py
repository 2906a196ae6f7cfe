"""``check()`` in the notebook and the grader beside it give the same points for every kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.interactiveshell import InteractiveShell
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook
from tests.grading.kinds import RAW, key_of_all, raw_of, task_of
from tests.grading.logs import best_decisions, write_log
from tests.grading.test_judging_code import GOOD, HALF
from tests.grading.test_judging_mistakes import own_answer
from traitlets.config import Config

from pallkit.answers import Log, Record
from pallkit.i18n import LANGUAGES, render
from pallkit_grading import check
from pallkit_grading.code_task import of_namespace
from pallkit_grading.judge import judge, judge_file
from pallkit_grading.key import KEY_VARIABLE

LOG = "svar.jsonl"
HAND_INS: dict[str, list[tuple[str, str | None]]] = {
    "dose": [("45 mg/24 t", "3"), ("90 mg/24 t", "0"), ("førtifem", None)],
    "variant": [(own_answer("kari"), "2"), ("1 mg/24 t", "0")],
    "number": [("12,5", "2"), ("300", "0"), ("14", "0.5"), ("tolv", None)],
    "choice": [("ring", "2"), ("vent", "1"), ("doble", "0"), ("x", None)],
    "several": [("a, b, c", "3"), ("a, b", "2"), ("a, b, c, e", "0.5")],
    "ranking": [("stopp > ring > skriv", "3"), ("skriv > stopp > ring", "1"), ("skriv", None)],
    "text": [("En plan.", None)],
}


@pytest.fixture
def autograded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that stock nbgrader runs Kari's hand-in in, with the key configured."""
    folder = tmp_path / "autograded" / "kari" / "oppgave"
    folder.mkdir(parents=True)
    raws = [raw_of(kind) for kind in RAW]
    key = {"tasks": {raw["id"]: raw for raw in raws}, "assignments": {}}
    (tmp_path / "key.json").write_text(json.dumps(key))
    monkeypatch.setenv(KEY_VARIABLE, str(tmp_path / "key.json"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def shell() -> Iterator[Any]:
    """What a notebook's kernel runs cells in. IPython's types cover too little of it."""
    config = Config()
    config.HistoryManager.enabled = False
    kind: Any = InteractiveShell
    yield kind.instance(config=config)
    kind.clear_instance()


@pytest.mark.parametrize(
    ("kind", "answer", "points"),
    [(kind, answer, points) for kind, given in HAND_INS.items() for answer, points in given],
)
def test_an_answer_gives_the_same_in_both(
    autograded: Path,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    answer: str,
    points: str | None,
) -> None:
    write_log(autograded / LOG, ("answer", kind, answer))
    beside = judge_file(task_of(kind), autograded / LOG, trainee="kari")
    here = check(kind)
    assert beside.points == (None if points is None else Decimal(points))
    assert here == float(beside.points or 0)
    said = capsys.readouterr()
    assert said.err == ""
    for line in (*beside.lines, *beside.flags):
        assert render(line, "nb") in said.out


def test_a_case_gives_the_same_in_both(autograded: Path) -> None:
    made = [("decision", "case", decision) for decision in best_decisions()]
    write_log(autograded / LOG, *made)
    assert check("case") == judge_file(task_of("case"), autograded / LOG).points == 4


@pytest.mark.parametrize(("source", "points"), [(GOOD, 4), (HALF, 1), ("1 / 0", 0)])
def test_code_gives_the_same_in_both_and_needs_no_log(
    autograded: Path,
    shell: Any,
    capsys: pytest.CaptureFixture[str],
    source: str,
    points: int,
) -> None:
    shell.run_cell(source)
    capsys.readouterr()
    beside = judge_file(task_of("code"), autograded / LOG, ask=of_namespace(shell.user_ns))
    assert check("code") == beside.points == points


def test_a_kernel_of_its_own_gives_the_points_that_the_grader_gives(autograded: Path) -> None:
    write_log(autograded / LOG, ("answer", "variant", own_answer("kari")))
    cells = [
        GOOD,
        "from pallkit_grading import check\ncheck('code')",
        "check('variant', lang='nn')",
    ]
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, resources={"metadata": {"path": str(autograded)}}).execute()
    values = [cell.outputs[-1]["data"]["text/plain"] for cell in notebook.cells[1:]]
    assert values == ["4.0", "2.0"]
    assert all(one.get("name") != "stderr" for cell in notebook.cells for one in cell.outputs)


def test_code_outside_a_notebook_is_not_graded(
    autograded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert autograded.is_dir()
    assert check("code") == 0.0
    assert "koden ble ikke kjørt" in capsys.readouterr().out


def test_a_trainee_with_code_reads_that_it_is_judged_afterwards(
    handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(handed_in / LOG, ("opened", "dose", None))
    assert check("code") == 0.0
    assert "etter at du har levert" in capsys.readouterr().out


TEXTS = st.text(max_size=40) | st.sampled_from(
    ["a, b", "a > b", "NaN", "1e999", "-0", "45 mg/24 t", "9" * 9, "\0", "\ud800", ", ", " > ", "٣"]
)
ENTRIES = st.lists(
    st.tuples(
        st.sampled_from(["opened", "answer", "withdrawn", "decision", "undo", "restart", "score"]),
        TEXTS | st.integers() | st.none() | st.dictionaries(TEXTS, TEXTS, max_size=3),
    ),
    max_size=6,
)


@given(kind=st.sampled_from(sorted(RAW)), entries=ENTRIES, torn=st.booleans())
def test_whatever_a_log_holds_is_judged_within_the_points_and_said_in_every_language(
    kind: str, entries: list[tuple[str, Any]], *, torn: bool
) -> None:
    task = task_of(kind)
    records = tuple(Record(type_, task.id, value=value) for type_, value in entries)  # type: ignore[arg-type]  # forged
    found = judge(task, Log(records, torn=torn), trainee="kari")
    assert found == judge(task, Log(records, torn=torn), trainee="kari")
    assert found.points is None or 0 <= found.points <= task.points
    assert (found.points is None) == (found.outcome != "graded")
    assert found.danger <= bool(found.flags)
    for lang in LANGUAGES:
        assert all(render(line, lang) for line in (*found.lines, *found.flags))


@pytest.mark.parametrize("kind", sorted(RAW))
def test_a_score_in_the_log_counts_for_nothing(autograded: Path, kind: str) -> None:
    log = write_log(autograded / LOG, ("opened", kind, None))
    forged = {"v": 1, "type": "opened", "task": kind, "score": 3, "points": 3, "right": True}
    with log.open("a") as file:
        file.write(json.dumps(forged) + "\n" + json.dumps({**forged, "type": "score"}) + "\n")
    assert judge_file(task_of(kind), log, trainee="kari").points in {None, 0}
    assert check(kind) == 0.0


def test_there_is_a_hand_in_for_every_kind() -> None:
    assert {*HAND_INS, "code", "case"} == RAW.keys() == {str(id_) for id_ in key_of_all().tasks}
