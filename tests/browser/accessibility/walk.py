"""The keyboard's way through a page: Tab forth, Shift+Tab back, and what one sees of it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image
from playwright.sync_api import FloatRect, Page
from tests.browser.accessibility.asked import script

MOST = 400  # stops on one page

_HERE = """() => document.activeElement === document.body || !document.activeElement
  ? null : pkName(document.activeElement)"""


def reachable(page: Page) -> list[str]:
    """What Tab must come to, in the order of the page."""
    page.evaluate(script("naming"))
    found: list[str] = page.evaluate(script("reachable"))
    return found


def forth(page: Page) -> list[str]:
    """Everything Tab comes to, from the top of the page until it leaves it."""
    page.evaluate(script("to_the_top"))
    return _go(page, "Tab")


def back(page: Page) -> list[str]:
    """Everything Shift+Tab comes to, from below the page until it leaves it."""
    return _go(page, "Shift+Tab")


def _go(page: Page, key: str) -> list[str]:
    stops: list[str] = []
    page.keyboard.press(key)
    if page.evaluate(_HERE) is None:  # that was from the browser's own buttons onto the page
        page.keyboard.press(key)
    while len(stops) < MOST:
        here = page.evaluate(_HERE)
        if here is None or [here] == stops[:1]:  # past the end, or begun anew
            return stops
        assert here not in stops, f"{key} comes back to {here}: a trap"
        stops.append(here)
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not leave the page in {MOST} stops")


@dataclass(frozen=True)
class Ring:
    """What changes on the screen when something takes the focus."""

    name: str
    strong: int
    edge: int

    @property
    def seen(self) -> bool:
        """At least half of the edge changes by 3:1 or more."""
        return self.strong >= self.edge / 2


def rings(page: Page) -> list[Ring]:
    """Tab through the page and measure what is seen of the focus at each stop, in pixels."""
    page.evaluate(script("naming"))
    page.evaluate(script("to_the_top"))
    found: list[Ring] = []
    while len(found) < MOST:
        page.keyboard.press("Tab")
        name = page.evaluate(_HERE)
        if name is None:
            return found
        found.append(_ring(page, name))
    raise AssertionError("Tab does not leave the page")


def _ring(page: Page, name: str) -> Ring:
    told = page.evaluate(script("around"))
    ring = _measured(page, name, told["edge"], told["clip"])
    # A card may show the focus of the link in it.
    return ring if ring.seen else _measured(page, name, told["edge"], None)


def _measured(page: Page, name: str, edge: float, clip: FloatRect | None) -> Ring:
    with_focus = _picture(page, clip)
    page.evaluate("() => { window.pkHeld = document.activeElement; window.pkHeld.blur() }")
    without = _picture(page, clip)
    page.evaluate("() => window.pkHeld.focus({ preventScroll: true })")
    high, low = np.maximum(with_focus, without), np.minimum(with_focus, without)
    return Ring(name, int(((high + 0.05) / (low + 0.05) >= 3).sum()), round(edge))


def _picture(page: Page, clip: FloatRect | None) -> np.ndarray:
    """The relative luminance of each pixel, as WCAG defines it."""
    shot = page.screenshot(clip=clip, animations="disabled", caret="hide")
    part = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), dtype=float) / 255
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])
