"""A case for a group: the address everyone opens, and the same as a QR code.

The address must be the one the visitor's browser uses, and a server does not know its own:
it takes the host from the request, which anyone may write. So it is taken only in the shape
of a host, is shown only to the one who sent it, and the page's script compares it with the
browser's own before a QR code is trusted.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import segno

_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(
    rf"(?=.{{1,200}}\Z)({_LABEL}(\.{_LABEL})*\.?|\[(?P<number>[0-9a-f:.]{{2,45}})\])(:[0-9]{{1,5}})?",
    re.IGNORECASE,
)
# Modules of nothing around a code, without which a phone may not find it.
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code as an SVG path: ``size`` modules each way with the quiet zone, and ``path``."""

    size: int
    path: str


def origin(headers: Mapping[str, str], protocol: str, *, secure: bool = False) -> str | None:
    """Where the visitor's browser found us, as «https://host:port»; None for no proper host.

    ``protocol`` is what reached us, perhaps by a proxy that was asked over https; ``secure``
    is the browser's own word that it was, where the proxy has not told.
    """
    host = headers.get("Host", "")
    found = _HOST.fullmatch(host)
    if not found or not _is_sound(found["number"]):
        return None
    told = headers.get("X-Forwarded-Proto", protocol)
    told = told.partition(",")[0].strip().lower()  # the first proxy is the browser's
    return f"{'https' if secure or told == 'https' else 'http'}://{host.lower()}"


def only_here(address: str) -> bool:
    """Whether only the machine the server runs on can open the address."""
    host = (urlsplit(address).hostname or "").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return False
    return number.is_loopback or number.is_unspecified


def _is_sound(number: str | None) -> bool:
    try:
        return number is None or bool(ipaddress.IPv6Address(number))
    except ValueError:  # between brackets stand such alone
        return False


def code(address: str) -> Code:
    """Draw an address as a QR code that is read with up to 15 % of it hidden or dirty."""
    rows = segno.make_qr(address, error="m").matrix
    path = "".join(
        f"M{run.start() + _QUIET} {number + _QUIET}h{len(run[0])}v1h-{len(run[0])}z"
        for number, row in enumerate(rows)
        for run in re.finditer("1+", "".join(str(int(module)) for module in row))
    )
    return Code(len(rows) + 2 * _QUIET, path)
