"""A warm process of the test run's own, and kernels asked for as Jupyter asks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.app.warm.running import Kernels


@pytest.fixture(scope="module")
def kernels() -> Iterator[Kernels]:
    with Kernels() as running:
        yield running
