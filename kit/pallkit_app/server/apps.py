"""The pages with a kernel: a case, and each of the tools.

The head of a page is sent before the kernel is asked for, so that a reader has the
patient in front of them while it starts. What Voila renders comes after it, and last
the footer: one answer in three parts.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import aclosing
from typing import Any

from tornado import iostream, web

from pallkit import content
from pallkit.cases.values import LEVELS
from pallkit.i18n import render
from pallkit.privacy import holds_identity_number
from pallkit_app.server import gallery
from pallkit_app.server.delivery.first_step import first_step
from pallkit_app.server.delivery.rendering import RenderedPage, SessionEndedError
from pallkit_app.server.headers import APP_POLICY
from pallkit_app.server.limits.desk import Desk
from pallkit_app.server.limits.gate import Refusal, RefusedError, Seat
from pallkit_app.server.limits.refusals import turn_away
from pallkit_app.server.pages import Answer
from pallkit_app.server.site import Place
from pallkit_app.server.tools import Tool

_log = logging.getLogger(__name__)

# Where a page's template is cut in two to let Voila's part in.
_CUT = "<!-- the notebook -->"
_FAILED = "<div data-failed></div>"
# Characters of a prepared patient in the address. Longer ones are left out of our links.
_LONGEST_STATE = 800


class AppPage(Answer, RenderedPage):
    """A notebook between our header and our footer."""

    notebook = ""
    template = "app.html.j2"
    media_type = "text/html"

    def set_default_headers(self) -> None:
        """Let the widgets' modules in, and nothing else."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", APP_POLICY)

    @property
    def desk(self) -> Desk:
        """Where a session is asked for."""
        found: Desk = self.settings["desk"]
        return found

    def head(self) -> None:
        """Answer as GET would now, without starting a kernel."""
        place, context = self.subject()
        refusal = self.desk.asks(self.request)
        if refusal is not None:
            self.refuse(refusal, place, context)

    def refuse(self, refusal: Refusal, place: Place, context: dict[str, Any]) -> None:
        """Answer that there is no session now, and when to ask again."""
        turn_away(self, refusal, place, _title(context))

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Return where the reader is and what the template shows; 404 if it does not exist."""
        raise NotImplementedError

    async def get(self, path: str | None = None) -> None:  # noqa: ARG002  # voila's signature
        """Send the head, then what the notebook shows, then the foot."""
        place, context = self.subject()
        if self.asked("frame"):  # the page around a widget that runs already
            self._begin(place)
            self.finish("".join(self._page(place, context)))
            return
        try:
            with self.desk.gate.seat(self.desk.visitors.group(self.request)) as seat:
                self._begin(place)
                await self._send(seat, *self._page(place, context))
        except RefusedError as refused:
            self.refuse(refused.refusal, place, context)

    def _begin(self, place: Place) -> None:
        self.set_header("Content-Type", f"{self.media_type}; charset=utf-8")
        self.set_header("Content-Language", place.lang)
        self.set_header("Cache-Control", "no-store")

    def _page(self, place: Place, context: dict[str, Any]) -> list[str]:
        context["widgets"] = self.shown_in(self.notebook)
        return self.site.page(self.template, place, cut=_CUT, **context).split(_CUT)

    async def _send(self, seat: Seat, head: str, foot: str) -> None:
        self.write(head)
        try:
            await self._send_notebook()
            self.finish(foot)
        except iostream.StreamClosedError:
            _log.debug("The reader left before %s was ready", self.notebook)
            if seat.kernel_id is not None:
                await self.desk.kernels.end(seat.kernel_id, "left")

    async def _send_notebook(self) -> None:
        begun = time.monotonic()
        try:
            await self.flush()
            async with (
                asyncio.timeout(self.desk.limits.start_seconds),
                aclosing(self.get_generator(path=self.notebook)) as parts,
            ):
                async for part in parts:
                    self.write(part)
                    await self.flush()
        except iostream.StreamClosedError:
            raise
        except SessionEndedError:
            _log.debug("The session ended before %s was ready", self.notebook)
            self.write(_FAILED)
        except Exception:  # noqa: BLE001  # the status is sent: all that is left is to say so
            _log.exception("%s could not be shown", self.notebook)
            self.write(_FAILED)
        else:
            self.desk.meter.started(time.monotonic() - begun)


def _title(context: dict[str, Any]) -> str:
    """What the reader came for, as its page calls it."""
    return str(context["title"] if "title" in context else context["card"].title)


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
        first = first_step(card.id, self.reader_language, level)
        return place, {"card": card, "title": card.title, "here": "cases", "first": first}


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
