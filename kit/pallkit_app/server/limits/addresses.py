"""Whose request it is, when it may have come through a reverse proxy."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import TypeAlias

from tornado.httputil import HTTPServerRequest

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

_FORWARDED = "X-Forwarded-For"


class Visitors:
    """Tells visitors apart by their address.

    Anyone can write an X-Forwarded-For. So it is read from the right, from the proxy that
    spoke to us, and only as far as every proxy on the way is one of ``proxies``.
    """

    def __init__(self, proxies: Iterable[str]) -> None:
        self._proxies = networks(proxies)

    def address(self, request: HTTPServerRequest) -> Address | None:
        """The visitor's address; None where it cannot be told (a Unix socket)."""
        found = read(request.remote_ip or "")
        for said in reversed(self._said(request)):
            if found is None or not within(found, self._proxies):
                break
            found = read(said)
        return found

    def group(self, request: HTTPServerRequest) -> str:
        """Name what counts as one visitor: an address, or the /64 one IPv6 home gets."""
        address = self.address(request)
        if isinstance(address, ipaddress.IPv6Address):
            return str(ipaddress.ip_network((address, 64), strict=False))
        return str(address)

    def within(self, request: HTTPServerRequest, allowed: Iterable[str]) -> bool:
        """Whether the request comes from ``allowed``, and not through a proxy we do not know.

        Through such a proxy on the same machine all the world seems to be this machine.
        """
        peer = read(request.remote_ip or "")
        unknown = peer is None or not within(peer, self._proxies)
        if unknown and (self._said(request) or "Forwarded" in request.headers):
            return False
        address = self.address(request)
        return address is not None and within(address, networks(allowed))

    def _said(self, request: HTTPServerRequest) -> list[str]:
        written = ",".join(request.headers.get_list(_FORWARDED))
        return [each.strip() for each in written.split(",")] if written else []


def networks(written: Iterable[str]) -> list[Network]:
    """Read addresses and networks; ValueError for what is neither."""
    return [ipaddress.ip_network(each) for each in written]


def read(written: str) -> Address | None:
    """Read one address, with or without a port; None for anything else."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return mapped or address


def within(address: Address, among: Iterable[Network]) -> bool:
    """Whether the address is in one of the networks."""
    return any(address.version == each.version and address in each for each in among)
