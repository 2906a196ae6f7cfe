"""The page for whoever was turned away: it says why, and tries again by itself."""

from __future__ import annotations

from pallkit_app.server.limits.gate import Refusal
from pallkit_app.server.pages import Answer
from pallkit_app.server.site import Place


def turn_away(handler: Answer, refusal: Refusal, place: Place, title: str) -> None:
    """Answer with the page in place of ``title``, which stays at its own address."""
    handler.set_status(refusal.status)
    handler.set_header("Retry-After", str(refusal.wait))
    handler.set_header("Cache-Control", "no-store")
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Content-Language", place.lang)
    handler.finish(
        handler.site.page(
            "busy.html.j2", place, reason=refusal.reason, wait=refusal.wait, title=title
        )
    )
