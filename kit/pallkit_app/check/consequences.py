"""The teaching rules for wrong doses: one answer to every ratio, and each of them used."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pallkit.cases.effects import Band
from pallkit.cases.model import Case
from pallkit.cases.steps import DoseStep, PumpStep
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place


@rule("consequence-bands", _("The bands of a consequence do not overlap, and none is empty."))
def overlapping_bands(bank: Bank) -> Iterator[Finding]:
    """Of two bands that hold the same ratio only the first would ever count."""
    for files, case in bank.sound_cases:
        for name, bands in case.consequences.items():
            for at, band in enumerate(bands):
                place: Place = ("consequences", name, at)
                if _low(band) >= _high(band):
                    yield Finding(
                        files.spot("case", place),
                        _("The band holds no ratio."),
                        _("Let “below” be more than “at_least”."),
                    )
                elif _overlaps(band, bands[:at]):
                    yield Finding(
                        files.spot("case", place),
                        _("The band overlaps one before it."),
                        _("Let one end where the next begins: “below: 3”, then “at_least: 3”."),
                    )


@rule("consequence-name", _("A step names a consequence of its case, and each one is used."))
def unknown_consequences(bank: Bank) -> Iterator[Finding]:
    """A misspelt one stops the learner; one that is not used is left from an earlier version."""
    for files, case in bank.sound_cases:
        named = dict(_named(case))
        for place, name in named.items():
            if name not in case.consequences:
                yield Finding(
                    files.spot("case", place),
                    _("“{name}” is not a consequence of this case.", name=name),
                    _("Write it under “consequences”, or remove it here."),
                )
        for name in case.consequences:
            if name not in named.values():
                yield Finding(
                    files.spot("case", ("consequences", name)),
                    _("No step has the consequence “{name}”.", name=name),
                    _("Name it in a dose or pump step, or remove it."),
                )


def _named(case: Case) -> Iterator[tuple[Place, str]]:
    for number, step in enumerate(case.steps):
        if isinstance(step, DoseStep | PumpStep) and step.consequence is not None:
            yield ("steps", number, "consequence"), step.consequence


def _overlaps(band: Band, earlier: Sequence[Band]) -> bool:
    return any(_low(band) < _high(one) and _low(one) < _high(band) for one in earlier)


def _low(band: Band) -> Decimal:
    return band.at_least or Decimal(0)


def _high(band: Band) -> Decimal:
    return Decimal("Infinity") if band.below is None else band.below
