"""``pallkit preflight``: 0 when a hand-in is ready, 1 when not, 2 when it cannot be told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.kit.preflight.hand_in import NAME, answer_all, cells, hand_out, write
from typer.testing import CliRunner, Result

from pallkit.errors import PallkitError
from pallkit_app.cli import app


def pallkit(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["preflight", *map(str, arguments)], env={"COLUMNS": "120"})


def test_a_hand_in_that_is_ready_ends_with_0(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()))
    done = pallkit(tmp_path)
    assert done.exit_code == 0, done.output
    assert "✓ Oppgave 1: Døgndosen" in done.output
    assert done.output.splitlines()[-1] == "Klar til innlevering."


@pytest.mark.parametrize(
    ("lang", "says"),
    [
        ("nb", "✗ Oppgave 3: Mål: ikke besvart."),
        ("nn", "✗ Oppgave 3: Mål: ikkje svart på."),
        ("en", "✗ Oppgave 3: Mål: not answered."),
    ],
)
def test_one_that_is_not_ends_with_1_and_says_what_to_do(
    tmp_path: Path, lang: str, says: str
) -> None:
    write(tmp_path, cells())
    done = pallkit(tmp_path, "--lang", lang)
    assert done.exit_code == 1
    assert says in done.output


def test_without_anything_to_check_it_ends_with_2(tmp_path: Path) -> None:
    done = pallkit(tmp_path)
    assert isinstance(done.exception, PallkitError)  # which main() makes one line and status 2
    assert isinstance(pallkit(tmp_path / "nix").exception, PallkitError)


def test_another_program_reads_it_as_json(tmp_path: Path) -> None:
    write(tmp_path, answer_all(tmp_path, cells()))
    hand_out(tmp_path, due="2099-12-06T23:59+01:00", timezone="Europe/Oslo", assignment="omregning")
    (tmp_path / "film").symlink_to("/dev/zero")
    done = pallkit(tmp_path, "--json", "--lang", "en")
    told = json.loads(done.output)
    assert (done.exit_code, told["ready"], told["assignment"]) == (1, False, "omregning")
    assert told["due"] == {"at": "2099-12-06T23:59:00+01:00", "timezone": "Europe/Oslo"}
    assert [one["standing"] for one in told["tasks"]] == ["answered"] * 3
    assert [one["code"] for one in told["findings"]] == ["file"]


def test_a_repair_is_made_by_asking_and_taken_back_by_asking(tmp_path: Path) -> None:
    made = answer_all(tmp_path, cells())
    made[4]["source"] = "2.0"
    path = write(tmp_path, made)
    before = path.read_bytes()
    assert "pallkit preflight --repair" in pallkit(tmp_path).output
    assert path.read_bytes() == before
    done = pallkit(tmp_path, "--repair")
    assert done.exit_code == 0, done.output
    assert "En kopi av det som stod der, ligger i .ipynb_checkpoints/" in done.output
    assert path.read_bytes() != before
    undone = pallkit(tmp_path, "--undo", "--json")
    assert json.loads(undone.output)["copy"].startswith(".ipynb_checkpoints/omregning-reparert")
    assert (tmp_path / NAME).read_bytes() == before
