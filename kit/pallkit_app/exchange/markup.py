"""Read XML from outside, or refuse it in one line.

A document type is refused whole: with it go external entities (which read files and call
servers) and entities within entities (which grow without end). What is left is bounded.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, TreeBuilder  # builds; does not parse
from xml.sax import SAXException, SAXParseException  # the errors only
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import (  # types only
    AttributesNSImpl,
    InputSource,
    XMLReader,
)

from defusedxml.common import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_app.exchange.package import refused, shown

_MB = 1024 * 1024
_WHOLE = re.compile(r"[+-]?[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most a document may be: megabytes, elements, and elements inside each other."""

    megabytes: int = 8
    elements: int = 100_000
    depth: int = 100


LIMITS = Limits()
"""A large virtual patient has some thousand elements, a dozen deep."""

MOST_COUNT = 1_000_000
"""No counter, score or number of steps in a case comes near."""


def careful_parser() -> XMLReader:
    """A parser that stops at the first document type, before anything in it is read."""
    parser: XMLReader = DefusedExpatParser(
        forbid_dtd=True, forbid_entities=True, forbid_external=True
    )
    return parser


def read_xml(
    content: bytes,
    name: str,
    *,
    limits: Limits = LIMITS,
    parser: Callable[[], XMLReader] = careful_parser,
) -> Element:
    """The root element; names are ``{namespace}local``.

    Raises :class:`ContentError`, one line, for anything but plain XML within ``limits``.
    ``name`` is what the file is called in the message.
    """
    if len(content) > limits.megabytes * _MB:
        raise refused(name, _("it is larger than {most} MB", most=limits.megabytes))
    builder = _Builder(name, limits)
    reader = parser()
    reader.setFeature(feature_namespaces, True)  # noqa: FBT003  # the library's signature
    reader.setContentHandler(builder)
    source = InputSource()
    source.setByteStream(io.BytesIO(content))
    try:
        reader.parse(source)
    except DefusedXmlException:
        raise refused(name, _("it declares a document type or entities of its own")) from None
    except SAXParseException as error:
        line = error.getLineNumber() or 1
        raise refused(name, _("it is not well-formed XML (line {line})", line=line)) from None
    except (SAXException, ValueError, LookupError):  # an encoding the parser does not have
        raise refused(name, _("it is not well-formed XML (line {line})", line=1)) from None
    return builder.root()


def read_count(text: str, what: str, *, least: int = 0, most: int = MOST_COUNT) -> int:
    """A whole number from outside; ``what`` names it in the message.

    Raises :class:`ContentError` outside the bounds: a counter of a thousand digits, or a
    step that is to be repeated a billion times, is an attack and not a case.
    """
    digits = text.strip()
    if not _WHOLE.fullmatch(digits):
        raise ContentError(
            _("{what}: “{text}” is not a whole number.", what=what, text=shown(text))
        )
    # Ten digits are more than any bound here; longer ones need not be turned into numbers.
    if len(digits) > len(str(most)) + 1 or not least <= int(digits) <= most:
        raise ContentError(
            _(
                "{what}: {text} is not between {least} and {most}.",
                what=what,
                text=shown(digits),
                least=least,
                most=most,
            )
        )
    return int(digits)


class _Builder(ContentHandler):
    """Builds the tree as it is read, and stops at a limit: nothing too large ever exists."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__()
        self._name, self._limits = name, limits
        self._tree = TreeBuilder()
        self._elements = self._depth = 0

    def root(self) -> Element:
        return self._tree.close()

    def startElementNS(  # noqa: N802  # the library's name
        self, name: tuple[str | None, str], qname: str | None, attrs: AttributesNSImpl
    ) -> None:
        del qname
        self._elements += 1
        self._depth += 1
        if self._elements > self._limits.elements:
            self._stop(_("it has more than {most} elements", most=self._limits.elements))
        if self._depth > self._limits.depth:
            self._stop(_("its elements lie more than {most} deep", most=self._limits.depth))
        self._tree.start(_tag(name), {_tag(key): value for key, value in attrs.items()})

    def endElementNS(  # noqa: N802
        self, name: tuple[str | None, str], qname: str | None
    ) -> None:
        del qname
        self._depth -= 1
        self._tree.end(_tag(name))

    def characters(self, content: str) -> None:
        self._tree.data(content)

    def _stop(self, why: Message) -> None:
        raise refused(self._name, why)


def _tag(name: tuple[str | None, str]) -> str:
    space, local = name
    return f"{{{space}}}{local}" if space else local
