"""One server for the tests that only read from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.app.server_process import Server, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running
