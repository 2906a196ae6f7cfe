"""A delivery and the roster → a hand-in in its place, and what leader and trainee are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pallkit.i18n import Message, _
from pallkit_grading.course import LOG_NAME
from pallkit_grading.hand_in_time import believed
from pallkit_grading.packages.keeping import Kept, Place, keep
from pallkit_grading.packages.matching import Match, Student, match, named
from pallkit_grading.packages.sorting import Delivery
from pallkit_grading.packages.told import Collected, keep_collected
from pallkit_grading.trainees import trainee_fault


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a delivery. ``trainee`` and ``kept`` are None where it was put nowhere.

    ``lines`` are for the leader, and for the trainee where there is one.
    """

    origin: str
    trainee: str | None
    kept: Kept | None
    lines: tuple[Message, ...]

    @property
    def needs_a_person(self) -> bool:
        """Whether somebody has to look: nobody found, or something to be said of it."""
        return self.kept is None or bool(self.lines) or self.kept.outcome == "older"


@dataclass(frozen=True, slots=True)
class Desk:
    """Where hand-ins of one set of tasks are received.

    ``received`` is the leader's own word for when everything of this run came in; without it a
    trainee's own clock is believed. ``really`` False changes nothing.
    """

    folder: Path
    assignments: tuple[str, ...]
    students: Sequence[Student]
    now: datetime
    received: datetime | None = None
    really: bool = True

    def receive(self, delivery: Delivery) -> Received:
        """Put one delivery in its place, or say why not."""
        found = self._whose(delivery)
        student = found.one
        why = self._refusal(delivery, found)
        findings = tuple(one.line for one in delivery.findings)
        if why is not None or student is None:
            lines = (*((why,) if why is not None else ()), *findings)
            return Received(delivery.origin, None, None, lines)
        at, odd = self._time(delivery)
        place = Place(self.folder, delivery.assignment, student.id)
        kept = keep(place, delivery.files, at, really=self.really)
        lines = (
            *findings,
            *(one.line for one in kept.findings),
            *self._doubts(delivery, student, found),
            *odd,
            *_changed(delivery, kept),
        )
        if self.really and kept.outcome != "older":
            told = Collected(kept.code, lines)
            keep_collected(self.folder, delivery.assignment, student.id, told)
        return Received(delivery.origin, student.id, kept, lines)

    def _whose(self, delivery: Delivery) -> Match:
        """By the sender first; by what the package says of itself only where that is nobody."""
        for name in self.assignments:
            found = match(delivery.sender, self.students, name)
            if found.students:
                return found
        own = named(delivery.claimed, self.students)
        if own is None or delivery.sender.kind != "file":
            return Match((), sure=False)
        return Match((own,), sure=False)

    def _refusal(self, delivery: Delivery, found: Match) -> Message | None:
        if len(found.students) > 1:
            names = ", ".join(one.id for one in found.students)
            return _("could be from any of {names}: put it in a folder named by id", names=names)
        if found.one is None:
            return _("nobody on the roster is called that: put it in a folder named by id")
        if trainee_fault(found.one.id) is not None:
            return _("the trainee's id on the roster cannot name a folder")
        if delivery.assignment not in self.assignments:
            return _("it is a hand-in of “{name}”", name=delivery.assignment)
        if not delivery.files:
            return _("there is nothing in it to collect")
        return None

    def _doubts(self, delivery: Delivery, student: Student, found: Match) -> Iterator[Message]:
        claimed = named(delivery.claimed, self.students)
        if delivery.claimed and (claimed is None or claimed.id != student.id):
            yield _(
                "The package says that it is {other}'s, and was sent as {trainee}'s. It is put "
                "under {trainee}.",
                other=delivery.claimed,
                trainee=student.id,
            )
        elif not found.sure and delivery.claimed == "":
            yield _("Only the file's name says whose it is.")
        if f"{delivery.assignment}.ipynb" not in delivery.files:
            yield _("There is no notebook in it, only the rest.")
        if LOG_NAME not in delivery.files:
            yield _("There is no {file} in it: no answers are saved.", file=LOG_NAME)

    def _time(self, delivery: Delivery) -> tuple[datetime | None, tuple[Message, ...]]:
        if self.received is not None:
            return self.received, ()
        said = believed(delivery.handed.packed_at, self.now)
        if said.at is None:
            return None, (said.problem,) if said.problem is not None else ()
        if delivery.sender.late:
            return said.at, (
                _("The platform marks it as late; the trainee's own clock is used here."),
            )
        return said.at, ()


def _changed(delivery: Delivery, kept: Kept) -> Iterator[Message]:
    """Whether what came in is what was packed."""
    if delivery.handed.files is None or not delivery.handed.code:
        return
    if delivery.handed.code != kept.code:
        yield _(
            "It is not as it was packed: the trainee's receipt is {theirs}, and this is {code}.",
            theirs=delivery.handed.code,
            code=kept.code,
        )
