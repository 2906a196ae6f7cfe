"""The cases as the gallery shows them: a card each."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pallkit import content
from pallkit.cases import load, names, prose
from pallkit.cases.model import Case
from pallkit.cases.prose import Prose
from pallkit.cases.values import PLACES, Place
from pallkit.cases.view_notices import notices
from pallkit.errors import PallkitError
from pallkit.i18n import LANGUAGES, Language, render
from pallkit.texts import to_html
from pallkit_app.server.folding import fold

_log = logging.getLogger(__name__)

# What a Norwegian reader is searched for in, beside their own language: bokmål and nynorsk
# are two ways to write one language, and a word of either must find the case.
_NORWEGIAN: tuple[Language, ...] = ("nb", "nn")

Named = tuple[tuple[str, str], ...]
"""Ids with what they are called in the reader's language."""


@dataclass(frozen=True, slots=True)
class Card:
    """A case as the gallery shows it. ``lang`` is the language its texts really are in.

    ``levels`` are those it can be opened at, ``level`` the one it opens at otherwise;
    ``settings`` every place it can be played in; ``languages`` those it is written in.
    ``notices`` are those of :func:`pallkit.cases.view_notices.notices`; ``due`` is the day
    it should have been looked over by, if that has passed. ``text`` is what a search looks in.
    """

    id: str
    version: str
    title: str
    summary: str
    goals: tuple[str, ...]
    patient_html: str
    level: str
    level_name: str
    levels: Named
    minutes: int
    draft: bool
    topics: Named
    settings: Named
    languages: tuple[Language, ...]
    notices: dict[str, Any]
    due: str
    text: str
    lang: Language

    @property
    def withdrawn(self) -> bool:
        """Whether the case is no longer to be used."""
        return self.notices["withdrawn"] is not None


def card(case_id: str, lang: Language) -> Card:
    """Describe one case. Raises PallkitError when the case cannot be read."""
    return _card(case_id, lang, date.today())  # noqa: DTZ011  # the day where the server stands


def cards(lang: Language) -> tuple[Card, ...]:
    """Every case, easiest and shortest first; one that cannot be read is left out and logged.

    One author's mistake must not take the whole gallery from the learners.
    """
    return _cards(lang, content.edition(), date.today())  # noqa: DTZ011  # as above


@lru_cache(maxsize=16)
def _cards(lang: Language, _edition: str, today: date) -> tuple[Card, ...]:
    found = []
    for case_id in content.case_ids():
        try:
            found.append(_card(case_id, lang, today))
        except PallkitError as error:
            _log.error("The case %s is left out of the list: %s", case_id, error)
    return tuple(sorted(found, key=lambda each: (each.level, each.minutes, each.title)))


def _card(case_id: str, lang: Language, today: date) -> Card:
    case, texts, topics = load(case_id), prose(case_id, lang), content.table("topics")
    said = notices(case, texts, lang, today=today)
    return Card(
        id=case.id,
        version=str(case.version),
        title=texts.title,
        summary=texts.summary,
        goals=texts.goals,
        patient_html=to_html(texts.patient),
        level=case.level,
        level_name=render(names.LEVEL[case.level], lang),
        levels=tuple((level, render(names.LEVEL[level], lang)) for level in case.open_levels),
        minutes=case.minutes,
        draft=case.draft,
        topics=tuple((topic, topics[topic][lang]) for topic in case.topics),
        settings=tuple((place, render(names.PLACE[place], lang)) for place in settings(case)),
        languages=tuple(each for each in LANGUAGES if content.prose(case_id, each) is not None),
        notices=said,
        due=str(case.review_by) if said["overdue"] else "",
        text=fold("\n".join(_searched(case, texts, lang))),
        lang=texts.lang,
    )


def settings(case: Case) -> list[Place]:
    """Every place the case is or can come to be played in, in the order of the format."""
    found = {case.start.place, *(effects.place for effects in case.every_effect())}
    return [place for place in PLACES if place in found]


def _searched(case: Case, texts: Prose, lang: Language) -> Iterator[str]:
    table = content.table("topics")
    for each in dict.fromkeys((lang, *_NORWEGIAN)):
        written = texts if each == texts.lang else prose(case.id, each)
        yield from (written.title, written.summary, *written.goals)
        yield from (table[topic][each] for topic in case.topics)
        yield from (render(names.PLACE[place], each) for place in settings(case))
