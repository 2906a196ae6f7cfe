"""A roster and its differences as lines that a leader reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from pallkit.i18n import Message, _
from pallkit_app.courses.roster.comparing import FIELDS, Difference
from pallkit_app.courses.roster.people import Person
from pallkit_grading.book.rows import Student
from pallkit_grading.rules_file import Group

Line = Message | str


def difference_lines(difference: Difference, *, remove: bool) -> Iterator[Line]:
    """The counts, then a line for each trainee or group that is not as before."""
    yield _(
        "New: {new}. Changed: {changed}. As before: {same}. In the gradebook and not in the "
        "list: {missing}.",
        new=len(difference.new),
        changed=len(difference.changed),
        same=difference.unchanged,
        missing=len(difference.missing),
    )
    for person in difference.new:
        yield f"  + {_person(person)}"
    for change in difference.changed:
        for name, (before, after) in change.fields.items():
            yield _(
                "  ~ {id}: {field} {before} → {after}",
                id=change.person.id,
                field=FIELDS[name],
                before=before or "–",
                after=after,
            )
    for missing in difference.missing:
        known = _student(missing)
        yield _("  - {trainee} (to be removed)", trainee=known) if remove else f"  - {known}"
    new = {person.id for person in difference.new}
    for trainee, before, after in difference.moved:
        if trainee in new:
            continue
        yield _(
            "  ~ {id}: group {before} → {after}",
            id=trainee,
            before=before or "–",
            after=after or "–",
        )


def roster_lines(students: Mapping[str, Student], groups: Iterable[Group]) -> Iterator[Line]:
    """Everybody in the gradebook in columns, with their groups, and how many there are."""
    within: dict[str, list[str]] = {}
    for group in groups:
        for member in group.members:
            within.setdefault(member, []).append(group.id)
    rows = [
        (
            one.id,
            f"{one.first_name} {one.last_name}".strip(),
            one.email,
            ", ".join(within.get(id_, [])),
        )
        for id_, one in sorted(students.items())
    ]
    widths = [max((len(row[at]) for row in rows), default=0) for at in range(3)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        yield "  ".join((*cells, row[3])).rstrip()
    yield _("Trainees: {count}.", count=len(rows))


def _person(person: Person) -> str:
    known = [person.id, person.name, person.email or "", person.group or ""]
    return "  ".join(part for part in known if part)


def _student(student: Student) -> str:
    name = f"{student.first_name} {student.last_name}".strip()
    return "  ".join(part for part in (student.id, name, student.email) if part)
