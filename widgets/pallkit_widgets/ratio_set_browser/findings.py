"""What is odd in a table, in words a learner understands: what it is, and what it means."""

from __future__ import annotations

from typing import Any

from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import Flaw, RatioSet, flaws
from pallkit_widgets.ratio_set_browser.shelf import locked

_KINDS: dict[str, tuple[Message, Message]] = {
    "gap": (
        _("A gap between two bands"),
        _("The source says nothing in between, so PallKit refuses there instead of guessing."),
    ),
    "overlap": (
        _("Two bands that overlap"),
        _("One question gets two answers, so PallKit refuses where both hold."),
    ),
    "fall": (
        _("More gives less"),
        _(
            "At the edge of a band the answer jumps down. No body does that: the bands are "
            "rough, and a dose near an edge is uncertain by at least as much as the jump."
        ),
    ),
    "pair": (
        _("The printed pair does not recompute"),
        _(
            "The source has rounded one of its two figures. PallKit calculates by the ratio, "
            "and shows the pair as it is printed."
        ),
    ),
    "spread": (
        _("The printed pair lies outside its own spread"),
        _("One of the figures must be wrong. Ask whoever made the table."),
    ),
    "double": (
        _("Two rows for the same question"),
        _("Nobody can know which one is meant, so PallKit refuses."),
    ),
    "no-source": (
        _("No source"),
        _("A figure that nobody stands behind should not be calculated by."),
    ),
}


def findings_view(table: RatioSet, lang: Language, *, methadone: bool) -> dict[str, Any]:
    """The findings, and how many are about rows that the reader has not asked to see."""
    found = flaws(table)
    hidden = [flaw for flaw in found if _about_locked(flaw, table) and not methadone]
    shown = [_finding(flaw, lang) for flaw in found if flaw not in hidden]
    told = ""
    if hidden:
        told = render(_MORE if shown else _HIDDEN, lang).format(count=len(hidden))
    return {"findings": shown, "findings_hidden": told}


_HIDDEN = _("Findings about the methadone rows, which are hidden: {count}", count="{count}")
_MORE = _("And findings about the methadone rows, which are hidden: {count}", count="{count}")


def _about_locked(flaw: Flaw, table: RatioSet) -> bool:
    return any(locked(table.rows[number].drug) for number in flaw.rows)


def _finding(flaw: Flaw, lang: Language) -> dict[str, Any]:
    title, meaning = _KINDS[flaw.code]
    return {
        "title": render(title, lang),
        "text": render(flaw.message, lang),
        "meaning": render(meaning, lang),
        "fault": flaw.fault,
    }
