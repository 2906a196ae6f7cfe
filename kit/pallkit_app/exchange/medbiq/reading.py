"""The files of a package from outside as a virtual patient, or a refusal in one line.

Every defence is a field of :class:`Trust`, so that a test can take one away and see that it,
and nothing else, kept its attack out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.sax.xmlreader import XMLReader  # a type only

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.exchange import markup, package
from pallkit_app.exchange.medbiq.decoding import COUNTS, Counts, decoded
from pallkit_app.exchange.medbiq.manifest import refuse_missing, title_of
from pallkit_app.exchange.medbiq.model import VirtualPatient
from pallkit_app.exchange.medbiq.names import (
    CASE_FILES,
    DATA_FILE,
    MANIFEST_FILE,
    METADATA_FILE,
    MODEL_FILE,
    SHOWN_FILE,
)
from pallkit_app.exchange.medbiq.validity import refuse_invalid
from pallkit_app.exchange.package import refused


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a package is trusted: as little as its case needs. Tests take away one at a time."""

    files: package.Limits = package.LIMITS
    guards: Sequence[package.Guard] | None = None
    xml: markup.Limits = markup.LIMITS
    parser: Callable[[], XMLReader] = markup.careful_parser
    counts: Counts = COUNTS
    validated: bool = True
    whole: bool = True  # what the manifest names must be there


TRUST = Trust()


def read_medbiq(path: Path, trust: Trust = TRUST) -> VirtualPatient:
    """Read a package.

    Raises :class:`pallkit.errors.ContentError`, one line, for what is not a package of the
    standard, breaks its schemas, or is larger than any case.
    """
    files = package.read_package(path, limits=trust.files, guards=trust.guards)
    where = {name: _the_one(files, name, path.name) for name in CASE_FILES}

    def xml(name: str) -> Element:
        return markup.read_xml(files[name], name, limits=trust.xml, parser=trust.parser)

    if trust.whole:
        for name in _all(files, MANIFEST_FILE):
            refuse_missing(xml(name), files, name)
    roots = {name: xml(place) for name, place in where.items()}
    if trust.validated:
        for name, root in roots.items():
            refuse_invalid(root, name)
    told = [title_of(xml(name)) for name in _all(files, METADATA_FILE)[:1]]
    title, lang, description = told[0] if told else ("", "", "")
    return decoded(
        roots[MODEL_FILE],
        roots[SHOWN_FILE],
        roots[DATA_FILE],
        counts=trust.counts,
        told=(title or path.stem, lang, description),
    )


def _the_one(files: Mapping[str, bytes], name: str, package_name: str) -> str:
    """The file of that name, in whatever folder: programs pack them differently."""
    found = _all(files, name)
    if len(found) != 1:
        why = (
            _("it has no {file}, so it is not a virtual patient of the standard", file=name)
            if not found
            else _("it has several files called {file}", file=name)
        )
        raise refused(package_name, why)
    return found[0]


def _all(files: Mapping[str, bytes], name: str) -> list[str]:
    return [one for one in files if one.rpartition("/")[2].casefold() == name]


__all__ = ["TRUST", "ContentError", "Counts", "Trust", "read_medbiq"]
