"""What ``pallkit grade`` shows at its end: what to look at, then everybody in a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pallkit.i18n import Message, _
from pallkit_app.cli.edge import cli_language, say
from pallkit_grading.book.history import told
from pallkit_grading.manual import seen
from pallkit_grading.scores import CourseBook, Scores, scores_of, task_set

if TYPE_CHECKING:
    from pallkit_grading.book.history import Told
    from pallkit_grading.running import Flagged

_LOOK_AT = {"yes": _("yes"), "seen": _("seen")}

Recorded = Mapping[str, "Mapping[str, Told]"]
"""What was told of each hand-in: by assignment, then by trainee."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a set of tasks stands after a run, in lines for the leader.

    ``flagged`` are those whose hand-in asks to be looked at, also by an earlier run: what is
    found once stands until a person has seen it or the hand-in is another. ``elsewhere`` are
    assignments with the same tasks where something is handed in and not graded.
    """

    findings: tuple[str, ...]
    table: tuple[str, ...]
    flagged: frozenset[str]
    elsewhere: tuple[str, ...]


def standing(of: CourseBook, assignment: str, failed: Iterable[Flagged]) -> Standing:
    """Read how ``assignment`` stands. ``failed`` is what a run told of and did not record."""
    recorded = {name: told(of.book.db, name) for name in task_set(of.course, assignment)}
    everybody = scores_of(of, assignment)
    looked_at = seen(of.book.db, assignment)
    found = {
        trainee: _lines(one)
        for trainee, one in recorded[assignment].items()
        if one.flagged and trainee not in looked_at
    }
    found |= {one.trainee: tuple(say(line) for line in one.lines) for one in failed}
    flagged = frozenset(found)
    for scores in everybody:
        _add_notes(found, scores)
    return Standing(
        tuple(
            say(_("{trainee}: {line}", trainee=trainee, line=line))
            for trainee, lines in sorted(found.items())
            for line in dict.fromkeys(lines)
        ),
        tuple(_table(of, everybody, recorded, {"yes": flagged, "seen": looked_at})),
        flagged,
        tuple(_not_begun(everybody, recorded, assignment)),
    )


def _lines(one: Told) -> tuple[str, ...]:
    lang = cli_language()
    return tuple(line[lang] for line in one.lines)


def _add_notes(found: dict[str, tuple[str, ...]], scores: Scores) -> None:
    """Late, an unknown time or several hand-ins: once, under the one who handed in."""
    if scores.hand_in is not None and scores.hand_in.trainee == scores.trainee and scores.notes:
        lines = found.get(scores.trainee, ())
        notes = [say(note) for note in scores.notes]
        # Collecting may have told of the unknown time already, and why it is not known.
        news = [one for one in notes if not any(line.startswith(one[:-1]) for line in lines)]
        found[scores.trainee] = (*lines, *news)


def _not_begun(everybody: Iterable[Scores], recorded: Recorded, assignment: str) -> Iterator[str]:
    others = {
        one.hand_in.assignment for one in everybody if one.hand_in and not _is_in(one, recorded)
    }
    yield from sorted(others - {assignment})


def _is_in(scores: Scores, recorded: Recorded) -> bool:
    hand_in = scores.hand_in
    return hand_in is not None and hand_in.trainee in recorded[hand_in.assignment]


def _table(
    of: CourseBook,
    everybody: Iterable[Scores],
    recorded: Recorded,
    flagged: Mapping[str, frozenset[str]],
) -> Iterator[str]:
    head = (_("Trainee"), _("Points so far"), _("Waits for a person"), _("Late"), _("Look at"))
    rows = [tuple(say(cell) for cell in head)]
    for one in everybody:
        waits = _is_in(one, recorded) and sum(task.state == "not_graded" for task in one.tasks)
        owner = one.hand_in.trainee if one.hand_in else ""
        look_at = [_LOOK_AT[how] for how, trainees in flagged.items() if owner in trainees]
        cells = one.trainee, _points(one), str(waits or ""), _late(of, one), *look_at[:1]
        rows.append(tuple(say(cell) for cell in cells))
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(len(head))]
    for row in rows:
        yield "  ".join(
            cell.ljust(width) for cell, width in zip(row, widths, strict=False)
        ).rstrip()


def _points(scores: Scores) -> Message:
    if scores.hand_in is None:
        return _("not handed in")
    graded = [one.points for one in scores.tasks if one.points is not None]
    if not graded:
        return _("not graded")
    return _("{points} of {most}", points=sum(graded, Decimal(0)), most=scores.most)


def _late(of: CourseBook, scores: Scores) -> Message | str:
    hand_in = scores.hand_in
    if hand_in is None or of.rules.due(hand_in.assignment, hand_in.trainee) is None:
        return ""
    if hand_in.time.at is None:
        return _("not known")
    days = of.rules.days_late(hand_in.assignment, hand_in.trainee, hand_in.time.at)
    if not days:
        return ""
    return _("1 day") if days == 1 else _("{count} days", count=days)
