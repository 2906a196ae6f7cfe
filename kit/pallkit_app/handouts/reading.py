"""The reading list: the case's sources, how each was seen, what it was used for, and a QR code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import segno
from markupsafe import Markup

from pallkit.i18n import Language, Message, _, render
from pallkit_app.guide.view import Guide, make_guide
from pallkit_app.handouts.common import page

_GROUPS: Mapping[str, tuple[Message, Message]] = {
    "original": (
        _("Read at the publisher's"),
        _("The publisher's own page or document was read when the case was written."),
    ),
    "copy": (
        _("Read from a copy"),
        _("A stored or republished copy was read. The publisher may have a newer one."),
    ),
    "second_hand": (
        _("Not read by us"),
        _("Only what others write about it was read. Check it before you rely on it."),
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A source with its square code; ``steps`` are the (number, title) of where it was used."""

    title: str
    publisher: str
    year: str
    url: str
    code: Markup
    steps: tuple[tuple[int, str], ...]
    whole: bool


def reading_html(case_id: str, lang: Language, *, paged: bool = False) -> str:
    """Write the reading list of a case as HTML.

    Raises :class:`pallkit.errors.ContentError` when there is no such case.
    """
    guide = make_guide(case_id, lang)
    groups = [
        {
            "id": seen,
            "title": render(title, lang),
            "about": render(about, lang),
            "entries": _in_order(_entries(guide, seen)),
        }
        for seen, (title, about) in _GROUPS.items()
    ]
    return page("reading", guide, paged=paged, groups=[one for one in groups if one["entries"]])


def _entries(guide: Guide, seen: str) -> Iterator[Entry]:
    for at, source in enumerate(guide.sources, 1):
        if source["seen"] != seen:
            continue
        url = source["url"] or ""
        yield Entry(
            title=source["title"] or "",
            publisher=source["publisher"] or "",
            year=str(source["date"] or "")[:4],  # a bare year is a number in the bank
            url=url,
            code=code_svg(url) if url else Markup(""),
            steps=tuple((step.number, step.title) for step in guide.steps if at in step.sources),
            whole=source["id"] in guide.case.sources,
        )


def _in_order(entries: Iterator[Entry]) -> Sequence[Entry]:
    """By publisher and title, as the Norwegian alphabet has it."""
    return sorted(entries, key=lambda one: (_sorted_as(one.publisher), _sorted_as(one.title)))


def _sorted_as(text: str) -> list[int]:
    order = {"æ": 0x7B, "ä": 0x7B, "ø": 0x7C, "ö": 0x7C, "å": 0x7D}
    return [order.get(letter, ord(letter)) for letter in text.casefold()]


def code_svg(url: str) -> Markup:
    """An address as a QR code, for a phone's camera."""
    made = segno.make_qr(url, error="m")
    svg = made.svg_inline(border=2, omitsize=True, dark="#17262d", light="#fff", svgclass="qr")
    return Markup(svg)  # noqa: S704  # squares only; the address is not in it as text
