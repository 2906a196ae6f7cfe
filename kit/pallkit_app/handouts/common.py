"""What every printed sheet has: its words, its styles, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from markupsafe import Markup

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html
from pallkit_app.guide.view import Guide
from pallkit_app.handouts.labels import labels
from pallkit_app.paper import generator, pages_of, styles

KIND = "handout"
"""Stands in every handout, so that a later run knows the file for one of ours."""
_TITLES: Mapping[str, Message] = {
    "cards": _("Table cards"),
    "marking": _("Marking sheet"),
    "debrief": _("Debrief sheet"),
    "reading": _("Reading list"),
}
_FALLBACK = _("The case is not written in this language yet, so it is in bokmål.")
_HERE, _GUIDE = "pallkit_app.handouts", "pallkit_app.guide"
_PAGES = pages_of(_HERE)


def page(name: str, guide: Guide, *, paged: bool, **values: Any) -> str:
    """Write the sheet ``name`` as HTML, complete with its styles.

    ``paged`` is for a maker of PDFs that fills page margins.
    """
    lang = guide.lang
    margins = [(_GUIDE, "paged.css")] if paged else []
    css = styles((_GUIDE, "guide.css"), *margins, (_HERE, "handouts.css"), (_HERE, f"{name}.css"))
    own = Markup("")
    if guide.text.lang != lang:
        own = Markup(' lang="{}"').format(guide.text.lang)
    return _PAGES.get_template(f"{name}.html.j2").render(
        name=name,
        paged=paged,
        guide=guide,
        case=guide.case,
        text=guide.text,
        lang=lang,
        l=labels(lang),
        title=render(_TITLES[name], lang),
        own=own,
        fallback=render(_FALLBACK, lang) if own else "",
        css=css,
        generator=generator(f"{KIND}, {name}"),
        version=__version__,
        purpose=render(INTENDED_PURPOSE, lang),
        watermark=render(WATERMARK, lang),
        today=day(date.today(), lang),  # noqa: DTZ011  # the date on the wall
        html=html,
        **values,
    )


def day(when: date, lang: Language) -> str:
    """A date as people write it: 22.11.2026, and in English 2026-11-22."""
    return when.isoformat() if lang == "en" else f"{when.day}.{when.month}.{when.year}"


def html(markdown: str) -> Markup:
    """An author's text as safe HTML."""
    return Markup(to_html(markdown))  # noqa: S704  # to_html answers safe HTML
