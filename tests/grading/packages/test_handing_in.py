"""A trainee packs the work: what is in it, what is warned of, and a receipt for exactly that."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.grading.logs import write_log
from tests.grading.packages.course import NB

from pallkit.errors import ContentError
from pallkit_grading.packages.handing_in import Packed, pack_hand_in
from pallkit_grading.packages.handing_out import HandOut, handout_files

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it

NOW = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)
NUMBER = "01" + "0190" + "12345"


@pytest.fixture
def home(out: HandOut, tmp_path: Path) -> Path:
    """The trainee's own folder, unpacked from the hand-out."""
    for name, content in handout_files(out, "kari").items():
        path = tmp_path / "Mine dokumenter" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    folder = tmp_path / "Mine dokumenter" / NB
    write_log(folder / "svar.jsonl", ("answer", "omregning-1", "180 mg/24 t"))
    return folder


def pack(folder: Path) -> Packed:
    return pack_hand_in(folder, now=NOW)


def add_cell(folder: Path, **cell: Any) -> None:
    path = folder / f"{NB}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": "", **cell})
    path.write_text(json.dumps(notebook), encoding="utf-8")


def test_holds_the_work_and_whose_it_is(home: Path) -> None:
    packed = pack(home)
    assert set(packed.files) == {f"{NB}.ipynb", "svar.jsonl", "deltaker.json", "innlevering.json"}
    assert packed.name == f"{NB}-kari"
    manifest = json.loads(packed.files["innlevering.json"])
    assert (manifest["assignment"], manifest["trainee"], manifest["code"]) == (
        NB,
        "kari",
        packed.code,
    )
    assert packed.findings == ()


def test_leaves_out_earlier_packages_and_what_computers_leave_lying(home: Path) -> None:
    (home / "omregning-i-praksis-kari.zip").write_bytes(b"PK")
    (home / ".ipynb_checkpoints").mkdir()
    (home / ".ipynb_checkpoints" / "x.ipynb").write_text("{}", encoding="utf-8")
    (home / "Thumbs.db").write_bytes(b"x")
    assert set(pack(home).files) == {
        f"{NB}.ipynb",
        "svar.jsonl",
        "deltaker.json",
        "innlevering.json",
    }


def test_the_receipt_is_the_same_for_the_same_work_and_another_for_another(home: Path) -> None:
    first = pack(home).code
    assert pack_hand_in(home, now=NOW.replace(hour=18)).code == first
    write_log(home / "svar.jsonl", ("answer", "omregning-2", "45 mg/24 t"))
    assert pack(home).code != first


def test_warns_of_an_identity_number_and_never_repeats_it(home: Path) -> None:
    add_cell(home, source=f"Pasienten {NUMBER}")
    output = {"output_type": "stream", "name": "stdout", "text": [NUMBER[:6], NUMBER[6:]]}
    add_cell(home, cell_type="code", source="print(x)", outputs=[output])
    packed = pack(home)
    assert sum("identity number" in str(one) for one in packed.warnings) == 2
    assert NUMBER not in "".join(map(str, packed.warnings))
    assert f"{NB}.ipynb" in packed.files


def test_tells_what_the_check_found_and_packs_all_the_same(home: Path) -> None:
    (home / "svar.jsonl").unlink()
    packed = pack(home)
    assert any("There is no answer log" in str(one) for one in packed.warnings)
    assert "Not ready to hand in" in str(packed.headline)
    assert f"{NB}.ipynb" in packed.files


def test_a_cell_that_was_deleted_is_found_by_what_was_handed_out(home: Path) -> None:
    path = home / f"{NB}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    graded = [one for one in notebook["cells"] if one["metadata"].get("nbgrader", {}).get("grade")]
    notebook["cells"].remove(graded[0])
    path.write_text(json.dumps(notebook), encoding="utf-8")
    name = graded[0]["metadata"]["nbgrader"]["grade_id"]
    assert any(name in str(one) for one in pack(home).warnings)


def test_leaves_out_a_link_and_a_program_and_says_so(home: Path) -> None:
    (home / "passord.txt").symlink_to("/etc/passwd")
    (home / "kart.png").write_bytes(b"MZ\x90")
    packed = pack(home)
    assert {one.file for one in packed.findings} == {"passord.txt", "kart.png"}
    assert not {"passord.txt", "kart.png"} & set(packed.files)


def test_asks_for_the_assignment_where_there_is_no_notebook_of_the_folders_name(
    tmp_path: Path,
) -> None:
    with pytest.raises(ContentError, match="Go to the assignment's folder"):
        pack(tmp_path)


def test_a_folder_fetched_from_a_hub_has_no_small_files_and_is_packed_all_the_same(
    home: Path,
) -> None:
    for name in ("oppgave.json", "deltaker.json", "LES-MEG.txt"):
        (home / name).unlink()
    assert (pack(home).name, "innlevering.json" in pack(home).files) == (NB, True)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"assignment": 3}', "[" * 100_000, "\ufeff{}"])
def test_small_files_that_are_spoilt_count_as_missing(text: str, home: Path) -> None:
    for name in ("oppgave.json", "deltaker.json"):
        (home / name).write_text(text, encoding="utf-8")
    assert pack(home).name == NB


def test_a_notebook_that_is_none_is_packed_as_it_is(home: Path) -> None:
    (home / f"{NB}.ipynb").write_text("[" * 100_000, encoding="utf-8")
    assert f"{NB}.ipynb" in pack(home).files
