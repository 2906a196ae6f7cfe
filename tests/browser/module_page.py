"""Opening a module in a browser: its tools come when the reader is near the first."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from pallkit_app.compile import content_root
from pallkit_app.modules import module_ids

FOLDER = content_root() / "notebooks" / "modules"
MODULES = module_ids(FOLDER)
MODULE = "smertepumpe"
ADDRESS = f"/modul/{MODULE}"
SLOTS = "[data-slot]"


def open_module(page: Page, path: str = ADDRESS) -> None:
    """Open it, read to its first tool, and go back to the top when all are there."""
    page.goto(path, wait_until="commit")
    come_near(page)
    ready(page)
    page.evaluate("() => scrollTo(0, 0)")


def come_near(page: Page) -> None:
    """Read to the first tool, as it is when the page's script is there."""
    expect(page.locator("[data-attended]")).to_be_attached()
    page.locator(SLOTS).first.scroll_into_view_if_needed()


def ready(page: Page) -> None:
    """Wait for every tool."""
    expect(page.locator(f"{SLOTS}[data-state=ready]")).to_have_count(
        page.locator(SLOTS).count(), timeout=90_000
    )
