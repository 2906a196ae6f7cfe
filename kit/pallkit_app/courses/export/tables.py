"""Grades as plain tables: for CSV, for a workbook, and for KS Læring.

A number's cell is empty where there is no score, and the state is a column of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from pallkit.i18n import Language, Message, _, render
from pallkit_app.courses.export.model import STATES, Column, Grades
from pallkit_app.courses.spreadsheet import Cell, plain_number
from pallkit_grading.book.rows import Student
from pallkit_grading.scores import Scores

Rows = list[list[Cell]]


def whole_table(grades: Grades, zone: ZoneInfo, lang: Language) -> Rows:
    """A row for each trainee with every task, what being late took, and the total."""
    several = len(grades.columns) > 1
    header: list[Cell] = [*_say(lang, *_PERSON)]
    for column in grades.columns:
        before = f"{column.title}: " if several else ""
        header += [f"{before}{name}" for name in _column_names(column, lang)]
    rows: Rows = [header]
    for place, person in enumerate(grades.people):
        row: list[Cell] = [*_person(person, grades)]
        for column in grades.columns:
            row += _scores(column.scores[place], zone, lang)
        rows.append(row)
    return rows


def overview(grades: Grades, lang: Language) -> Rows:
    """A row for each trainee with state and total for each set of tasks."""
    header: list[Cell] = [*_say(lang, *_PERSON)]
    for column in grades.columns:
        most = plain_number(column.most)
        header += [
            render(_("{name}: state", name=column.title), lang),
            render(_("{name} (of {most})", name=column.title, most=most), lang),
        ]
    rows: Rows = [header]
    for place, person in enumerate(grades.people):
        row = [*_person(person, grades)]
        for column in grades.columns:
            one = column.scores[place]
            row += [render(STATES[one.state], lang), one.total]
        rows.append(row)
    return rows


def result_list(grades: Grades, zone: ZoneInfo, lang: Language) -> Rows:
    """A row for each trainee and set of tasks: who, which course, what, state and points."""
    header = _say(
        lang,
        _("E-mail"),
        _("First name"),
        _("Last name"),
        _("Id"),
        _("Course"),
        _("Assignment"),
        _("State"),
        _("Points"),
        _("Of"),
        _("Handed in"),
    )
    rows: Rows = [[*header]]
    for column in grades.columns:
        for person, one in zip(grades.people, column.scores, strict=True):
            rows.append(
                [
                    person.email,
                    person.first_name,
                    person.last_name,
                    person.id,
                    grades.course,
                    column.title,
                    render(STATES[one.state], lang),
                    one.total,
                    one.most,
                    _handed_in(one, zone),
                ]
            )
    return rows


def about(grades: Grades, zone: ZoneInfo, lang: Language) -> Rows:
    """What a reader of the workbook must know: the states, lateness, and whose data it is."""
    now = datetime.now(zone).replace(tzinfo=None, second=0, microsecond=0)
    lines = (
        _("An empty cell is no score, and never 0."),
        _("The total is there when every task is graded: points less what lateness takes."),
        _("Points follow the gradebook and the rules as they were when this was made."),
        _("It holds personal data: delete it when it has been used."),
    )
    rows: Rows = [[render(_("Course"), lang), grades.course], [render(_("Made"), lang), now]]
    rows += [[render(_("To note"), lang), render(line, lang)] for line in lines]
    return rows


_PERSON = (_("Id"), _("First name"), _("Last name"), _("E-mail"), _("Group"))


def _person(person: Student, grades: Grades) -> Iterator[Cell]:
    yield from (person.id, person.first_name, person.last_name, person.email)
    yield grades.groups.get(person.id, "")


def _column_names(column: Column, lang: Language) -> Iterator[str]:
    yield from _say(lang, _("State"), _("Handed in as"), _("Handed in"))
    for task, most in column.tasks:
        yield render(_("{name} (of {most})", name=task, most=plain_number(most)), lang)
    yield render(_("Points before lateness"), lang)
    yield render(_("Taken off for lateness"), lang)
    yield render(_("Total (of {most})", most=plain_number(column.most)), lang)
    yield render(_("Handed in together with"), lang)
    yield render(_("To note"), lang)


def _scores(one: Scores, zone: ZoneInfo, lang: Language) -> Iterator[Cell]:
    yield render(STATES[one.state], lang)
    yield one.hand_in.assignment if one.hand_in else ""
    yield _handed_in(one, zone)
    yield from (task.points for task in one.tasks)
    yield from (one.points, one.penalty, one.total)
    yield ", ".join(member for member in one.members if member != one.trainee)
    yield " ".join(render(note, lang) for note in one.notes)


def _handed_in(one: Scores, zone: ZoneInfo) -> datetime | None:
    """On the course's own clock, without seconds; a spreadsheet knows no time zones."""
    at = one.hand_in.time.at if one.hand_in else None
    return at.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0) if at else None


def _say(lang: Language, *names: Message) -> list[str]:
    return [render(name, lang) for name in names]
