"""A hand-out holds what was released and nothing else, on every trainee's computer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from tests.grading.packages.course import NB

from pallkit.errors import ContentError
from pallkit_app.exchange.zipping import write_zip
from pallkit_grading.packages.handing_out import HandOut, handout_files
from pallkit_grading.packages.names import safe_name, unsafe_names
from pallkit_grading.rules import Rules

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it


def test_holds_the_notebook_and_says_what_it_is(out: HandOut) -> None:
    files = handout_files(out)
    assert set(files) == {f"{NB}/{one}" for one in (f"{NB}.ipynb", "oppgave.json", "LES-MEG.txt")}
    about = json.loads(files[f"{NB}/oppgave.json"])
    assert (about["assignment"], about["course"], about["due"]) == (NB, "spesialist", None)
    assert [one["id"] for one in about["tasks"]][:2] == ["omregning-kasus", "omregning-1"]


def test_names_the_trainee_it_is_for(out: HandOut) -> None:
    files = handout_files(out, "kari")
    assert json.loads(files[f"{NB}/deltaker.json"]) == {"course": "spesialist", "trainee": "kari"}


def test_says_the_deadline_with_its_offset_and_time_zone(out: HandOut) -> None:
    due = datetime(2026, 7, 1, 23, 59, tzinfo=ZoneInfo("Europe/Oslo"))
    late = HandOut(out.folder, out.course, out.assignment, out.key, Rules(deadlines={NB: due}))
    files = handout_files(late)
    about = json.loads(files[f"{NB}/oppgave.json"])
    assert (about["due"], about["timezone"]) == ("2026-07-01T23:59+02:00", "Europe/Oslo")
    assert "1.7.2026 kl. 23.59 (Europe/Oslo)" in files[f"{NB}/LES-MEG.txt"].decode("utf-8-sig")


def test_can_be_read_in_windows_own_editor(out: HandOut) -> None:
    text = handout_files(out)[f"{NB}/LES-MEG.txt"]
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\n") == text.count(b"\r\n") > 5
    assert "Lever: pallkit handin" in text.decode("utf-8-sig")


def test_is_the_same_byte_for_byte_each_time(out: HandOut, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write_zip(tmp_path / name, handout_files(out, "kari"))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def _cells(change: Callable[[list[dict[str, Any]]], None]) -> Callable[[Path], None]:
    def edit(release: Path) -> None:
        path = release / f"{NB}.ipynb"
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook["cells"])
        path.write_text(json.dumps(notebook), encoding="utf-8")

    return edit


def _marked(cells: list[dict[str, Any]]) -> None:
    cells[0]["source"] = "### BEGIN SOLUTION\nx = 1\n### END SOLUTION"


def _tested(cells: list[dict[str, Any]]) -> None:
    cells[1]["source"] = "### BEGIN HIDDEN TESTS\nassert x\n### END HIDDEN TESTS"


def _run(cells: list[dict[str, Any]]) -> None:
    output = {"output_type": "stream", "name": "stdout", "text": "180"}
    next(one for one in cells if one["cell_type"] == "code")["outputs"] = [output]


def _tagged(cells: list[dict[str, Any]]) -> None:
    cells[0]["metadata"]["tags"] = ["solution"]


LEAKS = [
    pytest.param(lambda to: to.joinpath("fasit.yaml").write_text("a: 1"), "be a key", id="key"),
    pytest.param(lambda to: to.joinpath("svar.jsonl").write_text("{}"), "answer log", id="log"),
    pytest.param(lambda to: to.joinpath("x.exe").write_text("MZ"), "not a notebook", id="program"),
    pytest.param(lambda to: to.joinpath("a.csv").symlink_to("/etc/passwd"), "ordinary", id="link"),
    pytest.param(lambda to: to.joinpath("oppgave.json").write_text("{}"), "not a not", id="ours"),
    pytest.param(_cells(_marked), "holds a solution", id="a solution"),
    pytest.param(_cells(_tested), "hidden tests", id="hidden tests"),
    pytest.param(_cells(_run), "output could tell", id="an output"),
    pytest.param(_cells(_tagged), "hidden cell", id="a hidden cell"),
    pytest.param(lambda to: to.joinpath("aux.csv").write_text("a"), "for itself", id="a device"),
    pytest.param(lambda to: to.joinpath("a?.csv").write_text("a"), "signs", id="a question mark"),
]


@pytest.mark.parametrize(("spoil", "why"), LEAKS)
def test_is_refused_when_the_release_holds(
    spoil: Callable[[Path], object], why: str, out: HandOut
) -> None:
    spoil(out.folder / "release" / NB)
    with pytest.raises(ContentError, match=why):
        handout_files(out)


def test_is_refused_when_a_solution_was_left_in_without_its_marks(out: HandOut) -> None:
    solved = "morfin = 45  # halvparten av 90, etter reduksjon"
    source = out.folder / "source" / NB / f"{NB}.ipynb"
    notebook = json.loads(source.read_text(encoding="utf-8"))
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    text = f"### BEGIN SOLUTION\n{solved}\n### END SOLUTION"
    notebook["cells"].append({**cell, "id": "losning", "source": text})
    source.write_text(json.dumps(notebook), encoding="utf-8")
    handout_files(out)
    _cells(lambda cells: cells.append({**cell, "source": solved}))(out.folder / "release" / NB)
    with pytest.raises(ContentError, match="text of the solution or the key"):
        handout_files(out)


def test_is_refused_when_a_text_of_the_key_stands_in_it(out: HandOut) -> None:
    task = out.key.of(NB)[-1]
    secret = task.look_for[0].nb  # type: ignore[union-attr]  # the last task is a text
    (out.folder / "release" / NB / "notat.txt").write_text(f"NB:\n{secret}", encoding="utf-8")
    with pytest.raises(ContentError, match="text of the solution or the key"):
        handout_files(out)


def test_is_refused_before_the_assignment_is_released(out: HandOut) -> None:
    (out.folder / "release" / NB).rename(out.folder / "release" / "x")
    with pytest.raises(ContentError, match="is not released yet"):
        handout_files(out)


@pytest.mark.parametrize(
    "name", ["con", "a/NUL.txt", "a.", "a ", "a:b", "a\tb", "x" * 101, "LPT1.csv", 'a"b', "a//b"]
)
def test_no_name_goes_out_that_windows_cannot_hold(name: str) -> None:
    assert len([*unsafe_names([name])]) == 1
    assert not [*unsafe_names([safe_name(name)])]


def test_two_names_that_windows_takes_for_one_are_found() -> None:
    assert len([*unsafe_names(["Data.csv", "data.csv"])]) == 1
    assert not [*unsafe_names(["data.csv", "bilder/øving 1.png", ".skjult"])]
