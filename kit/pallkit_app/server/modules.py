"""The modules' pages: the list, one module to be read, and what its tools show."""

from __future__ import annotations

from typing import Any

from tornado import web

from pallkit.errors import PallkitError
from pallkit_app.modules import Module, read_module
from pallkit_app.server import shelf
from pallkit_app.server.apps import AppPage
from pallkit_app.server.delivery import front_ends
from pallkit_app.server.headers import APP_POLICY
from pallkit_app.server.limits.gate import Refusal
from pallkit_app.server.pages import Answer, Page
from pallkit_app.server.site import Place


class ModuleListPage(Page):
    """Every module."""

    def get(self) -> None:
        """Show the list."""
        place = self.place("moduler")
        self.show("modules.html.j2", place, cards=shelf.cards(self.site.modules, place.lang))


class _OfModule(Answer):
    """What is told of one module, in the reader's language."""

    def found(self, module_id: str) -> Module:
        """The module asked for; 404 if there is none."""
        try:
            return read_module(self.site.modules, module_id, self.reader_language)
        except PallkitError:
            raise web.HTTPError(404) from None

    def where(self, module: Module) -> Place:
        """Where the reader of a module is."""
        return self.place(module.about.id, version=str(module.about.version))


class ModulePage(_OfModule, Page):
    """One module: the whole text. Whoever only reads it has no kernel."""

    def set_default_headers(self) -> None:
        """Let the widgets' modules in, for when the page asks for its tools."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", APP_POLICY)

    def get(self, module_id: str) -> None:
        """Show the text, with a place for each tool."""
        module = self.found(module_id)
        place = self.where(module)
        self.show(
            "module.html.j2",
            place,
            card=shelf.card(module, place.lang),
            text=shelf.text(module),
            widgets=front_ends.shown_in(self.site.modules / module.notebook),
        )


class ModuleTools(_OfModule, AppPage):
    """A module's tools alone, which its page asks for when the reader comes near one.

    Each line of the answer is an element whole, to be put into the page as it comes.
    """

    media_type = "text/plain"  # nobody is to open it as a page

    async def get(self, path: str | None = None) -> None:
        """Start a kernel, and send what the notebook's tools show."""
        self.module = self.found(path or "")
        await super().get()

    def head(self, path: str | None = None) -> None:
        """Tell whether there is a session to be had now, without starting a kernel."""
        self.module = self.found(path or "")
        super().head()

    def subject(self) -> tuple[Place, dict[str, Any]]:
        """Name the notebook that is run; nothing stands around its tools."""
        self.notebook = f"modules/{self.module.notebook}"
        return self.where(self.module), {}

    def refuse(self, refusal: Refusal, place: Place, context: dict[str, Any]) -> None:  # noqa: ARG002  # the page says it, in the tools' places
        """Answer when to ask again: the page says so where the tools are to be."""
        self.set_status(refusal.status)
        self.set_header("Retry-After", str(refusal.wait))
        self.set_header("Cache-Control", "no-store")
        self.finish()

    def _page(self, place: Place, context: dict[str, Any]) -> list[str]:  # noqa: ARG002  # as above
        return ["", ""]
