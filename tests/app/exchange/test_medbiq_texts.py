"""A package's XHTML becomes our Markdown, and ours becomes XHTML, without a word lost."""

from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.exchange.virtual_patients import AM

from pallkit.errors import ContentError
from pallkit.texts import to_html
from pallkit_app.exchange.medbiq.decoding import COUNTS, decoded
from pallkit_app.exchange.medbiq.markdown import escaped, to_markdown
from pallkit_app.exchange.medbiq.serial import to_bytes
from pallkit_app.exchange.medbiq.slugs import slug, unlike
from pallkit_app.exchange.medbiq.xhtml import html_tree, plain_div, plain_lines, to_div
from pallkit_app.exchange.medbiq.yaml_text import to_yaml

KEPT = {"a": ("href",)}


def markdown(html: str) -> tuple[str, set[str]]:
    lost: set[str] = set()
    return to_markdown(html_tree(html, kept=KEPT), lost), lost


@pytest.mark.parametrize(
    ("html", "wanted", "lost"),
    [
        ("<p>en</p><p>to</p>", "en\n\nto", set()),
        ("bare tekst", "bare tekst", set()),
        ("<p><b>fet</b> og <i>skrå</i></p>", "**fet** og *skrå*", set()),
        ("<p><i>*</i></p>", "*\\**", set()),
        ("<p><b><i>x</i></b></p>", "**x**", set()),
        ("<p>a<b> b </b>c</p>", "a **b** c", set()),
        ("<ul><li>en</li><li>to <i>tre</i></li></ul>", "- en\n- to *tre*", set()),
        ("<ol><li>en</li><li>to</li></ol>", "1. en\n2. to", set()),
        ("<p>en<br>to</p>", "en\\\nto", set()),
        ("<h2>Nå</h2><p>x</p>", "**Nå**\n\nx", {"heading"}),
        ("<p>x<img src='y.png'></p>", "x", {"picture"}),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a – b", {"table"}),
        ("<p>1. ikke en liste</p>", "1\\. ikke en liste", set()),
        ("<p>- ikke en liste</p>", "\\- ikke en liste", set()),
        ("<p>2 * 3 &lt; 7 &amp; [x]</p>", "2 \\* 3 \\< 7 \\& \\[x\\]", set()),
        ("<a href='https://x.no/a'>her</a>", "[her](https://x.no/a)", set()),
        ("<a href='javascript:alert(1)'>her</a>", "her", {"link"}),
        ("<p>a<script>alert(1)</script>b</p>", "ab", set()),
        ("<div><div><p>dypt</p></div></div>", "dypt", set()),
    ],
)
def test_html_becomes_markdown(html: str, wanted: str, lost: set[str]) -> None:
    assert markdown(html) == (wanted, lost)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<ul>", "<li>", "</li>", "</ul>", "<br>", "<h1>",
     "</h1>", "<a href='https://x.no'>", "</a>", "<table><tr><td>", "</td></tr></table>", "ord",
     "*", "_", " ", "1.", "-", "å", "\n", "`", "[", "]", "(", ")", "&lt;", "#", "!", "\\", "«", "»"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25))
def test_no_word_is_lost_and_no_mark_appears(pieces: list[str]) -> None:
    tree = html_tree("".join(pieces), kept=KEPT)
    made = to_markdown(tree, set())
    back = html_tree(to_html(made), kept={})
    said, shown = (
        "".join("".join(one.itertext()).replace("–", "").split()) for one in (tree, back)
    )
    assert shown == said


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])))
def test_plain_text_shows_exactly_as_it_was(text: str) -> None:
    back = html_tree(to_html(escaped(text)), kept={})
    assert "".join("".join(back.itertext()).split()) == "".join(text.split())


def test_our_markdown_is_valid_xhtml_in_its_own_namespace() -> None:
    div = to_div("**Fet**, *skrå* og [lenke](https://x.no).\n\n- en\n- to\n\n3. tre")
    text = to_bytes(div).decode()
    assert '<div xmlns="http://www.w3.org/1999/xhtml"><p><strong>Fet</strong>' in text
    assert '<a href="https://x.no">lenke</a>' in text
    assert "<ol><li>tre</li></ol>" in text.replace("\n", "")


def test_lines_without_marks_come_back_as_they_were() -> None:
    for lines in (["én"], ["a * b", "<c> & d"]):
        assert plain_lines(plain_div(*lines)) == lines


def test_ids_of_others_become_ids_of_ours() -> None:
    assert slug("Ring legen nå!", "x") == "ring-legen-na"
    assert slug("Ærlig Øye Å", "x") == "aerlig-oye-a"
    assert slug("日本", "node") == "node"
    assert len(slug("ord " * 40, "x")) <= 40
    assert unlike(["a", "b", "a", "a-2", "a"]) == ["a", "b", "a-2", "a-2-2", "a-3"]


@pytest.mark.parametrize(
    "value",
    [
        {"a": "no", "b": "12:30", "c": "2.5", "d": "010", "e": "", "f": None, "g": True, "h": -3},
        {"tekst": "to\nlinjer\n\nog en til\n", "kant": "  foran\nbak  ", "kolon": "a: b, {c}"},
        [{"samme": ["x"]}, {"samme": ["x"]}],
        {"tegn": "æøå «» – \u00a0 😀", "anker": "*a &b !c", "strek": "- ikke liste"},
    ],
)
def test_yaml_is_read_back_as_it_was(value: object) -> None:
    assert to_yaml(value, "x.yaml")


def test_what_yaml_of_ours_cannot_hold_is_refused() -> None:
    with pytest.raises(ContentError, match=r"x\.yaml"):
        to_yaml({"tall": 1.5}, "x.yaml")


def test_an_empty_model_has_nothing_in_it() -> None:
    made = decoded(
        Element(f"{{{AM}}}ActivityModel"),
        Element("d"),
        Element("v"),
        counts=COUNTS,
        told=("Tittel", "nb", ""),
    )
    assert (made.nodes, made.links, made.counters, made.extension) == ((), (), (), None)
