"""Which features of the case format a case uses, and where: the yardstick of a loss report.

An exporter says of each feature whether its format carries it. :func:`used` lists what there
is to carry, so that a test finds what is neither carried nor told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pallkit.cases import Case, Prose
from pallkit.cases.effects import Effects
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    MultiStep,
    PlainStep,
    PumpStep,
    Step,
    effects_of,
    ways,
)
from pallkit.i18n import Message, _

FEATURES: Mapping[str, Message] = {
    # How the patient and those around are, at the start and as it changes.
    "esas": _("the symptoms (ESAS-r) and how they change"),
    "vitals": _("the vital signs and how they change"),
    "consciousness": _("how awake the patient is"),
    "clock": _("the case's clock"),
    "place": _("where the patient is"),
    "frame": _("how long there is left"),
    "regimen": _("the medicine list and how it changes"),
    "people": _("the people around the patient: what they wish, know and worry about"),
    "tasks": _("the open tasks"),
    "facts": _("what the learner has come to know"),
    # What decides the way.
    "turns": _("another way on, depending on how things stand"),
    "also": _("further effects, depending on how things stand"),
    "when": _("options that are offered only sometimes"),
    "consequences": _("what a wrong dose does to the patient"),
    "levels": _("the levels the case can be opened at"),
    # How it is judged.
    "score": _("points on five axes"),
    "danger": _("the flag of a dangerous act"),
    "certainty": _("how sure the learner is"),
    "tolerance": _("how far from the right answer still is right"),
    "receipt": _("the computed steps of the calculation"),
    # What is read.
    "feedback": _("what is said to each answer"),
    "hint": _("the hint"),
    "expert": _("the expert's note"),
    "sources": _("the sources"),
    "patient": _("the description of the patient"),
    "goals": _("the learning goals"),
    "guide": _("the guide for the group leader"),
    "debrief": _("the debrief with the ways not taken"),
    "review": _("who has signed the case, and until when it holds"),
    "catalogue": _("summary, topics, level and minutes"),
    # The kinds of step.
    "info": _("a step to read"),
    "gather": _("a step where ways meet"),
    "reflect": _("free text to think with"),
    "choice": _("a choice between options"),
    "multi": _("several boxes to tick"),
    "estimate": _("a figure from 0 to 10"),
    "order": _("things to put in order"),
    "dose": _("a dose to work out and type"),
    "pump": _("a pump rate to work out and type"),
    "document": _("a form to fill in"),
    "consult": _("people to ask, at most a certain number of questions"),
}
"""Every feature by the machine's name for it, and what it is called in a report."""

STATE = ("esas", "vitals", "consciousness", "clock", "place", "frame", "regimen", "people", "tasks")
"""The features that stand one way at the start and change on the way."""


def used(case: Case, texts: Prose) -> Iterator[tuple[str | None, str]]:
    """Every (step id, feature) the case has; None for the case as a whole. Each pair once."""
    yield from dict.fromkeys((None, name) for name in _of_case(case))
    for step in case.steps:
        yield from dict.fromkeys((step.id, name) for name in _of_step(case, texts, step))


def _of_case(case: Case) -> Iterator[str]:
    yield from ("patient", "goals", "guide", "debrief", "review", "catalogue")
    start = case.start
    yield from ("esas", "clock", "place")
    present = {
        "vitals": start.vitals,
        "consciousness": start.consciousness != "alert",
        "frame": start.frame != "unknown",
        "regimen": start.regimen,
        "people": start.people,
        "tasks": start.tasks,
        "levels": len(case.open_levels) > 1,
        "sources": case.sources,
        "certainty": case.certainty,
        "consequences": case.consequences,
    }
    yield from (name for name, there in present.items() if there)


def _of_step(case: Case, texts: Prose, step: Step) -> Iterator[str]:
    yield step.kind
    written = texts.steps[step.id]
    present = {
        "sources": step.sources,
        "hint": written.hint,
        "expert": written.expert,
        "feedback": written.outcomes or any(one.feedback for one in written.options.values()),
    }
    yield from (name for name, there in present.items() if there)
    if not isinstance(step, PlainStep | ConsultStep | DocumentStep):
        yield from (["certainty"] if case.certainty or step.certainty else [])
    if isinstance(step, DoseStep | PumpStep):
        yield from ("tolerance", "receipt", *(["consequences"] if step.consequence else []))
    if isinstance(step, MultiStep):
        yield from ("score" for pick in step.picks if pick.score)
        yield from ("danger" for pick in step.picks if pick.danger)
    if isinstance(step, ChoiceStep):
        yield from ("when" for option in step.options if option.when)
    if isinstance(step, ConsultStep):
        yield from ("when" for asked in step.questions if asked.when)
    for _choice, way in ways(step):
        decides = {"score": way.score, "danger": way.danger, "turns": way.turns, "also": way.also}
        yield from (name for name, there in decides.items() if there)
        for effects in effects_of(way):
            yield from _of_effects(effects)


def _of_effects(effects: Effects) -> Iterator[str]:
    present = {
        "esas": effects.esas,
        "vitals": effects.vitals,
        "consciousness": effects.consciousness,
        "clock": effects.clock,
        "place": effects.place,
        "frame": effects.frame,
        "regimen": effects.regimen.start or effects.regimen.stop,
        "people": effects.people,
        "tasks": effects.tasks.open or effects.tasks.close,
        "facts": effects.learn,
    }
    yield from (name for name, there in present.items() if there)
