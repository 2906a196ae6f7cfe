"""What is printed on the cards: nothing falls off a card, and nothing is given away on its face."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest
from weasyprint import HTML

from pallkit import content
from pallkit.about import WATERMARK
from pallkit.cases import load, prose
from pallkit.cases.steps import BEST, PlainStep
from pallkit.cases.values import Level
from pallkit.i18n import Language, render
from pallkit.texts import to_html
from pallkit_app.handouts.cards import cards_html
from pallkit_app.handouts.deck import make_deck
from pallkit_app.handouts.faces import Face, faces
from pallkit_app.handouts.fit import plain
from pallkit_app.handouts.said import Sayer

CASES = content.case_ids()
MM = 25.4 / 96
DRAWN = {"hva-er-viktig": "nb", "siste-dager-fentanylplaster": "nn"}
"""The cases that are laid out in the short test; the whole one lays all out, in both."""


@cache
def faces_of(case_id: str, lang: Language, level: Level | None = None) -> list[Face]:
    deck = make_deck(case_id, level)
    return list(faces(deck, Sayer(load(case_id), prose(case_id, lang), lang)))


def words(face: Face) -> str:
    return " ".join(plain(str(block.html)) for block in face.blocks)


@pytest.mark.parametrize("lang", ["nb", "nn"])
@pytest.mark.parametrize("case_id", CASES)
def test_no_text_falls_off_its_card(case_id: str, lang: Language, *, whole: bool) -> None:
    if not whole and DRAWN.get(case_id) != lang:
        return
    document = HTML(string=cards_html(case_id, lang, paged=True)).render()
    labels = []
    for page in document.pages:
        for card in within(page._page_box, "article"):
            (inside,) = [box for box in within(card, "div") if box.element.get("class") == "inside"]
            (foot,) = within(card, "footer")
            last = inside.children[-1]
            room = foot.position_y - last.position_y - last.margin_height()
            label = card.element.get("aria-labelledby")
            assert room * MM > 0, label
            labels.append(label)
    drawn = [f"card-{face.label}" for face in faces_of(case_id, lang)]
    assert sorted(labels) == sorted(drawn)


def within(box: Any, tag: str) -> Iterator[Any]:
    if getattr(box, "element_tag", "") == tag and box.element is not None:
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from within(child, tag)


@pytest.mark.parametrize("case_id", CASES)
def test_what_a_choice_gives_stands_on_its_own_card_and_on_no_other(case_id: str) -> None:
    text = prose(case_id, "nb")
    for face in faces_of(case_id, "nb"):
        if face.card.kind != "situation":
            continue
        said, written = words(face), text.steps[str(face.card.step.id)]
        told = [written.expert, *written.outcomes.values()]
        told += [option.feedback for option in written.options.values()]
        for part in (plain(to_html(one)) for one in told if one):
            assert part[:60] not in said


@pytest.mark.parametrize("case_id", CASES)
def test_every_word_of_the_case_is_on_a_card(case_id: str, *, whole: bool) -> None:
    for lang in ("nb", "nn") if whole else ("nb",):
        every_word_is_there(case_id, lang)


def every_word_is_there(case_id: str, lang: Language) -> None:
    text = prose(case_id, lang)
    levels = load(case_id).open_levels
    drawn = [face for level in levels for face in faces_of(case_id, lang, level)]
    printed = re.sub(r"\s+", "", "".join(words(face) for face in drawn))
    for id_, written in text.steps.items():
        step = load(case_id).by_id[id_]
        wanted = [written.title, written.text, written.ask]
        wanted += [option.label for option in written.options.values()]
        wanted += [option.feedback for option in written.options.values()]
        if isinstance(step, PlainStep) or step.kind == "document":
            wanted.append(written.expert)
        for one in wanted:
            for part in re.findall(r"<(?:p|li)>(.*?)</(?:p|li)>", to_html(one), re.DOTALL):
                assert re.sub(r"\s+", "", plain(part)) in printed, (id_, part)


@pytest.mark.parametrize("case_id", CASES)
def test_a_card_that_takes_two_says_where_it_goes_on(case_id: str) -> None:
    drawn = faces_of(case_id, "nb")
    labels = [face.label for face in drawn]
    assert len(set(labels)) == len(labels)
    for face, after in zip(drawn, [*drawn[1:], None], strict=True):
        if face.onto:
            assert after is not None
            assert after.label == face.onto
            assert after.card == face.card


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
def test_every_card_says_what_it_is_not_for_and_that_it_is_a_draft(lang: Language) -> None:
    html = cards_html("smerte-kan-ikke-svelge", lang)
    count = html.count("<article")
    assert count
    assert html.count(f"<p>{render(WATERMARK, lang)}</p>".replace("'", "&#39;")) == count
    assert not re.search(r"<(link|img|iframe|script)|@import|url\((?!.data:)", html)


@pytest.mark.parametrize("case_id", CASES)
def test_a_key_has_a_card_for_each_outcome_that_can_be(case_id: str) -> None:
    deck = make_deck(case_id)
    for card in deck.cards.values():
        if card.kind == "key" and not card.computed:
            assert BEST[card.step.kind] in card.outcomes
        for one in card.computed:
            assert one.rows[0].low is None
            assert one.rows[-1].high is None
            for row, after in zip(one.rows, one.rows[1:], strict=False):
                assert (row.high, row.high_in) == (after.low, not after.low_in)
