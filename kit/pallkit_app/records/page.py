"""The page of an export: what a person is told of what is kept about them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, Message, _, number, render
from pallkit.privacy import holds_identity_number
from pallkit_app.paper import generator, pages_of, styles
from pallkit_app.records.about import STORED, facts
from pallkit_app.records.access import Access
from pallkit_app.records.database import Rows
from pallkit_grading.course import Course

KIND = "records"

_HERE = "pallkit_app.records"
_PAGES = pages_of(_HERE)

_LABELS: Mapping[str, Message] = {
    "title": _("What the course keeps about you"),
    "skip": _("Skip to the contents"),
    "for": _("About"),
    "made": _("Made"),
    "you": _("Who you are to the course"),
    "points": _("Points"),
    "points_help": _("Every score with who gave it and when. The last one of each task counts."),
    "none": _("Nothing."),
    "comments": _("What was written to you and about your answers"),
    "files": _("Your files"),
    "files_help": _(
        "They lie in this package. The grader's own copies of the notebooks are left out: they "
        "hold the course's hidden tests, and nothing else that is not here."
    ),
    "log": _("Who has looked"),
    "log_help": _("Exports of your data and erasures, from the course's access log."),
    "rest": _("Everything, for other programs"),
    "rest_help": _("data.json and the tables hold all rows of the gradebook that are about you."),
    "course": _("About the course's data"),
    "where": _("Where it lies"),
    "what": _("What"),
    "when": _("When"),
    "who": _("Who"),
    "assignment": _("Assignment"),
    "task": _("Task"),
    "file": _("File"),
    "rows": _("Rows"),
    "missing": _("The course has not said."),
    "rights": _(
        "You can ask for mistakes to be put right, and for what is kept to be erased, at the "
        "address above. You can complain to Datatilsynet."
    ),
    "id": _("id"),
    "first_name": _("First name"),
    "last_name": _("Last name"),
    "email": _("E-mail"),
    "lms_user_id": _("Number on the course platform"),
}

_DONE: Mapping[str, Message] = {
    "export": _("exported"),
    "erase": _("erased"),
    "backup": _("backed up"),
    "restore": _("restored"),
    "purge": _("purged"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """What the page tells of: the rows by table, the names of the files, the access log."""

    id: str
    course: Course
    rows: Rows
    files: tuple[str, ...]
    log: tuple[Access, ...]


def person_html(person: Person, lang: Language) -> str:
    """One page that asks nothing of any network; all that people wrote is text on it."""
    zone = ZoneInfo(str(person.course.timezone))
    labels = {name: render(text, lang) for name, text in _LABELS.items()}
    return _PAGES.get_template("person.html.j2").render(
        css=styles(("pallkit_app.feedback_pages", "sheet.css"), (_HERE, "person.css")),
        lang=lang,
        l=labels,
        person=person.id,
        course=render(person.course.title, lang),
        made=_when(datetime.now(UTC), zone),
        you=_you(person.rows, labels),
        history=[_given(row, zone, lang) for row in person.rows.get("pallkit_history", ())],
        comments=[*_comments(person.rows, zone)],
        files=person.files,
        log=[(_when(one.at, zone), one.who, _done(one, lang)) for one in person.log],
        tables=[(name, len(rows)) for name, rows in person.rows.items()],
        facts=[(render(one.about, lang), one.told) for one in facts(person.course, lang)],
        stored=[(place, render(what, lang)) for place, what in STORED],
        generator=generator(KIND),
        watermark=render(WATERMARK, lang),
        purpose=render(INTENDED_PURPOSE, lang),
    )


def _you(rows: Rows, labels: Mapping[str, str]) -> list[tuple[str, str]]:
    student = next(iter(rows.get("student", ())), {})
    return [
        (labels.get(name, name), str(value)) for name, value in student.items() if value is not None
    ]


def _given(row: Mapping[str, Any], zone: ZoneInfo, lang: Language) -> tuple[str, ...]:
    points = "–" if row["points"] is None else number(Decimal(row["points"]), lang)
    told = f"{points} / {number(Decimal(row['most']), lang)}"
    grader = " – ".join(one for one in (row["grader"], row["reason"]) if one)
    return _when(row["at"], zone), row["assignment"], row["task"], told, _safe(grader)


def _comments(rows: Rows, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    """What persons wrote, with when, from nbgrader's table and from ours."""
    for row in rows.get("comment", ()):
        for text in (row.get("manual_comment"), row.get("auto_comment")):
            if text:
                yield "", _safe(text)
    told: Sequence[tuple[str, str]] = (
        ("pallkit_manual", "comment"),
        ("pallkit_moderation", "words"),
    )
    for table, column in told:
        for row in rows.get(table, ()):
            if row.get(column):
                yield f"{_when(row['at'], zone)} {row['task']}", _safe(row[column])


def _done(one: Access, lang: Language) -> str:
    known = _DONE.get(one.what)
    return one.what if known is None else render(known, lang)


def _when(at: datetime, zone: ZoneInfo) -> str:
    moment = at if at.tzinfo is not None else at.replace(tzinfo=UTC)
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"


def _safe(text: str) -> str:
    return "[…]" if holds_identity_number(text) else text
