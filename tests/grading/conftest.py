"""What the grading tests share: the key that ships, and an empty folder to work in."""

from __future__ import annotations

from pathlib import Path

import pytest

from pallkit_app.compile import content_root
from pallkit_app.courses.reading import compile_key, read_keys
from pallkit_grading.key import KEY_VARIABLE, Key

COURSE = content_root() / "courses" / "spesialist"


@pytest.fixture(scope="session")
def key() -> Key:
    return read_keys(COURSE)


@pytest.fixture
def handed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, as a notebook's kernel has it, with no key configured."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    return tmp_path


@pytest.fixture
def grading(
    handed_in: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same folder while the course's grader runs it."""
    course = tmp_path_factory.mktemp("course")
    for part in ("course.yaml", "key"):
        (course / part).symlink_to(COURSE / part)
    monkeypatch.setenv(KEY_VARIABLE, str(compile_key(course)))
    return handed_in
