"""One server for the tests that only read from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.app.server_process import Server, serving

NAMES = ("pallkit.example.no", "192.0.2.7", "2001:db8::7", "intern_maskin")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    hosts = [part for name in NAMES for part in ("--allowed-host", name)]
    with serving(options=["--report-address", "feil@example.org", *hosts]) as running:
        yield running
