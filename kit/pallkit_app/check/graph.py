"""The paths through a case: every step is reached, and every path ends."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.cases.model import Case, ways_on
from pallkit.cases.steps import placed_ways
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place


@rule("unknown-step", _("Every “next”, and “first”, names a step of the case."))
def unknown_steps(bank: Bank) -> Iterator[Finding]:
    """A misspelt step id stops the learner in the middle."""
    for files, case in bank.sound_cases:
        for place, aim in _arrows(case):
            if aim is not None and aim not in case.by_id:
                yield Finding(
                    files.spot("case", place),
                    _("“{aim}” is not a step of this case.", aim=aim),
                    _("Write the id of one of the steps, or null where the case ends."),
                )


@rule("unreachable-step", _("Every step can be reached from the first."))
def unreachable_steps(bank: Bank) -> Iterator[Finding]:
    """A step nothing leads to is never seen. A misspelt “next” is mended first."""
    for files, case in bank.sound_cases:
        if any(aim is not None and aim not in case.by_id for _place, aim in _arrows(case)):
            continue
        reached = reachable(case)
        for number, step in enumerate(case.steps):
            if step.id not in reached:
                yield Finding(
                    files.spot("case", ("steps", number)),
                    _("No path leads here."),
                    _("Let a step or an option have this step as its “next”, or remove it."),
                )


@rule("no-end", _("Every case has an end that can be reached: a “next: null”."))
def endless_cases(bank: Bank) -> Iterator[Finding]:
    """A case without an end has no debrief."""
    for files, case in bank.sound_cases:
        if case.first in case.by_id and not _ends(case):
            yield Finding(
                files.spot("case", ("steps",)),
                _("The case has no end."),
                _("Write “next: null” in the last step."),
            )


@rule("endless-circle", _("From every step that can be reached, an end can be reached."))
def circles(bank: Bank) -> Iterator[Finding]:
    """Going round once is a detour; going round for ever is a trap."""
    for files, case in bank.sound_cases:
        if not _ends(case):
            continue
        caught = [step for step in _trapped(case) if step in reachable(case)]
        if caught:
            number = [step.id for step in case.steps].index(caught[0])  # type: ignore[arg-type]
            yield Finding(
                files.spot("case", ("steps", number)),
                _("From here the case goes round for ever ({steps}).", steps=", ".join(caught)),
                _("Let one of these steps or options lead out of the circle."),
            )


def _arrows(case: Case) -> Iterator[tuple[Place, str | None]]:
    yield ("first",), case.first
    for number, step in enumerate(case.steps):
        for below, way in placed_ways(step):
            place: Place = ("steps", number, *below)
            if "questions" not in below:  # asking somebody leads nowhere else
                yield (*place, "next"), way.next
            for index, turn in enumerate(way.turns):
                yield (*place, "turns", index, "next"), turn.next


def onward(case: Case) -> dict[str, set[str | None]]:
    """The steps that each step can lead to, turns included; None is an end."""
    return {step.id: {aim for _choice, aim in ways_on(step)} for step in case.steps}


def reachable(case: Case) -> set[str]:
    """The steps that some way from the first leads to, whether or not its conditions can hold."""
    after = onward(case)
    reached: set[str] = set()
    waiting: list[str | None] = [case.first]
    while waiting:
        step = waiting.pop()
        if step in after and step not in reached:
            reached.add(str(step))
            waiting += after[str(step)]
    return reached


def _ends(case: Case) -> set[str]:
    after = onward(case)
    return {step for step in reachable(case) if None in after[step]}


def _trapped(case: Case) -> list[str]:
    """Return the steps no end can be reached from; an unknown step counts as a way out."""
    after = onward(case)
    free = {step for step, aims in after.items() if any(aim not in after for aim in aims)}
    grown = True
    while grown:
        more = {step for step, aims in after.items() if aims & free} - free
        free |= more
        grown = bool(more)
    return [step for step in after if step not in free]
