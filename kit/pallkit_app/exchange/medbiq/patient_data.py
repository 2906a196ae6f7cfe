"""The patient's data of a package: texts, findings and who it is about."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pallkit.i18n import _
from pallkit_app.exchange.medbiq.model import Fields, Patient, Text
from pallkit_app.exchange.medbiq.names import DATA, DATA_FILE, XHTML, q
from pallkit_app.exchange.medbiq.xhtml import html_tree
from pallkit_app.exchange.package import refused

_BASE64 = re.compile(r"[A-Za-z0-9+/]+=*")
_KEPT = {"a": ("href",)}
_PACKED = 1_000_000  # characters; more than that is no text of one page


def texts_of(data: Element, most: int, most_in_all: int) -> dict[str, Text]:
    """The texts by id; none longer than ``most`` characters, and not too many of them."""
    found = {one.get("id", ""): _text(one) for one in data.iter(q(DATA, "VPDText"))}
    lengths = [sum(map(len, one.div.itertext())) for one in found.values()]
    if max(lengths, default=0) > most:
        raise refused(DATA_FILE, _("a text in it has more than {most} characters", most=most))
    if sum(lengths) > most_in_all:
        why = _("its texts have more than {most} characters in all", most=most_in_all)
        raise refused(DATA_FILE, why)
    return found


def _text(here: Element) -> Text:
    div = here.find(q(XHTML, "div"))
    return Text(
        _unpacked(div) if div is not None else html_tree("", kept={}), here.get("textType", "")
    )


def _unpacked(div: Element) -> Element:
    """OpenLabyrinth packs a node's HTML as base64 inside the div; anything else is as it is."""
    text = (div.text or "").strip()
    if (
        len(div)
        or not 8 <= len(text) <= _PACKED
        or len(text) % 4
        or not re.fullmatch(r"[A-Za-z0-9+/]+=*", text)
    ):
        return div
    try:
        html = base64.b64decode(text, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return div
    # One long word is also base64; a text that unpacks to what no text holds is one.
    readable = all(sign.isprintable() or sign in "\r\n\t" for sign in html)
    return html_tree(html, kept=_KEPT) if readable else div


def fields_of(data: Element) -> Iterator[tuple[str, Fields]]:
    """Medicines, interview items, findings, tests …, by id."""
    for one in data:
        kind = one.tag.rpartition("}")[2]
        if kind in {"VPDText", "PatientDemographics", "Organization", "XtensibleInfo"}:
            continue
        parts = [(part.tag.rpartition("}")[2], " ".join(part.itertext())) for part in one]
        told = tuple((name, " ".join(text.split())) for name, text in parts)
        yield one.get("id", ""), Fields(kind, told)


def patient_of(data: Element) -> Patient:
    """Who the patient is."""
    found = data.find(q(DATA, "PatientDemographics"))
    if found is None:
        return Patient()
    core = found.find(q(DATA, "CoreDemographics"))

    def said(name: str) -> str:
        return " ".join((core.findtext(q(DATA, name)) or "").split()) if core is not None else ""

    traits = {
        one.get("id", ""): (
            " ".join((one.findtext(q(DATA, "Title")) or "").split()),
            " ".join((one.findtext(q(DATA, "Description")) or "").split()),
        )
        for one in found.iter(q(DATA, "DemographicCharacteristic"))
    }
    return Patient(said("Name"), said("Age"), said("Sex"), traits)
