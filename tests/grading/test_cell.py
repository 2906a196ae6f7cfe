"""``check()``: a plain float on every way out, nothing on stderr, and never a score untold."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import pytest
from tests.grading.logs import write_log

import pallkit_grading.cell
from pallkit_grading import check, show
from pallkit_grading.key import KEY_VARIABLE

LOG = "svar.jsonl"


def _check(task: str, capsys: pytest.CaptureFixture[str], lang: str = "nb") -> tuple[float, str]:
    points = check(task, lang=lang)
    said = capsys.readouterr()
    assert said.err == ""
    assert type(points) is float
    return points, said.out


def test_a_trainee_sees_what_is_registered_and_that_0_is_no_score(
    handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(handed_in / LOG, ("answer", "omregning-1", "10 mg/24 t"))
    write_log(handed_in / LOG, ("answer", "omregning-1", "180 mg/24 t"))
    points, said = _check("omregning-1", capsys)
    assert points == 0.0
    assert "Registrert: 180 mg/24 t" in said
    assert "Tidligere: 10 mg/24 t" in said
    assert "ikke poengsummen" in said


def test_a_trainee_in_nynorsk_reads_nynorsk(
    handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(handed_in / LOG, ("opened", "omregning-1", None))
    _points, said = _check("omregning-1", capsys, lang="nn")
    assert "Ingenting er registrert enno." in said


def test_a_key_beside_the_hand_in_is_not_used(
    handed_in: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (handed_in / ".pallkit").mkdir()
    (handed_in / ".pallkit" / "key.json").write_text("{}")
    (handed_in / "key").mkdir()
    write_log(handed_in / LOG, ("answer", "omregning-1", "180 mg/24 t"))
    assert _check("omregning-1", capsys)[0] == 0.0


def test_the_grader_gets_the_points(grading: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_log(grading / LOG, ("answer", "omregning-2", "90 mg/24 t"))
    points, said = _check("omregning-2", capsys)
    assert points == 1.5
    assert "1,5 av 3 poeng" in said


@pytest.mark.usefixtures("grading")
def test_a_missing_log_is_0_here_with_a_line_that_says_not_graded(
    capsys: pytest.CaptureFixture[str],
) -> None:
    points, said = _check("omregning-2", capsys)
    assert points == 0.0
    assert said.startswith("Ikke rettet:")
    assert len(said.splitlines()) == 1


@pytest.mark.usefixtures("grading")
def test_an_unknown_task_is_not_graded(capsys: pytest.CaptureFixture[str]) -> None:
    points, said = _check("omregning-99", capsys)
    assert points == 0.0
    assert "omregning-99" in said


def test_a_key_that_cannot_be_read_grades_nobody(
    grading: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(grading / LOG, ("answer", "omregning-2", "45 mg/24 t"))
    monkeypatch.setenv(KEY_VARIABLE, str(grading / "finnes-ikke.json"))
    points, said = _check("omregning-2", capsys)
    assert points == 0.0
    assert said.startswith("Ikke rettet:")


@pytest.mark.usefixtures("grading")
def test_a_bug_of_ours_is_not_an_answer(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(_task: str) -> tuple[float, list[object]]:
        warnings.warn("look here", DeprecationWarning, stacklevel=1)
        print("and here", file=sys.stderr)
        raise RecursionError

    monkeypatch.setattr(pallkit_grading.cell, "_look", breaks)
    points, said = _check("omregning-2", capsys)
    assert points == 0.0
    assert "RecursionError" in said


def test_a_text_is_shown_to_the_one_who_grades_it(
    grading: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_log(grading / LOG, ("answer", "omregning-tekst", "Ring meg.\nHele døgnet."))
    show("omregning-tekst")
    assert "Ring meg.\nHele døgnet." in capsys.readouterr().out
