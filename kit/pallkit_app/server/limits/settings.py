"""The limits that whoever runs a server may set."""

from __future__ import annotations

import ipaddress
from typing import Any

from traitlets import Integer, List, TraitError, Unicode, validate
from traitlets.config import Configurable

from pallkit_app.server.limits import capacity


class Limits(Configurable):
    """Set in ``pallkit_config.py`` as ``c.Limits.max_sessions = 200``."""

    max_sessions = Integer(
        0,
        min=0,
        config=True,
        help="Sessions at once. 0: as many as the free memory at the start of the server has "
        "room for, and never fewer than 4.",
    )
    # Measured: 16 to 20 MiB for a kernel alone, after much use (tests/bench/bench_sessions.py).
    # The rest is for the server's part and for a page that does more than ours do today.
    session_memory = Integer(
        32,
        min=1,
        config=True,
        help="MiB of memory to reckon for each session when max_sessions is 0.",
    )
    burst = Integer(60, min=1, config=True, help="Sessions one address may begin in 10 seconds.")
    hourly = Integer(300, min=1, config=True, help="Sessions one address may begin in an hour.")
    trusted_proxies = List(
        Unicode(),
        config=True,
        help="Addresses or networks of our own reverse proxies. Only their X-Forwarded-For is "
        "believed.",
    )
    metrics_from = List(
        Unicode(),
        ["127.0.0.0/8", "::1"],
        config=True,
        help="Addresses or networks that may read /metrics.",
    )
    start_seconds = Integer(
        90, min=1, config=True, help="Seconds a page may take to be made before it is given up."
    )
    drain_seconds = Integer(
        60,
        min=0,
        config=True,
        help="Seconds that open pages get to finish after SIGTERM. A second signal ends them.",
    )
    ping_seconds = Integer(
        30,
        min=1,
        config=True,
        help="Seconds between two pings to a page. One that answers none of three is hung up on.",
    )
    lines_per_session = Integer(
        4, min=1, config=True, help="Connections that may be open to one session at once."
    )

    @validate("trusted_proxies", "metrics_from")
    def _networks(self, proposal: Any) -> list[str]:
        for each in proposal["value"]:
            try:
                ipaddress.ip_network(each)
            except ValueError as error:
                raise TraitError(f"{each!r} is no address and no network: {error}") from None
        return list(proposal["value"])

    def room(self) -> int:
        """Sessions there is room for: what was set, or what memory and open files allow."""
        return self.max_sessions or capacity.sessions(self.session_memory * 2**20)
