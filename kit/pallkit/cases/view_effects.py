"""What changed between two states of a case, in words."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.cases import names
from pallkit.cases.model import ESAS_ITEMS
from pallkit.cases.state import State
from pallkit.cases.values import EsasItem
from pallkit.i18n import Language, _, render


def effects_text(
    before: State, after: State, lang: Language, *, hidden: EsasItem | None = None
) -> str:
    """What changed between two states, in one line: «smerte 6 → 3 · 4 t senere».

    The symptom ``hidden`` is left out.
    """
    return " · ".join(_changes(before, after, lang, hidden))


def _changes(before: State, after: State, lang: Language, hidden: EsasItem | None) -> Iterator[str]:
    for item in ESAS_ITEMS:
        if item != hidden and before.esas[item] != after.esas[item]:
            yield f"{render(names.ESAS[item], lang)} {before.esas[item]} → {after.esas[item]}"
    for vital, value in after.vitals.items():
        if before.vitals[vital] != value:
            was, now = (names.vital(vital, one, lang) for one in (before.vitals[vital], value))
            yield f"{render(names.VITAL[vital], lang)} {was} → {now}"
    if after.consciousness != before.consciousness:
        yield render(names.CONSCIOUSNESS[after.consciousness], lang)
    if after.clock > before.clock:
        span = names.span(after.clock - before.clock, lang)
        yield render(_("{span} later", span=span), lang)
    if after.place != before.place:
        yield render(names.PLACE[after.place], lang)
