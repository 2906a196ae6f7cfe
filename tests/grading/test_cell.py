"""``check()``: a plain float on every way out, nothing on stderr, and never a score untold."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path

import pytest
from tests.grading.logs import write_log

import pallkit_grading.cell
from pallkit.preflight import NOTEBOOK_KEY
from pallkit_grading import check, own_session, show
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


def _notebook_of_code(folder: Path) -> None:
    asked = {"id": "rydd", "kind": "code", "names": ["antall", "per_enhet"]}
    told = {"v": 1, "assignment": "kode", "tasks": [asked], "cells": []}
    notebook = {"cells": [], "metadata": {NOTEBOOK_KEY: told}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "kode.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


def _session(monkeypatch: pytest.MonkeyPatch, **names: object) -> None:
    monkeypatch.setattr(own_session, "namespace", lambda: names)


def test_a_task_in_code_says_which_names_are_there(
    handed_in: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _notebook_of_code(handed_in)
    _session(monkeypatch, antall=420)
    points, said = _check("rydd", capsys)
    assert points == 0.0
    assert said.splitlines() == [
        "Koden din er svaret. Den blir rettet etter at du har levert.",
        "På plass: antall.",
        "Mangler ennå: per_enhet.",
        "Rettes etter at du har levert. Tallet under er ikke poengsummen din.",
    ]


class _Box:
    task = "doende-tegn"

    def in_words(self, kept: str) -> str:
        return {"pauser": "Pusten har lange pauser"}[kept]


def test_a_trainee_reads_in_words_what_was_picked(
    handed_in: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(handed_in / LOG, ("answer", "doende-tegn", "pauser"))
    _session(monkeypatch, Out={1: _Box(), 2: 0.0})
    assert "Registrert: Pusten har lange pauser" in _check("doende-tegn", capsys)[1]


def test_words_of_the_session_are_not_shown_to_the_grader(
    grading: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_log(grading / LOG, ("answer", "doende-tegn", "pauser"))
    _session(monkeypatch, Out={1: _Box()})
    show("doende-tegn")
    assert "Registrert: pauser" in capsys.readouterr().out
