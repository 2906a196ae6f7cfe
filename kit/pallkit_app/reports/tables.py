"""The tables of a report in words: for the page and for CSV files alike."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd

from pallkit.i18n import Language, number, render
from pallkit.opioids.mistakes import LABELS
from pallkit_app.reports.figures import FEWEST, Figures
from pallkit_app.reports.labels import labels
from pallkit_app.reports.rows import Report
from pallkit_grading.course import HEADINGS

Cell = str | int | Decimal | None
"""Text, a number, or nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heads; a share is a number of per cent, and what is unknown is None."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def tables(report: Report, figures: Figures, *, anonymous: bool) -> Iterator[Table]:
    """Every table of the report; none with a trainee's name where it is ``anonymous``."""
    yield status(report, figures)
    if not anonymous:
        yield hand_ins(report)
    yield goals(report, figures, anonymous=anonymous)
    if not anonymous:
        yield by_trainee(report, figures)
    yield tasks(report, figures, anonymous=anonymous)
    yield mistakes(report, figures, anonymous=anonymous)
    yield dangers(report, figures, anonymous=anonymous)
    yield calibration(report, figures, anonymous=anonymous)


def status(report: Report, figures: Figures) -> Table:
    """How many have handed in what."""
    words = labels(report.lang)
    titles = {one.id: one.title for one in report.sets}
    heads = (words["assignment"], *(words[one] for one in ("missing", "not_graded", "graded")))
    rows = [
        (titles[row["set"]], int(row["missing"]), int(row["not_graded"]), int(row["graded"]))
        for row in figures.status.to_dict("records")
    ]
    return Table("status", heads, tuple(rows))


def hand_ins(report: Report) -> Table:
    """Who has handed in what; the three states in words."""
    words = labels(report.lang)
    heads = (words["trainee"], *(one.title for one in report.sets))
    rows = [
        (report.name(one), *(words[report.states[one, set_.id]] for set_ in report.sets))
        for one in report.trainees
    ]
    return Table("hand-ins", heads, tuple(rows))


def goals(report: Report, figures: Figures, *, anonymous: bool) -> Table:
    """The course's goals with what was reached of each, in the course's order."""
    words, lang = labels(report.lang), report.lang
    known = figures.goals.set_index("goal").to_dict("index")
    rows: list[tuple[Cell, ...]] = []
    for place, goal in enumerate(report.course.goals, 1):
        of = known.get(str(goal.id), {"share": math.nan, "trainees": 0, "below": 0})
        hidden = anonymous and of["trainees"] < FEWEST
        share = None if hidden else _percent(of["share"])
        below = (
            None if hidden or not of["trainees"] else _few(int(of["below"]), anonymous=anonymous)
        )
        heading = render(HEADINGS[goal.heading], lang)
        rows.append(
            (
                place,
                render(goal.text, lang),
                heading,
                share,
                _few(int(of["trainees"]), anonymous=anonymous),
                below,
            )
        )
    heads = ("", *(words[one] for one in ("goal", "heading", "mean", "graded_count", "below")))
    return Table("goals", heads, tuple(rows))


def by_trainee(report: Report, figures: Figures) -> Table:
    """Trainee by goal, in per cent of the points."""
    words = labels(report.lang)
    ids = [str(goal.id) for goal in report.course.goals]
    wide = figures.by_trainee.reindex(index=list(report.trainees), columns=ids)
    rows = [
        (report.name(str(trainee)), *(_percent(share) for share in shares))
        for trainee, shares in zip(wide.index, wide.to_numpy(), strict=True)
    ]
    heads = (words["trainee"], *(str(place) for place in range(1, len(ids) + 1)))
    return Table("goals-by-trainee", heads, tuple(rows))


def tasks(report: Report, figures: Figures, *, anonymous: bool) -> Table:
    """The tasks, the hardest first."""
    words = labels(report.lang)
    rows: list[tuple[Cell, ...]] = []
    for row in figures.tasks.to_dict("records"):
        hidden = anonymous and row["hand_ins"] < FEWEST
        shown = None if hidden else _percent(row["share"])
        tells = None if hidden else _two(row["tells"])
        count = _few(int(row["hand_ins"]), anonymous=anonymous)
        rows.append((*_task(report, str(row["set"]), str(row["task"])), shown, count, tells))
    heads = ("task", "assignment", "share", "graded_count", "tells")
    return Table("tasks", tuple(words[one] for one in heads), tuple(rows))


def mistakes(report: Report, figures: Figures, *, anonymous: bool) -> Table:
    """Kinds of mistakes by group; the last column counts them all."""
    words, found = labels(report.lang), figures.mistakes
    groups = [str(group) for group in found.columns]
    rows: list[tuple[Cell, ...]] = []
    for code, counts in zip(found.index, found.to_numpy(), strict=True):
        of_groups = [int(count) for count in counts]
        cells = [_few(count, anonymous=anonymous) for count in of_groups]
        if None in cells:  # the one that is left out could be found from the others
            cells = [None] * len(cells)
        in_all = _few(sum(of_groups), anonymous=anonymous)
        rows.append((render(LABELS[str(code)], report.lang), *cells, in_all))
    heads = (words["mistake"], *(group or words["no_group"] for group in groups), words["all"])
    return Table("mistakes", heads, tuple(sorted(rows, key=lambda row: str(row[0]))))


def dangers(report: Report, figures: Figures, *, anonymous: bool) -> Table:
    """Tasks with dangerous answers."""
    words = labels(report.lang)
    rows: list[tuple[Cell, ...]] = [
        (
            *_task(report, str(row["set"]), str(row["task"])),
            _few(int(row["trainees"]), anonymous=anonymous),
        )
        for row in figures.dangers.to_dict("records")
    ]
    heads = tuple(words[one] for one in ("task", "assignment", "trainees"))
    return Table("dangerous-answers", heads, tuple(rows))


def calibration(report: Report, figures: Figures, *, anonymous: bool) -> Table:
    """How sure against how right, band by band."""
    words = labels(report.lang)
    rows: list[tuple[Cell, ...]] = []
    for row in figures.calibration.to_dict("records"):
        hidden = anonymous and row["trainees"] < FEWEST
        shown = (None, None) if hidden else (_whole(row["sure"]), _whole(row["right"]))
        rows.append((str(row["band"]), _few(int(row["answers"]), anonymous=anonymous), *shown))
    heads = tuple(words[one] for one in ("band", "answers", "sure", "right"))
    return Table("calibration", heads, tuple(rows))


def shown(cell: Cell, lang: Language, *, percent: bool = False) -> str:
    """A cell as it stands on a page; what is unknown is a dash."""
    if cell is None:
        return "–"
    if isinstance(cell, str):
        return cell
    return f"{number(cell, lang)} %" if percent else number(cell, lang)


def _task(report: Report, set_: str, task: str) -> tuple[str, str]:
    one = next(one for one in report.sets if one.id == set_)
    return one.titles.get(task) or task, one.title


def _few(count: int, *, anonymous: bool) -> int | None:
    """A count, or nothing where it is small enough to point to somebody."""
    return None if anonymous and 0 < count < FEWEST else count


def _percent(share: float) -> int | None:
    return None if pd.isna(share) else round(share * 100)


def _whole(value: float) -> int | None:
    return None if pd.isna(value) else round(value)


def _two(value: float) -> Decimal | None:
    return None if pd.isna(value) else Decimal(f"{value:.2f}")
