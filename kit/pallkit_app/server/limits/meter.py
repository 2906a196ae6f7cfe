"""What a monitoring system may know: how many, how fast, why not. Never who, nor what."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    generate_latest,
)

from pallkit import __version__
from pallkit_app.server.limits.gate import STATUS, Gate, Reason
from pallkit_app.server.limits.lifetimes import End, Lifetimes

_ENDS: tuple[End, ...] = ("left", "unmet", "gone", "idle", "died", "stopped")
_SECONDS = (0.25, 0.5, 1, 2, 3, 5, 8, 13, 20, 30, 60)


class Meter:
    """The figures of one server. The names of the measures are a promise: see docs/serving.md."""

    def __init__(self, gate: Gate, kernels: Lifetimes) -> None:
        self._registry = CollectorRegistry()
        self._gauges(gate, kernels)
        self._starts = self._histogram(
            "pallkit_session_start_seconds", "From the request to the whole page with its kernel."
        )
        self._ended = Counter(
            "pallkit_sessions_ended",
            "Sessions that ended, by why: left (the page said so), unmet (nobody connected), gone "
            "(the connection was lost), idle (nothing happened), died (the kernel ended by "
            "itself), stopped (with the server).",
            ["reason"],
            registry=self._registry,
        )
        self._refused = Counter(
            "pallkit_refusals",
            "Pages that were not given a session, by why: full, rate (one address, too many) "
            "or closing (the server stops).",
            ["reason"],
            registry=self._registry,
        )
        for end in _ENDS:  # a series that begins at 0 shows its first increase
            self._ended.labels(end)
        for reason in STATUS:
            self._refused.labels(reason)
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)

    def started(self, seconds: float) -> None:
        """A page was made, kernel and all."""
        self._starts.observe(seconds)

    def ended(self, end: End) -> None:
        """A session ended."""
        self._ended.labels(end).inc()

    def refused(self, reason: Reason) -> None:
        """A visitor was turned away."""
        self._refused.labels(reason).inc()

    def written(self) -> bytes:
        """All figures in Prometheus' text format."""
        return generate_latest(self._registry)

    def _histogram(self, name: str, told: str) -> Histogram:
        return Histogram(name, told, buckets=_SECONDS, registry=self._registry)

    def _gauges(self, gate: Gate, kernels: Lifetimes) -> None:
        measures: dict[str, tuple[str, Callable[[], float]]] = {
            "pallkit_sessions": (
                "Sessions now, with those being started.",
                lambda: gate.taken,
            ),
            "pallkit_sessions_starting": ("Pages being made now.", lambda: gate.starting),
            "pallkit_sessions_connected": (
                "Sessions whose page is connected now.",
                lambda: kernels.met,
            ),
            "pallkit_sessions_limit": ("Sessions there is room for.", lambda: gate.room),
            "pallkit_connections": ("Open connections of pages to kernels.", lambda: kernels.lines),
            "pallkit_closing": ("1 while the server stops.", lambda: gate.closing),
        }
        for name, (told, value) in measures.items():
            Gauge(name, told, registry=self._registry).set_function(value)
        about = Gauge("pallkit_info", "The version.", ["version"], registry=self._registry)
        about.labels(__version__).set(1)
