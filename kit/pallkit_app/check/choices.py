"""Choices and outcomes: something to choose between, and one way that is best."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pallkit.cases.effects import Effects
from pallkit.cases.model import OUTCOMES, Case, ChoiceStep, DoseStep
from pallkit.cases.steps import placed_ways
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place

_FEWEST, _MOST = 2, 5
_SCORE = 3
_ESAS = 10


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


@rule("right-is-best", _("The right dose has the best score of the three outcomes."))
def right_doses_that_do_not_pay(bank: Bank) -> Iterator[Finding]:
    """A wrong dose must never give more points than the right one."""
    for files, case in bank.sound_cases:
        for number, step in enumerate(case.steps):
            if not isinstance(step, DoseStep):
                continue
            points = {name: sum(step.outcomes[name].score.values()) for name in OUTCOMES}
            if points["right"] <= max(points["too_low"], points["too_high"]):
                yield Finding(
                    files.spot("case", ("steps", number, "outcomes")),
                    _("A wrong dose gives as many points as the right one."),
                    _("Give “right” the highest score."),
                )


@rule("figure-range", _("Symptoms are 0 to 10, changes -10 to 10, points -3 to 3."))
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
    yield ("start", "esas"), _by_name(case.start.esas), 0, _ESAS
    for place, effects, score in _consequences(case):
        yield (*place, "effects", "esas"), _by_name(effects.esas), -_ESAS, _ESAS
        yield (*place, "score"), score, -_SCORE, _SCORE


def _consequences(case: Case) -> Iterator[tuple[Place, Effects, Mapping[str, int]]]:
    for number, step in enumerate(case.steps):
        for below, way in placed_ways(step):
            yield ("steps", number, *below), way.effects, _by_name(way.score)
            for index, more in enumerate(way.also):
                yield ("steps", number, *below, "also", index), more.effects, {}


def _by_name(figures: Mapping[Any, int]) -> Mapping[str, int]:
    return {str(name): figure for name, figure in figures.items()}
