"""What an import would change: trainees that are new, changed, as before or missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pallkit.i18n import Message, _
from pallkit_app.courses.roster.people import Person, Roster
from pallkit_grading.book.rows import Student
from pallkit_grading.rules_file import Group, GroupName, Trainee

FIELDS: Mapping[str, Message] = {
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One trainee that has changed: by field, what was there and what comes."""

    person: Person
    fields: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the list would make of the gradebook and of the groups.

    ``missing`` are in the gradebook and not in the list. ``groups`` are all there will be, and
    ``moved`` says of each trainee from which to which; both None without a column for them.
    """

    new: tuple[Person, ...]
    changed: tuple[Change, ...]
    unchanged: int
    missing: tuple[Student, ...]
    groups: tuple[Group, ...] | None = None
    moved: tuple[tuple[str, str, str], ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether applying it would write nothing, if nobody is removed."""
        return not (self.new or self.changed or self.moved)


def compare(roster: Roster, students: Mapping[str, Student], groups: Iterable[Group]) -> Difference:
    """Lay the list beside what is there. An empty cell leaves what was known."""
    new = tuple(one for one in roster.people.values() if one.id not in students)
    changes = [
        Change(one, fields)
        for one in roster.people.values()
        if one.id in students and (fields := dict(_differ(one, students[one.id])))
    ]
    missing = tuple(one for id_, one in sorted(students.items()) if id_ not in roster.people)
    unchanged = len(roster.people) - len(new) - len(changes)
    if not roster.has_groups:
        return Difference(new, tuple(changes), unchanged, missing)
    made = groups_of(roster.people.values())
    moved = tuple(_moved(_in_group(groups), _in_group(made)))
    return Difference(new, tuple(changes), unchanged, missing, made, moved)


def collisions(roster: Roster, students: Mapping[str, Student]) -> Iterator[Message]:
    """Ids that differ from the gradebook's only in capitals: one folder on many machines."""
    there = {id_.casefold(): id_ for id_ in students}
    for id_ in roster.people:
        other = there.get(id_.casefold(), id_)
        if other != id_:
            yield _(
                "“{id}” and “{other}” in the gradebook differ only in capitals.",
                id=id_,
                other=other,
            )


def groups_of(people: Iterable[Person]) -> tuple[Group, ...]:
    """The groups of a list, in its order; “Gruppe 1” and “gruppe 1” are one."""
    found: dict[str, tuple[str, list[Trainee]]] = {}
    for person in people:
        if person.group:
            _name, members = found.setdefault(person.group.casefold(), (person.group, []))
            members.append(Trainee(person.id))
    return tuple(Group(GroupName(name), tuple(members)) for name, members in found.values())


def _differ(person: Person, student: Student) -> Iterator[tuple[str, tuple[str, str]]]:
    for name in FIELDS:
        given, there = getattr(person, name), getattr(student, name)
        if given is not None and given != there:
            yield name, (there, given)


def _in_group(groups: Iterable[Group]) -> Mapping[str, str]:
    return {str(member): str(group.id) for group in groups for member in group.members}


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for trainee in sorted({*before, *after}):
        if before.get(trainee) != after.get(trainee):
            yield trainee, before.get(trainee, ""), after.get(trainee, "")
