"""Doses: readable, and every task computed with the engine, in every state it is met in."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.cases.effects import AnswerTo, RegimenEntry
from pallkit.cases.model import Case
from pallkit.cases.steps import ConvertTask, DoseStep
from pallkit.doses import read_dose
from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.case_parts import placed_effects, step_place
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place


@rule("unreadable-dose", _("Every dose on a medicine list can be read."))
def unreadable_doses(bank: Bank) -> Iterator[Finding]:
    """A dose is written as in the calculator: drug, route, amount, unit, times a day."""
    for files, case in bank.computable_cases:
        for place, entry in _entries(case):
            if isinstance(entry.dose, AnswerTo):
                continue
            try:
                read_dose(entry.dose)
            except PallkitError as error:
                yield Finding(files.spot("case", (*place, "dose")), error.message)


@rule("unknown-ratio-set", _("Every ratio set a dose step names stands in casebank/ratio_sets."))
def unknown_ratio_sets(bank: Bank) -> Iterator[Finding]:
    """The right dose is computed with it."""
    known = {
        name.removeprefix("casebank/ratio_sets/")[: -len(".yaml")] for name, _d in bank.ratio_sets
    }
    broken = {name for name in bank.broken if name.startswith("casebank/ratio_sets/")}
    for files, case in bank.computable_cases:
        for number, step in enumerate(case.steps):
            if not isinstance(step, DoseStep) or not isinstance(step.task, ConvertTask):
                continue
            name = step.task.set
            if name not in known and f"casebank/ratio_sets/{name}.yaml" not in broken:
                yield Finding(
                    files.spot("case", ("steps", number, "task", "set")),
                    _("“{name}” is not a known ratio set.", name=name),
                    _("Use one of: {known}.", known=", ".join(sorted(known))),
                )


@rule("dose-task", _("The engine has an answer to every dose step, however it is reached."))
def tasks_without_answer(bank: Bank) -> Iterator[Finding]:
    """The ratio set has no such ratio, or the earlier answer it builds on may be missing."""
    for files, case in bank.computable_cases:
        for step, problem in files.explored.unsolved.items():
            yield Finding(files.spot("case", _task_place(case, step)), problem)


@rule("answer-order", _("A medicine list takes its doses from dose steps already answered."))
def doses_before_their_answer(bank: Bank) -> Iterator[Finding]:
    """“answer_to” names a dose step that every path here has passed."""
    for files, case in bank.computable_cases:
        dose_steps = {step.id for step in case.steps if isinstance(step, DoseStep)}
        unknown = False
        for place, entry in _entries(case):
            if isinstance(entry.dose, AnswerTo) and entry.dose.answer_to not in dose_steps:
                unknown = True
                yield Finding(
                    files.spot("case", (*place, "dose")),
                    _("“{step}” is not a dose step of this case.", step=entry.dose.answer_to),
                    _("Name a dose step that every path here has passed."),
                )
        if not unknown:
            for step, problem in files.explored.unmoved.items():
                yield Finding(files.spot("case", step_place(case, step)), problem)


@rule("answer-unit", _("A dose step asks for the unit its answer comes in."))
def wrong_units(bank: Bank) -> Iterator[Finding]:
    """A day's dose in mg/24 t, a single dose in mg, a patch in µg/t."""
    for files, case in bank.computable_cases:
        for step, (asked, right) in files.explored.units.items():
            yield Finding(
                files.spot("case", (*step_place(case, step), "answer_unit")),
                _(
                    "The step asks for {asked}, but its answer is in {right}.",
                    asked=asked,
                    right=right,
                ),
                _("Write the unit of the answer."),
            )


def _entries(case: Case) -> Iterator[tuple[Place, RegimenEntry]]:
    for index, entry in enumerate(case.start.regimen):
        yield ("start", "regimen", index), entry
    for spot, effects in placed_effects(case):
        for index, entry in enumerate(effects.regimen.start):
            yield (*spot, "regimen", "start", index), entry


def _task_place(case: Case, step: str) -> Place:
    return (*step_place(case, step), "task")
