"""After the table of times: rows a second, against what was asked for."""

from __future__ import annotations

import os

import pytest


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the rates, and how busy the machine was meanwhile."""
    session = getattr(config, "_benchmarksession", None)
    benchmarks = session.benchmarks if session is not None else []
    for one in benchmarks:
        rate, target = (one.extra_info.get(key) for key in ("rows_per_second", "target"))
        if rate is None:
            continue
        against = f", {rate / target:.2f} of the {target:,} asked for" if target else ""
        terminalreporter.write_line(f"{one.name}: {rate:,} rows/s{against}")
    if benchmarks and hasattr(os, "getloadavg"):
        load = os.getloadavg()[0]
        terminalreporter.write_line(
            f"load in the last minute: {load:.2f} on {os.cpu_count()} cores"
        )
