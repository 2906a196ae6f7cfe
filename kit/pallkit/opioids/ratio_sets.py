"""Ratio sets: what one source says drugs are worth in oral morphine, and for what use.

A ratio is not a unit. It has a direction, a spread, sometimes a band, and a source that
says what it may be used for. What a source did not print is not in its set.
"""

from __future__ import annotations

import datetime
import difflib
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import Preparation, Route
from pallkit.doses.structuring import structure
from pallkit.errors import ConversionError, PallkitError
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import standing
from pallkit.opioids.rows import Direction, Row
from pallkit.opioids.standing import WithdrawnSet
from pallkit.signing import Review

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
    edition. ``reviewed`` is None until a named clinician has held ``version`` against its
    source. ``local`` is set by whoever loads a table from outside the case bank, never by
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
    version: int = 1
    reviewed: Review | None = None
    review_by: datetime.date | None = None
    superseded_by: str | None = None
    withdrawn: WithdrawnSet | None = None
    local: bool = False

    @property
    def draft(self) -> bool:
        """True until a clinician has signed this very version."""
        return self.reviewed is None or self.reviewed.version != self.version

    @property
    def in_force(self) -> bool:
        """Whether it is neither withdrawn nor replaced by a newer one."""
        return self.withdrawn is None and self.superseded_by is None

    @property
    def listed(self) -> bool:
        """Whether a list to calculate by shows it unasked: read in the original, in force."""
        if not self.in_force:
            return False
        return self.local or (self.seen == "original" and self.made_for != "survey")

    @property
    def mark(self) -> Message | None:
        """What must stand beside its title: «trukket tilbake», «lest fra kopi»; or nothing."""
        found = tuple(standing.marks(self))
        return _joined(found) if found else None

    @property
    def warnings(self) -> tuple[Message, ...]:
        """What every answer by the set must say about the set itself."""
        return tuple(standing.warnings(self, title_of))

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
            "draft": render(standing.DRAFT, lang) if self.draft else "",
            "in_force": "yes" if self.in_force else "",
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


_HUB = Row(ORAL_MORPHINE.drug, (ORAL_MORPHINE.route,), "mg/24 h", Direction.BOTH, ratio=Decimal(1))


def ratio_set_ids() -> tuple[str, ...]:
    """The id of every ratio set."""
    return tuple(content.ratio_set_ids())


def ratio_set(set_id: str) -> RatioSet:
    """Load a ratio set. Raises :class:`ConversionError` when there is none with this id."""
    return _load(set_id, content.edition())


def title_of(set_id: str) -> str:
    """The title of a set, or its id where the case bank has none: a local one may name another."""
    try:
        return ratio_set(set_id).title
    except PallkitError:
        return set_id


def _joined(found: tuple[Message, ...]) -> Message:
    first, *others = found
    return _("{mark}, {others}", mark=first, others=_joined(tuple(others))) if others else first


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
