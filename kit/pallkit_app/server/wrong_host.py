"""What a request gets that came under another's name: a short page, and nothing of ours."""

from __future__ import annotations

import base64
import hashlib
import logging
from typing import Any

from tornado import web
from tornado.httputil import HTTPServerRequest
from tornado.routing import Matcher, Rule

from pallkit_app.server.hosts import Hosts
from pallkit_app.server.pages import Answer
from pallkit_app.server.site import TEMPLATES

# Its style stands in the page: a file of ours could not be had under that name either.
_STYLE = (TEMPLATES / "wrong_host.css").read_text("utf-8")
_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
_log = logging.getLogger(__name__)
_said: set[int] = set()


class _Strange(Matcher):
    """Matches each request under a name that is not the server's."""

    def __init__(self, hosts: Hosts) -> None:
        self._hosts = hosts

    def match(self, request: HTTPServerRequest) -> dict[str, Any] | None:
        """Answer to any path and method; None leaves the request to the pages."""
        return None if self._hosts.known(request.headers.get("Host", "")) else {}


class WrongHost(Answer):
    """The page, whatever was asked for."""

    def set_default_headers(self) -> None:
        """Let nothing in but its own style."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", POLICY)

    def prepare(self) -> None:
        """Say that this is not the address, and to the log, once, how a name is allowed."""
        if not _said:
            _said.add(421)
            _log.warning(
                "A page was asked for under a name that is not this server's, and was refused. "
                "If visitors use that name: pallkit serve --allowed-host NAME, or "
                "c.PallkitServer.allowed_hosts in pallkit_config.py."
            )
        self.set_status(421)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        place = self.place("feil-421", path="/")
        self.set_header("Content-Language", place.lang)
        self.finish(self.site.page("wrong_host.html.j2", place, style=_STYLE))


def guard(application: web.Application, hosts: Hosts) -> None:
    """Let nothing through to ``application`` that does not come under one of its names."""
    application.default_router.rules.insert(0, Rule(_Strange(hosts), WrongHost))
