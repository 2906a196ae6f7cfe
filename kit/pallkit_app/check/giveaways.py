"""Whether the right answer gives itself away by where it stands or how it is written.

Warnings, but for Markdown in a label, which learners would read as stray signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pallkit.cases.model import Case
from pallkit.cases.steps import ChoiceStep
from pallkit.i18n import _
from pallkit_app.check.bank import Bank, CaseFiles
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.prose import REQUIRED

ENOUGH = 3
"""Choices of which a pattern can be seen; of two, both may stand first by chance."""

LONGER = 1.15
"""How many times the longest other option the best may be before the eye is drawn to it."""

_MARKS = re.compile(r"\*\S|\S\*|(?<!\w)_\S|\]\(|`")


@rule("best-place", _("The best option does not stand in the same place in every choice."))
def always_in_one_place(bank: Bank) -> Iterator[Finding]:
    """A group that has seen three choices would stop reading the options."""
    for files, case in bank.sound_cases:
        places = [_place(step) for step in _choices(case)]
        if len(places) >= ENOUGH and len(set(places)) == 1:
            yield Finding(
                files.spot("case", ("steps",)),
                _("The best option is number {place} in every choice.", place=places[0] + 1),
                _("Let it stand elsewhere in some of them."),
                warning=True,
            )


@rule("best-length", _("The best option is not the longest in every choice."))
def always_the_longest(bank: Bank) -> Iterator[Finding]:
    """Authors explain the right answer more than the others, and learners know it."""
    for files, case in bank.sound_cases:
        for lang in REQUIRED:
            steps = list(_choices(case))
            longest = [step for step in steps if _stands_out(files, step, lang)]
            if len(steps) >= ENOUGH and longest == steps:
                yield Finding(
                    files.spot(lang, ("steps",)),
                    _("The best option is clearly the longest in every choice."),
                    _("Say no more in it than in the others."),
                    warning=True,
                )


@rule("plain-label", _("What is chosen among is plain text, without Markdown."))
def marked_labels(bank: Bank) -> Iterator[Finding]:
    """A label is shown as it is written, so a star in it is a star to the learner."""
    for files, case in bank.sound_cases:
        for lang in REQUIRED:
            for step in case.steps:
                for option, label in _labels(files, str(step.id), lang).items():
                    if _MARKS.search(label):
                        yield Finding(
                            files.spot(lang, ("steps", str(step.id), "options", option, "label")),
                            _("“{label}” has Markdown in it.", label=label),
                            _("Write it as plain text."),
                        )


def _choices(case: Case) -> Iterator[ChoiceStep]:
    """The choices with a best option; that there is one is another rule's."""
    for step in case.steps:
        if isinstance(step, ChoiceStep) and any(option.best for option in step.options):
            yield step


def _place(step: ChoiceStep) -> int:
    return next(place for place, option in enumerate(step.options) if option.best)


def _stands_out(files: CaseFiles, step: ChoiceStep, lang: str) -> bool:
    labels = _labels(files, str(step.id), lang)
    best = max((len(labels.get(str(one.id), "")) for one in step.options if one.best), default=0)
    others = [len(labels.get(str(one.id), "")) for one in step.options if not one.best]
    return bool(others) and best > LONGER * max(others)


def _labels(files: CaseFiles, step: str, lang: str) -> dict[str, str]:
    steps = files.prose(lang).get("steps")
    said = steps.get(step) if isinstance(steps, dict) else None
    options = said.get("options") if isinstance(said, dict) else None
    if not isinstance(options, dict):
        return {}
    found = {str(id_): one.get("label") for id_, one in options.items() if isinstance(one, dict)}
    return {id_: label for id_, label in found.items() if isinstance(label, str)}
