"""How a ratio set stands: signed or a draft, looked over in time, replaced, withdrawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pallkit.i18n import Message, Words, _
from pallkit.signing import UsedIn, day_words

if TYPE_CHECKING:
    from pallkit.opioids.ratio_sets import RatioSet

DRAFT = _("Draft: no named clinician has held its rows against the source and signed.")
WITHDRAWN = _("withdrawn")
REPLACED = _("replaced")


@dataclass(frozen=True, slots=True)
class WithdrawnSet:
    """A table that is no longer to be used: since when, why, which instead, and who used it."""

    on: date
    why: Words
    instead: str | None = None
    used_in: tuple[UsedIn, ...] = ()


def marks(table: RatioSet) -> Iterator[Message]:
    """What must stand beside its title, the gravest first."""
    if table.withdrawn is not None:
        yield WITHDRAWN
    if table.superseded_by is not None:
        yield REPLACED
    if table.local:
        yield _("practice table")
    elif table.seen in _READ:
        yield _READ[table.seen]


def warnings(table: RatioSet, title_of: Callable[[str], str]) -> Iterator[Message]:
    """What every answer by the set must say about it; ``title_of`` names another set."""
    if table.withdrawn is not None:
        yield _withdrawn(table, table.withdrawn, title_of)
    yield from how_read(table)
    if table.superseded_by is not None:
        yield replaced_text(table, title_of(table.superseded_by))


def how_read(table: RatioSet) -> Iterator[Message]:
    """What must be said of where its figures were seen."""
    if table.local:
        yield _("“{title}” is a practice table that was added here.", title=table.title)
    if table.seen == "copy":
        yield _("Read from a copy, not from the original: {title}.", title=table.title)
    if table.seen == "second_hand":
        yield _("Known only from what others write about it: {title}.", title=table.title)


def _withdrawn(table: RatioSet, withdrawn: WithdrawnSet, title_of: Callable[[str], str]) -> Message:
    told = withdrawn_text(table, withdrawn)
    if withdrawn.instead is None:
        return _("{withdrawn} {why}", withdrawn=told, why=withdrawn.why)
    instead = _("Use “{title}” instead.", title=title_of(withdrawn.instead))
    return _("{withdrawn} {why} {instead}", withdrawn=told, why=withdrawn.why, instead=instead)


def withdrawn_text(table: RatioSet, withdrawn: WithdrawnSet) -> Message:
    """That it is not to be used, and since when."""
    return _(
        "“{title}” was withdrawn on {day}. Do not use it.",
        title=table.title,
        day=day_words(withdrawn.on),
    )


def replaced_text(table: RatioSet, newer: str) -> Message:
    """Which newer one stands in its place."""
    return _("“{title}” has been replaced by “{newer}”.", title=table.title, newer=newer)


def signed_text(table: RatioSet) -> Message:
    """Who has signed this version, or that nobody has."""
    if table.reviewed is None or table.draft:
        return DRAFT
    return _(
        "Held against the source and signed by {by}, {role}, {on} (version {version}).",
        by=table.reviewed.by,
        role=table.reviewed.role,
        on=table.reviewed.on,
        version=table.reviewed.version,
    )


def overdue(table: RatioSet, today: date) -> Message | None:
    """What to say after the day by which the set should have been looked over."""
    if table.review_by is None or today <= table.review_by:
        return None
    return _(
        "This table should have been looked over by {day}, and has not been. Its source may "
        "have a newer edition.",
        day=day_words(table.review_by),
    )


_READ = {"copy": _("read from a copy"), "second_hand": _("known second hand")}
