"""Our HTML is cut down to what another platform lets through, and stays well-formed."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit.texts import to_html
from pallkit_app.exchange.few_tags import FLAT, WITH_LISTS, with_tags, words_of

LIST = "Først:\n\n- **puls**\n- [pust](https://a.no/?a=1&b=2)\n\n  lenge\n\nSå."


def test_keeps_lists_and_links_where_they_are_let_through() -> None:
    kept = with_tags(to_html("- a\n- [b](https://a.no/?a=1&b=2)"))
    assert kept == ('<ul>\n<li>a</li>\n<li><a href="https://a.no/?a=1&amp;b=2">b</a></li>\n</ul>')


def test_makes_lists_paragraphs_and_links_words_where_they_are_not() -> None:
    flat = "".join(with_tags(to_html(LIST), FLAT).split("\n"))
    assert flat == (
        "<p>Først:</p><p>– <strong>puls</strong></p>"
        "<p>– pust (https://a.no/?a=1&amp;b=2)</p><p>lenge</p><p>Så.</p>"
    )


def test_makes_an_item_without_a_paragraph_one() -> None:
    assert "".join(with_tags("<ul><li>a <em>b</em></li><li><em>c</em></li></ul>", FLAT)) == (
        "<p>– a <em>b</em></p><p>– <em>c</em></p>"
    )


@given(
    st.lists(
        st.sampled_from(
            [
                "- ",
                "1. ",
                "**",
                "*",
                "a",
                " ",
                "\n",
                "\n\n",
                "  ",
                "<",
                "&",
                "[x](https://y.z)",
                "\\\n",
            ]
        )
    ),
    st.sampled_from([FLAT, WITH_LISTS]),
)
def test_is_always_well_formed_with_no_other_tag(
    pieces: list[str], allowed: frozenset[str]
) -> None:
    root = ET.fromstring(f"<body>{with_tags(to_html(''.join(pieces)), allowed)}</body>")  # noqa: S314  # ours
    assert {one.tag for one in root.iter()} <= {"body", *allowed}
    assert not [one for one in root.iter("p") if one.find("p") is not None]


@pytest.mark.parametrize(
    ("html", "words"),
    [("<p>a</p><p>b &lt; c</p>", "a b < c"), ("<p>én<br>to</p>", "én to"), ("", "")],
)
def test_reads_the_words_alone(html: str, words: str) -> None:
    assert words_of(html) == words
