"""Try a case while writing it: the player in a frame, loaded anew when a file is saved.

Only for the author, on their own machine: the page asks twice a second when the files were
last saved, and what ``pallkit check`` says about them. While the case cannot be played, the
page says what is wrong instead of showing the player.
"""

from __future__ import annotations

import json
import threading
import webbrowser
from pathlib import Path
from typing import Any

import typer
from jupyter_server.utils import url_path_join

from pallkit.about import WATERMARK
from pallkit.i18n import Language, _, render
from pallkit_app.casework.watched import Watched
from pallkit_app.server import pages
from pallkit_app.server.app import PallkitServer

_STYLES = ("designsystemet.css", "theme.css", "tokens.css", "page.css")
SCRIPT = Path(__file__).parent / "preview.js"


class PreviewServer(PallkitServer):
    """The usual server, and the page that follows one case."""

    watched: Watched

    def init_handlers(self) -> list[Any]:
        """Add the preview's three addresses."""
        routes: list[Any] = [
            (r"/preview/?", PreviewPage, {"watched": self.watched}),
            (r"/preview/state", PreviewState, {"watched": self.watched}),
            (r"/preview/preview.js", PreviewScript, {}),
        ]
        ours = [(url_path_join(self.base_url, path), *rest) for path, *rest in routes]
        return [*ours, *super().init_handlers()]


class PreviewPage(pages.Answer):
    """A line of news above the player."""

    def initialize(self, watched: Watched) -> None:
        """Take the case to follow."""
        self.watched = watched

    def get(self) -> None:
        """Send the page; the script fills it."""
        lang = self.watched.lang
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(
            _PAGE.format(
                lang=lang,
                icon=self.site.asset("mark.svg"),
                styles="\n".join(map(self._style, _STYLES)),
                title=render(_("Preview: {case}", case=self.watched.folder.name), lang),
                base=self.site.base_url,
                case=self.watched.folder.name,
                watermark=render(WATERMARK, lang),
                broken=render(
                    _("The case cannot be played as it is. Mend this; the page follows:"), lang
                ),
                fine=render(_("Nothing to remark."), lang),
                findings=render(_("Findings"), lang),
            )
        )

    def _style(self, name: str) -> str:
        return f'<link rel="stylesheet" href="{self.site.asset(name)}">'


class PreviewState(pages.Answer):
    """When the files were last saved, and what is wrong in them."""

    def initialize(self, watched: Watched) -> None:
        """Take the case to follow."""
        self.watched = watched

    def get(self) -> None:
        """Answer as JSON."""
        self.set_header("Content-Type", "application/json")
        self.set_header("Cache-Control", "no-store")
        self.finish(json.dumps(self.watched.state()))


class PreviewScript(pages.Answer):
    """The script of the page: no page of ours holds an inline one."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/javascript; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(SCRIPT.read_text(encoding="utf-8"))


def preview(folder: Path, port: int, *, open_page: bool, lang: Language) -> None:
    """Serve the preview of the case in ``folder`` until stopped."""

    def announce(url: str) -> None:
        address = url_path_join(url, "preview/")
        text = _("The preview is at {url} (stop with Ctrl-C)", url=address)
        typer.echo(render(text, lang))
        if open_page:
            threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()

    server = PreviewServer()
    server.watched = Watched(folder, lang)
    server.announce = announce
    server.initialize([f"--PallkitServer.port={port}"])
    server.start()


_PAGE = """<!doctype html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="{icon}" type="image/svg+xml">
{styles}
<script type="module" src="{base}preview/preview.js"></script></head>
<body data-base="{base}" data-case="{case}" data-lang="{lang}">
<h1>{title}</h1>
<p>{watermark}</p>
<p id="broken" role="alert" hidden>{broken}</p>
<details id="findings" hidden><summary>{findings} (<span id="count"></span>)</summary>
<ul id="lines"></ul></details>
<p id="fine" hidden>{fine}</p>
<iframe id="player" title="{title}" width="100%" height="900" hidden></iframe>
</body></html>
"""
