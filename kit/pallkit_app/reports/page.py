"""The course report as one page that asks nothing of any network and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import render
from pallkit_app.handouts.common import day
from pallkit_app.paper import generator, pages_of, styles
from pallkit_app.reports import tables
from pallkit_app.reports.figures import ENOUGH, Figures, figures_of
from pallkit_app.reports.labels import ANONYMOUS, NAMED, labels, only_few
from pallkit_app.reports.plots import against, bars, stacked
from pallkit_app.reports.rows import Report

KIND = "course report"
"""Stands in every report, so that a later run knows the file for one of ours."""

_HERE, _SHEET, _GUIDE = "pallkit_app.reports", "pallkit_app.feedback_pages", "pallkit_app.guide"
_PAGES = pages_of(_HERE)
_HARDEST = 12


def report_html(report: Report, *, anonymous: bool = False, paged: bool = False) -> str:
    """Write the report as HTML; ``paged`` is for a maker of PDFs that fills page margins."""
    figures, lang = figures_of(report), report.lang
    margins = [(_GUIDE, "paged.css")] if paged else []
    told = _tables(report, figures, anonymous=anonymous)
    return _PAGES.get_template("report.html.j2").render(
        css=styles((_SHEET, "sheet.css"), *margins, (_HERE, "report.css")),
        lang=lang,
        l=labels(lang),
        title=render(report.course.title, lang),
        counts=_counts(report, figures),
        notes=_notes(report, anonymous=anonymous),
        t=told,
        plots=_plots(report, told, paged=paged),
        hand_ins=() if anonymous else _states(report),
        goal_columns=list(range(1, len(report.course.goals) + 1)),
        mistake_columns=list(range(1, len(told["mistakes"].heads))),
        calibrated=int(figures.calibration["answers"].sum()) > 0,
        show=partial(tables.shown, lang=lang),
        generator=generator(KIND),
        version=__version__,
        purpose=render(INTENDED_PURPOSE, lang),
        watermark=render(WATERMARK, lang),
        today=day(date.today(), lang),  # noqa: DTZ011  # the date on the wall
    )


def _tables(report: Report, figures: Figures, *, anonymous: bool) -> Mapping[str, Any]:
    named: dict[str, Any] = {"by_trainee": None, "hand_ins": None}
    names = {
        "goals-by-trainee": "by_trainee",
        "hand-ins": "hand_ins",
        "dangerous-answers": "dangers",
    }
    for one in tables.tables(report, figures, anonymous=anonymous):
        named[names.get(one.name, one.name)] = one
    return named


def _counts(report: Report, figures: Figures) -> Mapping[str, int]:
    sums = figures.status[["missing", "not_graded", "graded"]].sum()
    return {"trainees": len(report.trainees), **{str(k): int(v) for k, v in sums.items()}}


def _notes(report: Report, *, anonymous: bool) -> list[str]:
    notes = [ANONYMOUS if anonymous else NAMED]
    if len(report.trainees) < ENOUGH:
        notes.append(only_few(len(report.trainees)))
    return [render(note, report.lang) for note in notes]


def _states(report: Report) -> list[tuple[str, list[str]]]:
    return [
        (report.name(one), [report.states[one, set_.id] for set_ in report.sets])
        for one in report.trainees
    ]


def _plots(report: Report, told: Mapping[str, Any], *, paged: bool) -> Mapping[str, Any]:
    """Each drawing says in words what it shows; the figures stand in the table beside it."""
    words = labels(report.lang)
    status = told["status"].rows
    parts = {
        words["graded"]: [row[3] for row in status],
        words["not_graded"]: [row[2] for row in status],
        words["missing"]: [row[1] for row in status],
    }
    titles = [row[0] for row in status]
    goals = [
        (f"{row[0]}. {row[1]}", row[3] / 100) for row in told["goals"].rows if row[3] is not None
    ]
    hard = [(row[0], row[2] / 100) for row in told["tasks"].rows if row[2] is not None][:_HARDEST]
    points = [
        (row[2], row[3], row[1])
        for row in told["calibration"].rows
        if row[1] and row[2] is not None
    ]
    return {
        "status": stacked("status", titles, parts, words["status_plot"], paged=paged),
        "goals": _bars("goals", goals, words["goals_plot"], paged=paged),
        "tasks": _bars("tasks", hard, words["tasks_plot"], paged=paged),
        "calibration": against(
            "calibration",
            points,
            (f"{words['sure']} (%)", f"{words['right']} (%)"),
            words["calibration_plot"],
            paged=paged,
        )
        if points
        else "",
    }


def _bars(name: str, shares: list[tuple[str, float]], about: str, *, paged: bool) -> Any:
    if not shares:
        return ""
    said = "; ".join(f"{label}: {share * 100:.0f} %" for label, share in shares)
    names, values = zip(*shares, strict=True)
    return bars(name, names, values, f"{about}. {said}", paged=paged)
