"""Files that are sent as they are: compressed once, not once for each reader."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property

import brotli

# Pictures and fonts are compressed already.
_TEXT = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True)
class Packed:
    """One file as it may be sent. ``kind`` is its media type."""

    body: bytes
    kind: str

    @cached_property
    def digest(self) -> str:
        """The first digits of the content's hash: a changed file has another."""
        return hashlib.sha256(self.body).hexdigest()[:12]

    @cached_property
    def _brotli(self) -> bytes:
        squeezed: bytes = brotli.compress(self.body, quality=9)  # 11: six times as long, 6 % less
        return squeezed

    @cached_property
    def _gzip(self) -> bytes:
        return gzip.compress(self.body, 9, mtime=0)

    def accepted(self, encodings: str) -> tuple[str, bytes]:
        """The smallest form that ``encodings`` allows, and its name; "" is the file as it is.

        ``encodings`` is the request's Accept-Encoding.
        """
        if not self.kind.startswith(_TEXT):
            return "", self.body
        asked = _weights(encodings)
        if asked.get("br"):
            return "br", self._brotli
        if asked.get("gzip"):
            return "gzip", self._gzip
        return "", self.body


def _weights(header: str) -> dict[str, bool]:
    """Name each coding of an Accept-Encoding; whether it is wanted at all (``q=0`` is not)."""
    wanted = {}
    for part in header.lower().split(","):
        name, _, weight = part.replace(" ", "").partition(";q=")
        wanted[name] = weight.strip("0.") != "" or not weight
    return wanted
