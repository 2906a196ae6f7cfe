"""The full nbgrader cycle: full, partial and no points, and nothing of the key handed out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.grading.cycle import ASSIGNMENT, Cycle, insert_code, together, work
from tests.grading.logs import best_decisions, write_log

from pallkit.answers import record
from pallkit.answers.log import MAX_LOG
from pallkit.preflight import preflight
from pallkit_app.courses.reading import read_keys
from pallkit_grading.gradebook import Grade, read_grades
from pallkit_grading.results import Result, results

pytestmark = pytest.mark.xdist_group("nbgrader")  # one cycle, whichever worker runs it

COMPUTED = ("omregning-kasus", "omregning-1", "omregning-2", "omregning-3")
OWN = "omregning-egen"  # drawn for each trainee: answered in tests/content/test_assignments.py
MOST = {"omregning-kasus": 4, "omregning-1": 2, "omregning-2": 3, "omregning-3": 3}
RIGHT = {"omregning-1": "180 mg/24 t", "omregning-2": "45 mg/24 t", "omregning-3": "6,7 mg"}
HALF = {"omregning-1": "60 mg/24 t", "omregning-2": "90 mg/24 t", "omregning-3": "6 mg"}
TEXT = {"omregning-tekst": "Odd har byttet til morfin. Ring meg ved sløvhet eller mer smerter."}


def _all_right(folder: Path) -> None:
    work(folder, best_decisions(), RIGHT | TEXT)


def _wrong(folder: Path) -> None:
    work(folder, [], {"omregning-1": "18 mg/24 t", "omregning-2": "4500 mg/24 t"})


def _crashes(folder: Path) -> None:
    write_log(folder / "svar.jsonl", *(("answer", task, "førti\nfem mg") for task in COMPUTED))
    insert_code(folder, 1, "raise SystemError('min egen celle')")


def _forges(folder: Path) -> None:
    scored = {"v": 1, "type": "opened", "task": "omregning-1", "score": 2, "points": 2}
    (folder / "svar.jsonl").write_text(
        "".join(json.dumps({**scored, "task": task}) + "\n" for task in COMPUTED)
    )


def _tears(folder: Path) -> None:
    _all_right(folder)
    with (folder / "svar.jsonl").open("ab") as file:
        file.write(record("answer", "omregning-1", "1 mg/24 t").line()[:-9])


def _fills_the_disk(folder: Path) -> None:
    (folder / "svar.jsonl").write_bytes(b"x" * (MAX_LOG + 1))


def _redefines_check(folder: Path) -> None:
    work(folder, [], {})
    insert_code(folder, 2, "def check(task, **_):\n    return 2.0")


def _edits_locked_cells(folder: Path) -> None:
    path = folder / f"{ASSIGNMENT}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace('check(\\"', '2.0 + len(\\"'))


LAID = {
    "feil": _wrong,
    "uten-logg": lambda _folder: None,
    "kraesj": _crashes,
    "forfalsket": _forges,
    "revet": _tears,
    "gigantisk": _fills_the_disk,
    "egen-check": _redefines_check,
    "endret-celle": _edits_locked_cells,
}


@pytest.fixture(scope="module")
def cycle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cycle]:
    made = Cycle(tmp_path_factory.mktemp("cycle"))
    made.begin()
    made.leads("generate_assignment", ASSIGNMENT)
    made.leads("release_assignment", ASSIGNMENT)
    trainees = ("anne", "berit", "cecilie")
    together([lambda one=one: made.fetch(one) for one in trainees])
    _all_right(made.root / "anne" / ASSIGNMENT)
    work(made.root / "berit" / ASSIGNMENT, best_decisions()[:5], HALF | TEXT)
    work(made.root / "cecilie" / ASSIGNMENT, [], {})
    together([lambda one=one: made.submit(one) for one in trainees])
    made.leads("collect", ASSIGNMENT)
    for trainee, change in LAID.items():
        made.lay(trainee, change)
    made.leads("autograde", ASSIGNMENT)
    return made


@pytest.fixture(scope="module")
def grades(cycle: Cycle) -> dict[tuple[str, str], Grade]:
    return read_grades(cycle.course, ASSIGNMENT)


@pytest.fixture(scope="module")
def judged(cycle: Cycle) -> dict[tuple[str, str], Result]:
    found = results(cycle.course, read_keys(cycle.course), ASSIGNMENT)
    return {(one.trainee, one.judgement.task): one for one in found}


def _auto(grades: dict[tuple[str, str], Grade], trainee: str) -> dict[str, float | None]:
    found = {task: grades[trainee, task].auto for task in COMPUTED}
    return {task: None if auto is None else float(auto) for task, auto in found.items()}


def test_a_right_hand_in_has_full_points(grades: dict[tuple[str, str], Grade]) -> None:
    assert _auto(grades, "anne") == MOST


def test_the_check_before_handing_in_knows_what_was_fetched(cycle: Cycle, tmp_path: Path) -> None:
    report = preflight(cycle.root / "anne" / ASSIGNMENT, now=datetime.now(UTC))
    assert {one.id for one in report.tasks if one.standing != "answered"} == {OWN}
    assert [one.code for one in report.remarks] == ["missing", "saved-before"]
    shutil.copytree(cycle.root / "anne" / ASSIGNMENT, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{ASSIGNMENT}.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    del notebook["cells"][-4:]
    path.write_text(json.dumps(notebook), encoding="utf-8")
    lost = preflight(tmp_path, now=datetime.now(UTC))
    assert lost.damage.mending
    assert not lost.damage.lost


def test_a_half_right_hand_in_has_a_part_of_the_points(grades: Any) -> None:
    auto = _auto(grades, "berit")
    assert auto == {**auto, "omregning-1": 1, "omregning-2": 1.5, "omregning-3": 1.5}
    assert auto["omregning-kasus"] is not None
    assert 0 < auto["omregning-kasus"] < 4


def test_an_unanswered_hand_in_has_0_points(grades: Any) -> None:
    assert _auto(grades, "cecilie") == dict.fromkeys(COMPUTED, 0)


@pytest.mark.parametrize("trainee", ["anne", "berit", "cecilie"])
def test_the_text_needs_grading_by_hand(grades: Any, trainee: str) -> None:
    grade = grades[trainee, "omregning-tekst"]
    assert (grade.auto, grade.manual, grade.needs_grading) == (None, None, True)


@pytest.mark.parametrize("trainee", ["feil", "uten-logg", "kraesj", "forfalsket", "gigantisk"])
def test_stock_nbgrader_gives_no_points_for_it(grades: Any, trainee: str) -> None:
    assert _auto(grades, trainee) == dict.fromkeys(COMPUTED, 0)


def test_a_torn_last_line_is_ignored(grades: Any) -> None:
    assert _auto(grades, "revet") == MOST


def test_a_locked_cell_is_put_back_as_it_was(grades: Any) -> None:
    assert _auto(grades, "endret-celle") == dict.fromkeys(COMPUTED, 0)


@pytest.mark.parametrize("trainee", ["uten-logg", "gigantisk"])
def test_no_log_is_not_graded_rather_than_0(cycle: Cycle, judged: Any, trainee: str) -> None:
    for task in COMPUTED:
        assert judged[trainee, task].judgement.outcome == "not_graded"
        assert judged[trainee, task].points is None
    said = (cycle.course / "autograded" / trainee / ASSIGNMENT / f"{ASSIGNMENT}.ipynb").read_text()
    assert said.count("Ikke rettet: ") == len((*COMPUTED, OWN))


def test_grading_makes_no_log_where_none_was_handed_in(cycle: Cycle) -> None:
    assert not list((cycle.course / "autograded" / "uten-logg").rglob("svar.jsonl"))


def test_a_notebook_that_grades_itself_is_pointed_out(judged: Any) -> None:
    # Stock nbgrader runs a trainee's code beside the check, and here it believes it.
    for task in COMPUTED:
        assert judged["egen-check", task].disagrees
        assert judged["egen-check", task].points == 0
    honest = [one for (trainee, _task), one in judged.items() if trainee != "egen-check"]
    assert not any(one.disagrees for one in honest)


def test_a_log_in_source_stops_the_hand_out(cycle: Cycle) -> None:
    stray = cycle.course / "source" / f"{ASSIGNMENT}-nn" / "svar.jsonl"
    stray.touch()
    said = cycle.leads("generate_assignment", f"{ASSIGNMENT}-nn", fails=True)
    stray.unlink()
    assert "svar.jsonl" in said
    assert not (cycle.course / "release" / f"{ASSIGNMENT}-nn").exists()


def test_the_nynorsk_assignment_is_handed_out_too(cycle: Cycle) -> None:
    cycle.leads("generate_assignment", f"{ASSIGNMENT}-nn")
    release = cycle.course / "release" / f"{ASSIGNMENT}-nn"
    assert [path.name for path in release.iterdir()] == [f"{ASSIGNMENT}-nn.ipynb"]


def test_a_person_grades_the_text_and_everyone_gets_feedback(cycle: Cycle) -> None:
    _grade_by_hand(cycle, "anne", 3.5)
    found = results(cycle.course, read_keys(cycle.course), ASSIGNMENT)
    text = next(
        one for one in found if (one.trainee, one.judgement.task) == ("anne", "omregning-tekst")
    )
    assert (text.points, text.needs_grading) == (3.5, False)
    # What graded itself is looked at before anybody reads of it; the others get their page.
    said = cycle.leads("generate_feedback", ASSIGNMENT, fails=True)
    assert "egen-check: “omregning-kasus” has 2 points in the gradebook" in said
    assert not (cycle.course / "feedback" / "egen-check" / ASSIGNMENT).exists()
    assert "3,5 av 4" in _feedback(cycle, "anne")
    assert "Odd har byttet til morfin." in _feedback(cycle, "anne")
    assert "ikke redusert" in _feedback(cycle, "berit")
    assert "Ikke rettet" in _feedback(cycle, "uten-logg")
    _no_key_in_feedback(cycle)


def test_nothing_of_the_key_is_handed_out(cycle: Cycle) -> None:
    for folder in (cycle.course / "release", cycle.exchange / "spesialist" / "outbound"):
        files = [path for path in folder.rglob("*") if path.is_file()]
        assert {path.suffix for path in files} == {".ipynb"}
        for path in files:
            _holds_none_of(path.read_text(encoding="utf-8"), (*_key_words(cycle), *RIGHT.values()))


def _no_key_in_feedback(cycle: Cycle) -> None:
    """The page tells the right answer and why, and nothing that is only for the one who grades."""
    for trainee in ("anne", "berit", "cecilie"):
        _holds_none_of(_feedback(cycle, trainee), ("one-sixth", "danger_most", "look_for"))
    for path in (cycle.course / "feedback").rglob("*"):
        assert path.suffix in {"", ".html", ".txt", ".jsonl"}


def _key_words(cycle: Cycle) -> list[str]:
    """Every hint and every point the grader looks for, and words only a key has."""
    key = json.loads((cycle.course / ".pallkit" / "key.json").read_text(encoding="utf-8"))
    said = [text for task in key["tasks"].values() for text in _texts(task)]
    words = [text for text in said if len(text) > 12]  # units and names are no secrets
    assert len(words) > 12
    return [*words, "one-sixth", "danger_most", "look_for", "6.67", "6,67"]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (value[lang] for lang in ("nb", "nn") if lang in value)
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)


def _holds_none_of(text: str, words: Any) -> None:
    assert [word for word in words if word in text] == []


def _feedback(cycle: Cycle, trainee: str) -> str:
    path = cycle.course / "feedback" / trainee / ASSIGNMENT / f"{ASSIGNMENT}.html"
    return path.read_text(encoding="utf-8")


def _grade_by_hand(cycle: Cycle, trainee: str, points: float) -> None:
    from nbgrader.api import Gradebook  # noqa: PLC0415  # seconds to import

    with Gradebook(f"sqlite:///{cycle.course / 'gradebook.db'}") as book:
        grade = book.find_grade("omregning-tekst", ASSIGNMENT, ASSIGNMENT, trainee)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.db.commit()
