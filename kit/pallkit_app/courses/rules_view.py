"""A course's rules as they are understood, for a leader to read over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from pallkit.i18n import Message, _
from pallkit_grading.rules import Rules, moment
from pallkit_grading.rules_file import Extension

_DAYS = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)


def shown_time(at: datetime) -> Message:
    """A moment with its weekday, on the clock it is given in."""
    return _(
        "{weekday} {day}.{month}.{year} at {hour}:{minute}",
        weekday=_DAYS[at.weekday()],
        day=at.day,
        month=at.month,
        year=at.year,
        hour=f"{at:%H}",
        minute=f"{at:%M}",
    )


def rule_lines(rules: Rules, known: Mapping[str, object] | None = None) -> Iterator[Message | str]:
    """Deadlines, the late rule, extensions and groups.

    ``known`` are the gradebook's trainees: others that the rules name are told of, since a
    misspelt id has no extension and is in no group.
    """
    yield _("Deadlines, in the time zone {zone}:", zone=rules.zone.key)
    yield from _deadlines(rules)
    yield from _late(rules)
    if rules.extensions:
        yield _("Extensions:")
    for extension in rules.extensions:
        yield _extension(rules, extension)
    if rules.groups:
        yield _("Groups:")
    for group in rules.groups:
        only = f" ({', '.join(group.assignments)})" if group.assignments else ""
        yield f"  {group.id}{only}: {', '.join(group.members)}"
    if rules.groups and not rules.for_groups:
        yield _("No assignment is for groups: write “group: true” in course.yaml where one is.")
    strangers = _named(rules) - set(known) if known is not None else set()
    if strangers:
        yield _(
            "Not in the gradebook: {ids}. Check the spelling.", ids=", ".join(sorted(strangers))
        )


def _deadlines(rules: Rules) -> Iterator[Message | str]:
    done: set[str] = set()
    for id_, same in rules.same.items():
        if id_ in done:
            continue
        due = rules.due(id_)
        together = [one for one in same if rules.due(one) == due]
        done.update(together)
        when = _("no deadline") if due is None else shown_time(due)
        groups = rules.for_groups.intersection(together)
        line = _("  {ids}: {when}", ids=", ".join(together), when=when)
        yield _("{line} (handed in by groups)", line=line) if groups else line


def _late(rules: Rules) -> Iterator[Message]:
    late = rules.late
    if late is None:
        yield _("Late: told of, and nothing is taken off.")
        return
    yield _(
        "Late: {share} % of the points for each begun day, and {floor} % are always kept.",
        share=late.per_day * 100,
        floor=late.floor * 100,
    )
    if late.grace:
        yield _("The first {minutes} minutes cost nothing.", minutes=late.grace)


def _extension(rules: Rules, extension: Extension) -> Message:
    return _(
        "  {who}: {assignment} until {when}{reason}",
        who=extension.trainee or extension.group or "–",
        assignment=extension.assignment,
        when=shown_time(moment(extension.until, rules.zone)),
        reason=f" ({extension.reason})" if extension.reason else "",
    )


def _named(rules: Rules) -> set[str]:
    """Every trainee the rules name."""
    members = {str(member) for group in rules.groups for member in group.members}
    return members | {str(one.trainee) for one in rules.extensions if one.trainee is not None}
