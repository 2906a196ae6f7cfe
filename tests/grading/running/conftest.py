"""The small course, made once with code and once without."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.grading.running.made import Made


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The course as it is handed out; copy it before anything is handed in."""
    return _made(tmp_path_factory, code=True)


@pytest.fixture(scope="session")
def without_code(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same with answers and a text only: nothing of a trainee's is run."""
    return _made(tmp_path_factory, code=False)


@pytest.fixture
def course(template: Made, tmp_path: Path) -> Made:
    """A copy of one's own."""
    return template.copy(tmp_path / "kode")


def _made(factory: pytest.TempPathFactory, *, code: bool) -> Made:
    made = Made(factory.mktemp("kode") / "kode")
    made.root.mkdir()
    made.begin(code=code)
    return made
