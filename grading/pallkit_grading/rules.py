"""When each hand-in is due, what being late costs, and who hands in together.

Everything here follows from the rules, the course and the time of a hand-in: grading again
gives the same, and a rule that is changed counts from the next time it is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import ROUND_DOWN, Decimal
from zoneinfo import ZoneInfo

from pallkit.cases.schema import SchemaError, SchemaFault
from pallkit.i18n import Message, _
from pallkit_grading.course import Course
from pallkit_grading.rules_file import Extension, Group, LateRule, RulesFile

_CENT = Decimal("0.01")
Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Rules:
    """The rules of one course. ``Rules()`` has no deadline, no penalty and no groups.

    ``same`` names the assignments with the same tasks in another language, for each;
    ``for_groups`` those that are handed in by groups.
    """

    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Europe/Oslo"))
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    late: LateRule | None = None
    extensions: tuple[Extension, ...] = ()
    groups: tuple[Group, ...] = ()
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    for_groups: frozenset[str] = frozenset()

    def group(self, trainee: str, assignment: str) -> Group | None:
        """The group that ``trainee`` hands in ``assignment`` with, whatever its language."""
        if not self.for_groups.intersection(self._same(assignment)):
            return None
        return next((one for one in self.groups_of(assignment) if trainee in one.members), None)

    def groups_of(self, assignment: str) -> tuple[Group, ...]:
        """The groups that have ``assignment``, if it is handed in by groups."""
        same = set(self._same(assignment))
        if not self.for_groups.intersection(same):
            return ()
        return tuple(
            one for one in self.groups if not one.assignments or same.intersection(one.assignments)
        )

    def members(self, trainee: str, assignment: str) -> tuple[str, ...]:
        """Everybody who gets the points of ``trainee``'s hand-in; the trainee alone without one."""
        group = self.group(trainee, assignment)
        return (trainee,) if group is None else tuple(str(one) for one in group.members)

    def due(self, assignment: str, trainee: str | None = None) -> datetime | None:
        """The deadline in the course's time zone, with extensions; None where there is none.

        What is handed in by a group is due when the last of its members' deadlines is.
        """
        ordinary = self.deadlines.get(assignment)
        if ordinary is None or trainee is None:
            return ordinary
        members = self.members(trainee, assignment)
        later = [
            self._moment(one.until)
            for one in self.extensions
            if one.assignment in self._same(assignment) and self._is_for(one, members)
        ]
        return max((ordinary, *later), key=_in_utc)

    def days_late(self, assignment: str, trainee: str, handed_in_at: datetime) -> int:
        """Begun days after the deadline: 0 within the grace, and where there is no deadline.

        A day is one on the calendar of the course's time zone, also where the clock is set
        forward or back that night. The whole minute of the deadline is in time.
        """
        due = self.due(assignment, trainee)
        if due is None:
            return 0
        at = _in_utc(handed_in_at).replace(second=0, microsecond=0)
        grace = timedelta(minutes=self.late.grace if self.late else 0)
        if at <= _in_utc(due) + grace:
            return 0
        days = max((at - _in_utc(due)).days - 1, 0)
        while _in_utc(due + timedelta(days=days)) < at:
            days += 1
        return days

    def penalty(
        self, assignment: str, trainee: str, handed_in_at: datetime | None, points: Decimal
    ) -> Decimal:
        """What being late takes of ``points``, in hundredths, rounded down.

        An unknown time costs nothing; :mod:`pallkit_grading.hand_in_time` tells of it.
        """
        if self.late is None or handed_in_at is None or points <= 0:
            return Decimal(0)
        days = self.days_late(assignment, trainee, handed_in_at)
        share = min(self.late.per_day * days, 1 - self.late.floor)
        return (points * share).quantize(_CENT, ROUND_DOWN)

    def _is_for(self, extension: Extension, members: Iterable[str]) -> bool:
        if extension.group is None:
            return any(extension.trainee == one for one in members)
        named = next((one for one in self.groups if _same_name(one.id, extension.group)), None)
        return named is not None and not set(named.members).isdisjoint(members)

    def _same(self, assignment: str) -> tuple[str, ...]:
        return self.same.get(assignment, (assignment,))

    def _moment(self, local: datetime) -> datetime:
        return moment(local, self.zone)


def moment(local: datetime, zone: ZoneInfo) -> datetime:
    """A local time as a moment. What the clock shows twice in autumn means the later one."""
    return local.replace(tzinfo=zone, fold=1)


def rules_of(file: RulesFile, course: Course, imported: tuple[Group, ...] = ()) -> Rules:
    """What ``file`` comes to in ``course``; ``imported`` are the groups of the roster.

    Raises :class:`SchemaError` with every place that names what the course does not have.
    """
    zone = ZoneInfo(course.timezone)
    keys = {str(one.id): str(one.key) for one in course.assignments}
    same = {
        id_: tuple(other for other, theirs in keys.items() if theirs == key)
        for id_, key in keys.items()
    }
    groups = (*file.groups, *imported)
    faults = (
        *_unknown(file, set(keys), groups),
        *_impossible(file, zone, same),
        *_shared(file.groups, imported, same),
    )
    if faults:
        raise SchemaError(faults)
    return Rules(
        zone=zone,
        deadlines=_deadlines(file, same, zone),
        late=file.late,
        extensions=file.extensions,
        groups=groups,
        same=same,
        for_groups=frozenset(str(one.id) for one in course.assignments if one.group),
    )


def _deadlines(
    file: RulesFile, same: Mapping[str, tuple[str, ...]], zone: ZoneInfo
) -> Mapping[str, datetime]:
    """Each assignment's own, else that of its tasks in another language."""
    said = {str(id_): moment(local, zone) for id_, local in file.due.items()}
    found = {}
    for id_, others in same.items():
        theirs = [said[one] for one in (id_, *others) if one in said]
        if theirs:
            found[id_] = theirs[0]
    return found


def _unknown(
    file: RulesFile, assignments: set[str], groups: tuple[Group, ...]
) -> Iterator[SchemaFault]:
    """Every assignment and group that is named exists."""
    named: list[tuple[Place, str]] = [(("due", id_), id_) for id_ in file.due]
    named += [
        (("extensions", place, "assignment"), one.assignment)
        for place, one in enumerate(file.extensions)
    ]
    named += [
        (("groups", place, "assignments", number), id_)
        for place, one in enumerate(file.groups)
        for number, id_ in enumerate(one.assignments)
    ]
    for where, id_ in named:
        if id_ not in assignments:
            names = ", ".join(sorted(assignments))
            yield SchemaFault(
                where,
                _(
                    "there is no assignment “{name}”. The course has: {names}.",
                    name=id_,
                    names=names,
                ),
            )
    for place, extension in enumerate(file.extensions):
        yield from _whose(place, extension, groups)


def _whose(place: int, extension: Extension, groups: tuple[Group, ...]) -> Iterator[SchemaFault]:
    if (extension.trainee is None) == (extension.group is None):
        yield SchemaFault(
            ("extensions", place), _("an extension is for a trainee or for a group. Name one.")
        )
    name = extension.group
    if name is not None and not any(_same_name(one.id, name) for one in groups):
        names = ", ".join(one.id for one in groups) or "–"
        yield SchemaFault(
            ("extensions", place, "group"),
            _("there is no group “{name}”. The course has: {names}.", name=name, names=names),
        )


def _impossible(
    file: RulesFile, zone: ZoneInfo, same: Mapping[str, tuple[str, ...]]
) -> Iterator[SchemaFault]:
    """Every time exists on the clock, and an extension is later than what it extends."""
    deadlines = _deadlines(file, same, zone)
    times: list[tuple[Place, datetime]] = [(("due", id_), local) for id_, local in file.due.items()]
    times += [
        (("extensions", place, "until"), one.until) for place, one in enumerate(file.extensions)
    ]
    for where, local in times:
        if not _exists(local, zone):
            yield SchemaFault(where, _("the clock is set forward past this time. Choose another."))
    for place, one in enumerate(file.extensions):
        due = deadlines.get(one.assignment)
        if one.assignment in same and due is None:
            yield SchemaFault(
                ("extensions", place, "assignment"),
                _("“{name}” has no deadline to extend. Write it under due.", name=one.assignment),
            )
        elif due is not None and _in_utc(moment(one.until, zone)) <= _in_utc(due):
            yield SchemaFault(
                ("extensions", place, "until"), _("an extension must be later than the deadline.")
            )


def _shared(
    own: tuple[Group, ...], imported: tuple[Group, ...], same: Mapping[str, tuple[str, ...]]
) -> Iterator[SchemaFault]:
    """Nobody is in two groups for the same tasks, and no two groups have one name."""
    groups = (*own, *imported)
    for place, group in enumerate(groups):
        where: Place = ("groups", place) if place < len(own) else ("groups",)
        for earlier in groups[:place]:
            if _same_name(earlier.id, group.id):
                yield SchemaFault(where, _("the group “{name}” stands twice.", name=group.id))
            elif both := _in_both(earlier, group, same):
                yield SchemaFault(where, _twice(both, earlier, group))
        if len(set(group.members)) < len(group.members):
            yield SchemaFault(where, _("“{name}” names a member twice.", name=group.id))


def _twice(both: str, first: Group, second: Group) -> Message:
    return _(
        "{trainee} is both in “{first}” and in “{second}”. Choose one, or say which assignments "
        "each is for.",
        trainee=both,
        first=first.id,
        second=second.id,
    )


def _in_both(one: Group, other: Group, same: Mapping[str, tuple[str, ...]]) -> str | None:
    first, second = _reach(one, same), _reach(other, same)
    if first is not None and second is not None and first.isdisjoint(second):
        return None
    return next((str(id_) for id_ in one.members if id_ in other.members), None)


def _reach(group: Group, same: Mapping[str, tuple[str, ...]]) -> set[str] | None:
    """The assignments a group is for, in every language; None: all."""
    if not group.assignments:
        return None
    return {id_ for named in group.assignments for id_ in same.get(named, (named,))}


def _exists(local: datetime, zone: ZoneInfo) -> bool:
    there = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    return there.replace(tzinfo=None) == local


def _same_name(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _in_utc(at: datetime) -> datetime:
    return at.astimezone(UTC)
