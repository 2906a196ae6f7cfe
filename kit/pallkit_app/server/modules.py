"""The modules' pages: the list, and one module with its tools."""

from __future__ import annotations

from typing import Any

from tornado import web

from pallkit.errors import PallkitError
from pallkit_app.modules import Module, read_module
from pallkit_app.server import shelf
from pallkit_app.server.apps import AppPage
from pallkit_app.server.pages import Page
from pallkit_app.server.site import Place


class ModuleListPage(Page):
    """Every module."""

    def get(self) -> None:
        """Show the list."""
        place = self.place("moduler")
        self.show("modules.html.j2", place, cards=shelf.cards(self.site.modules, place.lang))


class ModulePage(AppPage):
    """One module: the whole text at once, then the tools where the text has a place for them."""

    template = "module.html.j2"

    async def get(self, path: str | None = None) -> None:
        """Send the text and the foot of the page, then what the notebook's tools show."""
        self.module = self._find(path or "")
        await super().get()

    def head(self, path: str | None = None) -> None:
        """Answer without starting a kernel."""
        self.module = self._find(path or "")
        self.subject()

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Render the module that was asked for."""
        about = self.module.about
        self.notebook = f"modules/{self.module.notebook}"
        place = self.place(about.id, version=str(about.version))
        card = shelf.card(self.module, place.lang)
        return place, {"card": card, "text": shelf.text(self.module)}

    def _find(self, module_id: str) -> Module:
        try:
            return read_module(self.site.modules, module_id, self.reader_language)
        except PallkitError:
            raise web.HTTPError(404) from None
