"""What a page's own script must know where there is no server to ask."""

from __future__ import annotations

from typing import Any

from pallkit.i18n import Language, _, render
from pallkit_app.server import gallery
from pallkit_app.server.site import report_text
from pallkit_app.static_site.addresses import Spot

CASES = "/kasus"
REPORT = "/meld-fra"
PRIVACY = "/personvern"


def of(spot: Spot) -> dict[str, Any]:
    """The data of a page, by the id of the element that holds it."""
    if spot.path == CASES:
        return {"cards": _cards(spot.lang)}
    if spot.path == REPORT:
        told = report_text("{content}", "{version}", "{page}")
        return {"report": {"text": render(told, spot.lang)}}
    if spot.path == PRIVACY:
        pages = _("Pages you have opened, and the program they use.")
        return {"kept-texts": {"pages": render(pages, spot.lang)}}
    return {}


def _cards(lang: Language) -> dict[str, Any]:
    texts = {
        "count": _("{shown} of {total} cases", shown="{shown}", total="{total}"),
        "none": _("No case has all of this"),
        "all": _("Show all cases"),
        "refused": _(
            "The search was left out: it looks like an identity number (11 digits). Never write "
            "anything about real people."
        ),
    }
    # In the order the page shows them in.
    shown = [card for card in gallery.cards(lang) if not card.withdrawn]
    return {
        "cards": [
            {
                "text": card.text,
                "topics": [topic for topic, _name in card.topics],
                "levels": [level for level, _name in card.levels],
                "settings": [setting for setting, _name in card.settings],
                "minutes": card.minutes,
                "languages": list(card.languages),
            }
            for card in shown
        ],
        "texts": {name: render(text, lang) for name, text in texts.items()},
    }
