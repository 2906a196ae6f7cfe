"""The small course, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.running.made import Made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The course as it is handed out; copy it before anything is handed in."""
    made = Made(tmp_path_factory.mktemp("kode") / "kode")
    made.root.mkdir()
    made.begin()
    return made


@pytest.fixture
def course(template: Made, tmp_path: Path) -> Made:
    """A copy of one's own."""
    return template.copy(tmp_path / "kode")
