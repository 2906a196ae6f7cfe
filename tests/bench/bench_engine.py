"""How fast the engine is. Not part of `make test`; `make bench` runs it:

pytest tests/bench/bench_engine.py --benchmark-only
"""

from __future__ import annotations

from decimal import Decimal
from itertools import count

from pytest_benchmark.fixture import BenchmarkFixture

from pallkit.doses import Dose, read_dose, read_preparation, read_quantity
from pallkit.opioids import (
    Conversion,
    RatioSet,
    compare,
    convert,
    flaws,
    make_task,
    omeq,
    ratio_set,
    ratio_set_ids,
    read_reduction,
)
from pallkit.pump import Bolus, Program, Settings, program

TABLE = ratio_set("helsedirektoratet")
DOSES = [read_dose("oksykodon po 30 mg x 2"), read_dose("fentanyl td 25 µg/t")]
TO = read_preparation("hydromorfon po")
HALF = read_reduction("50%")

PUMP = Settings(
    dose=read_dose("morfin sc 144 mg/d"),
    concentration=Decimal(20),
    reservoir=Decimal(100),
    bolus=Bolus(amount=Decimal(12), lockout=Decimal(30)),
)


def every_set() -> list[RatioSet]:
    return [ratio_set(set_id) for set_id in ratio_set_ids()]


def test_read_a_dose(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(read_dose, "oksykodon depottabletter po 30 mg x 2"), Dose)


def test_count_two_doses(benchmark: BenchmarkFixture) -> None:
    benchmark(omeq, DOSES, TABLE)


def test_change_two_doses(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(convert, DOSES, TO, TABLE, HALF), Conversion)


def test_write_a_receipt(benchmark: BenchmarkFixture) -> None:
    done = convert(DOSES, TO, TABLE, HALF)
    assert isinstance(done, Conversion)
    assert benchmark(done.receipt.to_text, "nb")


def test_write_a_receipt_for_a_page(benchmark: BenchmarkFixture) -> None:
    done = convert(DOSES, TO, TABLE, HALF)
    assert isinstance(done, Conversion)
    assert benchmark(done.receipt.to_html, "nb")


def test_compare_two_doses_over_every_set(benchmark: BenchmarkFixture) -> None:
    compared = benchmark(compare, DOSES, every_set())
    assert any(one.range for one in compared)


def test_find_what_is_odd_in_every_set(benchmark: BenchmarkFixture) -> None:
    assert benchmark(lambda: [flaw for table in every_set() for flaw in flaws(table)])


def test_make_a_task(benchmark: BenchmarkFixture) -> None:
    seeds = count()
    benchmark(lambda: make_task(next(seeds), "C", ["counting", "switching"]))


def test_name_a_mistake(benchmark: BenchmarkFixture) -> None:
    task = make_task(3, "C", ["counting"])
    benchmark(task.diagnose, read_quantity("41 mg/d"))


def test_work_out_a_pump(benchmark: BenchmarkFixture) -> None:
    assert isinstance(benchmark(program, PUMP), Program)
