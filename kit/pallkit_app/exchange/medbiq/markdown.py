"""The XHTML of a package as our Markdown: paragraphs, bold, italic, lists and links.

What has no place in it is put in other words (a heading becomes bold, a table's row a
line) or left out (a picture), and each is told of in ``lost``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pallkit.texts import to_html
from pallkit_app.exchange.medbiq.names import XHTML
from pallkit_app.exchange.medbiq.xhtml import html_tree

_BOLD = {"strong", "b", "h1", "h2", "h3", "h4", "h5", "h6", "th", "dt", "caption"}
_ITALIC = {"em", "i", "cite", "dfn", "var"}
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_BLOCKS = {
    *_HEADINGS, "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead",
    "tfoot", "tr", "blockquote", "pre", "address", "form", "fieldset", "section", "center",
    "hr", "caption",
}  # fmt: skip
_PICTURES = {"img", "object", "media", "embed", "video", "audio", "iframe", "applet", "svg"}
_SILENT = {"script", "style", "head", "title", "param", "source", "noscript"}
_LISTS = {"ul", "ol"}
_MARKS = re.compile(r"([\\`*_\[\]<>&!~|#])")
_FIRST = re.compile(r"^(\s*)([-+]|\d+(?=[.)]))", re.MULTILINE)
_OUTER_MARKS = re.compile(r"^\*+|(?<!\\)\*+$")
_LINK = re.compile(r"(?:https?://|mailto:)[^\s<>()\\]+", re.IGNORECASE)


def to_markdown(div: Element, lost: set[str]) -> str:
    """The text; ``lost`` gets “picture”, “table”, “heading” or “form” where there was one."""
    made = "\n\n".join(_blocks(div, lost)).strip()
    if _words(html_tree(to_html(made), kept={})) != _words(div):
        # Marks beside punctuation can come out as characters: then the words go first.
        made = "\n\n".join(_escaped(one) for one in _plain_blocks(div)).strip()
    return made


def escaped(text: str) -> str:
    """Plain text from outside as Markdown that shows exactly that text."""
    return _escaped(" ".join(text.split()))


def _blocks(here: Element, lost: set[str]) -> Iterator[str]:
    """The paragraphs and lists in an element that may also have text of its own."""
    line = _escape(here.text or "")
    for child in here:
        name = _name(child)
        if name in _BLOCKS:
            yield from _paragraph(line)
            line = ""
            yield from _block(child, name, lost)
        else:
            line += _inline(child, name, lost)
        line += _escape(child.tail or "")
    yield from _paragraph(line)


def _block(here: Element, name: str, lost: set[str]) -> Iterator[str]:
    if name in _LISTS:
        yield from _list(here, name, lost)
    elif name == "tr":
        lost.add("table")
        cells = [" ".join(_blocks(cell, lost)).replace("\n", " ") for cell in here]
        yield from _paragraph(" – ".join(cell for cell in cells if cell))
    elif name in _HEADINGS or name in {"dt", "caption"}:
        if name in _HEADINGS:
            lost.add("heading")
        for text in _blocks(here, lost):
            yield _around(text, "**")
    elif name != "hr":
        if name in {"form", "fieldset"}:
            lost.add("form")
        yield from _blocks(here, lost)


def _list(here: Element, name: str, lost: set[str]) -> Iterator[str]:
    lines = []
    for number, item in enumerate((one for one in here if _name(one) == "li"), start=1):
        mark = "- " if name == "ul" else f"{number}. "
        text = "\n\n".join(_blocks(item, lost)) or "\u00a0"
        first, *rest = text.split("\n")
        lines += [mark + first, *(" " * len(mark) + one if one else "" for one in rest)]
    if lines:
        yield "\n".join(lines)


def _inline(here: Element, name: str, lost: set[str]) -> str:
    if name in _PICTURES:
        lost.add("picture")
        return "".join(_inside(here, lost))
    if name in _SILENT:
        return ""
    if name == "br":
        return "\\\n"
    text = "".join(_inside(here, lost))
    if name in _BOLD:
        return _around(text, "**")
    if name in _ITALIC:
        return _around(text, "*")
    address = here.get("href", "").strip() if name == "a" else ""
    if address and not _LINK.fullmatch(address):
        lost.add("link")
    return f"[{text}]({address})" if text.strip() and _LINK.fullmatch(address) else text


def _inside(here: Element, lost: set[str]) -> Iterator[str]:
    yield _escape(here.text or "")
    for child in here:
        name = _name(child)
        if name in _BLOCKS:  # a block where a line is: its words are kept
            yield from (" " + one for one in _block(child, name, lost))
        else:
            yield _inline(child, name, lost)
        yield _escape(child.tail or "")


def _around(text: str, mark: str) -> str:
    """``text`` inside the mark, with its outer spaces outside, where the mark would not hold."""
    core = _OUTER_MARKS.sub("", text.strip())
    if not core or "\n" in core:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return f"{before}{mark}{core}{mark}{after}"


def _paragraph(line: str) -> Iterator[str]:
    lines = [one.strip() for one in line.split("\\\n")]
    text = "\\\n".join(_FIRST.sub(_first, one) for one in lines)
    text = text.removeprefix("\\\n").removesuffix("\\\n") if len(lines) > 1 else text
    if text.strip("\\\n "):
        yield text


def _first(found: re.Match[str]) -> str:
    """A hyphen or number that begins a line begins no list."""
    mark = found[2]
    return f"{found[1]}\\{mark}" if mark in "-+" else f"{found[1]}{mark}\\"


def _escape(text: str) -> str:
    return _MARKS.sub(r"\\\1", re.sub(r"\s+", " ", text))


def _escaped(text: str) -> str:
    return _FIRST.sub(_first, _escape(text).strip())


def _plain_blocks(here: Element) -> Iterator[str]:
    line = here.text or ""
    for child in here:
        name = _name(child)
        if name in _SILENT:
            pass
        elif name in _BLOCKS or name == "br":
            yield line
            line = ""
            yield from _plain_blocks(child)
        else:
            *before, last = [*_plain_blocks(child)] or [""]
            for one in before:
                yield line + one
                line = ""
            line += last
        line += child.tail or ""
    yield line


def _words(here: Element) -> str:
    # The dash between the cells of a row is ours.
    return "".join("".join(_plain_blocks(here)).replace("–", "").split())


def _name(here: Element) -> str:
    space, _brace, local = here.tag[1:].rpartition("}")
    return local.lower() if space in {XHTML, ""} or local == "media" else local
