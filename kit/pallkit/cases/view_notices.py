"""What must be said about a case before it is used: not signed, withdrawn, not looked over."""

from __future__ import annotations

from datetime import date
from typing import Any

from pallkit.cases.model import Case
from pallkit.cases.prose import Prose, prose
from pallkit.errors import ContentError
from pallkit.i18n import Language, _, render
from pallkit.signing import day_words, used_view

DRAFT = _("Draft: no clinician has signed this case yet.")


def notices(case: Case, texts: Prose, lang: Language, *, today: date) -> dict[str, Any]:
    """The notices of a case: ``notice`` for a draft, ``withdrawn`` and ``overdue`` as texts.

    Each is None where there is nothing to say. ``withdrawn`` also has why, which case to use
    ``instead``, by id, title and address, and what it was ``used_in``. A case is
    overdue after the day of its ``review_by``.
    """
    return {
        "draft": case.draft,
        "notice": render(DRAFT, lang) if case.draft else None,
        "withdrawn": _withdrawn(case, texts, lang),
        "overdue": _overdue(case, lang, today),
    }


def warning_lines(case: Case, texts: Prose, lang: Language, *, today: date) -> tuple[str, ...]:
    """That a case is withdrawn, or should have been looked over: what paper says first of all."""
    told = notices(case, texts, lang, today=today)
    gone = told["withdrawn"] or {"text": None, "why": None, "instead": None}
    instead = gone["instead"] and gone["instead"]["text"]
    return tuple(line for line in (gone["text"], gone["why"], instead, told["overdue"]) if line)


def _withdrawn(case: Case, texts: Prose, lang: Language) -> dict[str, Any] | None:
    if case.withdrawn is None:
        return None
    told = _("This case was withdrawn on {day}. Do not use it.", day=day_words(case.withdrawn.on))
    return {
        "text": render(told, lang),
        "why": texts.withdrawn,
        "instead": _instead(case.withdrawn.instead, lang),
        "used_in": [used_view(one, lang) for one in case.withdrawn.used_in],
    }


def _instead(case_id: str | None, lang: Language) -> dict[str, str] | None:
    if case_id is None:
        return None
    try:
        title = prose(case_id, lang).title
    except ContentError:  # that one is gone too; `pallkit check` says so
        return None
    told = render(_("Use “{title}” instead.", title=title), lang)
    return {"id": case_id, "title": title, "text": told, "address": f"/app/kasus?case={case_id}"}


def _overdue(case: Case, lang: Language, today: date) -> str | None:
    if case.review_by is None or today <= case.review_by:
        return None
    told = _(
        "This case should have been looked over by {day}, and has not been. What it says may "
        "be out of date.",
        day=day_words(case.review_by),
    )
    return render(told, lang)
