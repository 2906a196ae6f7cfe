"""The command ``pallkit serve``."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from typing import Annotated

import typer

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import say


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""

    @app.command(help=say(_("Open the cases and the calculator in the browser.")))
    def serve(
        *,
        port: Annotated[
            int | None,
            typer.Option(min=1, max=65535, help=say(_("The port to use; 8866 unless told."))),
        ] = None,
        host: Annotated[
            str | None,
            typer.Option(help=say(_("The address to answer on; only this machine unless told."))),
        ] = None,
        report_address: Annotated[
            str | None,
            typer.Option(help=say(_("Where “Report an error” on the pages sends its mail."))),
        ] = None,
        open_page: Annotated[
            bool | None,
            typer.Option(
                "--open/--no-open",
                help=say(_("Open a browser; unless told, only where there is a screen.")),
            ),
        ] = None,
    ) -> None:
        refuse_identity_numbers(report_address or "")  # it is shown on every page
        settings = {"port": port, "ip": host, "report_address": report_address}
        _serve(
            [f"--PallkitServer.{name}={value}" for name, value in settings.items() if value],
            open_page=has_screen() if open_page is None else open_page,
        )


def _serve(settings: list[str], *, open_page: bool) -> None:
    from pallkit_app.server.app import PallkitServer  # noqa: PLC0415  # Voila takes a second

    def announce(url: str) -> None:
        typer.echo(say(_("PallKit is at {url} (stop with Ctrl-C)", url=url)))
        if open_page:
            # In a thread: some browsers keep the call until they are closed.
            threading.Thread(target=_open, args=(url,), daemon=True).start()

    server = PallkitServer()
    server.announce = announce
    server.initialize(settings)
    server.start()


def _open(url: str) -> None:
    try:
        webbrowser.open(url)
    except webbrowser.Error:  # the address is printed already
        return


def has_screen() -> bool:
    """Whether a browser opened from here would be seen."""
    if sys.platform in ("darwin", "win32"):
        return True
    # A text browser in the terminal would take the terminal from the server.
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
