"""The manifest and the metadata of a package: what lies in it, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import normpath
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element, SubElement

from pallkit.about import INTENDED_PURPOSE
from pallkit.cases import Case, Prose
from pallkit.i18n import Language, _, render
from pallkit_app.exchange.medbiq.names import ADLCP, IMSCP, LOM, METADATA_FILE, q
from pallkit_app.exchange.medbiq.serial import to_bytes
from pallkit_app.exchange.package import refused, shown

_BASE = "{http://www.w3.org/XML/1998/namespace}base"


def manifest(case: Case, files: Iterable[str]) -> bytes:
    """A SCORM 2004 resource package, which is what the standard asks a package to be."""
    root = Element(q(IMSCP, "manifest"), {"identifier": f"pallkit-{case.id}", "version": "1.0"})
    metadata = SubElement(root, q(IMSCP, "metadata"))
    SubElement(metadata, q(IMSCP, "schema")).text = "ADL SCORM"
    SubElement(metadata, q(IMSCP, "schemaversion")).text = "2004 4th Edition"
    SubElement(metadata, q(ADLCP, "location")).text = METADATA_FILE
    SubElement(root, q(IMSCP, "organizations"))
    resources = SubElement(root, q(IMSCP, "resources"))
    for number, name in enumerate(files, start=1):
        resource = SubElement(
            resources,
            q(IMSCP, "resource"),
            {
                "identifier": f"file-{number}",
                "type": "webcontent",
                "href": name,
                q(ADLCP, "scormType"): "asset",
            },
        )
        SubElement(resource, q(IMSCP, "file"), {"href": name})
    return to_bytes(root)


def metadata(case: Case, texts: Prose, topics: Iterable[str]) -> bytes:
    """Title, language, topics, state and purpose, as learning object metadata."""
    lang = texts.lang
    root = Element(q(LOM, "lom"))
    general = SubElement(root, q(LOM, "general"))
    identifier = SubElement(general, q(LOM, "identifier"))
    SubElement(identifier, q(LOM, "catalog")).text = "PallKit"
    SubElement(identifier, q(LOM, "entry")).text = f"{case.id}@{case.version}"
    _words(general, "title", texts.title, lang)
    SubElement(general, q(LOM, "language")).text = lang
    _words(general, "description", f"{texts.summary} {render(INTENDED_PURPOSE, lang)}", lang)
    for topic in topics:
        _words(general, "keyword", topic, lang)
    cycle = SubElement(root, q(LOM, "lifeCycle"))
    _words(cycle, "version", str(case.version), lang)
    status = SubElement(cycle, q(LOM, "status"))
    SubElement(status, q(LOM, "source")).text = "LOMv1.0"
    SubElement(status, q(LOM, "value")).text = "draft" if case.draft else "final"
    rights = SubElement(root, q(LOM, "rights"))
    _words(rights, "description", render(_RIGHTS, lang), lang)
    return to_bytes(root)


_RIGHTS = _("The text is licensed CC BY 4.0; the sources keep their own rights.")


def title_of(root: Element) -> tuple[str, str, str]:
    """The title, language and description in metadata; empty where it does not say."""
    found = {one: root.find(f"{q(LOM, 'general')}/{q(LOM, one)}") for one in _TOLD}
    title, language, description = (
        " ".join("".join(one.itertext()).split()) if one is not None else ""
        for one in found.values()
    )
    return title, language, description


_TOLD = ("title", "language", "description")


def refuse_missing(root: Element, files: Mapping[str, bytes], name: str) -> None:
    """Raise :class:`pallkit.errors.ContentError` where the manifest names what is not there.

    An address elsewhere is never fetched, so a package that needs one is not whole.
    """
    lying = {one.casefold() for one in files}
    above = name.rpartition("/")[0]
    for resource, base in _resources(root):
        for one in (resource, *resource.iter(q(IMSCP, "file"))):
            href = one.get("href")
            if href is None:
                continue
            parts = urlsplit(href)
            path = normpath("/".join(part for part in (above, base, unquote(parts.path)) if part))
            if parts.scheme or parts.netloc or path.casefold() not in lying:
                why = _("it names “{name}”, which is not in the package", name=shown(href))
                raise refused(name, why)


def _resources(root: Element) -> Iterable[tuple[Element, str]]:
    outer = root.get(_BASE, "")
    for below in root.iter(q(IMSCP, "resources")):
        for one in below.iter(q(IMSCP, "resource")):
            yield one, outer + below.get(_BASE, "") + one.get(_BASE, "")


def _words(below: Element, name: str, text: str, lang: Language) -> None:
    made = SubElement(below, q(LOM, name))
    SubElement(made, q(LOM, "string"), {"language": lang}).text = text
