"""Authors' Markdown: what they may use comes out as HTML, all else as what they typed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pallkit.texts import to_html, to_inline_html


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("Én.\n\nTo.", "<p>Én.</p>\n<p>To.</p>"),
        ("**Fet** og *kursiv*", "<p><strong>Fet</strong> og <em>kursiv</em></p>"),
        ("- én\n- to", "<ul>\n<li>én</li>\n<li>to</li>\n</ul>"),
        ("1. én\n2. to", "<ol>\n<li>én</li>\n<li>to</li>\n</ol>"),
        (
            "[Helse](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2" rel="noopener">Helse</a></p>',
        ),
        (
            "<mailto:a@example.org>",
            '<p><a href="mailto:a@example.org" rel="noopener">mailto:a@example.org</a></p>',
        ),
        ("under 5 < 10 & 3 > 2", "<p>under 5 &lt; 10 &amp; 3 &gt; 2</p>"),
        ("én\nlinje", "<p>én\nlinje</p>"),
    ],
)
def test_what_authors_may_use(markdown: str, html: str) -> None:
    assert to_html(markdown) == html


@pytest.mark.parametrize(
    "markdown",
    [
        "<script>alert(1)</script>",
        "<b>fet</b>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:x)",
        "[x](//evil.example)",
        "[x](/relative)",
        "<javascript:alert(1)>",
        "![x](https://example.org/x.png)",
        "# Overskrift",
        "Overskrift\n====",
        "> sitat",
        "```\nkode\n```",
        "    kode",
        "| a | b |\n|---|---|",
        "---",
        '[x](https://example.org "&quot; onmouseover=alert(1)")',
        '[x](https://example.org/"onmouseover="alert(1))',
    ],
)
def test_nothing_else_gets_through(markdown: str) -> None:
    html = to_html(markdown)
    for tag, attributes in tags(html):
        assert tag in {"p", "a", "em", "strong", "ul", "ol", "li"}, html
        assert attributes.keys() <= ({"href", "rel", "title"} if tag == "a" else set()), html
        assert tag != "a" or attributes["href"].startswith("https://example.org"), html


def tags(html: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append((tag, {name: value or "" for name, value in attrs}))

    Reader().feed(html)
    return found


def test_a_label_has_no_paragraph_around_it() -> None:
    assert to_inline_html(" Ring **nå** ") == "Ring <strong>nå</strong>"
    assert to_inline_html("# 1 <b>") == "# 1 &lt;b&gt;"
