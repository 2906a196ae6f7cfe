"""Answer logs for the tests, written through the same functions as the widgets use."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pallkit import cases
from pallkit.answers import Log, append, read, record
from pallkit.cases.debrief import best_option
from pallkit.cases.dosing import example, solve
from pallkit.cases.model import ChoiceStep, DoseStep
from pallkit.doses import quantity_text

CASE = "smerte-kan-ikke-svelge"


def write_log(path: Path, *entries: tuple[str, str, object]) -> Path:
    """Append (type, task, value) records; answers the path."""
    for kind, task, value in entries:
        append(path, record(kind, task, value, notebook="omregning-i-praksis.ipynb"))
    return path


def log_of(path: Path, *entries: tuple[str, str, object]) -> Log:
    return read(write_log(path, *entries))


def best_decisions(case_id: str = CASE) -> list[dict[str, Any]]:
    """Every decision of the best way through a case, as a learner makes them."""
    case = cases.load(case_id)
    state = cases.begin(case)
    made: list[dict[str, Any]] = []
    while state.step is not None:
        step = case.by_id[state.step]
        decision: dict[str, Any] = {"step": step.id}
        if isinstance(step, ChoiceStep):
            decision["option"] = best_option(step).id
        elif isinstance(step, DoseStep):
            right = example(solve(step, state), "right")
            decision["dose"] = quantity_text(right.quantity, "nb")
        made.append(decision)
        state, _events = cases.play(case, state, decision)
    return made


def dangerous_decisions(case_id: str = CASE) -> list[dict[str, Any]]:
    """The first way of the case that holds a dangerous choice, up to that choice."""
    made = best_decisions(case_id)
    case = cases.load(case_id)
    for place, decision in enumerate(made):
        step = case.by_id[decision["step"]]
        danger = isinstance(step, ChoiceStep) and next((o for o in step.options if o.danger), None)
        if danger:
            return [*made[:place], {"step": step.id, "option": danger.id}]
    raise AssertionError("the case has no dangerous choice on its best path")
