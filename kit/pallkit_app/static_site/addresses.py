"""Where a page of the server lies in the copy, and how one page names another.

A file server knows folders and nothing of queries, so what decides a page's text becomes its
folder: the language (bokmål at the top, ``nn/`` and ``en/`` beside it) and the case being played.
The rest of a query (a search, a level, a prepared patient) stays: the page's script reads it.
Every address is written from the page it stands on, so that the folder may lie anywhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from posixpath import relpath
from urllib.parse import parse_qsl, urlencode, urlsplit

from pallkit.i18n import DEFAULT, LANGUAGES, Language, language

_PLAYER = "/app/kasus"
_ASSETS = "/static/"


@dataclass(frozen=True, slots=True)
class Spot:
    """A page of the server: its path, its language, and the case that is played there."""

    path: str
    lang: Language = DEFAULT
    case: str = ""

    @property
    def folder(self) -> str:
        """The page's folder in the copy; empty for the top."""
        own = "" if self.lang == DEFAULT else self.lang
        return "/".join(part for part in (own, self.path.strip("/"), self.case) if part)

    @property
    def asked(self) -> str:
        """The server's address of the page, without the kernel that would draw its tools."""
        query = {"lang": self.lang, "case": self.case, "frame": "only" if self.tools else ""}
        return f"{self.path}?{urlencode({name: value for name, value in query.items() if value})}"

    @property
    def tools(self) -> bool:
        """Whether Python runs on the page."""
        return self.path.startswith(("/app/", "/modul/"))

    def speaking(self, lang: Language) -> Spot:
        """The same page in another language."""
        return replace(self, lang=lang)


START = tuple(Spot("/", lang) for lang in LANGUAGES)


@dataclass(frozen=True, slots=True)
class Found:
    """What an address on a page leads to: a page or (``asset``) a file, with query and place."""

    spot: Spot | None
    asset: str = ""
    tail: str = ""


def find(address: str) -> Found | None:
    """Read one of the server's own addresses; None for one that leads elsewhere."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return None
    if parts.path.startswith(_ASSETS):
        return Found(None, asset=address)
    asked = dict(parse_qsl(parts.query))
    lang = language(asked.pop("lang", DEFAULT))
    path = parts.path.rstrip("/") or "/"
    case = asked.pop("case", "") if path == _PLAYER else ""
    rest = f"?{urlencode(asked)}" if asked else ""
    place = f"#{parts.fragment}" if parts.fragment else ""
    return Found(Spot(path, lang, case), tail=rest + place)


def asset_file(address: str) -> str:
    """The file of an asset, below the folder of assets."""
    return urlsplit(address).path.removeprefix(_ASSETS)


@dataclass(frozen=True, slots=True)
class View:
    """A page as the place other addresses are written from.

    ``top``, where given, is the path of the whole copy: for a page that is shown at any address.
    """

    spot: Spot
    top: str = ""

    def to(self, target: str, *, folder: bool = False) -> str:
        """Write ``target``, a path below the copy's top."""
        seen = (
            f"{self.top}{target}" if self.top else relpath(target or ".", self.spot.folder or ".")
        )
        return f"{seen.rstrip('/')}/" if folder else seen
