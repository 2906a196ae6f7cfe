"""QTI's elements and expressions, as small functions; HTML stands in QTI's own namespace."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree as ET

QTI = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
QTI_XSD = "https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"

Element = ET.Element

RESPONSE, FEEDBACK = "RESPONSE", "FEEDBACK"


def make(tag: str, *children: Element, text: str = "", **attributes: str) -> Element:
    """An element; ``_`` in the name of an attribute stands for ``-``."""
    names = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
    element = ET.Element(tag, names)
    element.text = text or None
    element.extend(children)
    return element


def root(
    tag: str, *children: Element, space: str = QTI, xsd: str = QTI_XSD, **rest: str
) -> Element:
    """The root element of a file, with its namespace and where its schema is."""
    element = make(tag, *children, **rest)
    spaces = {"xmlns": space, "xmlns:xsi": _XSI, "xsi:schemaLocation": f"{space} {xsd}"}
    element.attrib = {**spaces, **element.attrib}
    return element


def document(element: Element) -> str:
    """The file, with a declaration, and each part on a line of its own."""
    element.text = "\n"
    for part in element:
        part.tail = "\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(element, encoding="unicode")}\n'


def html(markup: str) -> list[Element]:
    """Well-formed HTML as elements; words outside any become a paragraph."""
    body = ET.fromstring(f"<body>{markup}</body>")  # noqa: S314  # our own, cut down to few tags
    words = (body.text or "").strip()
    return [*([make("p", text=words)] if words else []), *_blocks(body)]


def _blocks(body: Element) -> Iterable[Element]:
    for element in body:
        element.tail = None
        yield element


def variable(name: str) -> Element:
    """The value of a variable."""
    return make("qti-variable", identifier=name)


def value(base_type: str, text: str) -> Element:
    """A value that is written."""
    return make("qti-base-value", text=text, base_type=base_type)


def same(one: Element, other: Element) -> Element:
    """Whether two values are the same."""
    return make("qti-match", one, other)


def picked(identifier: str, response: str = RESPONSE) -> Element:
    """Whether an identifier is among those that were ticked."""
    return make("qti-member", value("identifier", identifier), variable(response))


def unanswered(response: str = RESPONSE) -> Element:
    """Whether nothing was answered."""
    return make("qti-is-null", variable(response))


def either(*conditions: Element) -> Element:
    """Whether one of them holds."""
    return make("qti-or", *conditions)


def every(*conditions: Element) -> Element:
    """Whether all of them hold."""
    return make("qti-and", *conditions) if conditions else value("boolean", "true")


def opposite(condition: Element) -> Element:
    """Whether it does not hold."""
    return make("qti-not", condition)


def whole_matches(pattern: str, response: str = RESPONSE) -> Element:
    """Whether the whole text answered matches.

    QTI asks for XML Schema's patterns, which always match the whole and know no ^ and $. Some
    players take JavaScript's, which match a part: to them «400» would have the right «40» in
    it. So the pattern is tried with ^ and $, and without them only where the player shows, on
    a text of ours, that it matches wholes.
    """
    parts_match = make("qti-pattern-match", value("string", "ba"), pattern="a")
    return either(
        make("qti-pattern-match", variable(response), pattern=f"^({pattern})$"),
        every(
            opposite(parts_match), make("qti-pattern-match", variable(response), pattern=pattern)
        ),
    )


def put(name: str, expression: Element) -> Element:
    """Give an outcome variable a value."""
    return make("qti-set-outcome-value", expression, identifier=name)


def more(name: str, points: int) -> Element:
    """Add to a numeric outcome variable."""
    return put(name, make("qti-sum", variable(name), value("float", str(points))))


def first_of(*ways: tuple[Element, list[Element]], otherwise: list[Element]) -> Element:
    """Follow the first way whose condition holds, or else ``otherwise``."""
    tags = ["qti-response-if", *["qti-response-else-if"] * (len(ways) - 1)]
    branches = [make(tag, when, *then) for tag, (when, then) in zip(tags, ways, strict=True)]
    last = [make("qti-response-else", *otherwise)] if otherwise else []
    return make("qti-response-condition", *branches, *last)
