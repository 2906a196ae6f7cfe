"""The frame of the page: what is filled by its script, and the words that the script uses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jinja2

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import LANGUAGES, Language, _, render
from pallkit_app.marking_page.sitting import Sitting
from pallkit_app.marking_page.words import WORDS
from pallkit_app.server import assets
from pallkit_app.server.site import LANGUAGE_NAMES

_HERE = Path(__file__).parent

_SHARED = ("designsystemet.css", "theme.css", "tokens.css", "page.css", "inter.woff2", "mark.svg")


@cache
def served() -> Mapping[str, Path]:
    """Every file that is served, by name."""
    shared = assets.files()
    own = {path.name: path for path in sorted((_HERE / "static").iterdir())}
    return {name: shared[name] for name in _SHARED} | own


def page(sitting: Sitting, lang: Language, secret: str, start: str) -> str:
    """Write the frame; ``secret`` is what the script sends with everything it asks for.

    ``start`` is the task to begin with, empty for the first that waits.
    """
    return _written(
        "marking.html.j2",
        lang,
        languages=[(code, LANGUAGE_NAMES[code]) for code in LANGUAGES],
        course=render(sitting.course.title, lang),
        sitting=sitting,
        secret=secret,
        start=start,
        words=json.dumps(
            {name: render(text, lang) for name, text in WORDS.items()}, ensure_ascii=False
        ),
        purpose=render(INTENDED_PURPOSE, lang),
        watermark=render(WATERMARK, lang),
    )


def entrance(lang: Language) -> str:
    """Write the page that leads on from the address with the token.

    A redirect would count as coming from wherever the address was opened, and the cookie, which
    no other site's link is to carry, would stay behind.
    """
    return _written("enter.html.j2", lang)


def _written(template: str, lang: Language, **context: object) -> str:
    def said(text: str, /, **params: str | int) -> str:
        return render(_(text, **params), lang)

    return _ENVIRONMENT.get_template(template).render(_=said, lang=lang, **context)


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_HERE / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
