"""Look at the sources' tables: one at a time with all that is known of it, or one drug in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pallkit.doses import drug, preparation_text
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _, render
from pallkit_widgets.ratio_set_browser.about import about_view, card_view
from pallkit_widgets.ratio_set_browser.across import across_view
from pallkit_widgets.ratio_set_browser.address import Place, Tab, read_place, write_place
from pallkit_widgets.ratio_set_browser.findings import findings_view
from pallkit_widgets.ratio_set_browser.labels import LABELS
from pallkit_widgets.ratio_set_browser.rows import rows_view
from pallkit_widgets.ratio_set_browser.shelf import fill_shelf, locked, search
from pallkit_widgets.shared.assets import module, stylesheet
from pallkit_widgets.shared.base import PallkitWidget

_SCRIPTS = (
    "shared/dom.js",
    "shared/link.js",
    "shared/print.js",
    "shared/address.js",
    "shared/notices.js",
    "shared/tabs.js",
    "ratio_set_browser/link_button.js",
    "ratio_set_browser/cards.js",
    "ratio_set_browser/rows.js",
    "ratio_set_browser/about.js",
    "ratio_set_browser/across.js",
    "ratio_set_browser/view.js",
)
_STYLES = (
    "shared/tabs.css",
    "ratio_set_browser/style.css",
    "ratio_set_browser/across.css",
    "ratio_set_browser/narrow.css",
)
_MOST_LINKS = 3
_TABS: tuple[Tab, ...] = ("tables", "drug")


class RatioSetBrowser(PallkitWidget):
    """The tables of the case bank and those that were added here, to read and to compare.

    Nothing is calculated for a patient. The rows of a locked drug are hidden until the reader
    asks for a demonstration. ``start`` is a place as a link carries it
    (:mod:`pallkit_widgets.ratio_set_browser.address`); one that cannot be read leaves the list
    of tables and a line that says why.
    """

    _esm = module(*_SCRIPTS)
    _css = stylesheet(*_STYLES)
    LABELS = LABELS
    MESSAGES = {  # noqa: RUF012  # read only
        "tab": {"tab": str},
        "open": {"set": str},
        "drug": {"drug": str},
        "find": {"text": str},
        "methadone": {"shown": bool},
    }

    def __init__(self, lang: str = "nb", *, start: str = "") -> None:
        super().__init__(lang)
        self._shelf = fill_shelf()
        self._place = Place()
        self._trouble: Message | None = None
        try:
            self._place = read_place(start, self._shelf)
        except PallkitError as error:
            self._trouble = _("The link could not be read. {why}", why=error.message)
        self._paint()

    def handle(self, message: Mapping[str, Any]) -> None:
        """Go where the reader asks; in another language, say the same place again."""
        if message["type"] != "language":
            self._place = self._go(message)
            self._trouble = None
        self._paint()

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        """Stay, and show what is wrong: beside the search where it came from there."""
        text = render(error.message, self.lang)
        field = "find" if message.get("type") == "find" else "page"
        self._paint(error={"field": field, "text": text})

    def _go(self, message: Mapping[str, Any]) -> Place:
        kind, place = message["type"], self._place
        if kind == "open":
            return place.with_set(message["set"], self._shelf)
        if kind == "drug":
            return place.with_drug(message["drug"], self._shelf)
        if kind == "find":
            return self._search(place.with_find(message["text"]))
        if kind == "methadone":
            return replace(place, methadone=message["shown"])
        tab: Tab = next((tab for tab in _TABS if tab == message["tab"]), place.tab)
        return replace(place, tab=tab)

    def _search(self, place: Place) -> Place:
        """A search that finds nothing raises here, before the reader is moved."""
        if place.find:
            search(place.find)
        return place

    def _paint(self, error: Mapping[str, str] | None = None) -> None:
        place = self._place
        try:
            found = frozenset(search(place.find)) if place.find else frozenset()
        except PallkitError as fault:  # a link may hold any search
            found = frozenset()
            error = error or {"field": "find", "text": render(fault.message, self.lang)}
        on_tables = place.tab == "tables"
        self.show(
            {
                "tab": place.tab,
                "find": place.find,
                "found": self._found(found),
                "cards": self._cards(found) if on_tables and not place.set else [],
                "set": self._set(found) if on_tables and place.set else None,
                "drug": self._across() if place.tab == "drug" else None,
                "methadone": place.methadone,
                "notices": [render(line, self.lang) for line in self._notices()],
                "error": error,
                "q": write_place(place, self.lang),
            }
        )

    def _notices(self) -> list[Message]:
        told = [] if self._trouble is None else [self._trouble]
        if self._shelf.broken:
            told.append(
                _(
                    "The practice tables that were added here cannot be read. Whoever runs the "
                    "page can see why with “pallkit sets check”."
                )
            )
        return told

    def _found(self, found: frozenset[str]) -> dict[str, Any] | None:
        """What a search came to: which drugs, and where each can be seen in every table."""
        if not found:
            return None
        methadone = self._place.methadone
        known = self._shelf.preparations(methadone=methadone)
        often = sorted((one for one in known if one.drug in found), key=lambda one: -known[one])
        links = [
            {"drug": _code(one), "label": preparation_text(one, self.lang)}
            for one in often[:_MOST_LINKS]
        ]
        tables = sum(
            any(row.drug in found for row in table.rows) for table in self._shelf.tables.values()
        )
        names = ", ".join(sorted(render(drug(one).name, self.lang) for one in found))
        text = _("{names}: in {tables} of the tables.", names=names, tables=tables)
        return {"text": render(text, self.lang), "links": links}

    def _cards(self, found: frozenset[str]) -> list[dict[str, Any]]:
        cards = []
        for table in self._shelf.tables.values():
            matches = sum(row.drug in found for row in table.rows) if found else None
            if matches != 0:
                cards.append(card_view(table, self.lang, matches))
        return cards

    def _set(self, found: frozenset[str]) -> dict[str, Any]:
        table, methadone = self._shelf.tables[self._place.set], self._place.methadone
        return {
            **about_view(table, self.lang),
            **rows_view(table, self.lang, methadone=methadone, only=found),
            **findings_view(table, self.lang, methadone=methadone),
        }

    def _across(self) -> dict[str, Any]:
        place = self._place
        known = self._shelf.preparations(methadone=place.methadone)
        options = [
            {
                "id": _code(one),
                "label": render(
                    _(
                        "{preparation} ({count})",
                        preparation=preparation_text(one, self.lang),
                        count=count,
                    ),
                    self.lang,
                ),
            }
            for one, count in known.items()
        ]
        shown = None
        if place.drug is not None and not place.hides:
            shown = across_view(place.drug, self._shelf.tables.values(), self.lang)
        return {
            "options": sorted(options, key=lambda option: str(option["label"])),
            "chosen": "" if place.drug is None else _code(place.drug),
            "hidden": place.hides,
            "locked": place.hides or (place.drug is not None and locked(place.drug.drug)),
            "shown": shown,
        }


def _code(preparation: Any) -> str:
    """A preparation as the browser names it, and as :func:`read_preparation` reads it."""
    return preparation_text(preparation, "en")
