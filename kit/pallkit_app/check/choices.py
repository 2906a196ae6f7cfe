"""Choices and figures: something to choose between, and every number within its scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pallkit.cases.model import Case, ChoiceStep
from pallkit.cases.values import VITAL_BOUNDS
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.case_parts import by_name, placed_effects, placed_scores
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place

_FEWEST, _MOST = 2, 5
_SCORE = 3
_ESAS = 10
_OLDEST = 110


@rule("option-count", _("A choice has two to five options, each with its own id."))
def option_counts(bank: Bank) -> Iterator[Finding]:
    """One option is no choice; more than five is a list to scroll."""
    for files, case in bank.sound_cases:
        for number, step in _choices(case):
            place: Place = ("steps", number, "options")
            if not _FEWEST <= len(step.options) <= _MOST:
                yield Finding(
                    files.spot("case", place),
                    _("The choice has {count} options.", count=len(step.options)),
                    _("Give it two to five."),
                )
            for id_, times in Counter(option.id for option in step.options).items():
                if times > 1:
                    yield Finding(
                        files.spot("case", place),
                        _("The option id “{id}” is used {times} times.", id=id_, times=times),
                        _("Give each option of a step its own id."),
                    )


@rule("best-option", _("A choice has at least one option marked as best."))
def choices_without_best(bank: Bank) -> Iterator[Finding]:
    """The debrief shows the best way; there must be one, and it is never the dangerous one."""
    for files, case in bank.sound_cases:
        for number, step in _choices(case):
            place: Place = ("steps", number, "options")
            if step.options and not any(option.best for option in step.options):
                yield Finding(
                    files.spot("case", place),
                    _("No option is marked as best."),
                    _("Write “best: true” in the one you would have chosen."),
                )
            for index, option in enumerate(step.options):
                if option.best and option.danger:
                    yield Finding(
                        files.spot("case", (*place, index)),
                        _("“{id}” is both best and dangerous.", id=option.id),
                        _("Remove one of the two."),
                    )


@rule("figure-range", _("Symptoms are 0 to 10, points -3 to 3, ages and signs as they can be."))
def figures_out_of_range(bank: Bank) -> Iterator[Finding]:
    """ESAS-r goes from 0 to 10; a score outside -3 to 3 would drown the others."""
    for files, case in bank.sound_cases:
        for place, figures, low, high in _figures(case):
            for name, value in figures.items():
                if not low <= value <= high:
                    yield Finding(
                        files.spot("case", (*place, name)),
                        _("“{name}” is {value}.", name=name, value=value),
                        _("Write a number from {low} to {high}.", low=low, high=high),
                    )


def _choices(case: Case) -> Iterator[tuple[int, ChoiceStep]]:
    for number, step in enumerate(case.steps):
        if isinstance(step, ChoiceStep):
            yield number, step


def _figures(case: Case) -> Iterator[tuple[Place, Mapping[str, int], int, int]]:
    yield ("start", "esas"), by_name(case.start.esas), 0, _ESAS
    for vital, value in case.start.vitals.items():
        yield ("start", "vitals"), {str(vital): value}, *VITAL_BOUNDS[vital]
    for number, person in enumerate(case.start.people):
        place: Place = ("start", "people", number)
        yield place, {"worry": person.worry}, 0, _ESAS
        if person.age is not None:
            yield place, {"age": person.age}, 0, _OLDEST
    for place, effects in placed_effects(case):
        yield (*place, "esas"), by_name(effects.esas), -_ESAS, _ESAS
        for id_, change in effects.people.items():
            yield (*place, "people", str(id_)), {"worry": change.worry}, -_ESAS, _ESAS
    for place, score in placed_scores(case):
        yield place, score, -_SCORE, _SCORE
