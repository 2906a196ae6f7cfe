"""Ratio sets whose rows leave two answers or none, or give less for more."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.i18n import _
from pallkit.opioids import flaws, ratio_set
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.readers import stem


@rule("ratio-bands", _("A ratio set has one answer for each dose, and more gives more."))
def rows_that_do_not_fit_together(bank: Bank) -> Iterator[Finding]:
    """Overlaps are faults. Gaps and falls may be the source's own, and are worth a look."""
    for name, document in bank.ratio_sets:
        if name in bank.broken_tables:
            continue  # a broken format has its own rule
        for flaw in flaws(ratio_set(stem(name))):
            if flaw.code != "pair":  # "ratio-pair" tells
                place = ("rows", flaw.rows[0]) if flaw.rows else ("source",)
                yield Finding(
                    Spot(name, document.line(place)),
                    flaw.message,
                    _("Compare with the source, and let the rows leave one answer."),
                    warning=not flaw.fault,
                )
