"""Where a reader is, and how a page is written for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jinja2

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import DEFAULT, LANGUAGES, Language, Message, _, render
from pallkit_app.server.tools import TOOLS

TEMPLATES = Path(__file__).parent / "templates"

# The main menu: what a page calls itself to be marked as the present one, address, name.
MENU = (
    ("cases", "/kasus", _("Cases")),
    ("modules", "/moduler", _("Modules")),
    *((tool.name, tool.path, tool.menu) for tool in TOOLS),
    ("about", "/om", _("About")),
)

# Each language is named in itself: a reader looks for their own word.
LANGUAGE_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


@dataclass(frozen=True, slots=True)
class Place:
    """Which page, in which language, showing which version of what.

    ``query`` holds only what the page understands, so that a change of language or a
    report of an error carries nothing else a reader may have typed into the address.
    """

    base_url: str
    path: str
    lang: Language
    content: str
    version: str = __version__
    query: tuple[tuple[str, str], ...] = ()

    def url(self, path: str, **query: str) -> str:
        """Address of another page of ours, in the reader's language."""
        return self._address(path, tuple(query.items()), self.lang)

    def speaking(self, lang: Language) -> Place:
        """The same place for a reader of another language."""
        return replace(self, lang=lang)

    def here(self, lang: Language) -> str:
        """Address of this page in another language."""
        return self._address(self.path, self.query, lang)

    def _address(self, path: str, query: tuple[tuple[str, str], ...], lang: Language) -> str:
        asked = [(name, value) for name, value in query if value]
        if lang != DEFAULT:
            asked.append(("lang", lang))
        tail = f"?{urlencode(asked)}" if asked else ""
        return f"{self.base_url.rstrip('/')}{path}{tail}"


@dataclass(frozen=True, slots=True)
class Site:
    """This server: what it is told by its settings, and its templates.

    ``static_copy``: the pages are to be kept as files, where Python runs in the browser.
    """

    base_url: str
    report_address: str
    modules: Path
    asset: Callable[[str], str]
    static_copy: bool = False

    def page(self, template: str, place: Place, **context: Any) -> str:
        """Write a page. Every text in it is rendered in the language of ``place``."""

        def said(text: str | Message, /, **params: str | int) -> str:
            message = _(text, **params) if isinstance(text, str) else text
            return render(message, place.lang)

        return _ENVIRONMENT.get_template(template).render(
            _=said,
            place=place,
            lang=place.lang,
            menu=[(key, path, said(name)) for key, path, name in MENU],
            tools=TOOLS,
            languages=[(code, LANGUAGE_NAMES[code], place.here(code)) for code in LANGUAGES],
            asset=self.asset,
            report=self.report_link(place),
            report_address=self.report_address,
            static_copy=self.static_copy,
            purpose=said(INTENDED_PURPOSE),
            watermark=said(WATERMARK),
            release=__version__,
            **context,
        )

    def report_link(self, place: Place) -> str:
        """A letter ready to send; without an address, the page that says what to do."""
        if not self.report_address:
            return place.url(
                "/meld-fra", content=place.content, version=place.version, page=place.path
            )
        subject = render(_("Error in PallKit: {content}", content=place.content), place.lang)
        body = render(report_text(place.content, place.version, place.here(place.lang)), place.lang)
        return f"mailto:{quote(self.report_address, '@')}?" + "&".join(
            f"{part}={quote(text)}" for part, text in (("subject", subject), ("body", body))
        )


def report_text(content: str, version: str, page: str) -> Message:
    """What whoever mends the content needs to know, below room for what was seen."""
    return _(
        "What was wrong:\n\n\nContent: {content}, version {version}\nPage: {page}\n"
        "PallKit {release}\nDo not write anything about real patients.",
        content=content,
        version=version,
        page=page,
        release=__version__,
    )


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
