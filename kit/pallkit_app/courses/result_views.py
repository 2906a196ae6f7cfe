"""Results as a course leader reads them, and as another program does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from typing import Any

from pallkit.about import WATERMARK
from pallkit.i18n import Language, Message, Words, _, number, render
from pallkit_grading.results import Result


def as_dict(result: Result, lang: Language) -> dict[str, Any]:
    """One result as plain values; points are text, so that no decimal is lost."""
    judged = result.judgement
    return {
        "trainee": result.trainee,
        "task": judged.task,
        "outcome": judged.outcome,
        "points": _plain(result.points),
        "most": _plain(judged.most),
        "needs_grading": result.needs_grading,
        "answer": None if judged.answer is None else render(judged.answer, lang),
        "said": [render(line, lang) for line in judged.lines],
        "nbgrader": None if result.grade is None else _plain(result.grade.auto),
        "disagrees": result.disagrees,
    }


def as_lines(results: Iterable[Result], lang: Language) -> Iterator[str]:
    """A block for each trainee with a line for each task; the watermark last."""
    for trainee, theirs in groupby(results, key=lambda result: result.trainee):
        rows = list(theirs)
        yield _tame(f"{trainee}: {render(_sum(rows), lang)}")
        for result in rows:
            yield _tame(f"  {result.judgement.task}: {render(_state(result), lang)}")
    yield render(WATERMARK, lang)


def _tame(line: str) -> str:
    """Keep what a trainee wrote on one line, and from steering the leader's terminal."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _sum(rows: list[Result]) -> Message:
    done = [result for result in rows if result.points is not None]
    got = sum((result.points for result in done if result.points is not None), Decimal(0))
    most = sum((result.judgement.most for result in done), Decimal(0))
    if not done:
        return _("nothing graded yet")
    if len(done) < len(rows):
        waiting = len(rows) - len(done)
        return _(
            "{got} of {most} points so far; tasks not graded yet: {waiting}",
            got=got,
            most=most,
            waiting=waiting,
        )
    return _("{got} of {most} points", got=got, most=most)


def _state(result: Result) -> Message | Words:
    judged = result.judgement
    if result.points is not None:
        text = _("{got} of {most} points", got=result.points, most=judged.most)
        if result.disagrees:
            return _("{text} (nbgrader has another score: look at the notebook)", text=text)
        return text
    if judged.outcome == "by_hand" and judged.answer is None:
        return _("to be graded by hand (not answered)")
    if judged.outcome == "by_hand":
        return _("to be graded by hand")
    return judged.lines[0]


def _plain(points: Decimal | None) -> str | None:
    return None if points is None else number(points, "en")
