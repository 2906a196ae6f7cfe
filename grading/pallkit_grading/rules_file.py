"""The format of ``rules.yaml``: deadlines, what late costs, extensions and groups.

Only what a person wrote; :mod:`pallkit_grading.rules` says what it comes to in a course.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from decimal import Decimal
from typing import NewType

from pallkit.cases.schema import Slug, fault, make_converter, structure_strictly
from pallkit.i18n import _
from pallkit_grading.trainees import trainee_fault

LocalTime = NewType("LocalTime", datetime)
"""A moment on the course's own clock, «2026-11-22 15:00»; a date alone is its last minute."""

Percent = NewType("Percent", Decimal)
"""A part of the points, written in per cent from 0 to 100: «10 %» is Decimal("0.1")."""

Grace = NewType("Grace", int)
"""Minutes after a deadline that cost nothing: «15 min», «2 h», «1 d»."""

Trainee = NewType("Trainee", str)
"""A trainee's id; one of digits only may be written without quotes."""

GroupName = NewType("GroupName", str)
"""What a group is called, such as “Gruppe 1”; upper and lower case are the same group."""


_NO_FLOOR, _NO_GRACE = Percent(Decimal(0)), Grace(0)


@dataclass(frozen=True, slots=True)
class LateRule:
    """What being late costs: ``per_day`` of the points for each begun day, down to ``floor``.

    ``floor`` is the part of its points that a late hand-in always keeps.
    """

    per_day: Percent
    floor: Percent = _NO_FLOOR
    grace: Grace = _NO_GRACE


@dataclass(frozen=True, slots=True)
class Extension:
    """A later deadline for one trainee or one group. ``reason`` is for the course's leaders."""

    assignment: Slug
    until: LocalTime
    trainee: Trainee | None = None
    group: GroupName | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Trainees who hand in together. ``assignments`` empty: wherever groups hand in."""

    id: GroupName
    members: tuple[Trainee, ...]
    assignments: tuple[Slug, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesFile:
    """What ``rules.yaml`` holds. All of it may be left out."""

    due: Mapping[Slug, LocalTime] = field(default_factory=dict)
    late: LateRule | None = None
    extensions: tuple[Extension, ...] = ()
    groups: tuple[Group, ...] = ()


def structure_rules(raw: object) -> RulesFile:
    """Make the rules of plain values; a file of comments only, None, is no rules.

    Raises :class:`pallkit.cases.schema.SchemaError` with every place that breaks the format.
    """
    if raw is None:
        return RulesFile()
    return structure_strictly(_CONVERTER, raw, RulesFile)


def _local_time(value: object, _type: object) -> LocalTime:
    text = str(value).strip()
    form = r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}))?"
    found = re.fullmatch(form, text)
    try:
        if found and found[2]:
            return LocalTime(datetime.fromisoformat(f"{found[1]}T{found[2]}"))
        if found:
            day = datetime.fromisoformat(found[1])
            return LocalTime(datetime.combine(day, time(23, 59)))
    except ValueError:
        pass
    raise fault(
        _(
            "“{value}” is not a date and time. Write for example 2026-11-22 15:00, or only the "
            "date for its last minute.",
            value=text[:60],
        )
    )


def _percent(value: object, _type: object) -> Percent:
    found = re.fullmatch(r"(100|\d{1,2}(?:[.,]\d)?) ?%", str(value))
    if not found:
        raise fault(
            _("“{value}” is not a percentage. Write for example 5 %.", value=str(value)[:60])
        )
    return Percent(Decimal(found[1].replace(",", ".")) / 100)


def _grace(value: object, _type: object) -> Grace:
    found = re.fullmatch(r"(\d{1,4}) ?(min|h|t|d)", str(value))
    if not found:
        raise fault(
            _(
                "“{value}” is not a time. Write for example 30 min, 4 h or 2 d.",
                value=str(value)[:60],
            )
        )
    return Grace(int(found[1]) * {"min": 1, "h": 60, "t": 60, "d": 1440}[found[2]])


def _trainee(value: object, _type: object) -> Trainee:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise fault(_("a trainee is named by id, as text."))
    why = trainee_fault(str(value))
    if why is not None:
        raise fault(why)
    return Trainee(str(value))


def _group_name(value: object, _type: object) -> GroupName:
    text = "" if isinstance(value, bool) or value is None else str(value).strip()
    if not 0 < len(text) <= 64 or not text.isprintable():
        raise fault(_("a group's id is a short name on one line, such as Gruppe 1."))
    return GroupName(text)


_CONVERTER = make_converter()
_CONVERTER.register_structure_hook(LocalTime, _local_time)
_CONVERTER.register_structure_hook(Percent, _percent)
_CONVERTER.register_structure_hook(Grace, _grace)
_CONVERTER.register_structure_hook(Trainee, _trainee)
_CONVERTER.register_structure_hook(GroupName, _group_name)
