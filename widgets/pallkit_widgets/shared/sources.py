"""Sources by name: a receipt carries ids, a reader wants to know who says so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from pallkit import content
from pallkit.i18n import Language, render
from pallkit.opioids import STAND_INS


def name_sources(steps: Iterable[Mapping[str, Any]], lang: Language) -> list[dict[str, Any]]:
    """Give each step of a receipt its source's publisher and title for the id."""
    return [{**step, "source": _name(str(step["source"]), lang)} for step in steps]


def _name(source: str, lang: Language) -> str:
    if source in STAND_INS:
        return render(STAND_INS[source], lang)
    known = {entry["id"]: entry for entry in content.table("sources")}
    entry = known.get(source, {})
    return ": ".join(str(entry[key]) for key in ("publisher", "title") if entry.get(key)) or source
