"""Tasks and mistakes worked out by hand: every number, who it is named by, and what is told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

import pytest

from pallkit.doses import Quantity, RegimenLine, read_dose, read_preparation
from pallkit.doses.quantities import MG_PER_DAY, MG_PER_DOSE
from pallkit.errors import DoseError
from pallkit.i18n import number, render
from pallkit.opioids import (
    Conversion,
    Mistake,
    Question,
    RatioSet,
    Rescue,
    Task,
    make_task,
    make_tasks,
    mistakes,
    ratio_set,
    read_reduction,
)
from pallkit.opioids.mistakes import judge
from pallkit.opioids.questions import RescueQuestion, accepts
from pallkit.opioids.ranges import Range
from pallkit.opioids.recipes import KINDS, Kind
from pallkit.opioids.rescue import rescue_rule
from pallkit.opioids.tasks import LEAST, MOST
from pallkit.opioids.tasks_shape import LEVELS, Level, answer_with_unit, wrong_answers

RANK = ("inverse-ratio", "forgot-reduction", "wrong-set", "unit-slip")


def exactly(amount: str) -> Range:
    return Range.exactly(Decimal(amount))


def one(code: str, amount: str) -> Mistake:
    return Mistake(code, exactly(amount))


def told(found: Iterable[Mistake]) -> list[tuple[str, str]]:
    """Each mistake and its numbers; those by other tables are asked for elsewhere."""
    return [
        (each.code, " ".join(f"{float(value):.4g}" for value in each.values))
        for each in found
        if each.code != "wrong-set"
    ]


def lines(*texts: str, as_needed: str = "", given: int = 0) -> tuple[RegimenLine, ...]:
    extra = (RegimenLine(read_dose(as_needed), "as_needed", given),) if as_needed else ()
    return (*(RegimenLine(read_dose(text)) for text in texts), *extra)


def test_every_mistake_of_a_change_is_worked_out(table: RatioSet) -> None:
    """(30 × 2 + 10 × 2) ÷ 2 = 40, less a quarter = 30."""
    given = lines("morfin po 30 mg x 2", as_needed="morfin po 10 mg", given=2)
    asked = Question(given, table, read_preparation("oksykodon po"), read_reduction("25%"))
    assert told(mistakes(asked)) == [
        ("unit-slip", "3e+04"),
        ("unit-slip", "0.03"),
        ("inverse-ratio", "120"),  # 80 × 2 × 0.75
        ("forgot-reduction", "40"),
        ("forgot-as-needed", "22.5"),  # 60 ÷ 2 × 0.75
        ("forgot-24-hours", "15"),  # (30 + 10) ÷ 2 × 0.75
        ("wrong-route", "15"),  # 80 ÷ 4 × 0.75
    ]


def test_every_mistake_of_a_sum_is_worked_out(table: RatioSet) -> None:
    """20 × 2 × 2 = 80 mg oral morphine; nothing is left out where nothing is there to leave out."""
    asked = Question(lines("oksykodon po 20 mg x 2"), table)
    assert told(mistakes(asked)) == [
        ("unit-slip", "8e+04"),
        ("unit-slip", "0.08"),
        ("inverse-ratio", "20"),  # 40 ÷ 2
        ("forgot-24-hours", "40"),  # 20 × 2
        ("wrong-route", "160"),  # 40 × 4
    ]


def test_doses_as_needed_alone_cannot_be_forgotten(table: RatioSet) -> None:
    asked = Question(lines(as_needed="oksykodon po 5 mg", given=4), table)
    assert "forgot-as-needed" not in {each.code for each in mistakes(asked)}


def test_a_dose_for_24_hours_has_no_24_hours_to_forget(table: RatioSet) -> None:
    asked = Question(lines("oksykodon po 40 mg/d"), table)
    assert "forgot-24-hours" not in {each.code for each in mistakes(asked)}


def test_every_mistake_of_a_rescue_dose_is_worked_out(table: RatioSet) -> None:
    """120 mg oral morphine ÷ 6 = 20, ÷ 2 for the oxycodone = 10."""
    asked = RescueQuestion(
        lines("morfin po 60 mg x 2"),
        table,
        read_preparation("oksykodon po"),
        rescue_rule("one-sixth"),
    )
    found = told(mistakes(asked))
    assert {code for code, _ in found} >= {"unit-slip", "forgot-the-part", "wrong-rule"}
    assert ("forgot-the-part", "60") in found
    assert ("forgot-24-hours", "5") in found
    assert ("inverse-ratio", "40") in found
    assert "rounded-up" not in {code for code, _ in found}


def test_each_other_table_is_a_mistake_of_its_own() -> None:
    asked = Question(
        lines("morfin po 120 mg/d"), ratio_set("klb-2008"), read_preparation("morfin sc")
    )
    found = {each.table: each.values for each in mistakes(asked) if each.code == "wrong-set"}
    assert "klb-2008" not in found
    assert found["nhs-ggc-2018"] == (60,)


def test_a_mistake_is_recognised_within_a_hundredth() -> None:
    slip = one("unit-slip", "100")
    given = {text: slip.gives(Decimal(text)) for text in ("98.9", "99", "100", "101", "101.1")}
    assert given == {"98.9": False, "99": True, "100": True, "101": True, "101.1": False}


def test_an_answer_is_right_within_a_twentieth_of_either_end() -> None:
    right = Range(Decimal(20), Decimal(30), Decimal(40))
    given = {text: accepts(right, Decimal(text)) for text in ("18.9", "19", "42", "42.1")}
    assert given == {"18.9": False, "19": True, "42": True, "42.1": False}


@pytest.mark.parametrize(
    ("value", "verdict", "says"),
    [
        pytest.param("10", "right", "The answer is right.", id="right"),
        pytest.param("20", "mistake", "The reduction has been left out.", id="a mistake"),
        pytest.param("30", "cannot-tell", "We cannot tell from the number", id="none gives it"),
        pytest.param("40", "cannot-tell", "We cannot tell from the number", id="two kinds do"),
    ],
)
def test_a_verdict_says_what_it_is(value: str, verdict: str, says: str) -> None:
    known = [
        one("forgot-reduction", "20"),
        one("forgot-reduction", "40"),
        one("inverse-ratio", "40"),
    ]
    found = judge(Decimal(value), exactly("10"), known)
    assert found.verdict == verdict
    assert str(found.message).startswith(says)
    assert (found.mistake is not None) == (verdict == "mistake")


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        pytest.param("40", "40 mg/d", id="a bare number"),
        pytest.param(" 1 000,5 ", " 1 000,5  mg/d", id="with spaces and a comma"),
        pytest.param("40 mg", "40 mg", id="with its unit"),
    ],
)
def test_a_bare_number_is_in_the_unit_of_the_task(typed: str, read: str) -> None:
    assert answer_with_unit(typed, "mg/d") == read


def test_nothing_typed_is_no_answer() -> None:
    with pytest.raises(DoseError, match="Write an answer"):
        answer_with_unit("  ", "mg/d")


def test_the_most_instructive_mistakes_are_the_wrong_answers() -> None:
    known = [
        one("unit-slip", "10000"),
        one("wrong-set", "14"),
        one("forgot-reduction", "13"),
        one("forgot-reduction", "17"),  # one of a kind
        one("inverse-ratio", "40"),
    ]
    found = wrong_answers(exactly("10"), known, RANK)
    assert [(each.mistake.code, each.amount) for each in found] == [
        ("forgot-reduction", 13),
        ("wrong-set", 14),
        ("inverse-ratio", 40),
    ]


@pytest.mark.parametrize(
    ("absurd", "plain"),
    [
        pytest.param("300", "299", id="thirty times too much"),
        pytest.param("0.333", "0.335", id="a thirtieth"),
    ],
)
def test_what_anybody_would_see_comes_after_a_rarer_mistake(absurd: str, plain: str) -> None:
    """Only the first of two that are nearly the same is used, so it tells which came first."""
    for first, kept in ((absurd, "unit-slip"), (plain, "inverse-ratio")):
        near = one("unit-slip", "295" if first > "1" else "0.34")
        found = wrong_answers(exactly("10"), [one("inverse-ratio", first), near], RANK)
        assert [each.mistake.code for each in found] == [kept]


@pytest.mark.parametrize(("second", "count"), [("21", 1), ("21.1", 2)])
def test_wrong_answers_are_more_than_a_twentieth_apart(second: str, count: int) -> None:
    known = [one("inverse-ratio", "20"), one("wrong-set", second)]
    assert len(wrong_answers(exactly("10"), known, RANK)) == count


def test_a_wrong_answer_that_two_mistakes_give_is_not_used() -> None:
    known = [one("inverse-ratio", "20"), one("wrong-set", "20"), one("unit-slip", "30")]
    found = wrong_answers(exactly("10"), known, RANK)
    assert [each.amount for each in found] == [30]


@pytest.mark.parametrize("kind", KINDS)
def test_a_task_tells_which_it_is_and_by_which_table(kind: str) -> None:
    task = make_task(7, "B", (kind,))  # type: ignore[arg-type]  # one of the kinds
    assert (task.seed, task.level, task.kind) == ("7", "B", kind)
    told = task.to_json("nb")
    assert told["ratio_set"]["id"] == task.question.table.id
    assert (told["seed"], told["level"], told["kind"]) == ("7", "B", kind)
    assert told["prompt"] == [render(line, "nb") for line in task.prompt]
    assert told["distractors"] == [
        {
            "amount": number(one.amount, "nb"),
            "code": one.mistake.code,
            "label": render(one.mistake.label, "nb"),
        }
        for one in task.distractors
    ]
    assert told["unit"] == str(task.question.measure)
    assert told["steps"] == task.receipt.to_json("nb")
    assert hash(task.prompt)


def test_what_a_wrong_answer_leads_to_is_of_its_kind() -> None:
    counted = make_task(1, "A", ("counting",)).sides
    changed = make_task(1, "A", ("switching",)).sides
    assert "starts from this sum" in str(counted.high)
    assert "dangerous side" in str(changed.high)
    assert make_task(1, "A", ("rescue",)).sides == changed


def test_a_task_warns_of_what_the_answer_warns_of() -> None:
    for seed in range(20):
        task = make_task(seed, "C", ("switching",))
        assert isinstance(task.answer, Conversion)
        assert task.warnings == task.answer.warnings
    rescue = make_task(1, "C", ("rescue",))
    assert isinstance(rescue.answer, Rescue)
    assert rescue.warnings == ()


def test_a_series_takes_its_seeds_one_by_one() -> None:
    seeds = [task.seed for task in make_tasks("kurs", 4, "B")]
    assert seeds == ["kurs 0", "kurs 1", "kurs 2", "kurs 3"]


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_asked_names_the_table_and_what_is_taken_off(level: Level) -> None:
    for seed in range(12):
        task = make_task(seed, level, ("switching",))
        title = render(task.question.table.title, "en")
        asked = [render(line, "en") for line in task.asked]
        assert title in asked[0]
        assert isinstance(task.question, Question)
        assert isinstance(task, Task)
        if task.question.reduction is None:
            assert asked[1:] == ["Give the equivalent before any reduction."]
        else:
            assert "rule" in asked[1] or "% off" in asked[1]
        pump = make_task(seed, level, ("to-pump",))
        assert "cannot swallow" in render(pump.asked[0], "en")


def test_the_answer_is_counted_in_what_is_asked_for(table: RatioSet) -> None:
    given = lines("morfin po 60 mg x 2")
    patch = read_preparation("fentanyl td")
    assert Question(given, table).measure == MG_PER_DAY
    assert Question(given, table, patch).measure == patch.measure != MG_PER_DAY
    rule = rescue_rule("one-sixth")
    assert RescueQuestion(given, table, patch, rule).measure == MG_PER_DOSE


def test_an_amount_is_judged_in_the_unit_of_the_task() -> None:
    task = make_task(3, "B", ("rescue",))
    amount = task.right.low
    assert task.verdict_on(amount).verdict == "right"
    assert task.diagnose(Quantity(amount * 1000, "µg", "dose")).verdict == "right"


@pytest.mark.parametrize(("level", "kind"), [("A", "counting"), ("C", "switching")])
def test_a_task_is_of_amounts_worth_it_and_of_a_change_that_is_one(
    level: Level, kind: Kind
) -> None:
    for seed in range(60):
        task = make_task(seed, level, (kind,))
        assert not isinstance(task.answer, Rescue)
        total = task.answer.oral_morphine
        assert total is not None
        assert LEAST <= total.low <= total.high <= MOST
        assert task.question.to not in {line.dose.preparation for line in task.question.lines}
        assert len(task.distractors) == 3


def test_a_dose_as_needed_is_told_to_be_one() -> None:
    tasks = (make_task(seed, "B", ("counting",)) for seed in range(40))
    told = [
        (line.use, "as needed" in render(text, "en"))
        for task in tasks
        for line, text in zip(task.question.lines, task.given, strict=True)
    ]
    assert set(told) == {("fixed", False), ("as_needed", True)}
