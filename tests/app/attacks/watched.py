"""A page in a real browser, and every sign that something ran on it that should not."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import Page


class Watched:
    """A page, and every sign that something on it ran or asked where it should not."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.faults: list[str] = []
        page.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))
        page.on("request", lambda request: self._asked(request.url))
        page.on("console", lambda said: self._said(said.text))

    def _asked(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:", "about:")):
            self.faults.append(f"asked {url}")

    def _said(self, text: str) -> None:
        if "Content Security Policy" in text:
            self.faults.append(text)  # it was stopped, but it should not have been markup

    def open(self, place: str, attack: str, *, ready: str = "main") -> None:
        """Go there, and look for what ran."""
        self.page.goto(self.home + place.format(quote(attack, safe="")))
        self.page.locator(ready).first.wait_for()
        assert self.page.evaluate("window.hit") is None, (place, attack)
        assert not self.faults, (place, attack, self.faults)
        assert "elsewhere.example" not in self.page.evaluate(
            "[...document.querySelectorAll('[src],[href]')]"
            ".map((e) => new URL(e.src || e.href, location.origin).host).join(' ')"
        )
