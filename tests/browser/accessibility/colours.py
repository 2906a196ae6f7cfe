"""Contrast that axe does not measure: fields' edges, charts, and what is written in them.

Computed from the colours as the browser has resolved them, laid on each other as they lie on the
page, by the formula of WCAG 2.1. (Rings of focus are measured in pixels: see walk.py.)
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Page
from tests.browser.accessibility.asked import script

# What only adorns: lines to read a chart along (the figures stand at them, and in a table), fills
# whose edge is a line of its own, the mark beside PallKit's name, the picture on the start page.
ADORNMENT = ", ".join(
    (
        *(".pk-grid-line", ".pk-plot-grid", ".pk-plot-ground", ".pk-layer", ".pk-range-fill"),
        *(".site-brand svg *", ".site-hero svg *", ".site-qr *"),
    )
)


@dataclass(frozen=True)
class Contrast:
    """One thing that must be seen, and by how much it differs from what it lies on."""

    what: str
    name: str
    ratio: float
    wanted: float

    @property
    def enough(self) -> bool:
        return self.ratio >= self.wanted


def contrasts(page: Page) -> list[Contrast]:
    """Measure every field, chart and mark on the page as it is now."""
    return [Contrast(*each) for each in page.evaluate(script("contrasts"), ADORNMENT)]


def too_faint(page: Page) -> list[Contrast]:
    """What does not differ enough, each kind of thing once."""
    found = [each for each in contrasts(page) if not each.enough]
    return sorted(set(found), key=str)


def dark(page: Page) -> None:
    """Show the page as for a machine that is set to dark."""
    page.emulate_media(color_scheme="dark")
    # A widget alone has no page of ours around it to say which of the two it is.
    page.evaluate(
        "() => { const root = document.documentElement;"
        " if (!root.dataset.colorScheme) root.dataset.colorScheme = 'dark' }"
    )
    page.evaluate("() => new Promise(requestAnimationFrame)")
