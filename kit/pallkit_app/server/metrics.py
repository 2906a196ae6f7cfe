"""Two addresses for machines: the figures, and whether the server takes visitors."""

from __future__ import annotations

from prometheus_client.exposition import CONTENT_TYPE_LATEST
from tornado import web

from pallkit_app.server.limits.desk import Desk
from pallkit_app.server.limits.gate import Gate
from pallkit_app.server.pages import Answer


class MetricsPage(Answer):
    """The figures, for the monitoring system and for nobody else: to others there is no page."""

    def initialize(self, desk: Desk) -> None:
        """Take the figures and who may read them."""
        self.desk = desk

    def get(self) -> None:
        """Write the figures."""
        desk = self.desk
        if not desk.visitors.within(self.request, desk.limits.metrics_from):
            raise web.HTTPError(404)
        self.set_header("Content-Type", CONTENT_TYPE_LATEST)
        self.set_header("Cache-Control", "no-store")
        self.finish(desk.meter.written())


class HealthPage(Answer):
    """Whether the server takes visitors: for a load balancer or a watchdog."""

    def initialize(self, gate: Gate) -> None:
        """Take the gate."""
        self.gate = gate

    def get(self) -> None:
        """Answer 200 with «ok», or 503 with «closing» while open pages get to finish."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        if self.gate.closing:
            self.set_status(503)
        self.finish("closing\n" if self.gate.closing else "ok\n")

    head = get
