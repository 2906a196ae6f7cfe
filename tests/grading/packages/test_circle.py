"""The whole way: handed out, answered at home, packed, collected and graded."""

from __future__ import annotations

import os
import warnings
import zipfile
from pathlib import Path

import pytest
from tests.grading.logs import best_decisions, write_log
from tests.grading.packages.course import NB
from typer.testing import CliRunner, Result

from pallkit_app.cli import app
from pallkit_app.courses.reading import read_keys
from pallkit_app.courses.setup import EXCHANGE_VARIABLE, configure
from pallkit_grading.book import open_book
from pallkit_grading.book.history import told
from pallkit_grading.gradebook import read_grades
from pallkit_grading.key import KEY_VARIABLE
from pallkit_grading.marking import Marked
from pallkit_grading.packages.told import read_collected
from pallkit_grading.running import Job, grade

pytestmark = pytest.mark.xdist_group("released")  # one course, whichever worker makes it

ANSWERS = {"omregning-1": "180 mg/24 t", "omregning-2": "45 mg/24 t", "omregning-3": "6,7 mg"}


def pallkit(*words: object) -> Result:
    done = CliRunner().invoke(app, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done


def answer(home: Path) -> None:
    played = [("decision", "omregning-kasus", one) for one in best_decisions()]
    given = [("answer", task, text) for task, text in ANSWERS.items()]
    write_log(home / "svar.jsonl", *played, *given)


def graded(course: Path) -> list[Marked]:
    found: list[Marked] = []
    with open_book(course, "spesialist") as book, warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Object of type <Submitted")
        job = Job(course, NB)
        grade(job, book, read_keys(course), lambda marked, *_rest: found.append(marked))
    return found


def test_from_hand_out_to_points_by_way_of_two_zip_files(
    course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    pallkit("handout", course, "--assignment", NB, "--all", "-o", tmp_path / "ut")
    assert {one.name for one in (tmp_path / "ut").iterdir()} >= {f"{NB}-kari.zip", f"{NB}-ase.zip"}
    with zipfile.ZipFile(tmp_path / "ut" / f"{NB}-kari.zip") as archive:
        archive.extractall(tmp_path / "hjemme")
    answer(tmp_path / "hjemme" / NB)
    packed = pallkit("handin", tmp_path / "hjemme" / NB, "-o", tmp_path / "levering.zip")
    collected = pallkit(
        "grade", "collect-zip", course, tmp_path / "levering.zip", "--assignment", NB
    )
    code = packed.stdout.split("kvittering: ")[1][:19]
    assert code in collected.stdout
    assert collected.exit_code == 0
    graded(course)
    points = {task: grade.auto for (_who, task), grade in read_grades(course, NB).items()}
    most = {str(task.id): task.points for task in read_keys(course).of(NB)}
    for task in ("omregning-kasus", *ANSWERS):
        assert points[task] == most[task], task


def test_a_link_that_lies_in_submitted_is_not_followed_and_is_told_to_the_leader(
    course: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "fasit.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    folder = course / "submitted" / "kari" / NB
    folder.mkdir(parents=True)
    answer(folder)
    (folder / "data.csv").symlink_to(secret)
    (folder / f"{NB}.ipynb").symlink_to(course / "source" / NB / f"{NB}.ipynb")
    (marked,) = graded(course)
    assert sum("it is a link" in str(line) for line in marked.lines) == 2
    assert marked.flagged
    autograded = course / "autograded" / "kari" / NB
    assert not (autograded / "data.csv").exists()
    assert not any(path.is_symlink() for path in autograded.rglob("*"))
    assert "hemmelig" not in "".join(
        path.read_text(encoding="utf-8") for path in autograded.rglob("*") if path.is_file()
    )


def test_what_collecting_found_is_told_when_it_is_graded(course: Path, tmp_path: Path) -> None:
    answer(tmp_path)
    with zipfile.ZipFile(tmp_path / "kari.zip", "w") as archive:
        archive.write(tmp_path / "svar.jsonl", "svar.jsonl")
        archive.writestr("kart.png", b"\x7fELF")
    pallkit("grade", "collect-zip", course, tmp_path / "kari.zip", "--assignment", NB)
    (marked,) = graded(course)
    assert marked.flagged
    assert any("“kart.png” was not taken: it is a program" in str(one) for one in marked.lines)
    with open_book(course, "spesialist") as book:
        assert "kart.png" in str(told(book.db, NB)["kari"].lines)


@pytest.fixture
def inbound(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A hand-in in nbgrader's exchange, with a link to what only the leader may read."""
    monkeypatch.setenv(EXCHANGE_VARIABLE, str(tmp_path / "exchange"))
    monkeypatch.setenv(KEY_VARIABLE, os.environ.get(KEY_VARIABLE, ""))
    secret = tmp_path / "fasit.txt"
    secret.write_text("hemmelig", encoding="utf-8")
    lying = tmp_path / "exchange" / "spesialist" / "inbound" / f"kari+{NB}+2026-11-22 16:00:00 UTC"
    lying.mkdir(parents=True)
    answer(lying)
    (lying / "timestamp.txt").write_text("2026-11-22 16:00:00 UTC", encoding="utf-8")
    (lying / "data.csv").symlink_to(secret)
    return course


def _collect(course: Path, *, stock: bool) -> None:
    from nbgrader.apps.api import NbGraderAPI  # noqa: PLC0415  # seconds to import
    from nbgrader.exchange.default import ExchangeCollect  # noqa: PLC0415
    from traitlets.config import Config  # noqa: PLC0415

    config = Config()
    configure(config, course)
    config.ExchangeCollect.check_owner = False
    config.Collect.check_owner = False
    if stock:
        config.ExchangeFactory.collect = ExchangeCollect
    done = NbGraderAPI(config=config).collect(NB)
    assert done["success"], done


def test_nbgraders_own_collecting_follows_no_link_and_keeps_what_was_found(inbound: Path) -> None:
    _collect(inbound, stock=False)
    folder = inbound / "submitted" / "kari" / NB
    assert {path.name for path in folder.iterdir()} == {"svar.jsonl", "timestamp.txt"}
    found = read_collected(inbound, NB, "kari")
    assert found is not None
    assert ["it is a link" in str(line) for line in found.lines] == [True]


def test_nbgraders_stock_collecting_brings_what_the_link_leads_to(inbound: Path) -> None:
    _collect(inbound, stock=True)
    taken = inbound / "submitted" / "kari" / NB / "data.csv"
    assert taken.read_text(encoding="utf-8") == "hemmelig"
