"""What an answer box asks for besides a typed dose: a choice, an order, how sure one is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.widgets.browser import send, shown

from pallkit import answers
from pallkit_widgets import AnswerBox

TASK = "oppgave-1"
OPTIONS = {"ring": "Ringer legen", "vent": "Venter til i morgen", "gi": "Gir behovsdose"}


def save(box: AnswerBox, text: str, sure: int | None = None) -> dict[str, Any]:
    if sure is None:
        return send(box, {"type": "save", "text": text})
    return send(box, {"type": "save_sure", "text": text, "sure": sure})


def saved(log: Path, kind: str = "answer") -> list[object]:
    return [one.value for one in answers.read(log).records if one.type == kind]


def choice(log: Path | None, **settings: Any) -> AnswerBox:
    return AnswerBox(TASK, "choice", options=OPTIONS, log=log, **settings)


def ranking(log: Path | None) -> AnswerBox:
    return AnswerBox(TASK, "ranking", options=OPTIONS, log=log)


def test_a_choice_is_kept_by_its_id_and_shown_by_its_words(log: Path) -> None:
    view = save(choice(log), "vent")
    assert saved(log) == ["vent"]
    assert (view["text"], view["answers"][0]["text"]) == ("vent", "Venter til i morgen")


def test_several_choices_are_kept_in_the_order_of_the_box(log: Path) -> None:
    save(choice(log, several=True), "gi, ring")
    assert saved(log) == ["ring, gi"]


def test_an_order_is_kept_with_the_first_one_first(log: Path) -> None:
    view = save(ranking(log), "gi > ring > vent")
    assert saved(log) == ["gi > ring > vent"]
    assert view["answers"][0]["text"].splitlines()[0] == "1. Gir behovsdose"


def test_what_was_picked_is_told_in_words_also_outside_the_box(log: Path) -> None:
    assert choice(log).in_words("vent") == "Venter til i morgen"
    said = choice(log, several=True).in_words("ring, gi")
    assert said == "\n  – Ringer legen\n  – Gir behovsdose"
    first, *_rest = ranking(log).in_words("gi > ring > vent").split("\n")[1:]
    assert first == "  1. Gir behovsdose"
    assert AnswerBox(TASK, "text", log=log).in_words("To\nlinjer") == "To\nlinjer"


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("sov", id="no such option"),
        pytest.param("ring, vent", id="two where one is asked for"),
        pytest.param("ring, ring", id="one twice"),
        pytest.param("Ringer legen", id="the words for the id"),
        pytest.param("__proto__", id="a name from JavaScript"),
    ],
)
def test_a_choice_that_the_box_does_not_offer_is_refused(log: Path, typed: str) -> None:
    said = "Dette er ikke et av alternativene. Last siden på nytt, og prøv igjen."
    assert save(choice(log), typed)["error"] == said
    assert saved(log) == []


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("gi > ring", id="one missing"),
        pytest.param("gi > ring > gi", id="one twice"),
        pytest.param("gi > ring > vent > sov", id="one too many"),
        pytest.param("gi, ring, vent", id="not an order"),
    ],
)
def test_an_order_must_have_every_option_once(log: Path, typed: str) -> None:
    assert save(ranking(log), typed)["error"]
    assert saved(log) == []


def test_nothing_chosen_is_not_saved(log: Path) -> None:
    assert save(choice(log), "")["error"] == "Velg et svar før du lagrer."


def test_a_reopened_box_shows_the_choice_and_it_can_be_taken_back(log: Path) -> None:
    save(choice(log, several=True), "ring, vent")
    box = choice(log, several=True)
    assert shown(box)["text"] == "ring, vent"
    assert send(box, {"type": "withdraw", "number": 1})["text"] == ""


def test_an_answer_with_an_option_that_is_gone_is_told_but_not_ticked(log: Path) -> None:
    answers.append(log, answers.record("answer", TASK, "sov"))
    view = shown(choice(log))
    assert view["text"] == ""
    assert [one["text"] for one in view["answers"]] == ["sov"]


def test_a_number_s_unit_is_read_but_only_the_number_is_kept(log: Path) -> None:
    box = AnswerBox(TASK, "number", unit="dager", log=log)
    assert save(box, "12,5 dager")["answers"][0]["text"] == "12,5 dager"
    assert saved(log) == ["12,5"]
    assert "12 timer" in save(box, "12 timer")["error"]


def test_a_short_answer_has_an_end(log: Path) -> None:
    box = AnswerBox(TASK, "number", log=log)
    assert "for lang" in save(box, "x" * 101)["error"]


def test_how_sure_one_is_is_a_record_of_its_own_and_belongs_to_its_answer(log: Path) -> None:
    box = AnswerBox(TASK, unit="mg", certainty=True, log=log)
    save(box, "30", sure=8)
    save(box, "40", sure=3)
    assert saved(log, "certainty") == [8, 3]
    assert [one.sure for one in answers.answers(answers.read(log), TASK)] == [8, 3]
    view = send(box, {"type": "withdraw", "number": 2})
    assert (view["text"], view["sure"]) == ("30", 8)


def test_how_sure_one_is_can_be_changed_without_a_new_answer(log: Path) -> None:
    box = choice(log, certainty=True)
    save(box, "ring", sure=10)
    save(box, "ring", sure=10)
    save(box, "ring", sure=0)
    assert (saved(log), saved(log, "certainty")) == (["ring"], [10, 0])


def test_how_sure_one_is_need_not_be_said(log: Path) -> None:
    view = save(choice(log, certainty=True), "ring")
    assert (view["surest"], view["sure"], view["error"]) == (10, None, None)


@pytest.mark.parametrize("sure", [11, -1, 10**9])
def test_no_one_is_surer_than_sure(log: Path, sure: int) -> None:
    assert save(choice(log, certainty=True), "ring", sure=sure)["error"]
    assert saved(log, "certainty") == []


def test_a_box_that_does_not_ask_how_sure_keeps_nothing_of_it(log: Path) -> None:
    assert save(choice(log), "ring", sure=5)["error"] is None
    assert saved(log, "certainty") == []


def test_where_no_widget_can_be_shown_the_words_of_the_choice_are(log: Path) -> None:
    box = choice(log, several=True)
    save(box, "ring, gi")
    assert repr(box) == "oppgave-1: Ringer legen; Gir behovsdose"


BOXES = st.sampled_from(["choice", "several", "ranking", "number"])
TYPED = st.text(max_size=40) | st.lists(st.sampled_from([*OPTIONS, "sov", ""]), max_size=4).flatmap(
    lambda ids: st.sampled_from([", ".join(ids), " > ".join(ids)])
)


@given(kind=BOXES, typed=TYPED, sure=st.none() | st.integers(-2, 12))
def test_whatever_is_sent_the_log_holds_only_answers_that_can_be_given(
    kind: str, typed: str, sure: int | None
) -> None:
    made = {
        "choice": lambda: choice(None, certainty=True),
        "several": lambda: choice(None, several=True, certainty=True),
        "ranking": lambda: ranking(None),
        "number": lambda: AnswerBox(TASK, "number", unit="dager", log=None),
    }
    view = save(made[kind](), typed, sure)
    assert "bug" not in view
    for one in view["answers"]:
        assert one["sure"] is None or 0 <= one["sure"] <= 10
        if kind != "number":
            words = one["text"].splitlines()
            assert {word.split(". ")[-1] for word in words} <= set(OPTIONS.values())


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({"kind": "choice"}, "2 to 20 options", id="no options"),
        pytest.param({"kind": "choice", "options": {"A b": "x", "c": "y"}}, "id", id="a bad id"),
        pytest.param({"kind": "choice", "options": {"a": " ", "b": "y"}}, "label", id="no label"),
        pytest.param(
            {"kind": "ranking", "options": OPTIONS, "several": True}, "several", id="both"
        ),
        pytest.param({"kind": "text", "options": OPTIONS}, "no options", id="options for a text"),
        pytest.param({"kind": "text", "variant": {}}, "variant", id="a variant of a text"),
    ],
)
def test_what_the_author_asks_for_must_make_sense(settings: Any, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        AnswerBox(TASK, log=None, **settings)


@pytest.fixture
def kari(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PALLKIT_TRAINEE", "kari")


@pytest.mark.usefixtures("kari")
def test_a_task_of_one_s_own_is_shown_and_the_log_says_whose_it_is(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    box = AnswerBox(TASK, variant={"level": "A"}, log=log)
    first = shown(box)["question_html"]
    assert "oppdiktet pasient" in first
    assert shown(box)["unit"] in {"mg", "mg/24 t", "µg/t"}
    AnswerBox(TASK, variant={"level": "A"}, log=log)
    assert saved(log, "opened") == [{"trainee": "kari"}]
    seen = {first}
    for name in ("ola", "per", "eva"):
        monkeypatch.setenv("PALLKIT_TRAINEE", name)
        seen.add(shown(AnswerBox(TASK, variant={"level": "A"}, log=log))["question_html"])
    assert len(seen) > 1
    assert answers.shown_to(answers.read(log), TASK) == ("kari", "ola", "per", "eva")


@pytest.mark.usefixtures("kari")
def test_a_graded_notebook_shows_the_task_of_the_one_who_answered(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = shown(AnswerBox(TASK, variant={"level": "A"}, log=log))["question_html"]
    before = log.read_bytes()
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    monkeypatch.setenv("PALLKIT_TRAINEE", "kurslederen")
    assert shown(AnswerBox(TASK, variant={"level": "A"}, log=log))["question_html"] == own
    assert log.read_bytes() == before


def test_without_knowing_whose_task_it_is_nothing_is_asked_and_nothing_saved(log: Path) -> None:
    (log.parent / "deltaker.json").write_text("[]")
    box = AnswerBox(TASK, variant={"level": "A"}, log=log)
    assert "sier ikke hvem du er" in shown(box)["note"]
    assert "sier ikke hvem du er" in save(box, "30 mg")["error"]
    assert not log.exists()
