"""A learner works through a set of practice tasks: what they see, and what is kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.widgets.browser import send, shown

from pallkit.i18n import LANGUAGES, Language, number
from pallkit.pump.tasks_series import KINDS, practice_tasks
from pallkit_widgets import PracticeTasks
from pallkit_widgets.practice_tasks.labels import KIND_NAMES


def check(tasks: PracticeTasks, text: str, task: int = 0) -> dict[str, Any]:
    return send(tasks, {"type": "check", "task": task, "text": text})


def right(tasks: PracticeTasks, task: int = 0) -> str:
    """The right answer, as a learner writes it."""
    found = tasks._attempts[task].task.right
    return number(found.low if found.point is None else found.point, "nb")


def wrong(tasks: PracticeTasks, task: int = 0) -> Any:
    return tasks._attempts[task].task.distractors[0]


def states(view: dict[str, Any]) -> list[str]:
    return [one["state"] for one in view["progress"]]


def test_the_first_task_is_shown_and_none_is_tried() -> None:
    view = shown(PracticeTasks())
    assert states(view) == ["open"] * 6
    assert view["progress"][1]["label"] == "Oppgave 2: ikke prøvd"
    assert view["task"]["opening"] == "En oppdiktet pasient får:"
    assert view["task"]["unit"] == "mg/24 t"
    assert view["task"]["result"] is None
    assert view["task"]["choices"] is None
    assert (view["seed"], view["level"], view["at"]) == ("omregning", "A", 0)


def test_kinds_are_taken_in_turn() -> None:
    view = shown(PracticeTasks(kinds=KINDS, count=9))
    names = [one["kind"] for one in view["sheet"]]
    assert names[0] == names[8] == "Regn om til oral morfin"
    assert len(set(names)) == len(KINDS) == len(KIND_NAMES)


def test_a_right_answer_is_told_so_with_its_steps_and_its_table() -> None:
    tasks = PracticeTasks()
    view = check(tasks, right(tasks))
    result = view["task"]["result"]
    assert (result["tone"], result["heading"]) == ("good", "Riktig")
    assert result["text"] is result["side"] is None
    assert result["right"].endswith("mg/24 t")
    assert len(result["steps"]) >= 2
    assert result["ratio_set"]["not_for"]
    assert states(view)[0] == "right"
    assert view["done"] == "check"


def test_a_wrong_answer_names_its_mistake_and_which_side_is_safe() -> None:
    tasks = PracticeTasks()
    mistake = wrong(tasks)
    view = check(tasks, number(mistake.amount, "nb"))
    result = view["task"]["result"]
    assert result["heading"] == "Ikke riktig"
    assert "feil: " in result["text"]
    assert result["side"].startswith("Svaret er for lavt.")
    assert result["tone"] == "caution"
    assert result["right"] is None
    assert states(view)[0] == "wrong"


def test_the_dangerous_side_is_said_to_be_so() -> None:
    tasks = PracticeTasks(kinds=("to-pump",))
    result = check(tasks, "999")["task"]["result"]
    assert result["tone"] == "danger"
    assert "den farlige siden" in result["side"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_verdict_ends_with_one_full_stop(lang: Language) -> None:
    for kind in KINDS:
        tasks = PracticeTasks(kinds=(kind,), count=2, lang=lang)
        wrongs = {one.amount for one in tasks._attempts[0].task.distractors}
        for amount in {*wrongs, Decimal("0.0001")}:
            result = check(tasks, number(amount, lang))["task"]["result"]
            for text in (result["text"], result["side"]):
                assert text.endswith(".")
                assert ".." not in text
            assert not result["heading"].endswith(".")


def test_a_number_that_no_known_mistake_gives_is_not_guessed_about() -> None:
    tasks = PracticeTasks()
    assert "Sannsynlig" not in check(tasks, "1,2345")["task"]["result"]["text"]


def test_trying_again_mends_a_task_but_is_remembered() -> None:
    tasks = PracticeTasks(count=1)
    check(tasks, "1")
    view = check(tasks, right(tasks))
    assert states(view) == ["mended"]
    assert "1 riktig etter" in view["summary"]["text"]


def test_a_task_can_be_got_wrong_after_it_was_right() -> None:
    tasks = PracticeTasks(count=1)
    check(tasks, right(tasks))
    assert states(check(tasks, "1")) == ["wrong"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("", "Skriv et svar før", id="nothing"),
        pytest.param("førti", "førti", id="a word"),
        pytest.param("1.000", "kan leses på to måter", id="two readings"),
        pytest.param("40 mg", "mg/24 t", id="for one dose, not a day"),
        pytest.param("-40", "-40", id="a negative number"),
        pytest.param("01019012345", "11 siffer", id="an identity number"),
    ],
)
def test_what_cannot_be_read_says_why_and_is_no_attempt(typed: str, says: str) -> None:
    view = check(PracticeTasks(), typed)
    assert view["error"]["field"] == "answer"
    assert says in view["error"]["text"]
    assert view["task"]["result"] is None
    assert states(view)[0] == "open"


def test_what_was_typed_is_kept_and_the_error_goes_when_it_is_mended() -> None:
    tasks = PracticeTasks()
    assert check(tasks, "førti")["task"]["typed"] == "førti"
    assert check(tasks, "40")["error"] is None
    assert send(tasks, {"type": "go", "task": 1})["task"]["typed"] == ""
    assert send(tasks, {"type": "go", "task": 0})["task"]["typed"] == "40"


def test_a_learner_may_ask_for_choices() -> None:
    tasks = PracticeTasks()
    view = send(tasks, {"type": "choices", "task": 0, "shown": True})
    assert len(view["task"]["choices"]) == 4
    view = send(tasks, {"type": "choose", "task": 0, "choice": -1})
    assert view["error"] == {"field": "answer", "text": "Velg ett av svarene før du sjekker."}
    options = tasks._attempts[0].task.choices
    view = send(tasks, {"type": "choose", "task": 0, "choice": options.index(wrong(tasks).amount)})
    assert "feil: " in view["task"]["result"]["text"]
    view = send(tasks, {"type": "choices", "task": 0, "shown": False})
    assert view["task"]["choices"] is None


def test_all_tried_is_summed_up_with_each_mistake_once() -> None:
    tasks = PracticeTasks(count=2)
    for text in ("1000000", right(tasks)):
        check(tasks, text)
    assert shown(tasks)["summary"] is None
    slip = next(one for one in tasks._attempts[1].task.distractors)
    for _again in range(2):
        view = check(tasks, number(slip.amount, "nb"), 1)
    assert view["summary"]["wrong"] == 1
    assert [one["times"] for one in view["summary"]["mistakes"]] == [1]  # checked twice is once


def test_the_same_word_gives_a_group_the_same_tasks() -> None:
    one, other = PracticeTasks(seed="a"), PracticeTasks(seed="b", lang="nn")
    fetch = {"type": "fetch", "seed": "  Kurs   1 ", "level": "C"}
    first, second = send(one, fetch), send(other, fetch)
    assert first["seed"] == second["seed"] == "kurs 1"
    assert [task["given"] for task in send(other, {"type": "language", "lang": "nb"})["sheet"]] == [
        task["given"] for task in first["sheet"]
    ]


def test_a_set_is_the_same_however_its_word_is_written_in_the_notebook() -> None:
    assert (
        shown(PracticeTasks(seed=" Kurs 1"))["sheet"]
        == shown(PracticeTasks(seed="kurs 1"))["sheet"]
    )


def test_new_tasks_have_a_new_word_and_the_same_level() -> None:
    tasks = PracticeTasks(level="B")
    before = shown(tasks)
    view = send(tasks, {"type": "another"})
    assert view["seed"] != before["seed"]
    assert view["level"] == "B"
    assert states(view) == ["open"] * 6
    assert view["sheet"] != before["sheet"]


@pytest.mark.parametrize(
    ("seed", "level", "says"),
    [
        pytest.param(" ", "A", "Skriv et ord for oppgavesettet", id="nothing"),
        pytest.param("a" * 41, "A", "høyst 40", id="too long"),
        pytest.param("a\u200bb", "A", "høyst 40", id="an invisible sign"),
        pytest.param("kurs", "D", "Velg nivå", id="no such level"),
        pytest.param("01019012345", "A", "11 siffer", id="an identity number"),
    ],
)
def test_a_task_set_that_cannot_be_fetched_leaves_the_tasks_as_they_are(
    seed: str, level: str, says: str
) -> None:
    tasks = PracticeTasks()
    before = check(tasks, right(tasks))
    view = send(tasks, {"type": "fetch", "seed": seed, "level": level})
    assert view["error"]["field"] == "seed"
    assert says in view["error"]["text"]
    assert (view["sheet"], view["seed"], states(view)) == (
        before["sheet"],
        before["seed"],
        states(before),
    )


def test_another_language_keeps_what_was_done() -> None:
    tasks = PracticeTasks(kinds=("pump-bolus", "mixture", "rescue"))
    told = check(tasks, "7,1")
    for lang in LANGUAGES:
        view = send(tasks, {"type": "language", "lang": lang})
        assert states(view) == states(told)
        assert view["task"]["typed"] == "7,1"
        assert view["task"]["result"]["heading"]
    assert view["task"]["result"]["given"] == "7.1 mg"
    assert view["labels"]["check"] == "Check"


def test_an_error_is_told_in_the_new_language_too() -> None:
    tasks = PracticeTasks()
    check(tasks, "")
    assert send(tasks, {"type": "language", "lang": "en"})["error"]["text"] == (
        "Write an answer, then check it."
    )


@pytest.mark.parametrize(
    "message",
    [
        {"type": "check", "task": 6, "text": "4"},
        {"type": "go", "task": -1},
        {"type": "go", "task": 10**9},
        {"type": "choose", "task": 99, "choice": 0},
    ],
)
def test_a_task_that_is_not_there_is_not_gone_to(message: dict[str, object]) -> None:
    view = send(PracticeTasks(), message)
    assert view["at"] == 0
    assert states(view) == ["open"] * 6


def test_the_sheet_to_print_holds_every_task_and_no_answer() -> None:
    view = shown(PracticeTasks(count=4))
    assert len(view["sheet"]) == 4
    assert {"opening", "given", "asked", "unit", "kind"} == set(view["sheet"][0])


@pytest.mark.parametrize(
    ("made_of", "says"),
    [
        ({"kinds": ("guessing",)}, "kinds are of counting"),
        ({"kinds": ()}, "kinds are of"),
        ({"level": "D"}, "level is one of A, B, C"),
        ({"count": 0}, "count is from 1 to 20"),
        ({"count": 21}, "count is from 1 to 20"),
    ],
)
def test_settings_that_do_not_exist_are_the_author_s_error(
    made_of: dict[str, Any], says: str
) -> None:
    with pytest.raises(ValueError, match=says):
        PracticeTasks(**made_of)


def test_where_no_widget_can_be_shown_the_task_set_is_named() -> None:
    assert repr(PracticeTasks(seed="kurs 1", level="B")) == "PracticeTasks: kurs 1, B"


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("level", ["A", "B", "C"])
def test_every_task_of_every_kind_is_marked_in_every_language(level: Any, lang: str) -> None:
    tasks = PracticeTasks(kinds=KINDS, level=level, count=len(KINDS), lang=lang)
    for at, task in enumerate(practice_tasks("omregning", len(KINDS), level, KINDS)):
        send(tasks, {"type": "choices", "task": at, "shown": True})
        for choice in range(len(task.choices)):
            view = send(tasks, {"type": "choose", "task": at, "choice": choice})
            assert view["task"]["result"]["heading"]
            assert view["error"] is None
    assert view["summary"]["mistakes"]


MESSAGES = st.one_of(
    st.builds(lambda n, t: {"type": "check", "task": n, "text": t}, st.integers(-2, 8), st.text()),
    st.builds(
        lambda n, c: {"type": "choose", "task": n, "choice": c}, st.integers(), st.integers()
    ),
    st.builds(
        lambda n, s: {"type": "choices", "task": n, "shown": s}, st.integers(-2, 8), st.booleans()
    ),
    st.builds(lambda n: {"type": "go", "task": n}, st.integers()),
    st.builds(
        lambda s, v: {"type": "fetch", "seed": s, "level": v}, st.text(), st.sampled_from("ABCD")
    ),
    st.builds(lambda s: {"type": "language", "lang": s}, st.sampled_from(["nb", "nn", "en", "xx"])),
    st.just({"type": "another"}),
)


@settings(max_examples=40)
@given(messages=st.lists(MESSAGES, max_size=6))
def test_whatever_a_browser_sends_is_answered_calmly(messages: list[object]) -> None:
    tasks = PracticeTasks(kinds=("rescue", "pump-rate"), count=2)
    for message in messages:
        assert "bug" not in send(tasks, message)
