"""The commands ``pallkit deploy …``: write what a server is set up from."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.cli.edge import say
from pallkit_app.failures import why

Name = Annotated[
    str,
    typer.Option(metavar="HOST", help=say(_("The name of the site, as visitors write it."))),
]
BaseUrl = Annotated[
    str,
    typer.Option(
        metavar="/pallkit/", help=say(_("The path a proxy shows PallKit under; / unless told."))
    ),
]
Port = Annotated[
    int, typer.Option(min=1, max=65535, help=say(_("The port PallKit itself listens on.")))
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", help=say(_("The file to write; else it is printed."))),
]

deploy = typer.Typer(
    help=say(_("Write the files a server is set up from: nginx, systemd, a container.")),
    no_args_is_help=True,
    rich_markup_mode=None,
)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    app.add_typer(deploy, name="deploy")


@deploy.command(help=say(_("nginx in front of PallKit, with TLS and websockets.")))
def nginx(  # noqa: PLR0913  # the options of the command
    *,
    name: Name,
    base_url: BaseUrl = "/",
    port: Port = 8866,
    certificate: Annotated[
        str, typer.Option(metavar="FIL", help=say(_("The certificate, with those above it.")))
    ] = "/etc/ssl/certs/pallkit.pem",
    key: Annotated[
        str, typer.Option(metavar="FIL", help=say(_("The certificate's private key.")))
    ] = "/etc/ssl/private/pallkit.key",
    output: Output = None,
) -> None:
    """Write nginx's configuration."""
    from pallkit_app.deploy import writing  # noqa: PLC0415  # only for this command

    proxy = writing.Proxy(name.lower(), base_url, port, certificate, key)
    _give(writing.nginx(proxy), output)


@deploy.command(help=say(_("A hardened systemd unit.")))
def systemd(  # noqa: PLR0913  # the options of the command
    *,
    name: Name,
    base_url: BaseUrl = "/",
    port: Port = 8866,
    memory: Annotated[
        str, typer.Option(metavar="4G", help=say(_("Memory for all learners together.")))
    ] = "80%",
    program: Annotated[
        str | None,
        typer.Option(metavar="FIL", help=say(_("The pallkit to start; this one unless told."))),
    ] = None,
    output: Output = None,
) -> None:
    """Write the unit."""
    from pallkit_app.deploy import writing  # noqa: PLC0415  # only for this command

    found = program or shutil.which(sys.argv[0]) or sys.argv[0]
    service = writing.Service(name.lower(), str(Path(found).absolute()), base_url, port, memory)
    _give(writing.systemd(service), output)


@deploy.command(help=say(_("A container file, to be built in the folder of the source code.")))
def container(*, output: Output = None) -> None:
    """Write the container file."""
    from pallkit_app.deploy import writing  # noqa: PLC0415  # only for this command

    _give(writing.containerfile(), output)


def _give(text: str, output: Path | None) -> None:
    if output is None:
        typer.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except OSError as error:
        raise ContentError(
            _("“{path}” could not be written: {why}.", path=str(output), why=why(error))
        ) from None
    typer.echo(say(_("Wrote {path}", path=str(output))))
