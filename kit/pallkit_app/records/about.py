"""Who answers for a course's data, why, how long, and what lies where: as it is told to people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pallkit.i18n import Language, Message, _, render
from pallkit_grading.course import Course

STORED: tuple[tuple[str, Message], ...] = (
    ("gradebook.db", _("id, name and e-mail; points, comments, history and flags")),
    ("submitted/", _("what was handed in, and when")),
    ("autograded/", _("the same as the grader ran it")),
    ("feedback/", _("the pages with feedback")),
    (".pallkit/", _("earlier versions, what was found in collecting, and the access log")),
    ("rules.yaml, groups.yaml", _("groups and extensions, by id")),
)
"""Each place of a course where something is about a person, and what."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the course says of its data; ``told`` is None where nobody has filled it in."""

    about: Message
    told: str | None
    key: str


def facts(course: Course, lang: Language) -> Iterator[Fact]:
    """Controller, purpose and retention, in this order, as ``course.yaml`` has them."""
    missing = set(course.unfilled)
    controller, purpose, keeping = course.controller, course.purpose, course.retention
    told = {
        "controller": f"{controller.name} ({controller.contact})" if controller else "",
        "purpose": render(purpose, lang) if purpose else "",
        "retention": _kept(keeping.months, render(keeping.text, lang), lang) if keeping else "",
    }
    heads = {
        "controller": _("Answers for the data"),
        "purpose": _("Why it is collected"),
        "retention": _("How long it is kept"),
    }
    for key, head in heads.items():
        yield Fact(head, None if key in missing else told[key], key)


def _kept(months: int | None, text: str, lang: Language) -> str:
    if months is None:
        return text
    return f"{render(_('{count} months', count=months), lang)}. {text}"
