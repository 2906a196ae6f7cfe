"""Ratio sets: what one source says drugs are worth in oral morphine, and for what use.

A ratio is not a unit. It has a direction, a spread, sometimes a band, and a source that
says what it may be used for. What a source did not print is not in its set.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import Preparation, Route
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids.rows import Direction, Row

MadeFor = Literal["counting", "switching", "equivalence", "survey"]
"""What a source made its table for; a table for counting is not thereby one for switching."""

ORAL_MORPHINE = Preparation("morphine", Route.ORAL)
"""What every ratio is towards; its own ratio is 1 in every set."""


@dataclass(frozen=True, slots=True)
class Reversible:
    """Why a set of ratios towards morphine may also be read backwards, and who says so."""

    by: str
    why: Words


@dataclass(frozen=True, slots=True)
class Cap:
    """The most that a set lets its own answers be, in the measure of the preparation."""

    drug: str
    routes: tuple[Route, ...]
    most: Decimal


@dataclass(frozen=True, slots=True)
class RatioSet:
    """A named and dated table with its purpose, and what it may not be used for.

    ``source`` is its id in ``casebank/sources.yaml``; ``seen`` whether the original was
    read or a copy; ``rights`` whose the figures are; ``superseded_by`` the id of a newer
    edition. ``local`` is set by whoever loads a table from outside the case bank, never by
    the file itself: such a table is for practice and says so.
    """

    id: str
    source: str
    title: str
    publisher: str
    date: Words
    address: str
    seen: Literal["original", "copy", "second_hand"]
    purpose: Words
    not_for: Words
    rights: Words
    rows: tuple[Row, ...]
    made_for: MadeFor
    reversible: Reversible | None = None
    caps: tuple[Cap, ...] = ()
    superseded_by: str | None = None
    local: bool = False

    @property
    def listed(self) -> bool:
        """Whether a list to calculate by shows it unasked: read in the original, in force."""
        if self.local:
            return True
        in_force = self.superseded_by is None and self.made_for != "survey"
        return self.seen == "original" and in_force

    @property
    def mark(self) -> Message | None:
        """What must stand beside its title: «lest fra kopi», «øvingstabell»; or nothing."""
        if self.local:
            return _("practice table")
        return _MARKS.get(self.seen)

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What every answer by the set must say about the set itself."""
        found: list[Message] = []
        if self.local:
            found.append(_("“{title}” is a practice table that was added here.", title=self.title))
        if self.seen == "copy":
            found.append(_("Read from a copy, not from the original: {title}.", title=self.title))
        if self.seen == "second_hand":
            found.append(
                _("Known only from what others write about it: {title}.", title=self.title)
            )
        if self.superseded_by is not None:
            found.append(
                _(
                    "“{title}” has been replaced by “{newer}”.",
                    title=self.title,
                    newer=self.superseded_by,
                )
            )
        return tuple(found)

    def cap(self, preparation: Preparation) -> Decimal | None:
        """The most the set allows of a preparation, where it says so."""
        return next(
            (
                cap.most
                for cap in self.caps
                if cap.drug == preparation.drug and preparation.route in cap.routes
            ),
            None,
        )

    def rows_of(self, preparation: Preparation) -> tuple[Row, ...]:
        """The rows for a preparation; for oral morphine always its 1:1."""
        found = tuple(
            row
            for row in self.rows
            if row.drug == preparation.drug and preparation.route in row.routes
        )
        return found or ((_HUB,) if preparation == ORAL_MORPHINE else ())

    def to_json(self, lang: Language) -> dict[str, str]:
        """Who made the set, for what, and for what not: what an answer must carry."""
        return {
            "id": self.id,
            "title": self.title,
            "publisher": self.publisher,
            "date": render(self.date, lang),
            "address": self.address,
            "seen": self.seen,
            "mark": render(self.mark, lang) if self.mark else "",
            "made_for": self.made_for,
            "listed": "yes" if self.listed else "",
            "purpose": render(self.purpose, lang),
            "not_for": render(self.not_for, lang),
            "rights": render(self.rights, lang),
        }

    def preparations(self) -> tuple[Preparation, ...]:
        """Every preparation the set has a row for, in the set's order."""
        pairs = (Preparation(row.drug, route) for row in self.rows for route in row.routes)
        return tuple(dict.fromkeys(pairs))


_MARKS = {"copy": _("read from a copy"), "second_hand": _("known second hand")}
_HUB = Row(ORAL_MORPHINE.drug, (ORAL_MORPHINE.route,), "mg/24 h", Direction.BOTH, ratio=Decimal(1))


def ratio_set_ids() -> tuple[str, ...]:
    """The id of every ratio set."""
    return tuple(content.ratio_set_ids())


def ratio_set(set_id: str) -> RatioSet:
    """Load a ratio set. Raises :class:`ConversionError` when there is none with this id."""
    return _load(set_id, content.edition())


@lru_cache(maxsize=64)
def _load(set_id: str, _edition: str) -> RatioSet:
    known = ratio_set_ids()
    if set_id not in known:
        near = difflib.get_close_matches(set_id, known, n=3, cutoff=0.4) or known
        raise ConversionError(
            _(
                "There is no ratio set “{name}”. Choose one of: {known}.",
                name=set_id,
                known=", ".join(near),
            )
        )
    return structure(content.ratio_set(set_id), RatioSet, where=f"ratio_sets/{set_id}.yaml")
