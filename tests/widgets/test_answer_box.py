"""A trainee answers a task: what is saved, what is not, and what they see of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.widgets.browser import send, shown

from pallkit import answers
from pallkit_widgets import AnswerBox

TASK = "oppgave-1"


def save(box: AnswerBox, text: str) -> dict[str, Any]:
    return send(box, {"type": "save", "text": text})


def saved(log: Path) -> list[object]:
    return [one.value for one in answers.read(log).records if one.type == "answer"]


def test_the_log_is_opened_when_the_box_is_first_shown(log: Path) -> None:
    AnswerBox(TASK, log=log)
    AnswerBox(TASK, log=log)
    assert [one.type for one in answers.read(log).records] == ["opened"]


def test_an_answer_is_saved_with_the_unit_beside_the_field(log: Path) -> None:
    view = save(AnswerBox(TASK, unit="mg/24 t", log=log), "40")
    assert saved(log) == ["40 mg/24 t"]
    assert view["done"] == "save"
    assert [(one["text"], one["counts"]) for one in view["answers"]] == [("40 mg/24 t", True)]
    assert view["text"] == "40"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        pytest.param("40 mg/24 t", "40 mg/24 t", id="the unit written out"),
        pytest.param("20 mg x 2", "20 mg x 2", id="as doses"),
        pytest.param("2,5", "2,5 mg/24 t", id="a decimal comma"),
        pytest.param("1 000", "1 000 mg/24 t", id="thousands"),
    ],
)
def test_an_answer_is_kept_as_it_was_written(log: Path, typed: str, kept: str) -> None:
    save(AnswerBox(TASK, unit="mg/24 t", log=log), typed)
    assert saved(log) == [kept]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "Skriv et svar før du lagrer.", id="nothing"),
        pytest.param("førti", "førti", id="a word"),
        pytest.param("1.000", "kan leses på to måter", id="two readings"),
        pytest.param("40 mg", "mg/24 t", id="for one dose, not a day"),
        pytest.param("-40", "-", id="a negative number"),
        pytest.param("01019012345", "11 siffer", id="an identity number"),
    ],
)
def test_what_cannot_be_read_is_not_saved_and_says_why(log: Path, typed: str, says: str) -> None:
    box = AnswerBox(TASK, unit="mg/24 t", log=log)
    view = save(box, typed)
    assert says in view["error"]
    assert saved(log) == []


def test_a_box_without_a_unit_wants_it_written(log: Path) -> None:
    box = AnswerBox(TASK, log=log)
    assert save(box, "40")["error"]
    assert save(box, "40 mg/24 t")["error"] is None


def test_a_number_box_takes_a_plain_number(log: Path) -> None:
    box = AnswerBox(TASK, "number", log=log)
    assert save(box, "40 mg")["error"]
    assert save(box, "0,4")["error"] is None


def test_a_text_is_kept_word_for_word_and_shown_again(log: Path) -> None:
    save(AnswerBox(TASK, "text", log=log), "Jeg ville spurt henne.\nOg ventet.")
    assert shown(AnswerBox(TASK, "text", log=log))["text"] == "Jeg ville spurt henne.\nOg ventet."


def test_a_text_of_ten_thousand_letters_is_saved_and_one_more_is_not(log: Path) -> None:
    box = AnswerBox(TASK, "text", log=log)
    assert save(box, "å" * answers.MAX_TEXT)["error"] is None
    assert "for lang" in save(box, "å" * (answers.MAX_TEXT + 1))["error"]


def test_where_no_widget_can_be_shown_the_answer_that_counts_is(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", log=log)
    assert repr(box) == "oppgave-1: –"
    save(box, "30")
    assert repr(box) == "oppgave-1: 30 mg"


def test_all_answers_are_kept_and_the_last_counts(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", log=log)
    save(box, "90")
    view = save(box, "30")
    assert [(one["text"], one["counts"]) for one in view["answers"]] == [
        ("90 mg", False),
        ("30 mg", True),
    ]


def test_saving_the_same_twice_is_one_answer(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", log=log)
    save(box, "30")
    save(box, "30 mg")
    assert saved(log) == ["30 mg"]


def test_an_answer_taken_back_is_shown_as_such_and_the_one_before_counts(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", log=log)
    save(box, "90")
    save(box, "30")
    view = send(box, {"type": "withdraw", "number": 2})
    assert [(one["counts"], one["withdrawn"]) for one in view["answers"]] == [
        (True, False),
        (False, True),
    ]
    view = send(box, {"type": "withdraw", "number": 1})
    assert not any(one["counts"] for one in view["answers"])
    assert view["text"] == ""


def test_only_the_answer_that_counts_can_be_taken_back(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", log=log)
    save(box, "90")
    save(box, "30")
    view = send(box, {"type": "withdraw", "number": 1})
    assert [one["withdrawn"] for one in view["answers"]] == [False, False]


def test_an_answer_from_another_window_is_seen_when_one_s_own_is_saved(log: Path) -> None:
    one, other = AnswerBox(TASK, unit="mg", log=log), AnswerBox(TASK, unit="mg", log=log)
    save(one, "90")
    view = save(other, "30")
    assert [answer["text"] for answer in view["answers"]] == ["90 mg", "30 mg"]


def test_a_cut_off_last_line_is_reported_and_the_rest_is_there(log: Path) -> None:
    save(AnswerBox(TASK, unit="mg", log=log), "30")
    with log.open("ab") as file:
        file.write(b'{"v": 1, "type": "ans')
    view = shown(AnswerBox(TASK, unit="mg", log=log))
    assert view["note"] == "Den siste linjen er kuttet av og er utelatt."
    assert [answer["text"] for answer in view["answers"]] == ["30 mg"]


def test_a_log_that_cannot_be_read_is_one_clear_line_and_is_left_alone(log: Path) -> None:
    log.write_text("ikke en logg\n")
    box = AnswerBox(TASK, unit="mg", log=log)
    assert shown(box)["note"] == "Ingen linje i «svar.jsonl» kan leses."
    assert save(box, "30")["error"] == "Ingen linje i «svar.jsonl» kan leses."
    assert log.read_text() == "ikke en logg\n"


def test_without_a_log_nothing_is_written_and_the_box_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    box = AnswerBox(TASK, unit="mg", log=None)
    save(box, "30")
    assert not shown(box)["kept"]
    assert not list(tmp_path.iterdir())


def test_while_being_graded_a_missing_log_stays_missing(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    AnswerBox(TASK, log=log)
    assert not log.exists()


def test_a_kind_that_does_not_exist_is_the_author_s_error(log: Path) -> None:
    with pytest.raises(ValueError, match="kind is one of dose, number, text"):
        AnswerBox(TASK, "essay", log=log)  # type: ignore[arg-type]  # that is the test
