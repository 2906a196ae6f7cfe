"""The page itself says what its widgets show: no front end has to ask for it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import pytest
from tests.app.server_process import Server

from pallkit_app.compile import content_root
from pallkit_app.server.delivery import front_ends, outputs, rendering

T = TypeVar("T")
NOTEBOOKS = content_root() / "notebooks"
MODEL = "application/vnd.jupyter.widget-view+json"


def _widgets(server: Server, path: str) -> list[Any]:
    page = server.get(path).page
    assert not page.select("[data-failed]")
    return [json.loads(each.text) for each in page.select(f'.pk-output script[type="{MODEL}"]')]


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run it in a thread: Playwright's loop runs in this one, once a test has had a browser."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_a_case_stands_in_its_page_with_its_first_step(server: Server) -> None:
    (widget,) = _widgets(server, "/app/kasus?case=smerte-kan-ikke-svelge&lang=nn")
    assert widget["state"]["view"]["ui_lang"] == "nn"
    assert widget["state"]["view"]["step"]["title"]
    assert set(widget["state"]) == {"view"}


def test_a_widgets_script_and_styles_are_files_and_not_in_the_page(server: Server) -> None:
    (widget,) = _widgets(server, "/app/kalkulator")
    for part in ("esm", "css"):
        reply = server.get(widget[part])
        assert reply.status == 200
        assert reply.headers["cache-control"].endswith("immutable")
    assert "export default" in server.get(widget["esm"]).text


@pytest.mark.parametrize(
    "notebook", sorted(NOTEBOOKS.glob("*/*.ipynb")), ids=lambda path: path.name
)
def test_a_page_asks_for_the_files_of_its_widgets_before_they_are_there(notebook: Path) -> None:
    assert front_ends.shown_in(notebook)


def test_what_is_asked_for_beforehand_is_what_the_widgets_need(server: Server) -> None:
    page = server.get("/app/smertepumpe").page
    (widget,) = (json.loads(each.text) for each in page.select(".pk-output script"))
    assert page.select(f'link[rel="modulepreload"][href="{widget["esm"]}"]')
    assert page.select(f'link[rel="stylesheet"][href="{widget["css"]}"]')


def test_a_widget_the_server_does_not_know_brings_its_script_along() -> None:
    cell = {"id": "c", "outputs": [_shown("m")]}
    states = {"m": {"_esm": "export default {}", "_css": "", "view": {}}}
    (written,) = outputs.written(cell, states, lambda text: text)
    assert "export default {}" in written


def test_nothing_a_widget_shows_can_end_the_element_it_stands_in() -> None:
    cell = {"id": '"><script>', "outputs": [_shown("m")]}
    states = {"m": {"_esm": "x", "view": {"text": "</script><!--<script>alert(1)</script>"}}}
    (written,) = outputs.written(cell, states, str)
    assert written.count("<script") == 1
    assert written.count("</script>") == 1
    assert "<!--" not in written
    assert 'data-cell="&quot;&gt;&lt;script&gt;"' in written


def test_what_is_printed_is_shown_as_text_and_a_fault_as_no_more_than_a_mark() -> None:
    printed = {"output_type": "stream", "name": "stdout", "text": "<b>5</b>"}
    warned = {"output_type": "stream", "name": "stderr", "text": "/srv/secret.py"}
    failed = {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": ["/srv"]}
    plain = {"output_type": "execute_result", "data": {"text/plain": "a < b"}}
    cell = {"id": "c", "outputs": [printed, warned, failed, plain]}
    first, second, third, last = outputs.written(cell, {}, str)
    assert "<pre>&lt;b&gt;5&lt;/b&gt;</pre>" in first
    assert second == third == outputs.FAILED
    assert "<pre>a &lt; b</pre>" in last


def _shown(model: str) -> dict[str, Any]:
    return {"output_type": "display_data", "data": {MODEL: {"model_id": model}}}


async def _slow(*pauses: float) -> AsyncIterator[str]:
    for pause in pauses:
        await asyncio.sleep(pause)
        yield str(pause)


def test_a_page_that_takes_its_time_says_that_it_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "HEARTBEAT", 0.05)

    async def heard() -> list[str]:
        return [part async for part in rendering.with_heartbeat(_slow(0, 0.12, 0), asyncio.Event())]

    parts = _run(heard())
    assert [part for part in parts if part != rendering.ALIVE] == ["0", "0.12", "0"]
    assert rendering.ALIVE in parts


def test_a_reader_who_leaves_stops_what_was_coming() -> None:
    ended = []

    async def coming() -> AsyncIterator[str]:
        try:
            yield "first"
            await asyncio.sleep(60)
        finally:
            ended.append("yes")

    async def leave() -> None:
        parts = rendering.with_heartbeat(coming(), asyncio.Event())
        assert await anext(parts) == "first"
        waiting = asyncio.ensure_future(anext(parts))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    _run(leave())
    assert ended
