"""Whether a case is large enough to play and small enough to finish. Warnings only.

A case of three steps may be a good beginning, so none of this fails a check; the case bank's
own tests ask it of every case that is handed out.
"""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.cases.model import Case
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank, CaseFiles
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.graph import onward, reachable

STEPS = (8, 20)
FORKS = 2
SOURCES = 3


@rule("case-size", _("A case has 8 to 20 steps, two forks, a place to meet, three sources."))
def unusual_cases(bank: Bank) -> Iterator[Finding]:
    """Less is a question, not a case; more is not finished in an hour."""
    for files, case in bank.computable_cases:
        for place, problem, remedy in _unusual(files, case):
            yield Finding(files.spot("case", (place,)), problem, remedy, warning=True)


def sources_of(case: Case) -> set[str]:
    """The sources of a case and of its steps."""
    return {str(source) for source in case.sources} | {
        str(source) for step in case.steps for source in step.sources
    }


def meeting_places(case: Case) -> list[str]:
    """The gather steps that more than one road leads to."""
    gathers = [str(step.id) for step in case.steps if step.kind == "gather"]
    return [gather for gather in gathers if _roads_meet(case, gather)]


def _unusual(files: CaseFiles, case: Case) -> Iterator[tuple[str, Message, Message]]:
    low, high = STEPS
    if not low <= len(case.steps) <= high:
        yield (
            "steps",
            _("The case has {count} steps.", count=len(case.steps)),
            _("Most groups manage {low} to {high}.", low=low, high=high),
        )
    forks = sorted(files.explored.forks)
    if len(forks) < FORKS:
        yield (
            "steps",
            _("Forks that lead to another step and another state: {count}.", count=len(forks)),
            _("Let at least two decisions change where the case goes and how the patient is."),
        )
    if not meeting_places(case):
        yield (
            "steps",
            _("No gather step has two roads that lead to it."),
            _("Let detours meet in a step of the kind gather."),
        )
    if len(sources_of(case)) < SOURCES:
        yield (
            "sources",
            _("The case builds on {count} sources.", count=len(sources_of(case))),
            _("Name at least three: for the case, or at its steps."),
        )


def _roads_meet(case: Case, gather: str) -> bool:
    """Whether two different ways lead to ``gather``: somewhere before it, they part."""
    after = onward(case)
    there = {gather}
    grown = True
    while grown:
        more = {step for step, aims in after.items() if step not in there and aims & there}
        there |= more
        grown = bool(more)
    before = (there & reachable(case)) - {gather}
    return any(len({aim for aim in after[step] if aim in there}) > 1 for step in before)
