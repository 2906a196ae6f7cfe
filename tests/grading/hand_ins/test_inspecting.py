"""What of a hand-in's folder is taken."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pallkit_grading.hand_ins import Allowed, inspect_hand_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "kari"
    made.mkdir()
    (made / "oppgave.ipynb").write_text("{}", encoding="utf-8")
    (made / "svar.jsonl").write_text("", encoding="utf-8")
    return made


def taken(folder: Path, allowed: Allowed | None = None) -> list[str]:
    done = inspect_hand_in(folder, allowed or Allowed())
    return [path.as_posix() for path in done.files]


def refused(folder: Path, allowed: Allowed | None = None) -> list[str]:
    done = inspect_hand_in(folder, allowed or Allowed())
    return [str(one.line) for one in done.findings]


def test_ordinary_files_are_taken_without_a_word(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "Måling æøå.csv").write_text("a;b", encoding="utf-8")
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / ".ipynb_checkpoints" / "oppgave.ipynb").write_text("{}", encoding="utf-8")
    assert taken(folder) == ["data/Måling æøå.csv", "oppgave.ipynb", "svar.jsonl"]
    assert refused(folder) == []


@pytest.mark.parametrize("target", ["/etc/passwd", "../gradebook.db", "oppgave.ipynb", "nowhere"])
def test_a_link_is_refused_wherever_it_leads(folder: Path, target: str) -> None:
    (folder / "lenke.csv").symlink_to(target)
    assert "lenke.csv" not in taken(folder)
    assert refused(folder) == [
        "“lenke.csv” was not taken: it is a link, and could lead anywhere. Hand in the file itself."
    ]


def test_a_linked_folder_is_not_looked_into(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "hemmelig").mkdir()
    (tmp_path / "hemmelig" / "key.json").write_text("{}", encoding="utf-8")
    (folder / "data").symlink_to(tmp_path / "hemmelig")
    assert taken(folder) == ["oppgave.ipynb", "svar.jsonl"]
    assert len(refused(folder)) == 1


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "svar.csv")
    assert refused(folder) == ["“svar.csv” was not taken: it is not an ordinary file."]


def test_a_huge_file_costs_itself_only(folder: Path) -> None:
    with (folder / "film.mp4").open("wb") as file:
        file.truncate(3 * 1024 * 1024)
    assert taken(folder, Allowed(file_mb=2)) == ["oppgave.ipynb", "svar.jsonl"]
    assert refused(folder, Allowed(file_mb=2)) == [
        "“film.mp4” was not taken: it is larger than 2 MB."
    ]


def test_where_all_is_too_much_the_notebook_and_the_answers_come_first(folder: Path) -> None:
    for number in range(4):
        (folder / f"a{number}.csv").write_bytes(b"x" * 600_000)
    assert taken(folder, Allowed(total_mb=1)) == ["a0.csv", "oppgave.ipynb", "svar.jsonl"]
    assert taken(folder, Allowed(files=3)) == ["a0.csv", "oppgave.ipynb", "svar.jsonl"]
    assert len(refused(folder, Allowed(files=3))) == 3


@pytest.mark.parametrize(
    "begins", [b"\x7fELF\x02", b"MZ\x90\x00", b"#!/bin/sh\n", b"\xcf\xfa\xed\xfe"]
)
def test_a_program_is_refused_whatever_it_is_called(folder: Path, begins: bytes) -> None:
    (folder / "bilde.png").write_bytes(begins + b"rest")
    assert "program" in refused(folder)[0]


def test_a_name_that_cannot_be_shown_is_refused_and_shown_with_marks(folder: Path) -> None:
    (folder / "a\x1b[2Jb\n.csv").write_text("", encoding="utf-8")
    assert refused(folder)[0].startswith("“a?[2Jb?.csv” was not taken")


def test_a_thousand_links_are_a_dozen_lines(folder: Path) -> None:
    for number in range(1000):
        (folder / f"l{number}").symlink_to("/etc/passwd")
    assert len(refused(folder)) == 13
    assert "988" in refused(folder)[-1]


def test_more_names_than_anyone_needs_are_not_all_read(folder: Path) -> None:
    for number in range(4100):
        (folder / f"n{number}").touch()
    assert len(taken(folder)) <= 200
