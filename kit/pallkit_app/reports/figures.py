"""What the rows come to, counted with pandas.

A figure about fewer persons than :data:`FEWEST` is left out of what is anonymous: with so few,
an average is somebody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

import pandas as pd

from pallkit_app.reports.rows import Report, Row

FEWEST = 5
"""Persons behind a figure that is shown without names."""

ENOUGH = 20
"""Graded hand-ins before it is said how well a task tells strong from weak."""

BANDS: Mapping[str, tuple[int, int]] = {
    "0–2": (0, 2),
    "3–4": (3, 4),
    "5–6": (5, 6),
    "7–8": (7, 8),
    "9–10": (9, 10),
}
"""How sure, from 0 (a guess) to 10 (quite sure), in the bands that answers are counted in."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The tables of a report.

    ``status``: set, missing, not_graded, graded. ``goals``: goal, share, trainees, below.
    ``by_trainee``: trainee by goal, the share of the points. ``tasks``: set, task, share,
    hand_ins, tells. ``mistakes``: mistake by group. ``calibration``: sure, answers, right.
    """

    status: pd.DataFrame
    goals: pd.DataFrame
    by_trainee: pd.DataFrame
    tasks: pd.DataFrame
    mistakes: pd.DataFrame
    dangers: pd.DataFrame
    calibration: pd.DataFrame


def figures_of(report: Report) -> Figures:
    """Count everything that a report tells."""
    frame = pd.DataFrame(
        [asdict(row) for row in report.rows],
        columns=[field.name for field in fields(Row)],
    )
    frame[["points", "most"]] = frame[["points", "most"]].astype(float)
    graded = frame[frame["state"] == "graded"]
    by_goal = _by_goal(graded, report)
    return Figures(
        _status(report),
        _goals(by_goal),
        by_goal.pivot_table(index="trainee", columns="goal", values="share"),
        _tasks(graded),
        _mistakes(frame),
        _dangers(frame),
        _calibration(frame),
    )


def _status(report: Report) -> pd.DataFrame:
    states = pd.DataFrame(
        [(set_, state) for (_trainee, set_), state in report.states.items()],
        columns=["set", "state"],
    )
    kinds = ["missing", "not_graded", "graded"]
    counts = pd.crosstab(states["set"], states["state"]).reindex(
        index=[one.id for one in report.sets], columns=kinds, fill_value=0
    )
    return counts.rename_axis(index="set", columns=None).reset_index()


def _by_goal(graded: pd.DataFrame, report: Report) -> pd.DataFrame:
    """The share of the points by trainee and goal, of the tasks that count."""
    counting = {one.id for one in report.sets if one.graded}
    rows = graded[graded["set"].isin(counting)].copy()
    rows["goal"] = rows["task"].map(lambda task: list(report.goals.get(task, ())))
    rows = rows.explode("goal").dropna(subset=["goal"])
    sums = rows.groupby(["trainee", "goal"], as_index=False)[["points", "most"]].sum()
    sums = sums[sums["most"] > 0]
    sums["share"] = sums["points"] / sums["most"]
    return sums


def _goals(by_goal: pd.DataFrame) -> pd.DataFrame:
    told = by_goal.groupby("goal")["share"].agg(
        share="mean", trainees="count", below=lambda shares: int((shares < 0.5).sum())
    )
    return told.reset_index()


def _tasks(graded: pd.DataFrame) -> pd.DataFrame:
    rows = graded[graded["most"] > 0].copy()
    rows["share"] = rows["points"] / rows["most"]
    told = rows.groupby(["set", "task"], sort=False)["share"].agg(share="mean", hand_ins="count")
    told["tells"] = [_tells(rows, set_, task) for set_, task in told.index]
    return told.reset_index().sort_values(["share", "set", "task"], ignore_index=True)


def _tells(rows: pd.DataFrame, set_: str, task: str) -> float:
    """How a task follows the rest of its set: the correlation with the other tasks' shares.

    Not a number where fewer than :data:`ENOUGH` hand-ins have both, or where all are alike.
    """
    wide = rows[rows["set"] == set_].pivot_table(index="trainee", columns="task", values="share")
    both = pd.DataFrame({"task": wide[task], "rest": wide.drop(columns=task).mean(axis=1)}).dropna()
    if len(both) < ENOUGH or both["task"].nunique() < 2 or both["rest"].nunique() < 2:
        return float("nan")
    return float(both["task"].corr(both["rest"]))


def _mistakes(frame: pd.DataFrame) -> pd.DataFrame:
    """How many trainees made each kind of mistake, group by group."""
    made = frame.dropna(subset=["mistake"]).drop_duplicates(["trainee", "mistake", "task"])
    return pd.crosstab(made["mistake"], made["group"]).rename_axis(index=None, columns=None)


def _dangers(frame: pd.DataFrame) -> pd.DataFrame:
    """How many answers were dangerous, task by task, of those that were given."""
    made = frame[frame["danger"].astype(bool)]
    told = made.groupby(["set", "task"], sort=False)["trainee"].nunique()
    return told.rename("trainees").reset_index()


def _calibration(frame: pd.DataFrame) -> pd.DataFrame:
    said = frame.dropna(subset=["sure", "right"])
    rows = []
    for band, (low, high) in BANDS.items():
        mine = said[said["sure"].astype(int).between(low, high)]
        mean = mine["sure"].astype(float).mean() * 10
        right = mine["right"].astype(float).mean() * 100
        rows.append((band, len(mine), mine["trainee"].nunique(), mean, right))
    return pd.DataFrame(rows, columns=["band", "answers", "trainees", "sure", "right"])
