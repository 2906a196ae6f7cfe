"""One receipt, three readers: the learner's text, the page, the marker."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import LANGUAGES, Language, _
from pallkit.opioids import (
    Conversion,
    Receipt,
    Step,
    convert,
    make_task,
    ratio_set,
    read_reduction,
)


@pytest.fixture
def receipt() -> Receipt:
    done = convert(
        [read_dose("oksykodon po 20 mg x 2"), read_dose("fentanyl td 12 µg/t")],
        read_preparation("hydromorfon po"),
        ratio_set("helsedirektoratet"),
        read_reduction("50%"),
    )
    assert isinstance(done, Conversion)
    return done.receipt


class Reader(HTMLParser):
    """Collects tags and text; a tag out of place is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.open.append(tag)
        self.seen.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


@pytest.mark.parametrize("lang", LANGUAGES)
def test_text_page_and_marking_say_the_same(receipt: Receipt, lang: Language) -> None:
    page = read(receipt.to_html(lang))
    text = receipt.to_text(lang)
    assert page.seen.count("li") == len(receipt.steps) == len(text.splitlines())
    for line in receipt.marking(lang):
        assert line["text"] in page.text
        assert f"{line['number']}. {line['text']}" in text
        assert line["text"] in receipt.to_marking(lang)


def test_what_can_be_wrong_is_marked_and_what_only_tells_is_not(receipt: Receipt) -> None:
    points = {step["text"]: step["points"] for step in receipt.marking("en")}
    assert not any("made for counting" in text or "read the other way" in text for text in points)
    assert points["oxycodone po 20 mg x 2 = 40 mg/24 h"] == 1
    assert points["oxycodone po 40 mg/24 h × 1.5 (1.3–2) = 60 (52–80) mg oral morphine/24 h"] == 2
    assert any("less 50 %" in text and worth == 2 for text, worth in points.items())
    total = sum(points.values())
    assert receipt.to_marking("nb").endswith(f"Sum: {total} p")


def test_a_page_holds_no_mark_up_from_a_text() -> None:
    nasty = "<img src=x onerror=alert(1)> & “”"
    step = Step(_("{text} = 1", text=nasty), _("{text}", text=nasty), "<b>source</b>")
    page = read(Receipt((step,)).to_html("nb"))
    assert set(page.seen) == {"ol", "li", "span", "cite"}
    assert nasty in page.text


@pytest.mark.parametrize("level", ["A", "B", "C"])
@pytest.mark.parametrize("seed", range(10))
def test_every_task_has_a_marking_scheme(seed: int, level: str) -> None:
    task = make_task(seed, level)  # type: ignore[arg-type]  # the letters are the levels
    marked = task.receipt.marking("nn")
    assert sum(line["points"] for line in marked) >= 2
    assert all(line["source"] for line in marked)
