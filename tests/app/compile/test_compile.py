"""From YAML to JSON: everything arrives, only what changed is written, nobody sees half."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from pallkit.errors import ContentError
from pallkit_app.compile.build import compile_content

CASE = "id: {id}\nminutes: 20\ntolerance: 2.50\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "topics.yaml", "smerte: {nb: Smerte}\n")
    write(tmp_path, "ratio_sets/ett.yaml", "id: ett\n")
    write(tmp_path, "cases/en/case.yaml", CASE.format(id="en"))
    write(tmp_path, "cases/en/nb.yaml", "title: Én\n")
    return tmp_path


def write(root: Path, name: str, text: str) -> Path:
    path = root / "casebank" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def compiled(target: Path) -> dict[str, Any]:
    return {
        path.relative_to(target).as_posix(): json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(target.rglob("*.json"))
    }


def test_every_value_arrives_as_it_was_written(root: Path) -> None:
    assert compile_content(root, root / "out") == {}
    made = compiled(root / "out")
    edition = made.pop("index.json")
    assert made == {
        "cases/en/case.json": {"id": "en", "minutes": 20, "tolerance": "2.50"},
        "cases/en/nb.json": {"title": "Én"},
        "ratio_sets/ett.json": {"id": "ett"},
        "topics.json": {"smerte": {"nb": "Smerte"}},
    }
    assert (edition["cases"], edition["ratio_sets"]) == (["en"], ["ett"])


def test_only_what_changed_is_written_again(root: Path) -> None:
    compile_content(root, root / "out")
    before = {path: path.stat().st_ino for path in (root / "out").rglob("*.json")}
    compile_content(root, root / "out")
    assert before == {path: path.stat().st_ino for path in before}
    changed = write(root, "cases/en/nb.yaml", "title: To\n")
    os.utime(changed, (1, 1))  # older than before, as after a checkout of an old branch
    compile_content(root, root / "out")
    again = {path.name for path, inode in before.items() if path.stat().st_ino != inode}
    assert again == {"nb.json", "index.json"}


def test_the_edition_is_another_when_any_file_is(root: Path) -> None:
    editions = set()
    for change in ("", "cases/en/nb.yaml", "topics.yaml", "cases/to/case.yaml"):
        if change:
            os.utime(write(root, change, "a: b\n"), (len(change), len(change)))
        compile_content(root, root / "out")
        editions.add(compiled(root / "out")["index.json"]["edition"])
    assert len(editions) == 4


def test_a_removed_case_is_removed(root: Path) -> None:
    compile_content(root, root / "out")
    for path in (root / "casebank/cases/en").iterdir():
        path.unlink()
    compile_content(root, root / "out")
    assert compiled(root / "out")["index.json"]["cases"] == []
    assert not (root / "out/cases").exists()


def test_a_broken_file_names_itself_and_leaves_the_rest_alone(root: Path) -> None:
    compile_content(root, root / "out")
    write(root, "cases/to/case.yaml", CASE.format(id="to"))
    os.utime(write(root, "cases/en/case.yaml", "id: en\nid: en\n"), (5, 5))
    faults = compile_content(root, root / "out")
    assert list(faults) == ["cases/en/case.json"]
    assert "casebank/cases/en/case.yaml:2" in str(faults["cases/en/case.json"])
    assert compiled(root / "out")["index.json"]["cases"] == ["to"]
    assert not (root / "out/cases/en/case.json").exists(), "the old version must not live on"


def test_a_newer_format_compiles_everything_anew(root: Path) -> None:
    compile_content(root, root / "out")
    index = root / "out/index.json"
    index.write_text(index.read_text(encoding="utf-8").replace('"format": 1', '"format": 0'))
    (root / "out/topics.json").write_text("{}")
    os.utime(root / "out/topics.json", ns=(0, (root / "casebank/topics.yaml").stat().st_mtime_ns))
    compile_content(root, root / "out")
    assert compiled(root / "out")["topics.json"] == {"smerte": {"nb": "Smerte"}}


def test_a_folder_that_cannot_be_written_is_said_in_one_message(root: Path) -> None:
    (root / "out").write_text("a file stands where the folder should be")
    with pytest.raises(ContentError, match="cannot be written"):
        compile_content(root, root / "out")


def test_a_half_written_file_of_a_dead_process_is_cleared_away(root: Path) -> None:
    compile_content(root, root / "out")
    fresh, old = root / "out/.a.json.1.2.tmp", root / "out/.b.json.1.2.tmp"
    fresh.write_text("{")
    old.write_text("{")
    os.utime(old, (5, 5))
    compile_content(root, root / "out")
    assert (fresh.exists(), old.exists()) == (True, False)


def test_processes_and_threads_at_once_leave_whole_files_only(root: Path) -> None:
    for number in range(30):
        write(root, f"cases/kasus-{number}/case.yaml", CASE.format(id=f"kasus-{number}") * 1)
        write(root, f"cases/kasus-{number}/nb.yaml", "text: >-\n" + "  ord ord ord\n" * 400)
    script = (
        "import sys; from pathlib import Path; from pallkit_app.compile.build import *\n"
        "for _ in range(4): compile_content(Path(sys.argv[1]), Path(sys.argv[2]), force=True)"
    )
    command = [sys.executable, "-c", script, str(root), str(root / "out")]
    compile_content(root, root / "out")
    others = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    mine = [
        threading.Thread(target=compile_content, args=(root, root / "out"), kwargs={"force": True})
        for _ in range(2)
    ]
    for thread in mine:
        thread.start()
    seen = 0
    while any(other.poll() is None for other in others):
        for made in compiled(root / "out").values():  # raises on half a file
            seen += bool(made)
    for thread in mine:
        thread.join()
    assert [other.communicate()[1].decode() for other in others] == ["", ""]
    assert len(compiled(root / "out")) == 1 + 4 + 60
    assert seen
    assert not list((root / "out").rglob("*.tmp"))
