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
from pallkit_app.server.hosts import only_here

_OPEN = _(
    "Every machine that reaches this one can now open PallKit, over a connection that is not "
    "encrypted. For more than a trial, leave out --host and let a reverse proxy with TLS "
    "answer instead: “pallkit deploy nginx” writes its configuration, and docs/serving.md "
    "says how. Name the proxy in c.Limits.trusted_proxies."
)
_ALLOWED = _("A name visitors use for this server, as a proxy's; * for any. Repeat it for more.")
_NAMES = _("If they use another name for this machine, allow it: pallkit serve --allowed-host NAME")


def register(app: typer.Typer) -> None:
    """Add the command to ``app``."""

    @app.command(help=say(_("Open the cases and the calculator in the browser.")))
    def serve(  # noqa: PLR0913  # the options of the command
        *,
        port: Annotated[
            int | None,
            typer.Option(min=1, max=65535, help=say(_("The port to use; 8866 unless told."))),
        ] = None,
        host: Annotated[
            str | None,
            typer.Option(help=say(_("The address to answer on; only this machine unless told."))),
        ] = None,
        base_url: Annotated[
            str | None,
            typer.Option(
                metavar="/pallkit/",
                envvar="PALLKIT_BASE_URL",
                help=say(_("The path a proxy shows PallKit under; / unless told.")),
            ),
        ] = None,
        allowed_host: Annotated[
            list[str] | None,
            typer.Option(
                metavar="HOST",
                envvar="PALLKIT_ALLOWED_HOST",
                help=say(_ALLOWED),
            ),
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
        settings = {
            "port": port,
            "ip": host,
            "base_url": base_url,
            "report_address": report_address,
        }
        hosts = [("allowed_hosts", name) for name in allowed_host or ()]
        _serve(
            [
                f"--PallkitServer.{name}={value}"
                for name, value in (*settings.items(), *hosts)
                if value
            ],
            open_page=has_screen() if open_page is None else open_page,
        )


def _serve(settings: list[str], *, open_page: bool) -> None:
    from pallkit_app.server.app import PallkitServer  # noqa: PLC0415  # Voila takes a second

    def announce(url: str) -> None:
        typer.echo(say(_("PallKit is at {url} (stop with Ctrl-C)", url=url)))
        if not only_here(server.ip):
            others = "".join(f"\n  {address}" for address in server.addresses())
            typer.echo(say(_("Others open it at:")) + others)
            typer.echo(say(_NAMES))
            typer.echo(say(_OPEN), err=True)
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
