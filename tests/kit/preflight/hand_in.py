"""A trainee's folder as it is after «fetch»: a released notebook, and what is done to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zlib import crc32

from pallkit import answers
from pallkit.preflight import Report, preflight
from pallkit.preflight.notebook import checksum

Cell = dict[str, Any]

NOW = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
ANSWERED = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
NAME = "omregning.ipynb"


def code(source: str, **metadata: Any) -> Cell:
    return {
        "cell_type": "code",
        "id": f"c{crc32(source.encode())}",
        "metadata": metadata,
        "source": source,
        "outputs": [],
        "execution_count": None,
    }


def text(source: str, **metadata: Any) -> Cell:
    return {"cell_type": "markdown", "id": f"t{crc32(source.encode())}"} | {
        "metadata": metadata,
        "source": source,
    }


def known(cell: Cell, name: str, **about: Any) -> Cell:
    """The cell as nbgrader hands it out, with its checksum."""
    noted = {"grade": False, "solution": False, "task": False, "locked": True, "schema_version": 3}
    noted |= {"grade_id": name, "cell_type": cell["cell_type"], **about}
    noted["checksum"] = checksum(cell["cell_type"], cell["source"], noted)
    return cell | {"metadata": {"nbgrader": noted}}


def field(task: str, arguments: str = 'unit="mg/24 t"') -> Cell:
    return known(code(f'AnswerBox("{task}", {arguments})'), f"{task}-felt")


def graded(task: str) -> Cell:
    return known(code(f'check("{task}")'), task, grade=True, points=2)


def to_write_in(name: str, source: str = "# Skriv her\n") -> Cell:
    return known(code(source), name, solution=True, locked=False)


def cells() -> list[Cell]:
    """Two tasks with their headings, fields and graded cells, and one with code to write."""
    return [
        text("# Omregning"),
        known(code("from pallkit_widgets import AnswerBox"), "klargjor"),
        text("## Oppgave 1: Døgndosen (2 poeng)"),
        field("dogn"),
        graded("dogn"),
        text("## Oppgave 2: *Hva* gjør du?"),
        field("valg", 'kind="choice", options={"a": "A", "b": "B"}'),
        graded("valg"),
        text("## Oppgave 3: Mål"),
        to_write_in("mal-svar"),
        graded("mal"),
    ]


def write(folder: Path, made: list[Cell], name: str = NAME) -> Path:
    path = folder / name
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    about = {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}}
    raw = {**about, "cells": made}
    path.write_text(json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return path


def hand_out(folder: Path, **told: Any) -> None:
    (folder / "oppgave.json").write_text(json.dumps({"v": 1, **told}), encoding="utf-8")


def answer(folder: Path, task: str, text: str) -> None:
    answers.append(folder / "svar.jsonl", answers.record("answer", task, text, at=ANSWERED))


def answer_all(folder: Path, made: list[Cell]) -> list[Cell]:
    """Give an answer that can be read to every task."""
    answer(folder, "dogn", "40 mg/24 t")
    answer(folder, "valg", "a")
    return [
        one | {"source": "x = 1"} if one["metadata"].get("nbgrader", {}).get("solution") else one
        for one in made
    ]


def check(folder: Path, **settings: Any) -> Report:
    return preflight(folder, **{"now": NOW, "unsaved": False, **settings})


def codes(report: Report) -> list[str]:
    return [one.code for one in report.remarks]


def standings(report: Report) -> Mapping[str, str]:
    return {one.id: one.standing for one in report.tasks}
