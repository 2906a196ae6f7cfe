"""Collecting texts, compiling catalogues: nothing a translator wrote is lost."""

from __future__ import annotations

import gettext
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pallkit.errors import ContentError
from pallkit.i18n import CATALOGUES, _, render
from pallkit_app import compile as compiling
from pallkit_app.compile import TRANSLATED, catalogue_path
from pallkit_app.compile.build import is_compiled
from pallkit_app.compile.catalogues import compile_catalogues, extract, read, update
from pallkit_app.compile.marked import REMEMBERED

MODULE = """
from pallkit.i18n import _, Message
HERE = _("Written in Python, {name}.", name="x")
LONG = _(
    "A text in "
    "two parts."
)
NOT = other("Not marked.")
"""
TEMPLATE = '<p>{{ _("Written in a template.") }}</p>'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with one package and one template, and the compiler's own code beside it."""
    package = tmp_path / "kit/pallkit"
    (package / "templates").mkdir(parents=True)
    (package / "__init__.py").write_text(MODULE, encoding="utf-8")
    (package / "templates/page.html.j2").write_text(TEMPLATE, encoding="utf-8")
    return tmp_path


def untranslated(checkout: Path, path: Path) -> int:
    """Update the catalogues and answer how many texts of one lack a translation."""
    return dict(update(checkout))[path]


def translate(path: Path, text: str, translation: str) -> None:
    before = path.read_text(encoding="utf-8")
    after = before.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"')
    assert after != before
    path.write_text(after, encoding="utf-8")


def test_texts_are_found_in_modules_and_templates(checkout: Path) -> None:
    found = {str(entry.id) for entry in extract("pallkit", checkout) if entry.id}
    assert found == {"Written in Python, {name}.", "A text in two parts.", "Written in a template."}


def test_an_update_adds_new_texts_and_keeps_what_is_translated(checkout: Path) -> None:
    path = catalogue_path("pallkit", "nn", checkout)
    assert untranslated(checkout, path) == 3
    translate(path, "Written in a template.", "Skrive i ein mal.")
    more = checkout / "kit/pallkit/more.py"
    more.write_text(
        'from pallkit.i18n import _\nNEW = _("Written in a mould.")\n', encoding="utf-8"
    )
    assert untranslated(checkout, path) == 3
    assert read(path).get("Written in a template.").string == "Skrive i ein mal."
    assert "fuzzy" not in path.read_text(encoding="utf-8"), "a guess is worse than nothing"


def test_a_text_that_went_away_comes_back_with_its_translation(checkout: Path) -> None:
    path = catalogue_path("pallkit", "nb", checkout)
    page = checkout / "kit/pallkit/templates/page.html.j2"
    assert untranslated(checkout, path) == 3
    translate(path, "Written in a template.", "Skrevet i en mal.")
    page.write_text("<p></p>", encoding="utf-8")
    assert untranslated(checkout, path) == 2
    assert read(path).get("Written in a template.") is None
    page.write_text(TEMPLATE, encoding="utf-8")
    assert untranslated(checkout, path) == 2
    assert read(path).get("Written in a template.").string == "Skrevet i en mal."
    page.write_text("<p></p>", encoding="utf-8")
    list(update(checkout, drop_obsolete=True))
    assert "Skrevet i en mal." not in path.read_text(encoding="utf-8")


def test_an_update_that_changes_nothing_leaves_the_file_alone(checkout: Path) -> None:
    path = catalogue_path("pallkit", "nb", checkout)
    list(update(checkout))
    before = path.stat().st_ino, path.read_bytes()
    list(update(checkout))
    assert (path.stat().st_ino, path.read_bytes()) == before


def test_a_file_that_is_no_catalogue_says_so(tmp_path: Path) -> None:
    path = tmp_path / "pallkit.po"
    path.write_text("<<<<<<< HEAD\n", encoding="utf-8")
    with pytest.raises(ContentError, match="not a valid catalogue"):
        read(path)


def test_our_catalogues_are_compiled_and_read() -> None:
    assert compile_catalogues() == {}
    for package in CATALOGUES:
        for lang in TRANSLATED:
            path = catalogue_path(package, lang)
            if path.exists():
                assert is_compiled(path)
                with path.with_suffix(".mo").open("rb") as file:
                    assert gettext.GNUTranslations(file).gettext("") != ""


@pytest.mark.parametrize(
    ("lang", "words"),
    [("nb", "Øving på oppdiktede pasienter"), ("nn", "Øving på oppdikta pasientar")],
)
def test_the_intended_purpose_is_read_in_both_languages(lang: str, words: str) -> None:
    purpose = _("Training on invented patients; not clinical decision support.")
    assert words in render(purpose, lang)  # type: ignore[arg-type]


def test_the_command_says_what_it_can_do() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pallkit_app.compile", "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PALLKIT_LANG": "en"},
    )
    assert "--update-catalogues" in done.stdout
    assert compiling.__doc__ is not None
    assert "--update-catalogues" in compiling.__doc__


def test_what_was_found_before_is_not_read_again_and_what_changed_is(checkout: Path) -> None:
    before = {str(entry.id) for entry in extract("pallkit", checkout) if entry.id}
    memory = checkout / REMEMBERED
    assert "Written in Python" in memory.read_text(encoding="utf-8")
    told = memory.read_text(encoding="utf-8").replace("Written in Python", "Kept in memory")
    memory.write_text(told, encoding="utf-8")
    assert "Kept in memory, {name}." in {str(entry.id) for entry in extract("pallkit", checkout)}
    for module in (checkout / "kit/pallkit").rglob("*.py"):
        os.utime(module, ns=(1, 1))
    assert {str(entry.id) for entry in extract("pallkit", checkout) if entry.id} == before


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"kit/pallkit/a.py": 3}', '{"x": ["1", [[]]]}']
)
def test_a_memory_that_is_none_is_made_anew(checkout: Path, content: str) -> None:
    before = {str(entry.id) for entry in extract("pallkit", checkout)}
    (checkout / REMEMBERED).write_text(content, encoding="utf-8")
    assert {str(entry.id) for entry in extract("pallkit", checkout)} == before


def test_without_a_place_to_remember_the_texts_are_found_all_the_same(checkout: Path) -> None:
    (checkout / REMEMBERED.parent).write_text("a file in its place", encoding="utf-8")
    assert len([entry for entry in extract("pallkit", checkout) if entry.id]) == 3
