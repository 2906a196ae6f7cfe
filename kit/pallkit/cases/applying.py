"""Apply effects to a state: every figure held within its scale, nothing read from outside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from pallkit.cases.conditions import read_condition
from pallkit.cases.dosing import enter_regimen
from pallkit.cases.effects import Effects, PersonChange, RegimenChange, TaskChange
from pallkit.cases.schema import Slug
from pallkit.cases.state import Event, Mark, PersonState, RegimenItem, State
from pallkit.cases.steps import Way
from pallkit.cases.values import HIGHEST, VITAL_BOUNDS, Axis


def move(state: State, event: Event, way: Way) -> State:
    """Follow ``way``: its effects, the dose's consequence, the conditional effects, the turn."""
    state = _scored(state, event)
    state = apply(state, way.effects)
    if event.consequence is not None and event.consequence.band is not None:
        state = apply(state, event.consequence.band.effects)
    for more in way.also:
        if read_condition(more.when).holds(state):
            state = apply(state, more.effects)
    aim = next_step(state, way)
    return replace(
        state,
        step=aim,
        path=(*state.path, aim) if aim else state.path,
        marks=_marked(state.marks, Mark(state.clock, state.esas, state.vitals)),
    )


def next_step(state: State, way: Way) -> Slug | None:
    """The first turn whose condition holds, else the usual next step."""
    for turn in way.turns:
        if read_condition(turn.when).holds(state):
            return turn.next
    return way.next


def apply(state: State, effects: Effects) -> State:
    """Return the state after ``effects``."""
    return replace(
        state,
        clock=state.clock + effects.clock,
        place=effects.place or state.place,
        consciousness=effects.consciousness or state.consciousness,
        frame=effects.frame or state.frame,
        esas={
            item: _held(value + effects.esas.get(item, 0), 0, HIGHEST)
            for item, value in state.esas.items()
        },
        vitals={
            vital: _held(value + effects.vitals.get(vital, 0), *VITAL_BOUNDS[vital])
            for vital, value in state.vitals.items()
        },
        people=_people(state.people, effects.people),
        tasks=_tasks(state.tasks, effects.tasks),
        known=_joined(state.known, effects.learn),
        regimen=_regimen(state, effects.regimen),
    )


def _scored(state: State, event: Event) -> State:
    choices = state.choices if event.choice is None else {**state.choices, event.step: event.choice}
    return replace(
        state,
        score=_added(state.score, event.score),
        dangers=(*state.dangers, event.step) if event.danger else state.dangers,
        choices=choices,
    )


def _held(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))


def _people(
    people: Iterable[PersonState], changes: Mapping[Slug, PersonChange]
) -> tuple[PersonState, ...]:
    return tuple(
        person if person.id not in changes else _changed(person, changes[person.id])
        for person in people
    )


def _changed(person: PersonState, change: PersonChange) -> PersonState:
    return replace(
        person,
        worry=_held(person.worry + change.worry, 0, HIGHEST),
        wish=change.wish or person.wish,
        told=_joined(person.told, change.told),
    )


def _tasks(tasks: tuple[Slug, ...], change: TaskChange) -> tuple[Slug, ...]:
    return tuple(task for task in _joined(tasks, change.open) if task not in change.close)


def _joined(have: tuple[Slug, ...], more: tuple[Slug, ...]) -> tuple[Slug, ...]:
    return tuple(dict.fromkeys((*have, *more)))


def _marked(marks: tuple[Mark, ...], new: Mark) -> tuple[Mark, ...]:
    # One point a time: what happens without the clock moving replaces the last point.
    return (*marks[:-1], new) if marks[-1].clock == new.clock else (*marks, new)


def _regimen(state: State, change: RegimenChange) -> tuple[RegimenItem, ...]:
    # An entry that begins again, on a detour, takes its old place: never twice on the list.
    ended = {*change.stop, *(entry.id for entry in change.start)}
    kept = [item for item in state.regimen if item.id not in ended]
    return (*kept, *(enter_regimen(entry, state.answers) for entry in change.start))


def _added(score: Mapping[Axis, int], more: Mapping[Axis, int]) -> dict[Axis, int]:
    return {axis: score.get(axis, 0) + more.get(axis, 0) for axis in {**score, **more}}
