"""Safety and timing notes: what sources say to watch for, and when it is to be said.

The notes are data (``casebank/safety.yaml``), each with its sources; where sources differ, all
of them are shown. Whether a note is shown depends only on the situation it is given.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pallkit import content
from pallkit.doses import Preparation, Route
from pallkit.doses.structuring import structure
from pallkit.i18n import Language, Words, render
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import Omeq
from pallkit.opioids.ranges import Range
from pallkit.opioids.results import Json

Flag = Literal["renal", "liver", "frail", "naive", "driving", "increase", "dying"]
Topic = Literal["safety", "timing"]


@dataclass(frozen=True, slots=True)
class Situation:
    """What a note may depend on. ``gfr`` is in mL/min; None where it is not known.

    ``as_needed`` is how many doses as needed were given in the last 24 hours.
    """

    given: tuple[Preparation, ...]
    to: Preparation | None = None
    oral_morphine: Range | None = None
    gfr: Decimal | None = None
    flags: frozenset[Flag] = frozenset()
    as_needed: int = 0


@dataclass(frozen=True, slots=True)
class When:
    """When a note is shown: every condition that is given must hold."""

    drugs: tuple[str, ...] = ()
    routes: tuple[Route, ...] = ()
    from_drugs: tuple[str, ...] = ()
    from_routes: tuple[Route, ...] = ()
    to_drugs: tuple[str, ...] = ()
    to_routes: tuple[Route, ...] = ()
    gfr_below: Decimal | None = None
    omeq_over: Decimal | None = None
    flags: tuple[Flag, ...] = ()
    as_needed_over: int = 0

    def holds(self, situation: Situation) -> bool:
        """Whether the note belongs to ``situation``. A spread counts by its high end."""
        to = () if situation.to is None else (situation.to,)
        left = tuple(one for one in situation.given if to and one not in to)
        return (
            _among((*situation.given, *to), self.drugs, self.routes)
            and _among(left, self.from_drugs, self.from_routes)
            and _among(to, self.to_drugs, self.to_routes)
            and self._kidneys(situation)
            and self._amount(situation)
            and set(self.flags) <= situation.flags
            and (not self.as_needed_over or situation.as_needed > self.as_needed_over)
        )

    def _kidneys(self, situation: Situation) -> bool:
        if self.gfr_below is None:
            return True
        if situation.gfr is None:
            return "renal" in situation.flags
        return situation.gfr < self.gfr_below

    def _amount(self, situation: Situation) -> bool:
        if self.omeq_over is None:
            return True
        return situation.oral_morphine is not None and (
            situation.oral_morphine.high > self.omeq_over
        )


@dataclass(frozen=True, slots=True)
class Says:
    """What one source, or several that agree, say."""

    text: Words
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A note with all that its sources say, in the order of the file."""

    id: str
    topic: Topic
    when: When
    says: tuple[Says, ...]

    def to_json(self, lang: Language) -> Json:
        """``{"id", "topic", "says": [{"text", "sources"}]}``."""
        return {
            "id": self.id,
            "topic": self.topic,
            "says": [
                {"text": render(one.text, lang), "sources": list(one.sources)} for one in self.says
            ],
        }


def notes(situation: Situation, topic: Topic | None = None) -> tuple[Note, ...]:
    """The notes that belong to ``situation``, of one topic or of both."""
    return tuple(
        note
        for note in all_notes()
        if (topic is None or note.topic == topic) and note.when.holds(situation)
    )


def situation_of(
    answer: Omeq | Conversion,
    *,
    gfr: Decimal | None = None,
    flags: frozenset[Flag] = frozenset(),
    as_needed: int = 0,
) -> Situation:
    """The situation of an answer, with what else is known about the invented patient."""
    return Situation(
        given=tuple(dict.fromkeys(dose.preparation for dose in answer.doses)),
        to=answer.to if isinstance(answer, Conversion) else None,
        oral_morphine=answer.oral_morphine,
        gfr=gfr,
        flags=flags,
        as_needed=as_needed,
    )


def all_notes() -> tuple[Note, ...]:
    """Every note in ``casebank/safety.yaml``."""
    return _load(content.edition())


def _among(
    preparations: tuple[Preparation, ...], drugs: tuple[str, ...], routes: tuple[Route, ...]
) -> bool:
    """Whether one of the preparations is of these drugs and these routes; empty is any."""
    if not drugs and not routes:
        return True
    return any(
        (not drugs or one.drug in drugs) and (not routes or one.route in routes)
        for one in preparations
    )


@lru_cache(maxsize=2)
def _load(_edition: str) -> tuple[Note, ...]:
    return structure(content.table("safety"), tuple[Note, ...], where="safety.yaml")
