"""The modules as the pages show them: a card in the list, and the text in its parts."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pallkit import content
from pallkit.cases import names
from pallkit.cases.model import Level
from pallkit.errors import PallkitError
from pallkit.i18n import Language, _, render
from pallkit.texts import Document, Heading, to_document, to_html
from pallkit_app.modules import Module, Part, module_ids, read_module

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModuleCard:
    """A module as the list shows it. ``lang`` is the language its texts really are in."""

    id: str
    lang: Language
    version: int
    title: str
    summary: str
    level: Level
    level_name: str
    minutes: int
    draft: bool
    topics: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell on the page: its text as HTML, or the ``widget`` whose place it keeps."""

    id: str
    html: str = ""
    widget: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """All of a module's text, and its table of contents: the headings of the second level."""

    lead_html: str
    pieces: tuple[Piece, ...]
    contents: tuple[Heading, ...]


def card(module: Module, lang: Language) -> ModuleCard:
    """Describe a module for a reader of ``lang``."""
    about, topics = module.about, content.table("topics")
    return ModuleCard(
        id=about.id,
        lang=about.lang,
        version=about.version,
        title=about.title,
        summary=about.summary,
        level=about.level,
        level_name=render(names.LEVEL[about.level], lang),
        minutes=about.minutes,
        draft=about.draft,
        topics=tuple((topic, topics[topic][lang]) for topic in about.topics),
    )


def cards(folder: Path, lang: Language) -> list[ModuleCard]:
    """Every module; one that cannot be read is left out and logged."""
    return list(_readable(folder, lang))


def _readable(folder: Path, lang: Language) -> Iterator[ModuleCard]:
    for module_id in module_ids(folder):
        try:
            yield card(read_module(folder, module_id, lang), lang)
        except (PallkitError, KeyError) as error:  # KeyError: a level or topic nobody knows
            _log.error("The module %s is left out of the list: %s", module_id, error)


@lru_cache(maxsize=32)
def text(module: Module) -> Text:
    """Render a module's cells, in the module's own language."""
    table = render(_("Table"), module.about.lang)
    documents = [(part, _document(part, table)) for part in module.parts]
    return Text(
        lead_html=to_html(module.lead),
        pieces=tuple(Piece(part.id, each.html, part.widget) for part, each in documents),
        contents=tuple(
            heading for _part, each in documents for heading in each.headings if heading.level == 2
        ),
    )


def _document(part: Part, table: str) -> Document:
    if part.widget:
        return Document("", ())
    return to_document(part.text, name=part.id, table=table)
