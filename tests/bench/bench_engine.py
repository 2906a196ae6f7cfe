"""How fast the engine is. Not part of `make test`; run it by its name:

pytest tests/bench/bench_engine.py --benchmark-only
"""

from __future__ import annotations

from itertools import count

from pytest_benchmark.fixture import BenchmarkFixture

from pallkit.doses import read_dose, read_preparation, read_quantity
from pallkit.opioids import Conversion, convert, make_task, omeq, ratio_set, read_reduction

TABLE = ratio_set("helsedirektoratet")
DOSES = [read_dose("oksykodon po 30 mg x 2"), read_dose("fentanyl td 25 µg/t")]
TO = read_preparation("hydromorfon po")
HALF = read_reduction("50%")


def test_read_a_dose(benchmark: BenchmarkFixture) -> None:
    benchmark(read_dose, "oksykodon depottabletter po 30 mg x 2")


def test_count_two_doses(benchmark: BenchmarkFixture) -> None:
    benchmark(omeq, DOSES, TABLE)


def test_change_two_doses(benchmark: BenchmarkFixture) -> None:
    benchmark(convert, DOSES, TO, TABLE, HALF)


def test_write_a_receipt(benchmark: BenchmarkFixture) -> None:
    done = convert(DOSES, TO, TABLE, HALF)
    assert isinstance(done, Conversion)
    assert benchmark(done.receipt.to_text, "nb")


def test_write_a_receipt_for_a_page(benchmark: BenchmarkFixture) -> None:
    done = convert(DOSES, TO, TABLE, HALF)
    assert isinstance(done, Conversion)
    assert benchmark(done.receipt.to_html, "nb")


def test_make_a_task(benchmark: BenchmarkFixture) -> None:
    seeds = count()
    benchmark(lambda: make_task(next(seeds), "C"))


def test_name_a_mistake(benchmark: BenchmarkFixture) -> None:
    task = make_task(3, "C")
    benchmark(task.diagnose, read_quantity("41 mg/d"))
