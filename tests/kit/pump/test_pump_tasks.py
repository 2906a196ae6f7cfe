"""Generated tasks about pumps: answerable, the same for everybody, each mistake its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.doses.numbers import shown
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids.tasks_shape import LEVELS, Level, PracticeTask
from pallkit.pump import pump_table
from pallkit.pump.tasks import KINDS, PumpKind, PumpTask, make_pump_task
from pallkit.pump.tasks_mistakes import LABELS
from pallkit.pump.tasks_series import KINDS as ALL_KINDS
from pallkit.pump.tasks_series import practice_tasks

seeds = st.integers(0, 10_000)
levels = st.sampled_from(LEVELS)
kinds = st.sampled_from(KINDS)


def find(kind: PumpKind, level: Level, *given: str) -> PumpTask:
    """The first task with these lines among what is given."""
    for seed in range(4000):
        task = make_pump_task(seed, level, (kind,))
        if set(given) <= {render(line, "nb") for line in task.given}:
            return task
    raise AssertionError(f"no {kind} with {given}")


def code(task: PumpTask, amount: str) -> str:
    found = task.verdict_on(Decimal(amount))
    return found.verdict if found.mistake is None else found.mistake.code


@given(seed=seeds, level=levels, kind=kinds)
def test_right_is_right_and_each_wrong_answer_is_its_own_mistake(
    seed: int, level: Level, kind: PumpKind
) -> None:
    task = make_pump_task(seed, level, (kind,))
    assert task.kind == kind
    assert task.right.point is not None
    assert task.verdict_on(task.right.point).verdict == "right"
    assert task.verdict_on(shown(task.right.point)).verdict == "right"
    assert len(set(task.choices)) == 4
    for wrong in task.distractors:
        assert code(task, str(wrong.amount)) == wrong.mistake.code
        assert wrong.amount == shown(wrong.amount)


@given(seed=seeds, level=levels, kind=kinds)
def test_no_mistake_passes_for_right(seed: int, level: Level, kind: PumpKind) -> None:
    task = make_pump_task(seed, level, (kind,))
    for one in task.mistakes:
        assert task.verdict_on(one.values[0]).verdict != "right"


@given(seed=seeds, level=levels, kind=kinds, lang=st.sampled_from(LANGUAGES))
def test_an_answer_is_read_as_each_language_writes_it(
    seed: int, level: Level, kind: PumpKind, lang: str
) -> None:
    task = make_pump_task(seed, level, (kind,))
    for amount in task.choices:
        number = format(amount, "f")
        if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", number):
            continue  # a thousand in Norway, one in England: refused, with what to write
        typed = number if lang == "en" else number.replace(".", ",")
        unit = render(task.unit, lang)  # type: ignore[arg-type]  # sampled from the languages
        assert task.read(f" {typed} ") == task.read(f"{typed} {unit}") == amount


@given(kind=kinds, typed=st.text(max_size=300) | st.from_regex(r"[\d ,.]{0,14}( ?mL)?(/t)?"))
def test_any_text_is_an_amount_or_a_clear_no(kind: PumpKind, typed: str) -> None:
    task: PracticeTask = make_pump_task(1, "B", (kind,))
    with suppress(DoseError):
        assert task.verdict_on(task.read(typed)).message


def test_a_rate_recomputed_with_each_mistake() -> None:
    """60 mg in 24 h is 2.5 mg/h, and at 10 mg/mL 0.25 mL/h."""
    task = find("pump-rate", "A", "morfin sc 60 mg/24 t", "Konsentrasjon: 10 mg/mL")
    assert task.right.point == Decimal("0.25")
    told = {amount: code(task, amount) for amount in ("0.25", "6", "25", "2.5", "250", "0.7")}
    assert told == {
        "0.25": "right",
        "6": "forgot-24-hours",  # 60 ÷ 10
        "25": "inverse-concentration",  # 2.5 × 10
        "2.5": "forgot-concentration",
        "250": "unit-slip",
        "0.7": "cannot-tell",
    }


def test_a_mixed_reservoir_is_not_as_strong_as_its_ampoules() -> None:
    task = next(
        one for seed in range(50) if (one := make_pump_task(seed, "C", ("pump-rate",))).mistakes
    )
    assert "ampuller" in " ".join(render(line, "nb") for line in task.given)
    assert "ampoule-strength" in {one.code for one in task.mistakes}


def test_the_third_bolus_of_an_hour_is_not_rounded_away() -> None:
    """At 25 minutes three boluses fit in an hour: at 0, 25 and 50 minutes."""
    lines = ("morfin sc 96 mg/24 t", "Bolus: 2,5 mg, med sperretid 25 min")
    task = find("pump-bolus", "B", *lines)
    assert task.right.point == Decimal("11.5")  # 4 + 2.5 × 3
    told = {amount: code(task, amount) for amount in ("9", "10", "7.5", "4", "6.5", "103.5")}
    assert told == {
        "9": "rounded-down",  # 4 + 2.5 × 2
        "10": "mean-for-most",  # 4 + 2.5 × 2.4
        "7.5": "forgot-basal",
        "4": "forgot-boluses",
        "6.5": "one-bolus",
        "103.5": "forgot-24-hours",  # 96 taken for an hour
    }


def test_an_hour_limit_counts_everything() -> None:
    for seed in range(30):
        task = make_pump_task(seed, "C", ("pump-bolus",))
        limit = next(line for line in task.given if "limit" in str(line))
        assert str(limit).endswith(f"{format(shown(task.right.low), 'f')} mg")
        assert {"forgot-limit", "limit-on-top"} <= {one.code for one in task.mistakes}


def test_a_reservoir_lasts_shorter_when_boluses_are_taken() -> None:
    for seed in range(30):
        task = make_pump_task(seed, "B", ("pump-reservoir",))
        forgot = next(one for one in task.mistakes if one.code == "forgot-boluses")
        assert forgot.values[0] > task.right.high
        assert task.read("2 døgn") == 48


def test_what_a_syringe_is_filled_up_with_is_what_the_drugs_leave() -> None:
    """60 mg at 10 is 6 mL, and 10 mg at 5 is 2 mL: 12 mL is left of 20."""
    lines = ("morfin 60 mg, fra ampuller med 10 mg/mL", "midazolam 10 mg, fra ampuller med 5 mg/mL")
    task = find("mixture", "B", *lines, "Fylles opp til 20 mL")
    assert task.right.point == 12
    told = {amount: code(task, amount) for amount in ("20", "8", "18", "14", "17", "15", "4")}
    assert told == {
        "20": "forgot-drugs",
        "8": "drugs-for-fill-up",
        "18": "forgot-drug",  # the morphine
        "14": "forgot-drug",  # the midazolam
        "17": "one-ampoule",  # 1 mL of morphine
        "15": "other-strength",  # morphine at 20 mg/mL
        "4": "other-strength",  # midazolam at 1 mg/mL
    }


def test_a_mixture_with_glycopyrronium_tells_what_a_source_warns_of() -> None:
    sources = make_pump_task(1, "C", ("mixture",)).receipt.sources
    assert {"klb-2008", "nord-norge-doende"} <= set(sources)


def test_strengths_of_ampoules_are_those_a_source_prints() -> None:
    seen = {(p.drug, s) for p in pump_table().products for s in p.strengths}
    for seed in range(60):
        for text in make_pump_task(seed, "C", ("mixture",)).given[:-1]:
            drug, amount, strength = re.findall(
                r"^(\w+) ([\d.]+) mg, .* ([\d.]+) mg/mL$", str(text)
            )[0]
            assert (drug, Decimal(strength)) in seen
            assert Decimal(amount) > 0


def test_a_kind_that_does_not_exist_is_the_author_s_error() -> None:
    with pytest.raises(ValueError, match="kinds are of pump-rate, pump-reservoir, pump-bolus"):
        make_pump_task(1, "A", ("guessing",))  # type: ignore[arg-type]  # that is the test
    with pytest.raises(ValueError, match="kinds are of counting"):
        practice_tasks(1, 3, "A", ("guessing",))
    with pytest.raises(ValueError, match="kinds are of"):
        practice_tasks(1, 3, "A", ())


GOLDEN = """
A | pump-rate | morfin sc 240 mg/24 t | Reservoar: 100 mL | 1 10 24 100
A | pump-reservoir | morfin sc 144 mg/24 t | Reservoar: 50 mL | 0,833 3,47 8,33 83,3
A | pump-bolus | morfin sc 60 mg/24 t | Bolus: 2,5 mg, med sperretid 25 min | 2,5 5 8,5 10
A | mixture | morfin 100 mg, fra ampuller med 10 mg/mL | Fylles opp til 20 mL | 1 3 5 10
B | pump-rate | morfin sc 96 mg/24 t | Reservoar: 100 mL | 0,4 4 9,6 40
B | pump-reservoir | morfin sc 240 mg/24 t | Bolus: 5 mg, med sperretid 40 min | 100 114 133 200
B | pump-bolus | morfin sc 60 mg/24 t | Bolus: 2 mg, med sperretid 45 min | 2,5 4,5 5,17 6,5
B | mixture | morfin 40 mg, fra ampuller med 20 mg/mL | Fylles opp til 20 mL | 8 10 12 20
C | pump-rate | morfin sc 240 mg/24 t | 800 mg i reservoaret, fra ampuller med 10 mg/mL, fylt opp til 100 mL | 1 1,25 10 30
C | pump-reservoir | morfin sc 144 mg/24 t | Bolus: 4 mg, med sperretid 30 min | 14,3 20 25 33,3
C | pump-bolus | morfin sc 144 mg/24 t | Timegrense: 9 mg | 9 11 15 16
C | mixture | morfin 80 mg, fra ampuller med 10 mg/mL | Fylles opp til 30 mL | 13 19 21 30
"""  # noqa: E501  # a task a line


@pytest.mark.parametrize("line", GOLDEN.strip().splitlines())
def test_a_seed_keeps_its_task_from_version_to_version(line: str) -> None:
    """A change here is noticed by whoever has written a seed on a board."""
    level, kind, first, last, choices = line.split(" | ")
    task = make_pump_task("kurs", level, (kind,))  # type: ignore[arg-type]  # the words are kinds
    assert [render(task.given[0], "nb"), render(task.given[-1], "nb")] == [first, last]
    assert task.to_json("nb")["choices"] == choices.split()


def test_a_set_is_the_same_in_another_process_and_in_every_language() -> None:
    asked = f"practice_tasks('kurs 1', 8, 'B', {ALL_KINDS!r})"
    program = (
        "import json; from pallkit.pump.tasks_series import practice_tasks;"
        f"print(json.dumps([task.to_json('nn') for task in {asked}]))"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
        env={"PYTHONHASHSEED": "7"},
    )
    here = practice_tasks("kurs 1", 8, "B", ALL_KINDS)
    assert json.loads(done.stdout) == json.loads(json.dumps([one.to_json("nn") for one in here]))
    assert [task.kind for task in here] == list(ALL_KINDS)
    for task in here:
        told = [task.to_json(lang) for lang in LANGUAGES]
        assert {json.dumps([one["answer"], one["unit"]]) for one in told} == {
            json.dumps([told[0]["answer"], told[0]["unit"]])
        }
        assert len({tuple(one["prompt"]) for one in told}) == 3


def test_a_set_asks_nothing_twice_and_ends_when_the_recipes_do() -> None:
    tasks = practice_tasks("kurs", 20, "B", ("pump-rate", "counting"))
    assert len({task.prompt for task in tasks}) == 20
    assert len(practice_tasks("kurs", 20, "A", ("pump-reservoir",))) == 20


@pytest.mark.parametrize("lang", ["nb", "nn"])
def test_every_mistake_is_named_in_norwegian(lang: str) -> None:
    for label in LABELS.values():
        assert render(label, lang) != label.msgid  # type: ignore[arg-type]  # one of two
