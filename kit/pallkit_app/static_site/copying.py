"""Every page the server has, found by following its own links, with the files they load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from posixpath import dirname, join, normpath

from pallkit.i18n import LANGUAGES
from pallkit_app.server.delivery import front_ends
from pallkit_app.static_site.addresses import START, Spot, asset_file, find
from pallkit_app.static_site.asking import Source

# What the server's pages draw their widgets with.
_CLIENT = re.compile(r'<(?:script|link)\b[^>]*"(?:/voila/|/static/client\.)[^>]*>(?:</script>)?\n?')
ADDRESS = re.compile(r'(?<=\s)(href|src|action|data-address)="(/[^"]*)"')
# What a file loads that lies beside it.
_LOADED = {
    ".js": re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']"""),
    ".css": re.compile(r"""url\(\s*["']?((?!data:)[^"')#]+)"""),
}
_INSTEAD = Path(__file__).parent / "instead"
NOWHERE = "/finnes-ikke"


@dataclass
class Copied:
    """What was fetched: pages as the server wrote them, and files by their name."""

    pages: dict[Spot, str] = field(default_factory=dict)
    missing: dict[Spot, str] = field(default_factory=dict)
    assets: dict[str, bytes] = field(default_factory=dict)


def copy(server: Source) -> Copied:
    """Fetch every page that can be reached from the start pages, and all they load."""
    copied = Copied()
    waiting = list(START)
    while waiting:
        spot = waiting.pop()
        if spot not in copied.pages:
            text = _CLIENT.sub("", server.get(spot.asked).decode())
            copied.pages[spot] = text
            waiting += _linked(text)
    for lang in LANGUAGES:
        spot = Spot(NOWHERE, lang)
        copied.missing[spot] = server.get(spot.asked, status=404).decode()
    for name in front_ends.files():
        _fetch(server, f"/static/widgets/{name}", copied.assets)
    for text in (*copied.pages.values(), *copied.missing.values()):
        for address in _assets(text):
            _fetch(server, address, copied.assets)
    return copied


def _linked(text: str) -> Iterator[Spot]:
    for _name, written in ADDRESS.findall(text):
        found = find(unescape(written))
        if found and found.spot:
            yield found.spot


def _assets(text: str) -> Iterator[str]:
    for _name, written in ADDRESS.findall(text):
        found = find(unescape(written))
        if found and found.asset:
            yield found.asset


def _fetch(server: Source, address: str, into: dict[str, bytes]) -> None:
    name = asset_file(address)
    if name in into:
        return
    own = _INSTEAD / Path(name).name
    into[name] = own.read_bytes() if own.is_file() else server.get(address)
    pattern = _LOADED.get(Path(name).suffix)
    for each in pattern.findall(into[name].decode()) if pattern else ():
        beside = normpath(join(dirname(name), each.partition("?")[0]))
        _fetch(server, f"/static/{beside}", into)
