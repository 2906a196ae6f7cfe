"""A course: its modules, goals and assignments, as ``course.yaml`` has them.

Only the id, the title and the assignments must be there, so that a small course stays
small. Who answers for the trainees' personal data is a course leader's to write: see
:attr:`Course.unfilled`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from pallkit.cases.schema import (
    SchemaError,
    SchemaFault,
    Slug,
    fault,
    make_converter,
    structure_strictly,
)
from pallkit.i18n import Message, Words, _

LOG_NAME = "svar.jsonl"
"""The answer log that lies beside a trainee's notebook and is handed in with it."""

Heading = Literal[
    "physical",
    "dying",
    "psychosocial",
    "existential",
    "ethics",
    "decisions",
    "organisation",
    "quality",
]
"""The eight headings of the national curriculum for physicians in palliative care."""

HEADINGS: Mapping[Heading, Message] = {
    "physical": _("Physical aspects"),
    "dying": _("The dying patient"),
    "psychosocial": _("Psychosocial aspects"),
    "existential": _("Existential and cultural aspects"),
    "ethics": _("Ethics"),
    "decisions": _("Teamwork and decisions"),
    "organisation": _("Organisation"),
    "quality": _("Research and quality"),
}
"""What each is called here, in our own words and in the curriculum's order.

Source: Helsedirektoratet, handlingsprogram for palliasjon, vedlegg 2.2 (physicians).
"""

Zone = NewType("Zone", str)
"""An IANA name of a time zone, such as Europe/Oslo."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A folder below ``source/`` with one notebook of the same name, in one language.

    ``key`` names a file in ``key/``; the same tasks in two languages share one. ``graded``
    false means feedback without a grade; ``group`` that one hands in for several.
    """

    id: Slug
    lang: Literal["nb", "nn", "en"]
    key: Slug
    graded: bool = True
    group: bool = False


@dataclass(frozen=True, slots=True)
class Controller:
    """Who decides why and how trainees' personal data are used: a body, never a person."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class Retention:
    """How long hand-ins and grades are kept after the course ends, and why; None: not said."""

    months: int | None
    text: Words


@dataclass(frozen=True, slots=True)
class Goal:
    """What a trainee can do afterwards. Tasks name it, so that a report can say who reached it."""

    id: Slug
    heading: Heading
    text: Words


@dataclass(frozen=True, slots=True)
class Module:
    """A part of the course. ``assignments`` are names of keys, whatever the language."""

    id: Slug
    title: Words
    text: Words | None = None
    semester: int | None = None
    goals: tuple[Slug, ...] = ()
    assignments: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A course on invented patients. ``id`` is also nbgrader's course id.

    Deadlines are written in local time and mean ``timezone``'s.
    """

    id: Slug
    invented: Literal[True]
    title: Words
    assignments: tuple[Assignment, ...]
    controller: Controller | None = None
    purpose: Words | None = None
    retention: Retention | None = None
    timezone: Zone = Zone("Europe/Oslo")
    goals: tuple[Goal, ...] = ()
    modules: tuple[Module, ...] = ()

    @property
    def unfilled(self) -> tuple[str, ...]:
        """The keys on personal data that are missing or still say «[Fyll inn: …]»."""
        return tuple(
            name
            for name, missing in {
                "controller": self.controller is None
                or _is_placeholder(self.controller.name, self.controller.contact),
                "purpose": self.purpose is None or _is_placeholder(*_texts(self.purpose)),
                "retention": self.retention is None
                or self.retention.months is None
                or _is_placeholder(*_texts(self.retention.text)),
            }.items()
            if missing
        )


def structure_course(raw: object) -> Course:
    """Make a course of plain values.

    Raises :class:`pallkit.cases.schema.SchemaError` with every place that breaks the format.
    """
    course = structure_strictly(_CONVERTER, raw, Course)
    faults = (*_twice(course), *_unknown(course))
    if faults:
        raise SchemaError(faults)
    return course


def _is_placeholder(*texts: str) -> bool:
    return any(not text.strip() or text.strip().startswith("[") for text in texts)


def _texts(words: Words) -> tuple[str, str, str]:
    return words.nb, words.nn, words.en


def _twice(course: Course) -> Iterator[SchemaFault]:
    """No two assignments, goals or modules share an id."""
    for part, ids in {
        "assignments": [one.id for one in course.assignments],
        "goals": [one.id for one in course.goals],
        "modules": [one.id for one in course.modules],
    }.items():
        seen: Counter[str] = Counter()
        for place, id_ in enumerate(ids):
            seen[id_] += 1
            if seen[id_] > 1:
                yield SchemaFault(
                    (part, place, "id"),
                    _("the id “{id}” is used twice. Give this one its own.", id=id_),
                )


def _unknown(course: Course) -> Iterator[SchemaFault]:
    """A module names goals and keys that the course has."""
    goals = {one.id for one in course.goals}
    keys = {one.key for one in course.assignments}
    for place, module in enumerate(course.modules):
        yield from _missing(("modules", place, "goals"), module.goals, goals)
        yield from _missing(("modules", place, "assignments"), module.assignments, keys)


def _missing(
    where: tuple[str | int, ...], named: Iterable[Slug], known: set[Slug]
) -> Iterator[SchemaFault]:
    for number, name in enumerate(named):
        if name not in known:
            yield SchemaFault(
                (*where, number),
                _(
                    "“{name}” is not in this course. It has: {names}.",
                    name=name,
                    names=", ".join(sorted(known)) or "–",
                ),
            )


def _zone(value: object, _type: object) -> Zone:
    try:
        return Zone(ZoneInfo(str(value)).key)
    except (KeyError, OSError, ValueError):  # an unknown name is a KeyError, a bad one the others
        raise fault(
            _("“{value}” is not a time zone. Write for example Europe/Oslo.", value=str(value)[:60])
        ) from None


_CONVERTER = make_converter()
_CONVERTER.register_structure_hook(Zone, _zone)
