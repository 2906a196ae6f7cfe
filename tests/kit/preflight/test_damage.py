"""Damaged cells: found by what nbgrader noted on them, and put right with a way back."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.kit.preflight.hand_in import (
    NAME,
    NOW,
    Cell,
    answer_all,
    cells,
    check,
    code,
    codes,
    hand_out,
    write,
)

from pallkit.i18n import render
from pallkit.preflight import (
    PreflightError,
    Report,
    last_copy,
    mend,
    released_cells,
    take_back,
)


def lines(report: Report) -> list[str]:
    return [render(one.text, "en") for one in report.remarks]


def sources(folder: Path) -> list[str]:
    raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return [str(one["source"]) for one in raw["cells"]]


def names(folder: Path) -> list[str | None]:
    raw = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return [one["metadata"].get("nbgrader", {}).get("grade_id") for one in raw["cells"]]


def place(made: list[Cell], name: str) -> int:
    found = [one["metadata"].get("nbgrader", {}).get("grade_id") for one in made]
    return found.index(name)


@pytest.fixture
def answered(tmp_path: Path) -> list[Cell]:
    return answer_all(tmp_path, cells())


def lists_cells(folder: Path) -> None:
    """The hand-out says which cells there are."""
    hand_out(folder, cells=released_cells({"cells": cells()}))


def mended(folder: Path) -> Report:
    report = check(folder)
    mend(report.notebook, report.damage, now=NOW)
    return check(folder)


def test_a_graded_cell_that_was_edited_is_worked_out(tmp_path: Path, answered: list[Cell]) -> None:
    """It can only have asked for its task, and the checksum says which words it had."""
    answered[place(answered, "dogn")]["source"] = "2.0  # full pott"
    write(tmp_path, answered)
    assert lines(check(tmp_path)) == ["The cell “dogn” has been changed."]
    assert mended(tmp_path).ready
    assert 'check("dogn")' in sources(tmp_path)


def test_an_edited_field_needs_the_hand_out(tmp_path: Path, answered: list[Cell]) -> None:
    answered[place(answered, "dogn-felt")]["source"] += "  # mitt"
    write(tmp_path, answered)
    assert codes(check(tmp_path)) == ["cell-lost"]
    lists_cells(tmp_path)
    assert codes(check(tmp_path)) == ["cell"]
    assert mended(tmp_path).ready


def test_an_earlier_copy_that_is_whole_serves_as_well(tmp_path: Path, answered: list[Cell]) -> None:
    before = tmp_path / ".ipynb_checkpoints"
    before.mkdir()
    write(before, cells(), "omregning-checkpoint.ipynb")
    answered[place(answered, "dogn-felt")]["source"] += "  # mitt"
    del answered[place(answered, "valg")]
    write(tmp_path, answered)
    assert codes(check(tmp_path)) == ["cell", "cell"]
    assert mended(tmp_path).ready
    assert [name for name in names(tmp_path) if name] == [
        "klargjor",
        "dogn-felt",
        "dogn",
        "valg-felt",
        "valg",
        "mal-svar",
        "mal",
    ]
    assert "x = 1" in sources(tmp_path)


def test_a_missing_graded_cell_is_told_also_when_it_cannot_be_put_back(
    tmp_path: Path, answered: list[Cell]
) -> None:
    del answered[place(answered, "valg")]
    write(tmp_path, answered)
    hand_out(tmp_path, tasks=[{"id": "dogn"}, {"id": "valg"}, {"id": "mal", "kind": "code"}])
    report = check(tmp_path)
    assert lines(report) == ["The graded cell “valg” is missing."]
    assert not report.damage.mending
    lists_cells(tmp_path)
    assert mended(tmp_path).ready


def test_cells_that_were_moved_are_put_back_in_their_order(
    tmp_path: Path, answered: list[Cell]
) -> None:
    answered.insert(0, answered.pop(place(answered, "valg")))
    write(tmp_path, answered)
    lists_cells(tmp_path)
    assert lines(check(tmp_path)) == ["Cells have been moved."]
    assert mended(tmp_path).ready


def test_a_duplicated_cell_loses_no_answer(tmp_path: Path, answered: list[Cell]) -> None:
    """nbgrader would give the whole hand-in no score for it."""
    fresh = deepcopy(cells()[place(cells(), "mal-svar")])
    answered.append(fresh)
    write(tmp_path, answered)
    assert lines(check(tmp_path)) == ["The cell “mal-svar” is there more than once."]
    report = mended(tmp_path)
    assert "x = 1" in sources(tmp_path)
    assert report.ready


def test_a_cell_that_became_another_kind_is_changed_back(
    tmp_path: Path, answered: list[Cell]
) -> None:
    cell = answered[place(answered, "dogn")]
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]
    write(tmp_path, answered)
    assert codes(check(tmp_path)) == ["cell"]
    assert mended(tmp_path).ready


def test_a_repair_keeps_what_was_there_and_can_be_undone(
    tmp_path: Path, answered: list[Cell]
) -> None:
    answered[place(answered, "dogn")]["source"] = "2.0"
    path = write(tmp_path, answered)
    path.chmod(0o640)
    before = path.read_bytes()
    report = check(tmp_path)
    done = mend(report.notebook, report.damage, now=NOW)
    assert (tmp_path / done.copy).read_bytes() == before
    assert done.copy.parent.name == ".ipynb_checkpoints"  # where nothing is handed in
    assert path.stat().st_mode & 0o777 == 0o640
    assert check(tmp_path).files.count == 2  # the notebook and the log
    undone = take_back(path, now=datetime.now(UTC))
    assert path.read_bytes() == before
    assert 'check(\\"dogn\\")' in (tmp_path / undone.copy).read_text()
    assert last_copy(path, now=datetime.now(UTC)) is None  # undone is undone


def test_a_repair_keeps_what_cells_show_and_what_the_trainee_added(
    tmp_path: Path, answered: list[Cell]
) -> None:
    shown = [{"output_type": "stream", "name": "stdout", "text": "hei"}]
    own = code("print('hei')") | {"outputs": shown, "execution_count": 3}
    answered.insert(4, own)
    answered[place(answered, "dogn")]["source"] = "2.0"
    write(tmp_path, answered)
    mended(tmp_path)
    raw: dict[str, Any] = json.loads((tmp_path / NAME).read_text(encoding="utf-8"))
    (kept,) = (one for one in raw["cells"] if one["source"] == "print('hei')")
    assert (kept["outputs"], kept["execution_count"]) == (shown, 3)
    ids = [one["id"] for one in raw["cells"]]
    assert len(set(ids)) == len(ids)
    assert all(one["outputs"] == [] for one in raw["cells"] if one["source"] == 'check("dogn")')


def test_a_notebook_saved_since_it_was_checked_is_left_alone(
    tmp_path: Path, answered: list[Cell]
) -> None:
    answered[place(answered, "dogn")]["source"] = "2.0"
    write(tmp_path, answered)
    report = check(tmp_path)
    answered[0]["source"] = "# Noe jeg nettopp skrev"
    path = write(tmp_path, answered)
    before = path.read_bytes()
    with pytest.raises(PreflightError, match="saved since"):
        mend(report.notebook, report.damage, now=NOW)
    assert path.read_bytes() == before


def test_without_a_copy_nothing_is_changed(tmp_path: Path, answered: list[Cell]) -> None:
    answered[place(answered, "dogn")]["source"] = "2.0"
    path = write(tmp_path, answered)
    before = path.read_bytes()
    report = check(tmp_path)
    elsewhere = tmp_path / "annet"
    elsewhere.mkdir()
    (tmp_path / ".ipynb_checkpoints").symlink_to(elsewhere)
    with pytest.raises(PreflightError, match="only a link"):
        mend(report.notebook, report.damage, now=NOW)
    assert path.read_bytes() == before
    assert not list(elsewhere.iterdir())


def test_there_is_a_way_back_for_a_day(tmp_path: Path, answered: list[Cell]) -> None:
    answered[place(answered, "dogn")]["source"] = "2.0"
    path = write(tmp_path, answered)
    with pytest.raises(PreflightError, match="no copy"):
        take_back(path, now=NOW)
    report = check(tmp_path)
    copy = tmp_path / mend(report.notebook, report.damage, now=NOW).copy
    made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
    assert last_copy(path, now=made + timedelta(hours=1))
    assert not last_copy(path, now=made + timedelta(hours=25))


def test_a_released_notebook_carries_what_it_takes_to_find_its_cells(
    tmp_path: Path, answered: list[Cell]
) -> None:
    """As those have it who fetch with nbgrader, without a hand-out of ours."""
    told = {"tasks": [{"id": "dogn"}], "cells": released_cells({"cells": cells()})}
    del answered[place(answered, "valg")]
    path = write(tmp_path, answered)
    raw = json.loads(path.read_text(encoding="utf-8"))
    raw["metadata"]["pallkit"] = told
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert lines(check(tmp_path)) == ["The cell “valg” is missing."]
    assert mended(tmp_path).ready
    assert json.loads(path.read_text(encoding="utf-8"))["metadata"]["pallkit"] == told


def test_a_hand_out_of_another_notebook_says_nothing_of_this_one(
    tmp_path: Path, answered: list[Cell]
) -> None:
    write(tmp_path, answered)
    write(tmp_path, cells(), "annet.ipynb")
    hand_out(tmp_path, assignment="annet", tasks=[{"id": "borte"}], due="2026-12-06T23:59+01:00")
    report = check(tmp_path, name="omregning")
    assert report.ready
    assert report.due is not None
