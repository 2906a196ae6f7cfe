"""XML as text, the same bytes for the same tree, with default namespaces and no prefixes.

Older players look for ``div`` and not ``html:div``, so each change of namespace is declared
where it happens.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape, quoteattr  # writes; does not parse

from pallkit_app.exchange.medbiq.names import ADLCP

_PREFIXES: Mapping[str, str] = {ADLCP: "adlcp", "http://www.w3.org/XML/1998/namespace": "xml"}
"""Namespaces of attributes, which cannot have a default one."""

_DECLARED = frozenset({ADLCP})


def to_bytes(root: Element) -> bytes:
    """The document as UTF-8."""
    text = "".join(_written(root, None))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _written(here: Element, around: str | None) -> Iterator[str]:
    space, local = _parts(here.tag)
    yield f"<{local}"
    if space != around:
        yield f" xmlns={quoteattr(space)}"
    spaces = {_parts(key)[0] for key in here.attrib} & _DECLARED
    yield from (f' xmlns:{_PREFIXES[one]}="{one}"' for one in sorted(spaces))
    for key, value in here.attrib.items():
        yield f" {_attribute(key)}={quoteattr(_clean(value))}"
    if not len(here) and not here.text:
        yield "/>"
    else:
        yield f">{escape(_clean(here.text or ''))}"
        for child in here:
            yield from _written(child, space)
            yield escape(_clean(child.tail or ""))
        yield f"</{local}>"


def _attribute(key: str) -> str:
    space, local = _parts(key)
    return f"{_PREFIXES[space]}:{local}" if space else local


def _parts(tag: str) -> tuple[str, str]:
    space, _brace, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
    return space, local


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold at all."""
    return "".join(sign for sign in text if sign in "\t\n\r" or (sign >= " " and sign not in _NONE))


_NONE = "\ufffe\uffff" + "".join(map(chr, range(0xD800, 0xE000)))
