"""«Sjekk før innlevering» in the notebook: what it shows, mends and takes back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.kit.preflight.hand_in import answer_all, cells, hand_out, write
from tests.widgets.browser import send, shown

from pallkit_widgets import Preflight


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The trainee's folder, which the kernel runs in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def damaged(folder: Path) -> Path:
    made = answer_all(folder, cells())
    made[4]["source"] = "2.0"
    return write(folder, made)


def report(widget: Preflight) -> dict[str, Any]:
    found: dict[str, Any] = shown(widget)["report"]
    return found


def test_it_looks_when_it_is_shown_and_again_when_asked(here: Path) -> None:
    write(here, cells())
    widget = Preflight()
    assert report(widget)["headline"] == "Ikke klar til innlevering: 4 ting å rette opp."
    assert [one["word"] for one in report(widget)["tasks"]] == ["ikke besvart"] * 3
    write(here, answer_all(here, cells()))
    view = send(widget, {"type": "check", "unsaved": "no"})
    assert view["report"]["ready"]
    assert [one["standing"] for one in view["report"]["tasks"]] == ["answered"] * 3


def test_a_task_is_told_once_with_what_to_do(here: Path) -> None:
    write(here, cells())
    found = report(Preflight(lang="nn"))
    assert found["tasks"][0]["why"] == "Svar, og lagre svaret."
    assert [one["text"] for one in found["remarks"]] == [
        "Det ligg ingen svarlogg (svar.jsonl) ved sida av notatboka."
    ]


def test_what_only_the_browser_knows_is_believed_only_as_far_as_it_goes(here: Path) -> None:
    write(here, answer_all(here, cells()))
    widget = Preflight()
    view = send(widget, {"type": "check", "unsaved": "yes"})
    assert view["report"]["remarks"][0]["weight"] == "look"
    view = send(widget, {"type": "check", "unsaved": "<b>"})
    assert view["report"]["remarks"] == []


def test_a_repair_says_where_the_copy_is_and_how_to_load_it_and_can_be_undone(here: Path) -> None:
    path = damaged(here)
    before = path.read_bytes()
    widget = Preflight()
    assert report(widget)["mendable"]
    view = send(widget, {"type": "mend", "unsaved": "no"})
    assert view["report"]["ready"]
    assert "Reload Notebook from Disk" in view["told"]
    assert ".ipynb_checkpoints/omregning-reservekopi-" in view["told"]
    assert view["undo"]
    view = send(widget, {"type": "undo"})
    assert path.read_bytes() == before
    assert not view["undo"]
    assert view["report"]["mendable"]


def test_unsaved_work_is_never_written_over(here: Path) -> None:
    path = damaged(here)
    before = path.read_bytes()
    view = send(Preflight(), {"type": "mend", "unsaved": "yes"})
    assert "Lagre notatboken først" in view["error"]
    assert view["report"]["mendable"]
    assert path.read_bytes() == before


def test_undo_without_a_repair_changes_nothing(here: Path) -> None:
    path = write(here, cells())
    before = path.read_bytes()
    assert "ingen kopi" in send(Preflight(), {"type": "undo"})["error"]
    assert path.read_bytes() == before


def test_the_notebook_that_runs_it_is_the_one_it_looks_at(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, cells(), "a.ipynb")
    write(here, cells(), "b.ipynb")
    assert "a.ipynb, b.ipynb" in shown(Preflight())["failed"]
    monkeypatch.setenv("JPY_SESSION_NAME", "/et/annet/sted/b.ipynb")
    assert report(Preflight())["headline"]
    assert report(Preflight("a"))["headline"]
    assert "c.ipynb finnes ikke her" in shown(Preflight("c"))["failed"]


def test_a_notebook_in_another_folder_is_found_beside_its_log(here: Path) -> None:
    folder = here / "mappe"
    folder.mkdir()
    write(folder, answer_all(folder, cells()))
    assert report(Preflight(log=folder / "svar.jsonl"))["ready"]


def test_while_being_graded_nothing_is_looked_at(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = damaged(here)
    before = path.read_bytes()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    widget = Preflight()
    assert "blir rettet nå" in shown(widget)["failed"]
    for message in ({"type": "mend", "unsaved": "no"}, {"type": "undo"}):
        assert "blir rettet nå" in send(widget, message)["error"]
    assert path.read_bytes() == before


def test_the_deadline_stands_in_the_reader_s_words(here: Path) -> None:
    write(here, cells())
    due = datetime(datetime.now(UTC).year + 1, 3, 1, 12, tzinfo=UTC)  # the same day in Oslo
    hand_out(here, due=due.isoformat(), timezone="Europe/Oslo")
    assert report(Preflight())["deadline"].startswith("Frist: 01.03.")
    assert "(Europe/Oslo)" in report(Preflight(lang="en"))["deadline"]
