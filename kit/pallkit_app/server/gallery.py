"""The case list: what a card says, and which cases a filter leaves."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from pallkit import content
from pallkit.cases import load, names, prose
from pallkit.errors import PallkitError
from pallkit.i18n import Language, render
from pallkit.texts import to_html

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Card:
    """A case as the list shows it. ``lang`` is the language its texts really are in."""

    id: str
    version: str
    title: str
    summary: str
    patient_html: str
    level: str
    level_name: str
    minutes: int
    draft: bool
    topics: tuple[tuple[str, str], ...]
    lang: Language


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, and how many cases it would leave."""

    id: str
    name: str
    count: int
    chosen: bool


def card(case_id: str, lang: Language) -> Card:
    """Describe one case. Raises PallkitError when the case cannot be read."""
    case, texts, topics = load(case_id), prose(case_id, lang), content.table("topics")
    return Card(
        id=case.id,
        version=str(case.version),
        title=texts.title,
        summary=texts.summary,
        patient_html=to_html(texts.patient),
        level=case.level,
        level_name=render(names.LEVEL[case.level], lang),
        minutes=case.minutes,
        draft=case.draft,
        topics=tuple((topic, topics[topic][lang]) for topic in case.topics),
        lang=texts.lang,
    )


def cards(lang: Language) -> list[Card]:
    """Every case, easiest and shortest first; one that cannot be read is left out and logged.

    One author's mistake must not take the whole list from the learners.
    """
    found = []
    for case_id in content.case_ids():
        try:
            found.append(card(case_id, lang))
        except PallkitError as error:
            _log.error("The case %s is left out of the list: %s", case_id, error)
    return sorted(found, key=lambda each: (each.level, each.minutes, each.title))


def matching(every: Sequence[Card], *, topic: str = "", level: str = "") -> list[Card]:
    """Cases with this topic and level; an empty word leaves all."""
    return [
        each
        for each in every
        if level in ("", each.level) and (not topic or topic in dict(each.topics))
    ]


def topic_choices(every: Sequence[Card], *, topic: str, level: str) -> list[Choice]:
    """Topics that some case has, in the table's order."""
    known = {name: title for each in every for name, title in each.topics}
    return [
        Choice(name, known[name], len(matching(every, topic=name, level=level)), name == topic)
        for name in content.table("topics")
        if name in known
    ]


def level_choices(every: Sequence[Card], *, topic: str, level: str) -> list[Choice]:
    """Levels that some case has."""
    known = {each.level: each.level_name for each in every}
    return [
        Choice(name, known[name], len(matching(every, topic=topic, level=name)), name == level)
        for name in sorted(known)
    ]
