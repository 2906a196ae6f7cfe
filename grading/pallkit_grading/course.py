"""A course: its name and its assignments, as ``course.yaml`` has them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pallkit.cases.schema import SchemaError, SchemaFault, Slug, make_converter, structure_strictly
from pallkit.i18n import Words, _

LOG_NAME = "svar.jsonl"
"""The answer log that lies beside a trainee's notebook and is handed in with it."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A folder below ``source/`` with one notebook of the same name, in one language.

    ``key`` names a file in ``key/``; the same tasks in two languages share one.
    """

    id: Slug
    lang: Literal["nb", "nn", "en"]
    key: Slug


@dataclass(frozen=True, slots=True)
class Course:
    """A course on invented patients. ``id`` is also nbgrader's course id."""

    id: Slug
    invented: Literal[True]
    title: Words
    assignments: tuple[Assignment, ...]


def structure_course(raw: object) -> Course:
    """Make a course of plain values.

    Raises :class:`pallkit.cases.schema.SchemaError` with every place that breaks the format.
    """
    course = structure_strictly(_CONVERTER, raw, Course)
    ids = [assignment.id for assignment in course.assignments]
    twice = tuple(
        SchemaFault(
            ("assignments", place, "id"),
            _("the id “{id}” is used twice. Give this assignment its own.", id=id_),
        )
        for place, id_ in enumerate(ids)
        if id_ in ids[:place]
    )
    if twice:
        raise SchemaError(twice)
    return course


_CONVERTER = make_converter()
