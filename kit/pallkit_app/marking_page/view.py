"""What the page shows, as plain values in the reader's language. Hidden here is not sent at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pallkit.i18n import Language, Message, Words, _, render
from pallkit_app.marking_page.shown import answer_of, question_of
from pallkit_app.marking_page.sitting import Hand, Pile, Sitting, not_recorded, piles
from pallkit_grading.book import history
from pallkit_grading.key import TextTask
from pallkit_grading.manual import (
    Appeal,
    Difference,
    Happened,
    ManualMark,
    SecondMark,
    appeals,
    differences,
    mark_of,
    second_marks,
    timeline,
)

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who the page is made for: their language, and whether they are to see names."""

    lang: Language
    anonymous: bool = False

    def say(self, text: Message | Words | str) -> str:
        """Write ``text`` in the reader's language."""
        return render(text, self.lang)


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of one assignment beside the marks themselves, by trainee (and task)."""

    told: Mapping[str, history.Told]
    second: Mapping[tuple[str, str], SecondMark]
    differ: Mapping[tuple[str, str], Difference]
    appeals: tuple[Appeal, ...]


def around(book: Any, sitting: Sitting) -> dict[str, Around]:
    """By assignment, what stands around the marks."""
    return {
        name: Around(
            history.told(book.db, name),
            second_marks(book.db, name),
            {(one.trainee, one.task): one for one in differences(book.db, name)},
            appeals(book.db, name),
        )
        for name in sitting.assignments
    }


def overview(book: Any, sitting: Sitting, reader: Reader) -> Plain:
    """Every task with how far the marking of it has come, and what is not there yet."""
    found = piles(book, sitting)
    known = around(book, sitting)
    return {
        "tasks": [_task(sitting, pile, known, reader) for pile in found.values()],
        "not_recorded": len(list(not_recorded(sitting, found))),
        "open_differences": sum(
            one.settled is None for here in known.values() for one in here.differ.values()
        ),
    }


def task_view(book: Any, sitting: Sitting, task: str, reader: Reader) -> Plain | None:
    """One task across all trainees; None if there is no such task."""
    pile = piles(book, sitting).get(task)
    if pile is None:
        return None
    known = around(book, sitting)
    question = question_of(sitting, task, reader.lang)
    hands = pile.hands if reader.anonymous else sorted(pile.hands, key=lambda one: one.name)
    return {
        **_task(sitting, pile, known, reader),
        "question": question.html,
        **_rubric(sitting, task, reader),
        "items": [item_view(sitting, pile, hand, known[hand.assignment], reader) for hand in hands],
    }


def item_view(sitting: Sitting, pile: Pile, hand: Hand, known: Around, reader: Reader) -> Plain:
    """One trainee's answer, how it stands, and what the machine and others made of it."""
    place = (hand.trainee, pile.task)
    row = hand.standing.row
    mine, other = _mine_and_other(sitting, hand, known.second.get(place))
    told = known.told.get(hand.trainee)
    names = {hand.trainee, hand.name} if reader.anonymous else set()
    shown = answer_of(sitting, hand, pile.task)
    return {
        "id": hand.id,
        "number": pile.hands.index(hand) + 1,
        "name": None if reader.anonymous else hand.name,
        "lang": sitting.language_of(hand.assignment),
        "answer": {"kind": shown.kind, "text": shown.text, "cut": shown.cut},
        "said": shown.said,
        "machine": _text(row.auto),
        "mark": _mark(mine, sitting),
        "other": _mark(other, sitting),
        "waits": _waits(sitting, hand, mine),
        "changed": _changed(hand),
        "flagged": bool(told and told.flagged),
        "flags": [_without(line[reader.lang], names) for line in told.lines] if told else [],
        "version": _version(sitting, hand, known.second.get(place)),
        "difference": _difference(known.differ.get(place), hand, sitting, mine),
        "appeals": [
            _appeal(one, sitting, reader)
            for one in known.appeals
            if (one.trainee, one.task) == place
        ],
    }


def history_view(book: Any, sitting: Sitting, hand: Hand, task: str, reader: Reader) -> list[Plain]:
    """What has happened to one task of one hand-in, newest first."""
    hidden = (
        sitting.second and mine_of(sitting, hand, second_marks(book.db, hand.assignment)) is None
    )
    rows = timeline(book.db, hand.assignment, hand.trainee, task)
    return [
        _happened(one, sitting, reader)
        for one in reversed(rows)
        if not (hidden and _by_person(one))
    ]


def mine_of(sitting: Sitting, hand: Hand, second: Mapping[tuple[str, str], SecondMark]) -> Any:
    """The mark that the one who sits here gives or has given, first or second."""
    return _mine_and_other(sitting, hand, second.get((hand.trainee, hand.standing.row.task)))[0]


def _by_person(one: Happened) -> bool:
    return one.kind != "score" or one.person != history.GRADER


def _mine_and_other(
    sitting: Sitting, hand: Hand, second: SecondMark | None
) -> tuple[ManualMark | SecondMark | None, ManualMark | SecondMark | None]:
    """The two marks. The other's is None until one's own is saved: each judges alone."""
    first = mark_of(hand.standing.row, hand.standing.own)
    mine, other = (second, first) if sitting.second else (first, second)
    return mine, (other if mine is not None else None)


def _waits(sitting: Sitting, hand: Hand, mine: object) -> bool:
    """Whether a person is to look: there is no score yet, or what it was given for is new."""
    if sitting.second:
        return mine is None
    return (mine is None and hand.standing.row.auto is None) or bool(_changed(hand))


def _changed(hand: Hand) -> str:
    """What is new since a person's mark: the answer, or the key it was marked by."""
    own, now = hand.standing.own, hand.standing
    if now.row.manual is None or not now.row.needs_person:
        return ""
    return "key" if own is not None and own.hand_in == now.hand_in else "answer"


def _version(sitting: Sitting, hand: Hand, second: SecondMark | None) -> str:
    if sitting.second:
        return str(second.id if second else 0)
    return hand.standing.version


def _task(sitting: Sitting, pile: Pile, known: Mapping[str, Around], reader: Reader) -> Plain:
    waiting = sum(
        _waits(sitting, one, mine_of(sitting, one, known[one.assignment].second))
        for one in pile.hands
    )
    task = sitting.tasks.get(pile.task)
    return {
        "id": pile.task,
        "title": question_of(sitting, pile.task, reader.lang).title,
        "kind": task.kind if task else "cell",
        "most": _text(pile.most),
        "done": len(pile.hands) - waiting,
        "of": len(pile.hands),
    }


def _rubric(sitting: Sitting, task_id: str, reader: Reader) -> Plain:
    task = sitting.tasks.get(task_id)
    if not isinstance(task, TextTask):
        return {"rubric": [], "comments": [], "look_for": []}
    return {
        "rubric": [
            {
                "id": one.id,
                "title": reader.say(one.title),
                "levels": [
                    {"points": _text(level.points), "text": reader.say(level.text)}
                    for level in one.levels
                ],
            }
            for one in task.rubric
        ],
        # A comment is read by the trainee, so it is put in in the language of the hand-in.
        "comments": [
            {
                "id": one.id,
                "nb": render(one.text, "nb"),
                "nn": render(one.text, "nn"),
                "en": render(one.text, "en"),
            }
            for one in task.comments
        ],
        "look_for": [reader.say(one) for one in task.look_for],
    }


def _mark(mark: ManualMark | SecondMark | None, sitting: Sitting) -> Plain | None:
    if mark is None:
        return None
    return {
        "points": _text(mark.points),
        "rubric": {id_: _text(points) for id_, points in mark.rubric.items()},
        "comment": mark.comment,
        "grader": mark.grader,
        "at": sitting.when(mark.at) if mark.at else "",
        "reason": mark.reason if isinstance(mark, ManualMark) else "",
    }


def _difference(
    found: Difference | None, hand: Hand, sitting: Sitting, mine: object
) -> Plain | None:
    if found is None or mine is None:
        return None
    ended = found.settled
    return {
        "first": _mark(found.first, sitting),
        "second": _mark(found.second, sitting),
        "version": hand.standing.version,
        "settled": None
        if ended is None
        else {"grader": ended.grader, "reason": ended.reason, "at": sitting.when(ended.at)},
    }


def _appeal(one: Appeal, sitting: Sitting, reader: Reader) -> Plain:
    return {
        "asked_by": "" if reader.anonymous else one.asked_by,
        "why": one.why,
        "recorded_by": one.recorded_by,
        "at": sitting.when(one.at),
        "outcome": one.outcome,
        "closed_by": one.closed_by,
        "closed_at": sitting.when(one.closed_at) if one.closed_at else "",
    }


KINDS: Mapping[str, Message] = {
    "score": _("Marked"),
    "second": _("Second marker"),
    "settled": _("Difference settled"),
    "appeal": _("Appeal"),
    "outcome": _("Outcome of the appeal"),
    "seen": _("Remarks looked at"),
}


def _happened(one: Happened, sitting: Sitting, reader: Reader) -> Plain:
    words = one.words
    if one.kind == "appeal" and reader.anonymous:
        words = words.partition(": ")[2]
    return {
        "at": sitting.when(one.at),
        "kind": reader.say(KINDS[one.kind]),
        "points": _text(one.points),
        "person": one.person,
        "key": one.key_version[:8],
        "words": words,
    }


def _without(line: str, names: set[str]) -> str:
    for name in sorted(names, key=len, reverse=True):
        line = line.replace(name, "…")
    return line


def _text(points: Decimal | None) -> str | None:
    return None if points is None else f"{points.normalize():f}"
