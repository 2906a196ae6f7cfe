"""The gallery, the page about each case, and the sheet with its QR code."""

from __future__ import annotations

from typing import Any

from tornado import web

from pallkit import content
from pallkit.cases import load
from pallkit.cases.view_parts import sources_view
from pallkit.i18n import Language, language
from pallkit_app.server import choosing, gallery, sharing
from pallkit_app.server.gallery import Card
from pallkit_app.server.pages import Page


class CaseListPage(Page):
    """Every case, searched and filtered through the address alone."""

    def get(self) -> None:
        """Show the cases that have what the address asks for."""
        lang = self.reader_language
        known = gallery.cards(lang)
        every = [card for card in known if not card.withdrawn]
        asked = {name: self.asked(name) for name in ("q", *choosing.FILTERS)}
        wanted = choosing.read(asked, every)
        found = choosing.matching(every, wanted)
        place = self.place("kasus", query=wanted.query)
        self.show(
            "cases.html.j2",
            place,
            cards=found,
            total=len(every),
            wanted=wanted,
            refused=choosing.names_a_person(asked["q"]),
            longest=choosing.LONGEST_QUERY,
            choices={name: choosing.choices(every, name, wanted) for name in choosing.FILTERS},
            asked_for=choosing.asked_for(every, wanted) if not found else [],
            offers=choosing.offers(every, wanted) if not found else [],
            withdrawn=[card for card in known if card.withdrawn],
        )


class _OneCase(Page):
    def card(self, case_id: str) -> Card:
        """The case asked for; 404 where there is none."""
        if case_id not in content.case_ids():
            raise web.HTTPError(404)
        return gallery.card(case_id, self.reader_language)

    def group(self, card: Card) -> dict[str, Any]:
        """The address for a group, at the level and in the language that were asked for.

        Raises 400 where the request names no proper host: then no address can be told.
        """
        found = sharing.origin(
            self.request.headers, self.request.protocol, secure=self.asked("scheme") == "https"
        )
        if found is None:
            raise web.HTTPError(400)
        level = self.asked("level") if self.asked("level") in dict(card.levels) else card.level
        spoken = self._spoken(card)
        chosen = level if len(card.levels) > 1 else ""
        place = self.place(card.id).speaking(spoken)
        address = found + place.url("/app/kasus", case=card.id, level=chosen)
        return {
            "level": level,
            "level_name": dict(card.levels)[level],
            "language": spoken,
            "address": address,
            "code": sharing.code(address),
            "only_here": sharing.only_here(address),
            "query": {"level": chosen, "language": spoken},
        }

    def _spoken(self, card: Card) -> Language:
        asked = language(self.asked("language") or self.reader_language)
        return asked if asked in card.languages else card.lang


class CaseAboutPage(_OneCase):
    """What a leader wants to know about a case before sharing it, and what to share."""

    def get(self, case_id: str) -> None:
        """Show the page; a withdrawn case says so and leads to the one to use instead."""
        card, case = self.card(case_id), load(case_id)
        used = [*case.sources, *(source for step in case.steps for source in step.sources)]
        asked = {"level": self.asked("level"), "language": self.asked("language")}
        known = {"level": dict(card.levels), "language": card.languages}
        query = {name: value for name, value in asked.items() if value in known[name]}
        self.show(
            "case.html.j2",
            self.place(card.id, version=card.version, query=query),
            card=card,
            signed=None if card.draft else case.reviewed,
            group=self.group(card),
            sources=sources_view(dict.fromkeys(used)),
        )


class QrSheetPage(_OneCase):
    """One sheet for the wall or the screen: a large QR code, and the address in plain text."""

    def get(self, case_id: str) -> None:
        """Show the sheet; a withdrawn case has none."""
        card = self.card(case_id)
        if card.withdrawn:
            raise web.HTTPError(404)
        group = self.group(card)
        place = self.place(card.id, version=card.version, query=group["query"])
        self.show("qr.html.j2", place, card=card, group=group)
