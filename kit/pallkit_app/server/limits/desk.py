"""All that a page with a kernel asks before it begins: one for each server."""

from __future__ import annotations

from dataclasses import dataclass

from tornado.httputil import HTTPServerRequest

from pallkit_app.server.limits.addresses import Visitors
from pallkit_app.server.limits.gate import Gate, Refusal
from pallkit_app.server.limits.lifetimes import Lifetimes
from pallkit_app.server.limits.meter import Meter
from pallkit_app.server.limits.rate import Rate, Window
from pallkit_app.server.limits.settings import Limits


@dataclass(frozen=True, slots=True)
class Desk:
    """The gate, whose request it is, the kernels, and the figures about them."""

    limits: Limits
    gate: Gate
    visitors: Visitors
    kernels: Lifetimes
    meter: Meter

    @classmethod
    def of(cls, kernels: Lifetimes, limits: Limits) -> Desk:
        """Set up the desk of a server; nothing is let in or measured before."""
        windows = (Window(limits.burst, 10), Window(limits.hourly, 3600))
        gate = Gate(limits.room(), Rate(windows), kernels.list_kernel_ids)
        meter = Meter(gate, kernels)
        gate.refused, kernels.ended = meter.refused, meter.ended
        return cls(limits, gate, Visitors(limits.trusted_proxies), kernels, meter)

    def asks(self, request: HTTPServerRequest) -> Refusal | None:
        """What the visitor would be told who asked now."""
        return self.gate.asks(self.visitors.group(request))

    def busy(self) -> int:
        """Sessions that somebody is at: what a stop waits for."""
        return self.kernels.met
