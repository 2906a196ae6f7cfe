"""The addresses of the page. Every answer has the headers, every request passes the guard."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from tornado import web

from pallkit.errors import PallkitError
from pallkit.i18n import Language, _, language, render
from pallkit_app.marking_page.actions import Desk
from pallkit_app.marking_page.guard import HEADER, HEADERS, Guard
from pallkit_app.marking_page.page import entrance, page, served
from pallkit_app.marking_page.sitting import Hand, Pile, piles
from pallkit_app.marking_page.view import (
    Reader,
    around,
    history_view,
    item_view,
    overview,
    task_view,
)
from pallkit_grading.manual import ChangedMeanwhileError, notice_formgrader

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Shop:
    """What every handler needs."""

    guard: Guard
    desk: Desk
    start: str = ""


class Guarded(web.RequestHandler):
    """What comes before every answer."""

    shop: Shop

    def initialize(self, shop: Shop) -> None:
        """Take the server's own."""
        self.shop = shop

    def set_default_headers(self) -> None:
        """Set the headers; none says which server this is."""
        for name, value in HEADERS.items():
            self.set_header(name, value)
        self.clear_header("Server")

    def prepare(self) -> None:
        """Turn away what does not come from our page in the right browser on this machine."""
        guard = self.shop.guard
        if self.request.remote_ip not in ("127.0.0.1", "::1"):
            raise web.HTTPError(HTTPStatus.FORBIDDEN)
        if not guard.right_host(self.request.host):
            raise web.HTTPError(HTTPStatus.FORBIDDEN)
        if self.request.method not in ("GET", "HEAD"):
            sent = self.request.headers
            from_page = guard.right_origin(sent.get("Origin"), sent.get("Sec-Fetch-Site"))
            if not from_page or not guard.right_page(sent.get(HEADER)):
                raise web.HTTPError(HTTPStatus.FORBIDDEN)
        if not self.open_to_all and not guard.is_in(self.get_cookie(guard.cookie_name)):
            raise web.HTTPError(HTTPStatus.FORBIDDEN)

    open_to_all = False
    """Whether it may be asked for without the cookie."""

    @property
    def lang(self) -> Language:
        """The language asked for, else bokmål."""
        return language(self.get_query_argument("lang", ""))

    @property
    def reader(self) -> Reader:
        """Who the answer is for."""
        return Reader(self.lang, self.get_query_argument("anonymous", "") == "1")

    def log_exception(self, *error: Any) -> None:
        """Keep bugs in the log; what was asked wrongly is none, and names nobody."""
        if not isinstance(error[1], web.HTTPError):
            _log.error("%s failed", self.request.path, exc_info=error)

    def write_error(self, status_code: int, **_reason: Any) -> None:
        """Say it in words, in the language asked for, without what the server is made of."""
        words = {
            403: _("This address is not open to you. Use the one in the terminal; it works once."),
            404: _("There is nothing at this address."),
        }.get(status_code, _("Something went wrong. What you wrote is still in the browser."))
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish(render(words, self.lang) + "\n")


class Start(Guarded):
    """The page itself, and the way in by the token of the address."""

    open_to_all = True

    def get(self) -> None:
        """Exchange the token for the cookie, or send the page."""
        guard = self.shop.guard
        token = self.get_query_argument("token", None)
        if token is not None:
            self._let_in(token)
        elif guard.is_in(self.get_cookie(guard.cookie_name)):
            self.set_header("Content-Type", "text/html; charset=utf-8")
            self.finish(page(self.shop.desk.sitting, self.lang, guard.page, self.shop.start))
        else:
            raise web.HTTPError(HTTPStatus.FORBIDDEN)

    def _let_in(self, token: str) -> None:
        guard = self.shop.guard
        if not guard.is_in(self.get_cookie(guard.cookie_name)):
            cookie = guard.let_in(token)
            if cookie is None:
                raise web.HTTPError(HTTPStatus.FORBIDDEN)
            self.set_cookie(guard.cookie_name, cookie, httponly=True, samesite="Strict", path="/")
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(entrance(self.lang))


class Asset(Guarded):
    """A style sheet, script or font, by a name on a list."""

    open_to_all = True  # nothing in them is anybody's

    def get(self, name: str) -> None:
        """Send it."""
        found = served().get(name)
        if found is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        kinds = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
        kind = kinds.get(found.suffix)
        self.set_header("Content-Type", f"{kind}; charset=utf-8" if kind else "font/woff2")
        self.finish(found.read_bytes())


class Data(Guarded):
    """What the script asks for, as JSON. The database is left when the answer is written."""

    @contextmanager
    def answering(self) -> Iterator[Desk]:
        """The desk; faults become an answer that the page can show, with what was typed kept."""
        desk = self.shop.desk
        try:
            yield desk
        except ChangedMeanwhileError as error:
            self._refuse(HTTPStatus.CONFLICT, error)
        except PallkitError as error:
            self._refuse(HTTPStatus.UNPROCESSABLE_ENTITY, error)
        except SQLAlchemyError as error:
            _log.warning("the gradebook did not answer: %s", type(error).__name__)
            busy = _("The gradebook does not answer just now. It is tried again.")
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, PallkitError(busy))
        finally:
            desk.book.db.rollback()  # no transaction is left open while the page is read

    def _refuse(self, status: HTTPStatus, error: PallkitError) -> None:
        self.shop.desk.book.db.rollback()
        self.set_status(status)
        self.send({"error": render(error.message, self.lang)})

    def send(self, value: object) -> None:
        """Write ``value`` as JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(value, ensure_ascii=False))

    def place(self, desk: Desk, task: str, item: str) -> tuple[Pile, Hand]:
        """The hand-in that is asked about; 404 when there is no such task."""
        pile = piles(desk.book, desk.sitting).get(task)
        if pile is None:
            raise web.HTTPError(HTTPStatus.NOT_FOUND)
        return pile, pile.hand(item)


class Overview(Data):
    """Every task and how far it has come."""

    def get(self) -> None:
        """Look for marks of formgrader first, so that all is told."""
        with self.answering() as desk:
            for assignment in desk.sitting.assignments:
                notice_formgrader(desk.book.db, assignment)
            self.send(overview(desk.book, desk.sitting, self.reader))


class OneTask(Data):
    """One task across all trainees."""

    def get(self, task: str) -> None:
        """Send it."""
        with self.answering() as desk:
            found = task_view(desk.book, desk.sitting, task, self.reader)
            if found is None:
                raise web.HTTPError(HTTPStatus.NOT_FOUND)
            self.send(found)


class OneItem(Data):
    """One hand-in of a task: how it stands, and what is to be done to it."""

    def get(self, task: str, item: str) -> None:
        """Send how it stands now."""
        with self.answering() as desk:
            self._send_item(desk, task, item)

    def post(self, task: str, item: str) -> None:
        """Do what is asked, and send how it stands then."""
        with self.answering() as desk:
            asked = self._asked()
            pile, hand = self.place(desk, task, item)
            doings = {"mark": desk.mark, "settle": desk.settle, "appeal": desk.appeal}
            do = doings.get(str(asked.get("do")))
            if do is None:
                raise web.HTTPError(HTTPStatus.BAD_REQUEST)
            do(pile, hand, asked)
            self._send_item(desk, task, item)

    def _asked(self) -> dict[str, Any]:
        kind = self.request.headers.get("Content-Type", "").partition(";")[0]
        try:
            asked = json.loads(self.request.body)
        except (ValueError, RecursionError):
            asked = None
        if kind != "application/json" or not isinstance(asked, dict):
            raise web.HTTPError(HTTPStatus.BAD_REQUEST)
        return asked

    def _send_item(self, desk: Desk, task: str, item: str) -> None:
        pile, hand = self.place(desk, task, item)
        known = around(desk.book, desk.sitting)[hand.assignment]
        self.send(item_view(desk.sitting, pile, hand, known, self.reader))


class ItemHistory(Data):
    """What has happened to one task of one hand-in."""

    def get(self, task: str, item: str) -> None:
        """Send it, newest first."""
        with self.answering() as desk:
            _pile, hand = self.place(desk, task, item)
            self.send(history_view(desk.book, desk.sitting, hand, task, self.reader))


class Nothing(Guarded):
    """Any other address."""

    def get(self) -> None:
        """Say that there is nothing."""
        raise web.HTTPError(HTTPStatus.NOT_FOUND)
