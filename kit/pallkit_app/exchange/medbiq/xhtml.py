"""Our texts as the XHTML a package holds, and back where they are plain.

What :func:`pallkit.texts.to_html` makes is HTML; the standard asks for XHTML 1.1, where
every element is closed and a list has no first number.
"""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from xml.etree.ElementTree import Element, SubElement

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
    """A tree of any HTML, however badly closed; only the attributes in ``kept`` stay."""
    builder = _Builder(kept)
    builder.feed(html)
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    """Builds a tree, closing what was left open, and flat below the deepest it goes."""

    def __init__(self, kept: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element(q(XHTML, "div"))
        self._kept, self._open = kept, [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._open) > _DEEPEST:
            return
        wanted = {key: value or "" for key, value in attrs if key in self._kept.get(tag, ())}
        made = SubElement(self._open[-1], q(XHTML, tag), wanted)
        if tag not in _ALONE:
            self._open.append(made)

    def handle_endtag(self, tag: str) -> None:
        names = [one.tag for one in self._open[1:]]
        if q(XHTML, tag) in names:
            last = len(names) - names[::-1].index(q(XHTML, tag))
            del self._open[last:]

    def handle_data(self, data: str) -> None:
        here = self._open[-1]
        if len(here):
            here[-1].tail = (here[-1].tail or "") + data
        else:
            here.text = (here.text or "") + data
