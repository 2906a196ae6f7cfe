"""A server and a browser, and every picture taken with them."""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_app.screenshots.shown import Shown

WIDTHS = (360, 768, 1280)
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
LANGUAGES = ("nb", "nn", "en")
_HEIGHTS = {360: 740, 768: 1024, 1280: 800}
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_START = 60  # seconds
_STOP = 10
_PATIENCE = 60_000  # ms; a kernel may take its time on a busy machine


class ScreenshotError(PallkitError):
    """The server or the browser did not come up."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of all the pictures are taken."""

    pages: Sequence[Shown]
    languages: Sequence[str] = LANGUAGES
    widths: Sequence[int] = WIDTHS
    schemes: Sequence[Literal["light", "dark"]] = SCHEMES
    printed: bool = True


def take(wanted: Wanted, out: Path, base: str) -> Iterator[Path]:
    """Take the pictures into ``out``, and name each as it is done."""
    out.mkdir(parents=True, exist_ok=True)
    with _browser() as browser:
        for shown in wanted.pages:
            for lang in wanted.languages:
                context = browser.new_context(base_url=base, reduced_motion="reduce")
                context.set_default_timeout(_PATIENCE)
                try:
                    page = context.new_page()
                    _open(page, shown, lang)
                    yield from _pictures(page, wanted, out / f"{shown.name}.{lang}")
                finally:
                    context.close()


def _pictures(page: Page, wanted: Wanted, name: Path) -> Iterator[Path]:
    for width in wanted.widths:
        page.set_viewport_size({"width": width, "height": _HEIGHTS.get(width, 800)})
        for scheme in wanted.schemes:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            file = name.with_name(f"{name.name}.{width}.{scheme}.jpg")
            page.screenshot(path=file, full_page=True, type="jpeg", quality=80)
            yield file
    if wanted.printed:
        file = name.with_name(f"{name.name}.pdf")
        page.pdf(path=file, format="A4")
        yield file


def _open(page: Page, shown: Shown, lang: str) -> None:
    page.goto(shown.address(lang))
    page.wait_for_load_state("load")
    _tools(page)
    if shown.act:
        shown.act(page)
        _tools(page)
    page.evaluate("() => document.fonts.ready.then(() => true)")


def _tools(page: Page) -> None:
    """Wait for the tools of the page, where it has any."""
    if page.locator("#notebook").count() and page.locator("#waiting").count():
        page.locator("#notebook .pk-root:not([data-unstyled])").first.wait_for()
    for slot in page.locator("[data-slot]").all():
        slot.scroll_into_view_if_needed()
        slot.locator(".pk-root:not([data-unstyled])").first.wait_for()
    page.evaluate("() => window.scrollTo(0, 0)")


@contextmanager
def _browser() -> Iterator[Browser]:
    """The machine's Chromium, else the one Playwright has fetched."""
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    # Root has no user namespace to put the sandbox in.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with sync_playwright() as running:
        browser = running.chromium.launch(
            executable_path=found, args=["--disable-gpu", *(["--no-sandbox"] if root else [])]
        )
        yield browser
        browser.close()


@contextmanager
def serving(port: int = 0) -> Iterator[str]:
    """Run our own server until the block ends; gives its address."""
    port = port or _free_port()
    process = subprocess.Popen(  # noqa: S603  # ourselves
        [sys.executable, "-m", "pallkit_app", "serve", "--no-open", "--port", str(port)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    try:
        assert process.stdout is not None  # noqa: S101  # asked for above
        ready, _writable, _failed = select.select([process.stdout], [], [], _START)
        line = process.stdout.readline() if ready else ""
        found = re.search(r"http://[\d.]+:\d+", line)
        if found is None:
            raise ScreenshotError(_("The server did not start. Try “pallkit serve” and see why."))
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(_STOP)
        except subprocess.TimeoutExpired:  # it waits for pages to be done that are closed
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
