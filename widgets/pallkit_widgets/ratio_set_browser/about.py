"""Who made a table and for what: its card in the list, and all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pallkit import content
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids import RatioSet, reduction_rules, standing_view
from pallkit.opioids.standing import how_read
from pallkit_widgets.ratio_set_browser.labels import MADE_FOR, SEEN

Json = dict[str, Any]

_DRAFT = _("Draft")
_LOCAL = _("practice table")
_WITHDRAWN = _("Withdrawn")
_REPLACED = _("Replaced")


def card_view(table: RatioSet, lang: Language, matches: int | None) -> Json:
    """A table in the list; ``matches`` is how many of its rows were searched for."""
    told = None
    if matches is not None:
        told = render(_("rows found: {count}", count=matches), lang)
    return {
        "id": table.id,
        "title": table.title,
        "publisher": table.publisher,
        "date": render(table.date, lang),
        "made_for": {"kind": table.made_for, "text": render(MADE_FOR[table.made_for], lang)},
        "seen": {"kind": table.seen, "text": render(SEEN[table.seen], lang)},
        "local": render(_LOCAL, lang) if table.local else "",
        "draft": render(_DRAFT, lang) if table.draft else "",
        "force": "" if table.in_force else render(_force(table), lang),
        "purpose": render(table.purpose, lang),
        "size": render(_("rows: {count}", count=len(table.rows)), lang),
        "matches": told,
    }


def about_view(table: RatioSet, lang: Language) -> Json:
    """What a reader must know before the rows: for what, not for what, whose, and how read."""
    facts: list[tuple[Message, Message | Words | str]] = [
        (_("Made for"), table.purpose),
        (_("Not for"), table.not_for),
    ]
    if table.reversible is not None:
        facts.append((_("Also read backwards, because"), table.reversible.why))
    facts += [(_("Lower start, by the same source"), rule) for rule in _rules(table)]
    facts.append((_("Rights"), table.rights))
    return {
        **card_view(table, lang, None),
        "standing": standing_view(table, lang),
        "warnings": [render(warning, lang) for warning in how_read(table)],
        "facts": [{"name": render(name, lang), "text": render(text, lang)} for name, text in facts],
        "sources": [_source(id_, table, lang) for id_ in _source_ids(table)],
    }


def _force(table: RatioSet) -> Message:
    return _REPLACED if table.withdrawn is None else _WITHDRAWN


def _rules(table: RatioSet) -> Iterable[Words]:
    return [rule.title for rule in reduction_rules() if table.source in rule.sources]


def _source_ids(table: RatioSet) -> list[str]:
    second = [] if table.reversible is None else [table.reversible.by]
    return list(dict.fromkeys([table.source, *second]))


def _source(id_: str, table: RatioSet, lang: Language) -> Json:
    known = {entry["id"]: entry for entry in content.table("sources")}
    own = {
        "title": table.title,
        "publisher": table.publisher,
        "date": render(table.date, lang),
        "url": table.address,
        "seen": table.seen,
    }
    entry = known.get(id_, own)
    url = str(entry.get("url") or "")
    return {
        "title": str(entry["title"]),
        "publisher": str(entry["publisher"]),
        "date": str(entry.get("date") or ""),
        "url": url if url.startswith(("https://", "http://")) else "",
        "seen": render(SEEN.get(str(entry.get("seen")), ""), lang),
        "note": str(entry.get("note") or "") if lang == "en" else "",
    }
