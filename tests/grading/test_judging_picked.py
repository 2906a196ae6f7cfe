"""Numbers, choices and rankings: their points, what is dangerous, and what cannot be read."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from tests.grading.kinds import judged, task_of
from tests.grading.logs import write_log

from pallkit.answers import record
from pallkit.i18n import render
from pallkit_grading.judge import judge_file


def said(lines: tuple[object, ...]) -> str:
    return " ".join(render(line, "en") for line in lines)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "points", "says"),
    [
        pytest.param("12,5", "2", "Right", id="12.5 is asked"),
        pytest.param("12.75", "2", "Right", id="the edge of 2 %"),
        pytest.param("12,76", "0.5", "Rounded", id="past the edge, in the range"),
        pytest.param("15", "0.5", "Rounded", id="the end of the range"),
        pytest.param("9", "0", "Divide by 24", id="nothing fits"),
        pytest.param("0", "0", "not right", id="nothing"),
    ],
)
def test_a_number_gives_what_the_first_fit_gives(
    tmp_path: Path, answer: str, points: str, says: str
) -> None:
    found = judged(tmp_path, task_of("number"), answer)
    assert (found.outcome, found.points, found.answer) == ("graded", Decimal(points), answer)
    assert says in said(found.lines)


@pytest.mark.parametrize("answer", ["25", "300", "0,05"])
def test_a_dangerous_number_is_flagged_and_held_down(tmp_path: Path, answer: str) -> None:
    found = judged(tmp_path, task_of("number"), answer)
    assert (found.points, found.danger) == (Decimal(0), True)
    assert "teaching rule" in said(found.flags)


def test_a_dangerous_number_keeps_its_points_where_the_key_takes_none(tmp_path: Path) -> None:
    found = judged(tmp_path, task_of("number", danger={"at_least": 25}), "300")
    assert (found.points, found.danger) == (Decimal(1), True)


def test_a_range_takes_both_ends_and_is_never_dangerous_inside(tmp_path: Path) -> None:
    task = task_of("number", equals=None, range=[20, 30], partial=[])
    for place, answer in enumerate(("20", "30", "27,5")):
        (tmp_path / str(place)).mkdir()
        found = judged(tmp_path / str(place), task, answer)
        assert (found.points, found.danger) == (Decimal(2), False)


@pytest.mark.parametrize(
    "answer", ["12,5 ml/t", "-12,5", "nan", "1e9", "1.000", "tolv", "９９", "9" * 10]
)
def test_what_is_no_number_is_not_graded(tmp_path: Path, answer: str) -> None:
    found = judged(tmp_path, task_of("number"), answer)
    assert (found.outcome, found.points) == ("not_graded", None)
    assert found.lines


@pytest.mark.parametrize(
    ("answer", "points", "says", "danger"),
    [
        ("ring", "2", "Right", False),
        ("vent", "1", "Too late", False),
        ("doble", "0", "Never double", True),
    ],
)
def test_one_choice_gives_its_own_points(
    tmp_path: Path, answer: str, points: str, says: str, *, danger: bool
) -> None:
    found = judged(tmp_path, task_of("choice"), answer)
    assert (found.points, found.danger, bool(found.flags)) == (Decimal(points), danger, danger)
    assert says in said(found.lines)


@pytest.mark.parametrize(
    ("answer", "points"),
    [
        pytest.param("a, b, c", "3", id="all three"),
        pytest.param("a, b", "2", id="two of three"),
        pytest.param("a, b, c, d", "2", id="three less one wrong, of three"),
        pytest.param("a, d", "0", id="one less one wrong"),
        pytest.param("d", "0", id="never below 0"),
        pytest.param("a, b, c, e", "0.5", id="a dangerous one holds it down"),
    ],
)
def test_several_give_right_less_wrong(tmp_path: Path, answer: str, points: str) -> None:
    found = judged(tmp_path, task_of("several"), answer)
    assert found.points == Decimal(points)
    assert found.danger == ("e" in answer)


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        ("choice", "ringe"),
        ("choice", "ring, vent"),
        ("choice", "ring,vent"),
        ("choice", "Ring"),
        ("several", "a, a"),
        ("several", "a, "),
        ("several", "a > b"),
        ("ranking", "stopp > ring"),
        ("ranking", "stopp > ring > ring"),
        ("ranking", "stopp, ring, skriv"),
        ("ranking", "stopp > ring > skriv > stopp"),
    ],
)
def test_what_no_field_would_have_saved_is_not_graded(
    tmp_path: Path, kind: str, answer: str
) -> None:
    found = judged(tmp_path, task_of(kind), answer)
    assert (found.outcome, found.points) == ("not_graded", None)


@pytest.mark.parametrize(
    ("answer", "points", "danger"),
    [
        pytest.param("stopp > ring > skriv", "3", False, id="3 of 3 pairs"),
        pytest.param("stopp > skriv > ring", "2", False, id="2 of 3 pairs"),
        pytest.param("ring > stopp > skriv", "1", False, id="2 of 3, but another one first"),
        pytest.param("skriv > stopp > ring", "1", True, id="1 of 3, and dangerous first"),
        pytest.param("skriv > ring > stopp", "0", True, id="the reverse"),
    ],
)
def test_an_order_gives_its_share_of_pairs(
    tmp_path: Path, answer: str, points: str, *, danger: bool
) -> None:
    found = judged(tmp_path, task_of("ranking"), answer)
    assert (found.points, found.danger) == (Decimal(points), danger)


@pytest.mark.parametrize("kind", ["number", "choice", "several", "ranking", "dose", "variant"])
def test_what_was_never_answered_or_was_taken_back_is_0(tmp_path: Path, kind: str) -> None:
    task = task_of(kind)
    assert judged(tmp_path, task, trainee="per").points == 0
    log = write_log(tmp_path / "svar.jsonl", ("answer", task.id, "12,5"), ("withdrawn", task.id, 1))
    found = judge_file(task, log, trainee="per")
    assert (found.outcome, found.points) == ("graded", Decimal(0))


@pytest.mark.parametrize("kind", ["number", "choice", "several", "ranking", "dose", "variant"])
def test_a_torn_log_is_never_0(tmp_path: Path, kind: str) -> None:
    task = task_of(kind)
    log = write_log(tmp_path / "svar.jsonl", ("opened", task.id, None))
    with log.open("ab") as file:
        file.write(record("answer", task.id, "12,5").line()[:-20])
    assert judge_file(task, log, trainee="per").outcome == "not_graded"


RIGHT = {
    "number": "12,5",
    "choice": "ring",
    "several": "a, b, c",
    "ranking": "stopp > ring > skriv",
}


@pytest.mark.parametrize(
    ("kind", "answer"),
    [("number", "14"), ("choice", "vent"), ("several", "d"), ("ranking", "skriv > ring > stopp")],
)
def test_no_line_holds_the_right_answer(tmp_path: Path, kind: str, answer: str) -> None:
    found = judged(tmp_path, task_of(kind), answer)
    told = said((*found.lines, *found.flags))
    assert RIGHT[kind] not in told
    assert "12.5" not in told
