"""The names a server answers to.

A page of another site can let its own name lead here (DNS rebinding). To the visitor's browser
our pages are then that site's own, to read and to steer, also on a machine that nobody else
reaches. But a browser says in each request which name it asked for, and that name it cannot
be made to leave out. So a request under a name that is not ours gets nothing.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable

from pallkit.errors import PallkitError
from pallkit.i18n import _

ANY = "*"
EVERY_ADDRESS = ("", "0.0.0.0", "::")  # noqa: S104  # recognised, not opened
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_WRITTEN = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^:\[\]]*))(?::[0-9]{0,5})?")
_NAME = re.compile(rf"(?=.{{1,253}}\Z){_LABEL}(\.{_LABEL})*")


class HostNameError(PallkitError):
    """What was given as a host's name is none."""


class Hosts:
    """Tells the names of a server on the address ``ip`` from others'.

    Where only this machine reaches it, these are «localhost» and the machine's addresses for
    itself. Where others do, also any address by number, the machine's own names, and names
    without a dot: those are given by the network it stands in, never by a stranger's site.
    ``allowed`` is for all else, as the name a proxy is asked under.
    """

    def __init__(self, ip: str, allowed: Iterable[str] = ()) -> None:
        named = [_bare(each) for each in allowed]
        self._others = not only_here(ip)
        self._every = ANY in named
        self._names = {"localhost", *named, *(own_names() if self._others else ())}

    def known(self, written: str) -> bool:
        """Whether ``written``, a Host header, is ours. None at all is: no browser leaves it out."""
        name = _bare(written)
        if self._every or not written or name in self._names:
            return True
        try:
            address = ipaddress.ip_address(name)
        except ValueError:
            return self._others and "." not in name and bool(_NAME.fullmatch(name))
        return self._others or address.is_loopback


def checked(name: str) -> str:
    """``name`` as browsers send it; :class:`HostNameError` for what is no name or address."""
    try:
        plain = _bare(name).encode("idna").decode("ascii")
    except UnicodeError:
        plain = ""
    if plain == ANY or _NAME.fullmatch(plain) or _is_address(plain):
        return plain
    raise HostNameError(
        _("“{name}” is not the name of a host, as palliasjon.example.no.", name=name)
    )


def only_here(host: str) -> bool:
    """Whether a server that answers on ``host`` can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # another name, or none, which is every address
        return False


def own_names() -> set[str]:
    """What this machine is called, by itself and in its network."""
    name = socket.gethostname().lower()
    return {name, socket.getfqdn().lower(), f"{name.partition('.')[0]}.local"}


def ways_in(ip: str) -> list[str]:
    """Hosts by which other machines reach a server on ``ip``, as an address needs them."""
    if ip not in EVERY_ADDRESS:
        return [in_address(ip)]
    import psutil  # noqa: PLC0415  # for this alone

    kinds = {socket.AF_INET} if ip == EVERY_ADDRESS[1] else {socket.AF_INET, socket.AF_INET6}
    found = (each for card in psutil.net_if_addrs().values() for each in card)
    numbers = [
        ipaddress.ip_address(each.address.partition("%")[0])
        for each in found
        if each.family in kinds
    ]
    reached = sorted(
        {str(each) for each in numbers if not each.is_loopback and not each.is_link_local}
    )
    return [socket.gethostname(), *map(in_address, reached)]


def in_address(host: str) -> str:
    """``host`` as it stands in an address: IPv6 between brackets."""
    return f"[{host}]" if ":" in host else host


def _bare(written: str) -> str:
    """A host without its port, brackets and last dot, in small letters."""
    text = written.strip().lower()
    parts = _WRITTEN.fullmatch(text)
    return parts[1] or parts[2].removesuffix(".") if parts else text


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
