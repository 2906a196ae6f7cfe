"""Our texts as the XHTML a package holds, and back where they are plain.

What :func:`pallkit.texts.to_html` makes is HTML; the standard asks for XHTML 1.1, where
every element is closed and a list has no first number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from xml.etree.ElementTree import Element, SubElement, TreeBuilder  # build; do not parse

from pallkit.texts import to_html
from pallkit_app.exchange.medbiq.names import XHTML, q

_KEPT = {"a": ("href",)}
_ALONE = {"br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source"}
_DEEPEST = 60


def to_div(markdown: str) -> Element:
    """The text as one XHTML ``div``."""
    return html_tree(to_html(markdown), kept=_KEPT)


def plain(text: str) -> str:
    """One line: titles, labels and questions have no marks, here or there."""
    return " ".join(text.split())


def plain_div(*lines: str) -> Element:
    """A paragraph of plain text, or a list where there are several lines."""
    div = Element(q(XHTML, "div"))
    if len(lines) == 1:
        SubElement(div, q(XHTML, "p")).text = lines[0]
    elif lines:
        listed = SubElement(div, q(XHTML, "ul"))
        for line in lines:
            SubElement(listed, q(XHTML, "li")).text = line
    return div


def plain_lines(div: Element) -> list[str]:
    """What :func:`plain_div` was given, whatever the markup."""
    items = list(div.iter(q(XHTML, "li"))) or [div]
    lines = (plain("".join(item.itertext())) for item in items)
    return [line for line in lines if line]


def html_tree(html: str, *, kept: Mapping[str, tuple[str, ...]]) -> Element:
    """A tree of any HTML, however badly closed; only the attributes in ``kept`` stay.

    The library's own reader takes minutes for some short texts, and stops at others; this one
    looks at each sign a bounded number of times.
    """
    builder = _Builder(kept)
    at = 0
    while found := _TAG.search(html, at):
        builder.text(html[at : found.start()])
        at = found.end()
        if found[0] == "<!--":
            end = html.find("-->", at)
            at = len(html) if end < 0 else end + 3
        elif found["name"]:
            builder.tag(found)
    builder.text(html[at:])
    return builder.done()


_TAG = re.compile(
    r"<!--|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?P<rest>[^<>]{0,2000})>|<[!?][^<>]{0,2000}>"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]{1,20})\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"']+))")


class _Builder:
    """Builds a tree, closing what was left open, and flat below the deepest it goes."""

    def __init__(self, kept: Mapping[str, tuple[str, ...]]) -> None:
        self._kept = kept
        self._tree = TreeBuilder()
        self._open: list[str] = []
        self._tree.start(q(XHTML, "div"), {})

    def tag(self, found: re.Match[str]) -> None:
        name = found["name"].lower()
        if found["end"]:
            self._close(name)
        elif len(self._open) < _DEEPEST:
            self._tree.start(q(XHTML, name), self._attributes(name, found["rest"]))
            if name in _ALONE or found["rest"].endswith("/"):
                self._tree.end(q(XHTML, name))
            else:
                self._open.append(name)

    def text(self, text: str) -> None:
        if text:
            self._tree.data(unescape(text))

    def done(self) -> Element:
        for name in reversed(self._open):
            self._tree.end(q(XHTML, name))
        self._tree.end(q(XHTML, "div"))
        return self._tree.close()

    def _attributes(self, name: str, rest: str) -> dict[str, str]:
        wanted = self._kept.get(name, ())
        told = _ATTRIBUTE.findall(rest) if wanted else ()
        return {
            key.lower(): unescape(double or single or bare)
            for key, double, single, bare in told
            if key.lower() in wanted
        }

    def _close(self, name: str) -> None:
        while name in self._open:
            last = self._open.pop()
            self._tree.end(q(XHTML, last))
            if last == name:
                return
