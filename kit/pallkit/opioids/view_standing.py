"""How a ratio set stands, for a page: its notices, and where to go instead."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import quote

from pallkit.i18n import Language, _, render
from pallkit.opioids import standing
from pallkit.opioids.ratio_sets import RatioSet, title_of
from pallkit.signing import used_view


def standing_view(table: RatioSet, lang: Language, *, today: date | None = None) -> dict[str, Any]:
    """The notices of a set; each is None where there is nothing to say.

    ``withdrawn`` has why, what to use ``instead`` and what it was ``used_in``; ``replaced``
    names the newer one. Both name a set by id, title and the address of its page.
    """
    today = today or datetime.now(tz=UTC).astimezone().date()
    overdue = standing.overdue(table, today)
    return {
        "draft": table.draft,
        "signed": render(standing.signed_text(table), lang),
        "withdrawn": _withdrawn(table, lang),
        "replaced": _replaced(table, lang),
        "overdue": None if overdue is None else render(overdue, lang),
    }


def _withdrawn(table: RatioSet, lang: Language) -> dict[str, Any] | None:
    gone = table.withdrawn
    if gone is None:
        return None
    return {
        "text": render(standing.withdrawn_text(table, gone), lang),
        "why": render(gone.why, lang),
        "instead": None if gone.instead is None else _other(gone.instead, lang),
        "used_in": [used_view(one, lang) for one in gone.used_in],
    }


def _replaced(table: RatioSet, lang: Language) -> dict[str, Any] | None:
    if table.superseded_by is None:
        return None
    told = standing.replaced_text(table, title_of(table.superseded_by))
    return {**_other(table.superseded_by, lang), "text": render(told, lang)}


def _other(set_id: str, lang: Language) -> dict[str, str]:
    title = title_of(set_id)
    return {
        "id": set_id,
        "title": title,
        "text": render(_("Use “{title}” instead.", title=title), lang),
        "address": f"/app/omregningstabeller?q={quote(f'set={set_id}')}",
    }
