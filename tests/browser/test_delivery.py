"""What a page with widgets costs the reader's line: few requests, small ones, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.app.server_process import Server
from tests.browser.module_page import ADDRESS as MODULE
from tests.browser.module_page import come_near
from tests.browser.watch import Watch

CASE = "/app/kasus?case=smerte-kan-ikke-svelge"
# The bounds we set ourselves; a first visit was 92 requests and 1,380 KB with Voila's front end.
FIRST, AGAIN, BYTES = 15, 5, 350 * 1024
# A module that is only read: most of it is the styles and the font of every page.
READ, READ_BYTES = 10, 130 * 1024


@dataclass
class Wire:
    """What Chromium fetched over the network for one page."""

    bytes_of: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    heard: int = 0  # characters that came over the line to the kernel
    _urls: dict[str, str] = field(default_factory=dict)

    def watch(self, page: Page) -> None:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", self._response)
        wire.on("Network.loadingFinished", self._finished)
        wire.on("Network.webSocketCreated", lambda event: self.lines.append(event["url"]))
        wire.on("Network.webSocketFrameReceived", self._frame)

    def _response(self, event: dict[str, Any]) -> None:
        reply = event["response"]
        if reply["url"].startswith("http") and not reply.get("fromDiskCache"):
            self._urls[event["requestId"]] = reply["url"]

    def _finished(self, event: dict[str, Any]) -> None:
        url = self._urls.get(event["requestId"])
        if url and event["encodedDataLength"]:
            self.bytes_of[url] = int(event["encodedDataLength"])

    def _frame(self, event: dict[str, Any]) -> None:
        self.heard += len(event["response"]["payloadData"])


def _visit(context: BrowserContext, server: Server, path: str) -> Wire:
    return _visit_and_read(context, server, path)[0]


def _visit_and_read(context: BrowserContext, server: Server, path: str) -> tuple[Wire, Wire]:
    """What a visit took in all, and of a module what was there before its tools were asked for."""
    page, wire, read = context.new_page(), Wire(), Wire()
    watch = Watch(page, server.url)
    wire.watch(page)
    page.goto(path)
    if path == MODULE:
        page.wait_for_load_state("networkidle")
        read.bytes_of.update(wire.bytes_of)
        come_near(page)
    expect(page.locator(".pk-root").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-line", "connected")
    page.wait_for_load_state("networkidle")
    watch.check()
    page.close()
    return wire, read


@pytest.mark.parametrize("path", [CASE, "/app/kalkulator"])
def test_the_first_visit_is_small_and_the_second_asks_for_little_but_the_page(
    contexts: Callable[..., BrowserContext], server: Server, path: str
) -> None:
    context = contexts(base_url=server.url)
    first, again = (_visit(context, server, path) for _time in range(2))
    assert len(first.bytes_of) + len(first.lines) <= FIRST, first.bytes_of
    assert sum(first.bytes_of.values()) <= BYTES, first.bytes_of
    assert len(again.bytes_of) + len(again.lines) <= AGAIN, again.bytes_of
    # A widget's script and first view are not sent a second time over the line to the kernel.
    assert max(first.heard, again.heard) < 20_000


def test_a_module_is_read_for_less_and_its_tools_come_with_few_requests(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    context = contexts(base_url=server.url)
    first, read = _visit_and_read(context, server, MODULE)
    assert len(read.bytes_of) <= READ, read.bytes_of
    assert sum(read.bytes_of.values()) <= READ_BYTES, read.bytes_of
    tools = first.bytes_of.keys() - read.bytes_of.keys()
    assert len(tools) + len(first.lines) <= FIRST - READ + 2, tools  # two kinds of tools
    assert sum(first.bytes_of.values()) <= BYTES, first.bytes_of
    again, read = _visit_and_read(context, server, MODULE)
    assert len(read.bytes_of) <= 1, read.bytes_of
    assert sum(read.bytes_of.values()) < 2_000  # the text has not changed
    assert len(again.bytes_of) + len(again.lines) <= AGAIN, again.bytes_of
    assert max(first.heard, again.heard) < 20_000


def test_the_first_step_is_read_without_javascript_and_before_any_kernel(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url, java_script_enabled=False).new_page()
    for lang, first in (("nb", "Mandag klokka ni"), ("nn", "Måndag klokka ni")):
        page.goto(f"{CASE}&lang={lang}&frame=only")  # the page as it is without a kernel
        expect(page.get_by_role("heading", name=first)).to_be_visible()
        expect(page.locator(".site-first")).to_contain_text("Randi")


def test_a_widget_whose_script_does_not_come_is_told_of_as_a_failure(
    contexts: Callable[..., BrowserContext], server: Server
) -> None:
    page = contexts(base_url=server.url).new_page()
    page.route("**/widgets/CasePlayer.js*", lambda route: route.abort())
    page.goto(CASE)
    expect(page.locator("#trouble-failed")).to_be_visible()
