"""A course folder with a gradebook, copied from one that is made once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.grading.rules.books import make_gradebook

from pallkit_grading.gradebook import GRADEBOOK


@pytest.fixture(scope="session")
def empty_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gradebook") / GRADEBOOK
    make_gradebook(path)
    return path


@pytest.fixture
def course_folder(tmp_path: Path, empty_gradebook: Path) -> Path:
    shutil.copy(empty_gradebook, tmp_path / GRADEBOOK)
    return tmp_path
