"""The pages without a kernel: start, about, and what is said when nothing is found."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from tornado import web

from pallkit import __version__
from pallkit.content import case_ids
from pallkit.i18n import Language, language, render
from pallkit.signing import day_words
from pallkit_app.modules import module_ids
from pallkit_app.server import choosing, gallery, shelf
from pallkit_app.server.headers import HEADERS
from pallkit_app.server.site import Place, Site, report_text
from pallkit_app.server.statement import statement
from pallkit_app.server.tools import TOOLS

# The pages that are not cases, as their footers name them.
_NAMED = (
    *("start", "kasus", "moduler", "om", "personvern", "tilgjengelighet"),
    *("feil-404", "feil-500"),
    *(tool.name for tool in TOOLS),
)

_log = logging.getLogger(__name__)


class Answer(web.RequestHandler):
    """What every answer of ours has in common: the headers, and errors a reader can read.

    Mixed in before tornado's and Jupyter's own handlers, so that none of them answers an
    error with its own page, its own policy or the name of a file.
    """

    def set_default_headers(self) -> None:
        """Set the security headers; no header says which server this is."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    @property
    def site(self) -> Site:
        """This server's settings and templates."""
        found: Site = self.settings["site"]
        return found

    @property
    def reader_language(self) -> Language:
        """The language asked for, else bokmål."""
        return language(
            self.request.query_arguments.get("lang", [b""])[-1].decode("ascii", "replace")
        )

    def place(
        self,
        content: str,
        *,
        version: str = __version__,
        path: str = "",
        query: Mapping[str, str] | None = None,
    ) -> Place:
        """Say where the reader is. ``query`` is what must survive a change of language."""
        return Place(
            base_url=self.site.base_url,
            path=path or self.own_path,
            lang=self.reader_language,
            content=content,
            version=version,
            query=tuple((query or {}).items()),
        )

    @property
    def own_path(self) -> str:
        """The path asked for, below the server's base address."""
        base = self.site.base_url.rstrip("/")
        return urlsplit(self.request.path).path.removeprefix(base) or "/"

    def asked(self, name: str) -> str:
        """One value of the query, or nothing."""
        return self.get_query_argument(name, "")

    def log_exception(self, *error: Any) -> None:
        """Keep bugs in the log, with their traceback; a wrong address is not a bug."""
        if not isinstance(error[1], web.HTTPError):
            _log.error("%s failed", self.own_path, exc_info=error)

    def write_error(self, status_code: int, **_reason: Any) -> None:
        """Say what happened and where to go, never how the server is made."""
        if status_code == 403:  # what may not be read is not there
            status_code = 404
            self.set_status(status_code)
        kind = {404: "not-found", 405: "not-found"}.get(
            status_code, "failed" if status_code >= 500 else "not-understood"
        )
        place = self.place(f"feil-{status_code}", path="/")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.site.page("error.html.j2", place, kind=kind, status=status_code))


class Page(Answer):
    """A page from a template. Answers HEAD as GET, without the text."""

    def head(self, *path: str) -> None:
        """Answer as GET would; tornado leaves the text out."""
        self.get(*path)

    def show(self, template: str, place: Place, **context: Any) -> None:
        """Write the page; browsers ask again each time, and get a short answer when unchanged."""
        self.set_header("Cache-Control", "no-cache")
        self.set_header("Content-Language", place.lang)
        self.finish(self.site.page(template, place, **context))


class StartPage(Page):
    """What this is, and the way in."""

    def get(self) -> None:
        """Show a search, three cases (in the reader's language first), the modules, the tools."""
        place = self.place("start")
        cards = [card for card in gallery.cards(place.lang) if not card.withdrawn]
        self.show(
            "start.html.j2",
            place,
            cards=sorted(cards, key=lambda card: card.lang != place.lang)[:3],
            topics=choosing.first_topics(cards),
            wanted=choosing.Wanted(),
            longest=choosing.LONGEST_QUERY,
            modules=shelf.cards(self.site.modules, place.lang),
        )


class AboutPage(Page):
    """What PallKit is for and not for, and its licence."""

    def get(self) -> None:
        """Show the page."""
        self.show("about.html.j2", self.place("om"))


class PrivacyPage(Page):
    """What is kept where, and for how long."""

    def get(self) -> None:
        """Show the page."""
        self.show("privacy.html.j2", self.place("personvern"))


class AccessibilityPage(Page):
    """The draft of the accessibility statement."""

    def get(self) -> None:
        """Show the page."""
        place, told = self.place("tilgjengelighet"), statement()
        self.show(
            "accessibility.html.j2",
            place,
            told=told,
            day=day_words(told.results.on),
            tested_with=", ".join(f"{name} {version}" for name, version in told.tools.items()),
        )


class ReportPage(Page):
    """What to send, and to whom, where the server has no address for reports."""

    def get(self) -> None:
        """Show the text of the report, made from a page's own footer link."""
        shown = self.asked("content")
        known = (*case_ids(), *module_ids(self.site.modules), *_NAMED)
        content = shown if shown in known else "start"
        version = self._plain("version", r"\d{1,3}(\.\d{1,3}){0,2}", __version__)
        page = self._plain("page", r"/[a-z0-9/-]{0,100}", "/")
        about = {"content": content, "version": version, "page": page}
        place = self.place("meld-fra", query=about)
        text = render(report_text(content, version, page), place.lang)
        self.show("report.html.j2", place, text=text)

    def _plain(self, name: str, shape: str, otherwise: str) -> str:
        value = self.asked(name)
        return value if re.fullmatch(shape, value) else otherwise


class NothingHere(Answer):
    """Every address that is not on the server's list."""

    def prepare(self) -> None:
        """Answer 404 to any method."""
        raise web.HTTPError(404)
