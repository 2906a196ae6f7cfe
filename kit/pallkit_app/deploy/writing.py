"""The files a server is set up from: one template each, filled in, tried by the tests as it is."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import jinja2

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_app.deploy.base_path import base_path

TEMPLATES = Path(__file__).parent / "templates"

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_PATH = re.compile(r"/[A-Za-z0-9._/@+-]+")
_MEMORY = re.compile(r"[1-9][0-9]*(\.[0-9]+)?[MG]|[1-9][0-9]?%")


class DeployError(PallkitError):
    """Something given cannot be written into a configuration."""


@dataclass(frozen=True, slots=True)
class Proxy:
    """What nginx is to know. ``address`` is put before the ports, as “127.0.0.1:”; empty is all."""

    name: str
    base_url: str
    port: int
    certificate: str
    key: str
    log: str = "/var/log/nginx/pallkit.log"
    http: int = 80
    https: int = 443
    address: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """What systemd is to know. ``memory`` is for all learners together; ``stop`` in seconds."""

    name: str
    program: str
    base_url: str
    port: int
    memory: str
    stop: int = 930


def nginx(proxy: Proxy) -> str:
    """Write nginx's configuration of the site; raises :class:`DeployError`."""
    _require_host(proxy.name)
    for path in (proxy.certificate, proxy.key, proxy.log):
        _require_path(path)
    return _filled("nginx.conf.j2", asdict(proxy))


def systemd(service: Service) -> str:
    """Write the unit; raises :class:`DeployError`."""
    _require_host(service.name)
    _require_path(service.program)
    if not _MEMORY.fullmatch(service.memory):
        raise DeployError(
            _("“{memory}” is no amount of memory. Write 4G, 900M or 80%.", memory=service.memory)
        )
    return _filled("pallkit.service.j2", asdict(service))


def containerfile() -> str:
    """How a container is built, in the folder of the source code."""
    return (TEMPLATES / "Containerfile").read_text("utf-8")


def _require_host(name: str) -> None:
    if not _HOST.fullmatch(name):
        raise DeployError(
            _("“{name}” is not the name of a host, as palliasjon.example.no.", name=name)
        )


def _require_path(path: str) -> None:
    if not _PATH.fullmatch(path):
        raise DeployError(
            _(
                "“{path}” cannot be used: give the whole path, from /, of letters, digits and "
                ". _ - @ + alone.",
                path=path,
            )
        )


def _filled(template: str, values: dict[str, Any]) -> str:
    values["base_url"] = base_path(values["base_url"])
    return _ENVIRONMENT.get_template(template).render(**values)


_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(TEMPLATES),
    autoescape=False,  # noqa: S701  # configuration, not HTML; what goes in is checked above
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
