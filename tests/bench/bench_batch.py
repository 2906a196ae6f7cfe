"""How many rows a second, on one core: a frame in memory, and a CSV file from disk to disk.

pytest tests/bench/bench_batch.py --benchmark-only
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from pallkit.opioids import ratio_set
from pallkit_app.batch import omeq_frame
from pallkit_app.batch.counting import count_file
from pallkit_app.batch.table import look_at

TABLE = ratio_set("helsedirektoratet")
ROWS = 1_000_000
KINDS = [
    ("oksykodon", "po", "mg/24 t"),
    ("morfin", "po", "mg/24 t"),
    ("hydromorfon", "po", "mg/d"),
    ("fentanyl", "plaster", "µg/t"),
    ("tapentadol", "po", "mg/24 t"),
    ("metadon", "po", "mg/24 t"),
]


def regimens(rows: int) -> pd.DataFrame:
    """Generated rows; one kind in six is refused, as some always are."""
    chance = np.random.default_rng(1)
    kinds = chance.integers(len(KINDS), size=rows)
    drug, route, unit = (np.array(column)[kinds] for column in zip(*KINDS, strict=True))
    amount = chance.integers(1, 4000, size=rows) / 10
    return pd.DataFrame({"drug": drug, "route": route, "amount": amount, "unit": unit})


def note_rate(benchmark: BenchmarkFixture, rows: int, target: int | None) -> None:
    """Leave rows a second for the summary, by the median round."""
    if benchmark.stats is not None:
        benchmark.extra_info["rows_per_second"] = round(rows / benchmark.stats.stats.median)
        benchmark.extra_info["target"] = target


@pytest.mark.parametrize("kind", ["text", "category"])
def test_a_frame_in_memory(benchmark: BenchmarkFixture, kind: str) -> None:
    frame = regimens(ROWS)
    if kind == "category":
        frame = frame.astype({"drug": "category", "route": "category", "unit": "category"})
    counted = benchmark.pedantic(omeq_frame, (frame, TABLE), rounds=5, warmup_rounds=1)
    assert len(counted) == ROWS
    assert set(counted["reason"]) == {"", "locked"}
    note_rate(benchmark, ROWS, 1_000_000)


def test_a_csv_file_from_disk_to_disk(benchmark: BenchmarkFixture, tmp_path: Path) -> None:
    rows = 200_000
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    regimens(rows).to_csv(source, index=False)
    count = lambda: count_file(look_at(source), out, TABLE, "nb", force=True)  # noqa: E731
    report = benchmark.pedantic(count, rounds=3, warmup_rounds=1)
    assert report.rows == rows
    note_rate(benchmark, rows, None)
