"""Our HTML with only the tags that another platform lets through, well-formed as XML."""

from __future__ import annotations

from collections.abc import Collection
from html import escape
from html.parser import HTMLParser

FLAT = frozenset({"p", "br", "strong", "em"})
"""What every platform lets through: paragraphs and emphasis."""

WITH_LISTS = FLAT | {"ul", "ol", "li", "a"}
"""All that a case's Markdown can become."""

_EMPTY = frozenset({"br"})


def with_tags(html: str, allowed: Collection[str] = WITH_LISTS) -> str:
    """``html`` with other tags taken away and their words kept.

    A list becomes paragraphs with a dash, and a link is followed by its address.
    """
    reader = _Reader(allowed)
    reader.feed(html)
    reader.close()
    return "".join(reader.written).strip()


def words_of(html: str) -> str:
    """The words alone, on one line, not escaped."""
    reader = _Words()
    reader.feed(html)
    reader.close()
    return " ".join("".join(reader.written).split())


class _Reader(HTMLParser):
    def __init__(self, allowed: Collection[str]) -> None:
        super().__init__(convert_charrefs=True)
        self._allowed = allowed
        self._links: list[str] = []
        self._dash = ""
        self._open = False
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        address = dict(attrs).get("href") or ""
        if tag == "a":
            self._links.append(address)
        if tag in {"ul", "ol"}:
            self._end_item()
        if tag in self._allowed:
            link = f' href="{escape(address)}"' if tag == "a" else ""
            dash, self._dash = (self._dash, "") if tag == "p" else ("", self._dash)
            self._begin_item(tag)
            self.written.append(f"<{tag}{link}{'/' if tag in _EMPTY else ''}>{dash}")
        elif tag == "li":
            self._dash = "– "
        elif tag == "br":
            self.written.append(" ")

    def handle_endtag(self, tag: str) -> None:
        address = self._links.pop() if tag == "a" and self._links else ""
        if tag == "li":
            self._end_item()
        if tag in self._allowed:
            if tag not in _EMPTY:
                self.written.append(f"</{tag}>")
        elif tag == "a" and address:
            self.written.append(f" ({escape(address)})")

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._begin_item("")
        self.written.append(escape(data, quote=False))

    def _begin_item(self, tag: str) -> None:
        # An item of a list that is not let through is a paragraph of its own.
        if self._dash and tag != "p":
            self.written.append(f"<p>{self._dash}")
            self._dash, self._open = "", True

    def _end_item(self) -> None:
        if self._open:
            self.written.append("</p>")
        self._dash, self._open = "", False


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in {"p", "br", "li"}:
            self.written.append(" ")

    def handle_data(self, data: str) -> None:
        self.written.append(data)
