"""What each kind of step must have, so that it can be answered well and answered wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeVar

from pallkit.cases.steps import (
    ON,
    ConsultStep,
    DocumentStep,
    EstimateStep,
    MultiStep,
    OrderStep,
)
from pallkit.cases.values import HIGHEST, ROLES
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, CaseFiles
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place

S = TypeVar("S")
Faults = Iterator[tuple[Place, Message, Message]]


@rule("consult-questions", _("A consult has two to eight questions, each to somebody there is."))
def consults(bank: Bank) -> Iterator[Finding]:
    """More may be asked than there are questions, or nobody can answer."""
    for files, place, step in _steps(bank, ConsultStep):
        people = {str(one.id) for one in files.case.start.people} if files.case else set()
        yield from _found(files, place, _consult(step, people | set(ROLES)))


@rule("multi-picks", _("A multi has three to nine boxes; some are right, and some are not."))
def multis(bank: Bank) -> Iterator[Finding]:
    """Where every box is right, ticking all of them takes no thought."""
    for files, place, step in _steps(bank, MultiStep):
        yield from _found(files, place, _multi(step))


@rule("order-items", _("An order has three to seven items, each once."))
def orders(bank: Bank) -> Iterator[Finding]:
    """Two items are a choice; eight are more than anybody can hold."""
    for files, place, step in _steps(bank, OrderStep):
        yield from _found(
            files, place, (*_count(("items",), step.items, 3, 7), *_unique(("items",), step.items))
        )


@rule("estimate-scale", _("An estimate has “of”, or a “low” and a “high” from 0 to 10."))
def estimates(bank: Bank) -> Iterator[Finding]:
    """There must be one answer to compare with, and room to miss it."""
    for files, place, step in _steps(bank, EstimateStep):
        yield from _found(files, place, _estimate(step))


@rule("document-fields", _("A form has one to twelve fields, and can be left incomplete."))
def documents(bank: Bank) -> Iterator[Finding]:
    """A choice of one is no choice, and a form that asks for nothing is always complete."""
    for files, place, step in _steps(bank, DocumentStep):
        yield from _found(files, place, _document(step))


@rule("people-ids", _("Each of the people has an id of their own."))
def people(bank: Bank) -> Iterator[Finding]:
    """What is told to one of them must not be told to another."""
    for files, case in bank.sound_cases:
        ids = [str(one.id) for one in case.start.people]
        yield from _found(files, ("start",), _unique(("people",), ids))


def _consult(step: ConsultStep, people: set[str]) -> Faults:
    ids = [str(one.id) for one in step.questions]
    yield from _count(("questions",), ids, 2, 8)
    yield from _unique(("questions",), ids)
    if not 1 <= step.most <= len(ids):
        yield (
            ("most",),
            _("“most” is {most}, and there are {count} questions.", most=step.most, count=len(ids)),
            _("Write how many of them may be asked."),
        )
    for at, asked in enumerate(step.questions):
        if asked.id == ON:
            yield (
                ("questions", at, "id"),
                _("The id “{id}” stands for going on.", id=ON),
                _("Give the question another id."),
            )
        if str(asked.who) not in people:
            yield (
                ("questions", at, "who"),
                _("“{who}” is nobody in this case.", who=asked.who),
                _("Name one of the people, or one of: {roles}.", roles=", ".join(ROLES)),
            )


def _multi(step: MultiStep) -> Faults:
    yield from _count(("picks",), step.picks, 3, 9)
    yield from _unique(("picks",), [str(pick.id) for pick in step.picks])
    right = sum(pick.right for pick in step.picks)
    if right in {0, len(step.picks)}:
        yield (
            ("picks",),
            _("{right} of {count} boxes are right.", right=right, count=len(step.picks)),
            _("Let at least one be right and one not."),
        )
    for at, pick in enumerate(step.picks):
        if pick.right and pick.danger:
            yield (
                ("picks", at),
                _("“{id}” is both right and dangerous.", id=pick.id),
                _("Remove one of the two."),
            )


def _estimate(step: EstimateStep) -> Faults:
    ends = (step.low, step.high)
    if (step.of is None) == (ends == (None, None)) or (step.of is None and None in ends):
        yield (
            (),
            _("The estimate does not say clearly what is right."),
            _("Write “of” with a symptom, or else both “low” and “high”."),
        )
    elif step.of is None and step.low is not None and step.high is not None:
        if not 0 <= step.low <= step.high <= HIGHEST:
            yield (
                ("low",),
                _("The spread goes from {low} to {high}.", low=step.low, high=step.high),
                _("Write 0 to 10, the lowest first."),
            )
        elif (step.low, step.high) == (0, HIGHEST):
            yield (
                ("low",),
                _("Every answer is right."),
                _("Narrow the spread from “low” to “high”."),
            )


def _document(step: DocumentStep) -> Faults:
    yield from _count(("fields",), step.fields, 1, 12)
    yield from _unique(("fields",), [str(one.id) for one in step.fields])
    for at, one in enumerate(step.fields):
        place: Place = ("fields", at)
        if one.kind != "choice" and (one.options or one.right):
            yield (
                place,
                _("“{id}” has options, and is not a choice.", id=one.id),
                _("Write “kind: choice”, or remove them."),
            )
        elif one.kind == "choice":
            yield from _unique((*place, "options"), list(map(str, one.options)))
            if len(one.options) < 2:
                yield (
                    place,
                    _("“{id}” has {count} options.", id=one.id, count=len(one.options)),
                    _("Give it at least two."),
                )
            elif one.right is not None and one.right not in one.options:
                yield (
                    (*place, "right"),
                    _("“{right}” is not among the options.", right=one.right),
                    _("Use one of: {known}.", known=", ".join(one.options)),
                )
    if not any(one.required or one.right for one in step.fields):
        yield (
            ("fields",),
            _("Nothing in the form is required, so it is always complete."),
            _("Write “required: true” in a field, or “right” in a choice."),
        )


def _count(place: Place, things: Sequence[object], low: int, high: int) -> Faults:
    if not low <= len(things) <= high:
        yield (
            place,
            _("There are {count} here.", count=len(things)),
            _("Let there be {low} to {high}.", low=low, high=high),
        )


def _unique(place: Place, ids: Sequence[str]) -> Faults:
    for id_, times in Counter(ids).items():
        if times > 1:
            yield (
                place,
                _("The id “{id}” is used {times} times.", id=id_, times=times),
                _("Give each of them its own id."),
            )


def _steps(bank: Bank, kind: type[S]) -> Iterator[tuple[CaseFiles, Place, S]]:
    for files, case in bank.sound_cases:
        for number, step in enumerate(case.steps):
            if isinstance(step, kind):
                yield files, ("steps", number), step


def _found(
    files: CaseFiles,
    place: Place,
    faults: Iterator[tuple[Place, Message, Message]] | Sequence[tuple[Place, Message, Message]],
) -> Iterator[Finding]:
    for below, problem, remedy in faults:
        yield Finding(files.spot("case", (*place, *below)), problem, remedy)
