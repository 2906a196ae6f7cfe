"""The pages with a kernel: a case, and each of the tools.

The head of a page is sent before the kernel is asked for, so that a reader has the
patient in front of them while it starts. What Voila renders comes after it, and last
the footer: one answer in three parts.
"""

from __future__ import annotations

import logging
from typing import Any

from tornado import iostream, web
from voila.tornado.handler import TornadoVoilaHandler

from pallkit import content
from pallkit.cases.values import LEVELS
from pallkit.i18n import render
from pallkit.privacy import holds_identity_number
from pallkit_app.server import gallery
from pallkit_app.server.headers import APP_POLICY
from pallkit_app.server.pages import Answer
from pallkit_app.server.site import Place
from pallkit_app.server.tools import Tool

_log = logging.getLogger(__name__)

# Where a page's template is cut in two to let Voila's part in.
_CUT = "<!-- the notebook -->"
_FAILED = "<div data-failed></div>"
# Voila keeps a slow connection open with an inline script, which our policy forbids.
_HEARTBEAT = "window.voila_heartbeat"
_ALIVE = "<!-- still working -->\n"
# Characters of a prepared patient in the address. Longer ones are left out of our links.
_LONGEST_STATE = 800


class AppPage(Answer, TornadoVoilaHandler):  # type: ignore[misc]  # voila has no types
    """A notebook between our header and our footer."""

    notebook = ""
    template = "app.html.j2"

    def set_default_headers(self) -> None:
        """Let the widgets' modules in, and nothing else."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", APP_POLICY)

    def head(self) -> None:
        """Answer without starting a kernel."""
        self.subject()

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Return where the reader is and what the template shows; 404 if it does not exist."""
        raise NotImplementedError

    async def get(self, path: str | None = None) -> None:  # noqa: ARG002  # voila's signature
        """Send the head, then what the notebook shows, then the foot."""
        place, context = self.subject()
        head, foot = self.site.page(self.template, place, cut=_CUT, **context).split(_CUT)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Language", place.lang)
        self.set_header("Cache-Control", "no-store")
        self.write(head)
        if not self.asked("frame"):  # else the page around a widget that runs already
            await self._send_notebook()
        self.finish(foot)

    async def _send_notebook(self) -> None:
        try:
            await self.flush()
            async for part in self.get_generator(path=self.notebook):
                self.write(_ALIVE if _HEARTBEAT in part else part)
                await self.flush()
        except iostream.StreamClosedError:
            _log.debug("The reader left before %s was ready", self.notebook)
        except Exception:  # noqa: BLE001  # the status is sent: all that is left is to say so
            _log.exception("%s could not be shown", self.notebook)
            self.write(_FAILED)


class CasePage(AppPage):
    """Play one case."""

    notebook = "apps/case.ipynb"

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Find the case; an unknown one is 404, and no kernel is started for it."""
        asked = self.get_query_argument("case", "")
        if asked not in content.case_ids():
            raise web.HTTPError(404)
        card = gallery.card(asked, self.reader_language)
        # The player takes a level the case has, and leaves any other.
        level = self.asked("level") if self.asked("level") in LEVELS else ""
        query = {"case": card.id, "level": level}
        place = self.place(card.id, version=card.version, query=query)
        return place, {"card": card, "title": card.title, "here": "cases"}


class ToolPage(AppPage):
    """One of :data:`pallkit_app.server.tools.TOOLS`."""

    def initialize(self, tool: Tool, **settings: Any) -> None:
        """Take the tool from the list of addresses."""
        super().initialize(**settings)
        self.tool = tool
        self.notebook = tool.notebook

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Name the page; it exists always."""
        place = self.place(self.tool.name, query={"q": self.state()})
        title = render(self.tool.title, place.lang)
        return place, {"card": None, "title": title, "here": self.tool.name}

    def state(self) -> str:
        """What the tool was set to by the address, as far as our own links may carry it.

        The notebook reads the address itself: a widget tells the reader what was wrong in
        it, so nothing is refused here.
        """
        asked = self.asked("q")
        fits = len(asked) <= _LONGEST_STATE and asked.isprintable()
        return asked if fits and not holds_identity_number(asked) else ""
