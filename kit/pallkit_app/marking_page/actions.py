"""What the page may ask to have done. Everything in a request is from outside: checked here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_app.marking_page.sitting import Hand, Pile, Sitting
from pallkit_grading import manual
from pallkit_grading.key import TextTask
from pallkit_grading.manual import AppealNote, NewMark

_POINTS = re.compile(r"[0-9]{1,3}([.,][0-9]{1,2})?")


class RequestError(PallkitError):
    """A request that no page of ours would send, or a field that cannot be read."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The gradebook and the one who sits at it."""

    book: Any
    sitting: Sitting

    def mark(self, pile: Pile, hand: Hand, asked: Mapping[str, Any]) -> None:
        """Save a mark, the first or the second according to who sits here."""
        new = self._new(pile, hand, asked, _optional_points(asked))
        if self.sitting.second:
            manual.save_second(self.book.db, new, seen=_number(asked, "version"))
        else:
            manual.save(self.book.db, new, seen=_text(asked, "version"))

    def settle(self, pile: Pile, hand: Hand, asked: Mapping[str, Any]) -> None:
        """Settle a difference. The levels of the marker who gave these points stay with them."""
        points = _points(_text(asked, "points"))
        place = (hand.trainee, pile.task)
        first = manual.marks(self.book.db, hand.assignment).get(place)
        second = manual.second_marks(self.book.db, hand.assignment).get(place)
        if first is None or second is None:
            raise RequestError(_("There are not two marks of this answer."))
        kept = next((one for one in (first, second) if one.points == points), None)
        new = NewMark(
            hand.assignment,
            *place,
            points,
            kept.rubric if kept else {},
            kept.comment if kept else first.comment,
            self.sitting.grader,
            _text(asked, "reason"),
        )
        manual.settle(self.book.db, new, seen=_text(asked, "version"))

    def appeal(self, pile: Pile, hand: Hand, asked: Mapping[str, Any]) -> None:
        """Open an appeal, or close the open one with its ``outcome``."""
        place = (hand.assignment, hand.trainee, pile.task, self.sitting.grader)
        if "outcome" in asked:
            manual.close_appeal(self.book.db, AppealNote(*place, _text(asked, "outcome")))
            return
        by = _text(asked, "asked_by").strip() or hand.name
        manual.open_appeal(self.book.db, AppealNote(*place, _text(asked, "why"), by))

    def _new(
        self, pile: Pile, hand: Hand, asked: Mapping[str, Any], points: Decimal | None
    ) -> NewMark:
        return NewMark(
            hand.assignment,
            hand.trainee,
            pile.task,
            points,
            self._levels(pile.task, asked.get("rubric")),
            _text(asked, "comment"),
            self.sitting.grader,
            _text(asked, "reason"),
        )

    def _levels(self, task_id: str, asked: object) -> dict[str, Decimal]:
        """The levels that were chosen: only such as the key has."""
        task = self.sitting.tasks.get(task_id)
        known = {}
        if isinstance(task, TextTask):
            known = {str(one.id): {x.points for x in one.levels} for one in task.rubric}
        if not isinstance(asked, dict):
            raise RequestError(_NOT_UNDERSTOOD)
        levels = {str(id_): _points(str(points)) for id_, points in asked.items()}
        if any(points not in known.get(id_, ()) for id_, points in levels.items()):
            raise RequestError(_("The key has been changed. Load the page again."))
        return levels


_NOT_UNDERSTOOD = _("The request could not be understood. Load the page again.")


def _optional_points(asked: Mapping[str, Any]) -> Decimal | None:
    return None if asked.get("points", "") is None else _points(_text(asked, "points"))


def _points(text: str) -> Decimal:
    if not _POINTS.fullmatch(text.strip()):
        raise RequestError(
            _("“{value}” is not a number of points. Write for example 3 or 1,5.", value=text[:20])
        )
    return Decimal(text.strip().replace(",", "."))


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name, "")
    if not isinstance(value, str):
        raise RequestError(_NOT_UNDERSTOOD)
    # What a terminal, a spreadsheet or nbgrader's page could trip on; new lines and tabs stay.
    return "".join(one for one in value if one.isprintable() or one in "\n\t")


def _number(asked: Mapping[str, Any], name: str) -> int:
    text = _text(asked, name)
    if not re.fullmatch(r"[0-9]{1,9}", text):
        raise RequestError(_NOT_UNDERSTOOD)
    return int(text)
