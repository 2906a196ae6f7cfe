"""Who may ask: the browser of the one who started the command, on this machine, and no page else.

The address that is printed holds a token that works once. It is exchanged for a cookie that
scripts cannot read and that no other site's request carries. Requests under another host name
(a rebound DNS name), from another origin (another program's page on this machine) or without
the page's own header are turned away before anything is looked up.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

HEADER = "X-PallKit-Page"
"""The header that the page's own script sends; no other page can make a browser send it."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}

_KEPT = 20
"""Tokens that were used already and are still known; an older one is as good as none."""


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass
class Guard:
    """The door of one server. ``announce`` is told each new address."""

    port: int
    announce: Callable[[str], None]
    lang: str
    page: str = field(default_factory=_secret)
    _cookie: str = field(default_factory=_secret)
    _token: str = field(default_factory=_secret)
    _used: list[str] = field(default_factory=list)

    @property
    def cookie_name(self) -> str:
        """Cookies are shared by all ports of a host, so each server has a name of its own."""
        return f"pallkit-{self.port}"

    @property
    def address(self) -> str:
        """The address to open once."""
        return f"http://127.0.0.1:{self.port}/?lang={self.lang}&token={self._token}"

    def right_host(self, host: str) -> bool:
        """Whether a request was sent to this machine by a name that only it has."""
        return host in self._hosts

    def right_origin(self, origin: str | None, site: str | None) -> bool:
        """Whether a request that changes something comes from our own page."""
        if site is not None and site != "same-origin":
            return False
        return origin is not None and origin in {f"http://{host}" for host in self._hosts}

    def right_page(self, header: str | None) -> bool:
        """Whether our own script sent it."""
        return header is not None and hmac.compare_digest(header.encode(), self.page.encode())

    def let_in(self, token: str) -> str | None:
        """The cookie for a token that has not been used; a used one has a new address printed.

        Only who has seen the terminal can bring a used token, so strangers cannot make it print.
        """
        if hmac.compare_digest(token.encode(), self._token.encode()):
            self._used = [*self._used[-_KEPT:], self._token]
            self._token = _secret()
            return self._cookie
        if any(hmac.compare_digest(token.encode(), one.encode()) for one in self._used):
            self._used = [one for one in self._used if one != token]
            self.announce(self.address)
        return None

    def is_in(self, cookie: str | None) -> bool:
        """Whether a cookie is the one that was given."""
        return cookie is not None and hmac.compare_digest(cookie.encode(), self._cookie.encode())

    @property
    def _hosts(self) -> tuple[str, str]:
        return (f"127.0.0.1:{self.port}", f"localhost:{self.port}")
