"""Every place in a case where something follows, is asked about, or can be decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pallkit.cases.effects import Effects
from pallkit.cases.model import Case
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    PlainStep,
    Step,
    conditions_of,
    placed_ways,
)
from pallkit_app.compile.strict_yaml import Place


def placed_effects(case: Case) -> Iterator[tuple[Place, Effects]]:
    """Every effects block with its place: of ways, under conditions, and of consequences."""
    for number, step in enumerate(case.steps):
        for below, way in placed_ways(step):
            place: Place = ("steps", number, *below)
            yield (*place, "effects"), way.effects
            for index, more in enumerate(way.also):
                yield (*place, "also", index, "effects"), more.effects
    for name, bands in case.consequences.items():
        for index, band in enumerate(bands):
            yield ("consequences", name, index, "effects"), band.effects


def placed_scores(case: Case) -> Iterator[tuple[Place, Mapping[str, int]]]:
    """Every score with its place, those of single ticks too."""
    for number, step in enumerate(case.steps):
        for below, way in placed_ways(step):
            yield ("steps", number, *below, "score"), by_name(way.score)
        if step.kind == "multi":
            for index, pick in enumerate(step.picks):
                yield ("steps", number, "picks", index, "score"), by_name(pick.score)


def placed_conditions(case: Case) -> Iterator[tuple[Place, str]]:
    """Every condition with its place."""
    for number, step in enumerate(case.steps):
        for below, when in conditions_of(step):
            yield ("steps", number, *below, "when"), when


def choices_at(step: Step) -> tuple[str, ...]:
    """What ``chose.<step>`` can be once the step is left; nothing where nothing is decided."""
    if isinstance(step, PlainStep | ConsultStep):
        return ()
    if isinstance(step, ChoiceStep):
        return tuple(option.id for option in step.options)
    return tuple(map(str, step.outcomes))


def step_place(case: Case, step: str) -> Place:
    """The place of the step with this id."""
    return ("steps", [str(one.id) for one in case.steps].index(step))


def by_name(figures: Mapping[Any, int]) -> Mapping[str, int]:
    """The same figures, their names as plain text."""
    return {str(name): figure for name, figure in figures.items()}
