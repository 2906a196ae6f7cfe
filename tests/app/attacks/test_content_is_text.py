"""What stands in content, an address or an answer is text: a real Chromium runs none of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import BrowserContext
from tests.app.attacks.watched import Watched
from tests.app.server_process import Server

from pallkit.texts import to_document, to_html, to_inline_html

TAGS = {
    *("p", "strong", "em", "ul", "ol", "li", "a", "br", "h1", "h2", "h3", "blockquote", "div"),
    *("table", "thead", "tbody", "tr", "th", "td", "details", "summary"),
}
ATTRIBUTES = {
    "href",
    "rel",
    "title",
    "id",
    "class",
    "scope",
    "start",
    "role",
    "tabindex",
    "aria-label",
}
PIECES = [
    *(
        "<",
        ">",
        "</",
        "<script>",
        "<img src=x onerror=a()>",
        "<svg/onload=a()>",
        "<!--",
        "-->",
        "<![CDATA[",
    ),
    *(
        "javascript:a()",
        "JaVaScRiPt:a()",
        "java\tscript:a()",
        "data:text/html,x",
        "vbscript:x",
        "https://e.no",
    ),
    *(
        "[",
        "](",
        ")",
        "![",
        "<javascript:a()>",
        '"',
        "'",
        "`",
        "```",
        "&#106;avascript:",
        "&lt;",
        "\\<",
        "\x00",
    ),
    *(
        "<details>",
        "</details>",
        "<summary>",
        "</summary>",
        "<summary onclick=a()>x</summary>",
        "\n",
        "\n\n",
    ),
    *(
        "# ",
        "## ",
        "| a | b |\n|---|:-:|\n",
        "> ",
        "- ",
        "1. ",
        "**",
        "*",
        "a",
        " ",
        "[a]: javascript:a()\n",
    ),
    *(
        'https://e.no" onclick="a()',
        "mailto:a@e.no?x=<b>",
        "\u2028",
        "\ufeff",
        "<a href=javascript:a()>",
    ),
]
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=14).map("".join)


@settings(max_examples=max(50, settings.default.max_examples // 2 if settings.default else 0))
@given(markdown=MARKDOWN)
def test_markdown_of_any_kind_becomes_our_few_tags_and_no_script(markdown: str) -> None:
    pages = (
        to_html(markdown),
        to_inline_html(markdown),
        to_document(markdown, name="x", table='"><script>').html,
    )
    for html in pages:
        for tag in BeautifulSoup(f"<p></p>{html}", "html.parser").find_all():
            assert tag.name in TAGS, html
            assert tag.attrs.keys() <= ATTRIBUTES, html
            address = str(tag.get("href", "https://")).lower()
            assert address.startswith(("http://", "https://", "mailto:")), html


ATTACKS = [
    "<script>window.hit=1</script>",
    "<img src=x onerror='window.hit=1'>",
    "\"><svg onload='window.hit=1'>",
    "'-window.hit=1-'",
    "</title><script>window.hit=1</script>",
    "</script><script>window.hit=1</script>",
    "javascript:window.hit=1",
    "{{constructor.constructor('window.hit=1')()}}",
    "<a href='//elsewhere.example/'>x</a><img src=//elsewhere.example/x>",
    "<link rel=stylesheet href=//elsewhere.example/x><base href=//elsewhere.example/>",
]
PLACES = [
    *(
        "/kasus?q={0}",
        "/kasus?topic={0}&level={0}&time={0}&language={0}",
        "/kasus/pusten?level={0}",
    ),
    *(
        "/?lang={0}",
        "/om?lang={0}#{0}",
        "/nowhere/{0}",
        "/meld-fra?content={0}&version={0}&page={0}",
    ),
    *("/app/kasus?case={0}", "/modul/{0}", "/kasus/pusten/qr?level={0}&language={0}"),
    *("/app/kalkulator?frame=only&q={0}", "/app/smertepumpe?frame=only&q={0}"),
]
WITH_KERNEL = [
    "/app/kalkulator?q={0}",
    "/app/kasus?case=pusten&level={0}&lang={0}",
]


@pytest.fixture
def watched(contexts: Callable[..., BrowserContext], server: Server) -> Watched:
    return Watched(contexts().new_page(), server.url)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_an_address_runs_on_the_page_it_leads_to(
    watched: Watched,
    place: str,
    whole: bool,  # noqa: FBT001  # given by name
) -> None:
    if not whole and PLACES.index(place) % 2:
        return
    first = 0 if whole else PLACES.index(place) // 2
    for attack in ATTACKS[first :: 1 if whole else len(ATTACKS)]:
        watched.open(place, attack)


@pytest.mark.parametrize("place", WITH_KERNEL)
def test_nothing_in_an_address_runs_in_a_widget(
    watched: Watched, place: str, *, whole: bool
) -> None:
    if not whole and place != WITH_KERNEL[0]:
        return
    watched.open(place, "|".join(ATTACKS[:6])[:700], ready="#notebook .pk-root")


def test_the_watch_sees_what_it_looks_for(watched: Watched) -> None:
    """Without escaping, and without the policy, each of these would be seen."""
    watched.page.goto("about:blank")
    watched.page.set_content("<main><script>window.hit=1;alert(1)</script></main>")
    assert watched.page.evaluate("window.hit") == 1
    watched.page.evaluate("new Image().src = 'http://elsewhere.example/x'")
    assert watched.faults[0] == "a dialog"
    assert "asked http://elsewhere.example/x" in watched.faults
