"""Whatever a stranger sends a widget, it lives, answers in words, and spends little on it."""

from __future__ import annotations

import json
import os
import random
import time
import tracemalloc
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ipywidgets import Widget
from tests.widgets.attacks.hostile import (
    DEEP,
    LONG,
    LONG_TEXTS,
    MARKUP,
    PATTERNS,
    TEXTS,
    VALUES,
    WIDGETS,
    Seeds,
    messages,
)
from tests.widgets.browser import arrive, send, shown

from pallkit import content
from pallkit.cases.judging import FIELD
from pallkit.cases.model import load
from pallkit_widgets import AnswerBox, CasePlayer, OpioidCalculator, PumpCalculator, RatioSetBrowser
from pallkit_widgets.shared import base
from pallkit_widgets.shared.base import PallkitWidget

MANY = max(12, settings.default.max_examples // 8) if settings.default else 12
DEAREST = 1.0  # seconds of processor time for one message
LARGEST_VIEW = 2 * 2**20  # characters as JSON
TAGS = {"p", "strong", "em", "ul", "ol", "li", "a", "br", "blockquote", "code"}

pytestmark = pytest.mark.usefixtures("empty_folder")


@pytest.fixture(scope="module")
def empty_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A working folder with nothing in it, where nothing may come to be."""
    before, here = Path.cwd(), tmp_path_factory.mktemp("empty")
    os.chdir(here)
    yield here
    os.chdir(before)
    assert not list(here.rglob("*"))


def check(widget: PallkitWidget, message: object) -> None:
    """Send one message and hold the widget to all it promises."""
    started = time.process_time()
    view = send(widget, message)
    spent = time.process_time() - started
    assert spent < DEAREST, f"{spent:.1f} s for {str(message)[:300]}"
    assert "bug" not in view
    written = json.dumps(view)
    assert len(written) < LARGEST_VIEW
    for html in _html(view):
        _is_safe(html)


def _html(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _html(part, str(key))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _html(part, name)
    elif isinstance(value, str) and name.endswith("html"):
        yield value


def _is_safe(html: str) -> None:
    for tag in BeautifulSoup(f"<p></p>{html}", "html.parser").find_all():
        assert tag.name in TAGS, html
        assert tag.attrs.keys() <= {"href", "rel", "start", "class"}, html
        assert str(tag.get("href", "https://")).startswith(("http://", "https://", "mailto:")), html


@pytest.mark.parametrize("name", WIDGETS)
@settings(suppress_health_check=list(HealthCheck), max_examples=MANY)
@given(data=st.data())
def test_a_message_of_ours_with_anything_put_in_is_answered_in_words(
    name: str, data: st.DataObject
) -> None:
    make, seeds = WIDGETS[name]
    widget = make()
    for message in data.draw(st.lists(messages(seeds), min_size=1, max_size=2)):
        check(widget, message)
    send(widget, {"type": "language", "lang": "nn"})
    assert shown(widget)["ui_lang"] in ("nb", "nn")


@pytest.mark.parametrize("name", WIDGETS)
def test_the_longest_texts_cost_less_than_a_second_in_every_field(name: str, whole: bool) -> None:  # noqa: FBT001  # given by name
    make, seeds = WIDGETS[name]
    widget, chance = make(), random.Random(name)  # noqa: S311  # the same texts each time
    texts = [chance.choice(["", "10 mg "]) + text for text in _bombs(chance, many=12)]
    for message in _some(_exchanged(seeds, texts), chance, whole=whole):
        check(widget, message)


def _some(every: Iterator[Any], chance: random.Random, *, whole: bool) -> list[Any]:
    found = list(every)
    return found if whole else chance.sample(found, min(len(found), 15))


def _exchanged(seeds: Seeds, texts: Sequence[str]) -> Iterator[dict[str, Any]]:
    for seed in seeds:
        for text in texts:
            yield from _each_text_exchanged(dict(seed), text)


def _bombs(chance: random.Random, *, many: int) -> list[str]:
    lengths = (60, 500, 799, 8000, LONG - 100)
    chosen = chance.sample(PATTERNS, many)
    return [(pattern * LONG)[: chance.choice(lengths)] for pattern in chosen]


def _each_text_exchanged(message: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    for key, part in message.items():
        if key == "type":
            continue
        if isinstance(part, str):
            yield message | {key: text}
        elif isinstance(part, dict):
            for inner in _each_text_exchanged(part, text):
                yield message | {key: inner}
        elif isinstance(part, list) and part and isinstance(part[0], dict):
            for inner in _each_text_exchanged(part[0], text):
                yield message | {key: [inner, *part[1:]]}


@pytest.mark.parametrize("name", WIDGETS)
def test_markup_in_every_text_never_becomes_markup(name: str, whole: bool) -> None:  # noqa: FBT001  # given by name
    make, seeds = WIDGETS[name]
    widget, chance = make(), random.Random(name)  # noqa: S311  # the same texts each time
    for message in _some(_exchanged(seeds, MARKUP), chance, whole=whole):
        check(widget, message)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(DEEP, id="ten thousand levels"),
        pytest.param({"type": "decide", "decision": DEEP}, id="ten thousand levels inside"),
        pytest.param({"type": "calculate", "form": {"rows": [{}] * 20_000}}, id="many rows"),
        pytest.param({"type": "save", "text": "x" * 10_000_000}, id="ten million characters"),
        pytest.param({str(n): n for n in range(100_000)}, id="a hundred thousand keys"),
        pytest.param({"type": "check", "task": 10**400, "text": ""}, id="a number of 400 digits"),
        pytest.param({"type": "language", "lang": "../../nb"}, id="a language that is a path"),
        pytest.param(["language"] * 100_000, id="a long list"),
    ],
)
def test_what_is_far_too_large_is_put_aside_at_once(message: Any, *, whole: bool) -> None:
    for name in WIDGETS if whole else ("calculator", "text"):
        widget = WIDGETS[name][0]()
        check(widget, message)
        tracemalloc.start()
        try:
            check(widget, message)
            assert tracemalloc.get_traced_memory()[1] < 20 * 2**20
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("name", WIDGETS)
@settings(suppress_health_check=list(HealthCheck), max_examples=max(5, MANY // 5))
@given(state=st.dictionaries(TEXTS, VALUES, max_size=3), data=VALUES)
def test_no_state_and_no_buffer_is_taken(name: str, state: dict[str, Any], data: Any) -> None:
    widget = WIDGETS[name][0]()
    before = {key: getattr(widget, key) for key in widget.keys}
    path = [["view"], ["_esm"], ["__class__", "x"], [str(data)[:20]]]
    for sent in (state, dict.fromkeys(before, data), {"_esm": "alert(1)", "layout": {"a": 1}}):
        update = {"method": "update", "state": sent, "buffer_paths": path}
        with suppress(KeyError, TypeError, IndexError):  # ipywidgets finds no such place
            widget._handle_msg({"content": {"data": update}, "buffers": [b"A", b"B", b"C", b"D"]})
    assert {key: getattr(widget, key) for key in widget.keys} == before
    arrive(widget, {"method": "request_state"})


STARTS = {
    "calculator": lambda text: OpioidCalculator(start=text),
    "pump calculator": lambda text: PumpCalculator(start=text),
    "table browser": lambda text: RatioSetBrowser(start=text),
    "case": lambda text: CasePlayer(text, lang=text, level=text),
}


@pytest.mark.parametrize("name", STARTS)
@settings(suppress_health_check=list(HealthCheck), max_examples=MANY)
@given(text=TEXTS | LONG_TEXTS)
def test_whatever_stands_in_an_address_gives_a_widget_that_lives(name: str, text: str) -> None:
    started = time.process_time()
    view = STARTS[name](text).view
    assert time.process_time() - started < DEAREST, text[:300]
    assert view["labels"]["watermark"]
    assert len(json.dumps(view)) < LARGEST_VIEW
    for html in _html(view):
        _is_safe(html)


@pytest.mark.parametrize("case_id", content.case_ids())
def test_no_way_through_a_case_is_without_end(case_id: str, *, whole: bool) -> None:
    """Decisions are all a kernel keeps: a case that went in rings would fill its memory."""
    if not whole and case_id not in ("uenighet", "opioidbytte"):
        return
    case = load(case_id)
    player, chance = CasePlayer(case_id), random.Random(case_id)  # noqa: S311  # the same way each time
    refused, limit = 0, 5 * len(case.steps)
    while player.view["step"] is not None and refused < 10:
        before = len(player.decisions)
        send(player, {"type": "decide", "decision": _any_decision(player.view["step"], chance)})
        refused += len(player.decisions) == before
        assert len(player.decisions) < limit, f"{case_id} goes in rings"


def _any_decision(step: dict[str, Any], chance: random.Random) -> dict[str, str]:
    ids = [option["id"] for option in step.get("options") or ()]
    picks = ",".join(chance.sample(ids, len(ids))) if ids else ""
    texts = {"dose": "40", "rate": "1", "value": "5", "text": "x", "picks": picks, "order": picks}
    made = {"step": step["id"], "sure": "5", **texts}
    if ids and chance.random() < 0.9:
        made["option"] = chance.choice(ids)
    for field in step.get("fields") or ():
        made[f"{FIELD}{field['id']}"] = "5"
    return made


@pytest.mark.parametrize(("text", "times"), [("4", 250), ("x" * 9_990, 40)])
def test_a_box_that_is_answered_for_hours_remembers_what_counts_and_little_else(
    text: str, times: int
) -> None:
    box = AnswerBox("oppgave", "text", certainty=True, log=None)
    for turn in range(times):
        view = send(box, {"type": "save_sure", "text": f"{text}{turn}", "sure": turn % 11})
        assert view["text"] == f"{text}{turn}"
        assert view["sure"] == turn % 11
        if turn % 7 == 3:
            view = send(box, {"type": "withdraw", "number": view["answers"][-1]["number"]})
            assert view["text"] != f"{text}{turn}"
    assert len(view["answers"]) <= 100
    assert len(json.dumps(view)) < 100_000


def test_without_the_checks_a_page_sets_what_it_likes_and_sends_as_much_as_it_likes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    box = AnswerBox("oppgave", "text", log=None)
    long = {"type": "save", "text": "x" * 50_000}
    update = {"content": {"data": {"method": "update", "state": {"_esm": "alert(1)"}}}}
    turn = box.view["turn"]
    assert send(box, long)["turn"] == turn
    box._handle_msg(update)
    assert box._esm != "alert(1)"
    monkeypatch.setattr(base, "LARGEST_MESSAGE", 10**9)
    monkeypatch.setattr(PallkitWidget, "set_state", Widget.set_state)
    assert send(box, long)["turn"] > turn
    box._handle_msg(update)
    assert box._esm == "alert(1)"
