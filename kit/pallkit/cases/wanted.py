"""Which texts a case needs: every place in its prose file that something in it is shown at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pallkit.cases.effects import RegimenEntry
from pallkit.cases.model import Case
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PlainStep,
    Step,
)

TextPlace = tuple[str, ...]
"""The keys that lead to a text: ``("steps", "vurder", "title")``."""


def needed_texts(case: Case) -> Iterator[TextPlace]:
    """Every text a learner or a leader would miss."""
    yield from (("title",), ("summary",), ("goals",), ("patient",))
    yield from (("guide", part) for part in ("before", "silent", "closing"))
    yield from (("regimen", entry.id) for entry in regimen_entries(case))
    for person in case.start.people:
        yield "people", person.id, "name"
    for person_id, wish in _wishes(case):
        yield "people", person_id, "wishes", wish
    yield from (("tasks", task) for task in _tasks(case))
    if case.withdrawn is not None:
        yield ("withdrawn",)
    for step in case.steps:
        yield from (("steps", step.id, *below) for below in _of_step(step))


def optional_texts(case: Case) -> Iterator[TextPlace]:
    """Texts that may be there and are shown then."""
    yield ("esas_note",)
    for person in case.start.people:
        yield "people", person.id, "about"
    for step in case.steps:
        yield "guide", "questions", step.id
        if not isinstance(step, PlainStep | ChoiceStep):
            yield "steps", step.id, "hint"
        if isinstance(step, DocumentStep):
            yield "steps", step.id, "expert"
            yield from (("steps", step.id, "fields", one.id, "help") for one in step.fields)
        if isinstance(step, MultiStep):
            yield from (("steps", step.id, "options", one.id, "feedback") for one in step.picks)


def regimen_entries(case: Case) -> Iterator[RegimenEntry]:
    """Every entry that is ever on the medicine list, each id once."""
    seen: set[str] = set()
    started = (entry for effects in case.every_effect() for entry in effects.regimen.start)
    for entry in (*case.start.regimen, *started):
        if entry.id not in seen:
            seen.add(entry.id)
            yield entry


def _wishes(case: Case) -> Iterator[tuple[str, str]]:
    found = [(one.id, one.wish) for one in case.start.people if one.wish is not None]
    found += [
        (id_, change.wish)
        for effects in case.every_effect()
        for id_, change in effects.people.items()
        if change.wish is not None
    ]
    yield from dict.fromkeys(found)


def _tasks(case: Case) -> Iterator[str]:
    opened = [task for effects in case.every_effect() for task in effects.tasks.open]
    yield from dict.fromkeys((*case.start.tasks, *opened))


def _of_step(step: Step) -> Iterator[TextPlace]:
    yield from (("title",), ("text",))
    if step.kind not in {"info", "gather"}:
        yield ("ask",)
    if step.kind == "reflect":
        yield ("expert",)
    yield from _ways_of(step)
    if isinstance(step, EstimateStep):
        yield from (("low",), ("high",))
    elif isinstance(step, DocumentStep):
        for one in step.fields:
            yield "fields", one.id, "label"
            yield from (("fields", one.id, "options", option) for option in one.options)


def _ways_of(step: Step) -> Iterator[TextPlace]:
    if isinstance(step, PlainStep):
        return
    if isinstance(step, ChoiceStep):
        yield from _labelled([one.id for one in step.options], "feedback")
        return
    if isinstance(step, ConsultStep):
        yield from _labelled([one.id for one in step.questions], "feedback")
        return
    yield from (("outcomes", str(name)) for name in step.outcomes)
    if isinstance(step, MultiStep):
        yield from _labelled([one.id for one in step.picks])
    elif isinstance(step, OrderStep):
        yield from _labelled(step.items)


def _labelled(ids: Iterable[str], *more: str) -> Iterator[TextPlace]:
    for id_ in ids:
        yield from (("options", id_, part) for part in ("label", *more))
