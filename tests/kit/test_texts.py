"""Authors' Markdown: what they may use comes out as HTML, all else as what they typed."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pallkit.texts import Heading, to_document, to_html, to_inline_html


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


def document(markdown: str) -> str:
    return to_document(markdown, name="del", table="Tabell").html


def test_a_document_has_headings_one_can_jump_to_by_the_same_name_in_every_language() -> None:
    nb = to_document("## Mål\n\n### Så *nært*\n\n## Kilder", name="start", table="Tabell")
    nn = to_document("## Mål\n\n### Så nært\n\n## Kjelder", name="start", table="Tabell")
    assert nb.headings == (
        Heading("start", 2, "Mål"),
        Heading("start-2", 3, "Så nært"),
        Heading("start-3", 2, "Kilder"),
    )
    assert [each.id for each in nn.headings] == [each.id for each in nb.headings]
    assert '<h3 id="start-2">Så <em>nært</em></h3>' in nb.html


def test_a_table_scrolls_in_a_region_named_by_the_heading_above_it() -> None:
    rows = "| a | b |\n|---|--:|\n| 1 | <i> |"
    html = document(f"## Doser & «veier»\n\n{rows}\n\nSå:\n\n{rows}")
    region = '<div class="doc-table" role="region" tabindex="0" aria-label="Tabell: Doser &amp; '
    assert f'{region}«veier»">' in html
    assert f'{region}«veier» 2">' in html
    assert '<th scope="col">a</th>' in html
    assert '<td class="is-right">&lt;i&gt;</td>' in html
    assert "style=" not in html


def test_a_quote_is_a_quote() -> None:
    assert document("> Ring **nå**.") == (
        "<blockquote>\n<p>Ring <strong>nå</strong>.</p>\n</blockquote>"
    )


def test_a_reveal_holds_any_text_behind_its_question() -> None:
    inside = "- Vent\n\n| a |\n|---|\n| 1 |"
    html = document(f"<details>\n<summary>Hva *nå*?</summary>\n\n{inside}\n\n</details>\n\nSå.")
    assert html.startswith("<details>\n<summary>Hva <em>nå</em>?</summary>\n<ul>")
    assert html.index("<li>Vent</li>") < html.index("<table>") < html.index("</details>")
    assert html.endswith("<p>Så.</p>")


@pytest.mark.parametrize(
    "markdown",
    [
        "<details>\n\nUten spørsmål\n\n</details>",
        "<details>\n<summary>Uten slutt</summary>\n\nTekst",
        '<details open onclick="x()">\n<summary>Hva?</summary>\n\nTekst\n\n</details>',
        "<details>\n<summary onclick=x()>Hva?</summary>\n\nTekst\n\n</details>",
        "<details>\n<summary><script>x()</script></summary>\n\n<b>T</b>\n\n</details>",
        "#### Fire",
        "<h2>Mål</h2>",
        "![x](https://example.org/x.png)",
        "```\n<b>kode</b>\n```",
        "| <img src=x onerror=x()> |\n|---|\n| [x](javascript:x) |",
        '## Mål <a href="javascript:x">x</a>',
    ],
)
def test_nothing_else_gets_into_a_document(markdown: str) -> None:
    allowed = {"p", "a", "em", "strong", "ul", "ol", "li", "h2", "blockquote", "details", "summary",
               "div", "table", "thead", "tbody", "tr", "th", "td"}  # fmt: skip
    for tag, attributes in tags(document(markdown)):
        assert tag in allowed, markdown
        assert not [name for name in attributes if name.startswith("on")], markdown
        assert not attributes.get("href", "").startswith("javascript"), markdown
