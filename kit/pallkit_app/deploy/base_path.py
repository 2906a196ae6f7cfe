"""The path under which a proxy shows PallKit, as «/pallkit/»."""

from __future__ import annotations

import re

from pallkit.errors import PallkitError
from pallkit.i18n import _

# What needs no escape anywhere it is put: in an address, in HTML, in nginx's configuration.
_PART = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_SHAPE = re.compile(rf"/({_PART}/)*")


class BasePathError(PallkitError):
    """The path given cannot be that of a web site."""


def base_path(given: str) -> str:
    """``given`` with a slash at both ends; «/» is the whole host.

    Raises :class:`BasePathError` for anything that is not plain parts between slashes: it is
    written into every page and into the proxy's configuration.
    """
    path = f"/{given.strip('/')}/" if given.strip("/") else "/"
    if not _SHAPE.fullmatch(path):
        raise BasePathError(
            _(
                "“{path}” cannot be the path of a web site. Write it as /pallkit/: letters, "
                "digits, hyphens and points between slashes.",
                path=given,
            )
        )
    return path
