"""Answer logs for the tests, written through the same functions as the widgets use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pallkit import cases
from pallkit.answers import Log, append, read, record
from pallkit.cases.debrief import best_choice
from pallkit.cases.dosing import example, solve, solve_pump
from pallkit.cases.judging import FIELD, estimate_bounds, example_fields
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ChoiceStep,
    DocumentStep,
    DoseStep,
    Step,
)
from pallkit.cases.values import Level
from pallkit.doses import quantity_text

CASE = "smerte-kan-ikke-svelge"


def write_log(path: Path, *entries: tuple[str, str, object]) -> Path:
    """Append (type, task, value) records; answers the path."""
    for kind, task, value in entries:
        append(path, record(kind, task, value, notebook="omregning-i-praksis.ipynb"))
    return path


def log_of(path: Path, *entries: tuple[str, str, object]) -> Log:
    return read(write_log(path, *entries))


def best_decisions(case_id: str = CASE, level: Level | None = None) -> list[dict[str, Any]]:
    """Every decision of the best way through a case, as a learner makes them."""
    case = cases.load(case_id)
    state = cases.begin(case, level)
    made: list[dict[str, Any]] = []
    while state.step is not None:
        step = case.by_id[state.step]
        decision = {"step": step.id, **_best_answer(step, state)}
        if level is not None and not made:
            decision["level"] = level
        made.append(decision)
        state, _events = cases.play(case, state, decision)
    return made


def _best_answer(step: Step, state: State) -> dict[str, str]:
    answer = _BEST.get(step.kind)
    return answer(step, state) if answer else {}


def _dose(step: DoseStep, state: State) -> dict[str, str]:
    return {"dose": quantity_text(example(solve(step, state), "right").quantity, "nb")}


def _form(step: DocumentStep, _state: State) -> dict[str, str]:
    filled = example_fields(step, "complete") or {}
    return {FIELD + id_: text for id_, text in filled.items()}


_BEST: dict[str, Callable[[Any, State], dict[str, str]]] = {
    "choice": lambda step, state: {"option": str(best_choice(step, state))},
    "consult": lambda step, state: {"option": str(best_choice(step, state))},
    "dose": _dose,
    "pump": lambda step, state: {"rate": f"{solve_pump(step, state).rate:.4f} ml/t"},
    "multi": lambda step, _state: {"picks": ",".join(one.id for one in step.picks if one.right)},
    "estimate": lambda step, state: {"value": str(estimate_bounds(step, state)[0])},
    "order": lambda step, _state: {"order": ",".join(step.items)},
    "document": _form,
}
"""The best answer to each kind of step; there is none where nothing is decided."""


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
