"""A task of one's own: the same for one trainee everywhere, and another for the next."""

from __future__ import annotations

import json
import os
import pwd
from pathlib import Path

import pytest

from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import LANGUAGES
from pallkit.opioids.recipes import KINDS, RECIPES
from pallkit.opioids.tasks_shape import LEVELS
from pallkit.variants import (
    TRAINEE_FILE,
    TRAINEE_VARIABLE,
    Variant,
    own_name,
    read_variant,
    seed_of,
    variant_task,
    variant_text,
)


def test_a_seed_is_the_same_everywhere_and_tells_no_name() -> None:
    assert seed_of("regn", "kari") == "d6ed2d68ac356370"
    assert seed_of("regn", "kari") != seed_of("regn2", "kari")


@pytest.mark.parametrize("level", LEVELS)
def test_every_kind_and_set_that_a_level_has_can_be_drawn_for_anybody(level: str) -> None:
    for recipe in RECIPES[level]:  # type: ignore[index]  # one of its keys
        variant = read_variant({"level": level, "set": recipe.table, "kinds": [recipe.kind]})
        for number in range(8):
            task = variant_task("regn", f"kandidat {number}", variant)
            assert (task.kind, task.question.table.id) == (recipe.kind, recipe.table)


def test_trainees_get_different_tasks() -> None:
    variant = Variant("B")
    asked = {variant_task("regn", f"k{number}", variant).prompt for number in range(40)}
    assert len(asked) > 25


def test_the_question_is_told_in_every_language_and_never_with_its_answer() -> None:
    task = variant_task("regn", "kari", Variant("B", "klb-2008", ("to-pump",)))
    texts = [variant_text(task, lang) for lang in LANGUAGES]
    assert len(set(texts)) == len(LANGUAGES)
    assert all(text.count("\n- ") == len(task.given) for text in texts)
    assert texts[0].startswith("En oppdiktet pasient får:")
    assert texts[1].startswith("Ein oppdikta pasient får:")


@pytest.mark.parametrize(
    "settings",
    [
        {"level": "D"},
        {"set": "finnes-ikke"},
        {"kinds": ["gjetting"]},
        {"kinds": "rescue"},
        {"level": ["A"]},
        {"seed": 3},
        {"level": "A", "set": "klb-2008", "kinds": ["counting"]},
    ],
)
def test_settings_that_no_task_has_are_refused(settings: dict[str, object]) -> None:
    with pytest.raises(ContentError):
        read_variant(settings)


def test_the_order_of_kinds_does_not_matter() -> None:
    one = read_variant({"kinds": [KINDS[1], KINDS[0]]})
    assert one == read_variant({"kinds": list(KINDS[:2])})


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    for name in (TRAINEE_VARIABLE, "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_environment_comes_before_the_file_and_the_file_before_the_login(
    nobody: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert own_name(nobody) == pwd.getpwuid(os.getuid())[0]
    (nobody / TRAINEE_FILE).write_text(json.dumps({"trainee": "kari", "course": "k"}))
    assert own_name(nobody) == "kari"
    monkeypatch.setenv(TRAINEE_VARIABLE, "per")
    assert own_name(nobody) == "per"


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"trainee": 3}', '{"trainee": "a/b"}', '{"trainee": "  "}', "[" * 9000],
)
def test_a_file_that_says_nothing_useful_is_an_error_and_not_another_name(
    nobody: Path, content: str
) -> None:
    (nobody / TRAINEE_FILE).write_text(content)
    with pytest.raises(PallkitError, match=TRAINEE_FILE):
        own_name(nobody)


def test_a_folder_without_a_file_is_no_error(nobody: Path) -> None:
    assert own_name(nobody / "finnes-ikke")
