"""The commands around packages: what they refuse, what they never show, and where they run."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.grading.packages.course import NB
from tests.grading.packages.test_handing_in import NUMBER, home
from typer.testing import CliRunner, Result

from pallkit.errors import PallkitError
from pallkit_app.cli import app

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it

__all__ = ["home"]  # the trainee's folder, as a fixture here too
WINDOWS = Path(__file__).with_name("as_on_windows.py")


def pallkit(*words: object) -> Result:
    return CliRunner().invoke(app, [str(one) for one in words])


def test_a_trainee_packs_without_anything_that_windows_or_a_home_pc_lacks(
    home: Path, tmp_path: Path
) -> None:
    target = tmp_path / "levering.zip"
    done = subprocess.run(
        [sys.executable, WINDOWS, "handin", home, "-o", target],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(target) as archive:
        assert f"{NB}.ipynb" in archive.namelist()


def test_a_package_is_made_only_for_somebody_on_the_roster(course: Path, tmp_path: Path) -> None:
    words = ("handout", course, "--assignment", NB, "-o", tmp_path / "ut.zip")
    done = pallkit(*words, "--trainee", "fremmed")
    assert isinstance(done.exception, PallkitError)
    assert "not on the roster" in str(done.exception)
    assert not (tmp_path / "ut.zip").exists()
    assert isinstance(pallkit(*words, "--trainee", "kari", "--all").exception, PallkitError)


@pytest.mark.parametrize("word", [f"{NUMBER}.zip", f"kari-{NUMBER}.zip"])
def test_no_package_is_named_by_an_identity_number(word: str, home: Path) -> None:
    done = pallkit("handin", home, "-o", home / word)
    assert isinstance(done.exception, PallkitError)
    assert NUMBER not in str(done.exception)
    assert not (home / word).exists()


def test_collecting_shows_no_identity_number_that_somebody_used_as_a_name(
    course: Path, tmp_path: Path
) -> None:
    path = tmp_path / "alle.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(f"{NUMBER}/svar.jsonl", "{}")
        archive.writestr("\x1b[2Jkari/svar.jsonl", "{}")
    done = pallkit("grade", "collect-zip", course, path, "--assignment", NB)
    assert done.exit_code == 1
    assert NUMBER not in done.output
    assert "\x1b" not in done.output
    assert not (course / "submitted").exists()


def test_a_file_that_cannot_be_opened_costs_only_itself(course: Path, tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK og ikke mer")
    with zipfile.ZipFile(tmp_path / "kari.zip", "w") as archive:
        archive.writestr("svar.jsonl", "{}")
    files = (tmp_path / "a.zip", tmp_path / "finnes-ikke.zip", tmp_path / "kari.zip")
    done = pallkit("grade", "collect-zip", course, *files, "--assignment", NB)
    assert done.exit_code == 1
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert (course / "submitted" / "kari" / NB / "svar.jsonl").is_file()


def test_the_leaders_time_is_the_courses_own(course: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "kari.zip", "w") as archive:
        archive.writestr("svar.jsonl", "{}")
    words = (course, tmp_path / "kari.zip", "--assignment", NB, "--received", "2026-07-01 12:00")
    pallkit("grade", "collect-zip", *words)
    stamp = course / "submitted" / "kari" / NB / "timestamp.txt"
    assert stamp.read_text(encoding="utf-8").startswith("2026-07-01 10:00:00")
