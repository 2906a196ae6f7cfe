"""A small course on disk with a real gradebook, and the command line in a fixed language."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.grading.rules.books import make_gradebook
from typer.testing import CliRunner, Result

from pallkit_app.cli import app
from pallkit_app.cli.edge import cli_language
from pallkit_grading.gradebook import GRADEBOOK

COURSE = """\
id: kurs
invented: true
title: {nb: Kurs, nn: Kurs, en: Course}
assignments:
  - {id: en, lang: nb, key: en}
  - {id: en-nn, lang: nn, key: en}
  - {id: to, lang: nb, key: to, group: true}
"""
TASK = """\
  - id: {id}
    kind: text
    points: {points}
    look_for: [{{nb: noe, nn: noko, en: something}}]
"""
Run = Callable[..., Result]


@pytest.fixture(scope="session")
def made_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gradebook") / GRADEBOOK
    make_gradebook(path)
    return path


@pytest.fixture
def new_course(tmp_path: Path) -> Path:
    """A course that has no gradebook yet."""
    folder = tmp_path / "kurs"
    (folder / "key").mkdir(parents=True)
    (folder / "course.yaml").write_text(COURSE, encoding="utf-8")
    tasks = {"en": {"en-1": 2, "en-2": 3}, "to": {"to-1": 4}}
    for key, theirs in tasks.items():
        text = "tasks:\n" + "".join(
            TASK.format(id=id_, points=points) for id_, points in theirs.items()
        )
        (folder / "key" / f"{key}.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def course(new_course: Path, made_gradebook: Path) -> Path:
    shutil.copy(made_gradebook, new_course / GRADEBOOK)
    return new_course


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Run a command, in English unless told."""

    def runs(*arguments: str | Path, lang: str = "en") -> Result:
        monkeypatch.setenv("PALLKIT_LANG", lang)
        cli_language.cache_clear()
        return CliRunner().invoke(app, [*map(str, arguments)])

    yield runs
    cli_language.cache_clear()
