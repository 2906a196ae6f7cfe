"""Nothing a browser sends can set, break or flood a widget: all of it is input from outside."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.widgets.browser import arrive, send, shown

from pallkit.errors import PallkitError
from pallkit.i18n import _
from pallkit_widgets import (
    AnswerBox,
    CasePlayer,
    OpioidCalculator,
    PracticeTasks,
    Preflight,
    PumpCalculator,
    RatioSetBrowser,
)
from pallkit_widgets.shared.base import LARGEST_MESSAGE, PallkitWidget


class Echo(PallkitWidget):
    """Shows back what it was told; says no to «nei»; has a bug at «feil»."""

    MESSAGES = {"say": {"text": str}, "list": {"items": list}}  # noqa: RUF012

    def __init__(self) -> None:
        super().__init__()
        self.show({"said": None, "error": None})

    def handle(self, message: Mapping[str, Any]) -> None:
        if message.get("text") == "nei":
            raise PallkitError(_("No."))
        if message.get("text") == "feil":
            raise RuntimeError("a bug")
        self.show({"said": message.get("text", message.get("items")), "error": None})

    def refuse(self, error: PallkitError, message: Mapping[str, Any]) -> None:
        del message
        self.show({"said": None, "error": str(error)})


WIDGETS = [
    pytest.param(lambda: CasePlayer("smerte-kan-ikke-svelge"), id="case player"),
    pytest.param(lambda: CasePlayer("finnes-ikke"), id="case player without its case"),
    pytest.param(OpioidCalculator, id="calculator"),
    pytest.param(lambda: AnswerBox("oppgave", log=None), id="answer box"),
    pytest.param(
        lambda: AnswerBox("oppgave", "choice", options={"a": "A", "b": "B"}, log=None), id="choice"
    ),
    pytest.param(
        lambda: AnswerBox(
            "oppgave", "ranking", options={"a": "A", "b": "B"}, certainty=True, log=None
        ),
        id="ranking",
    ),
    pytest.param(RatioSetBrowser, id="table browser"),
    pytest.param(PracticeTasks, id="practice tasks"),
    pytest.param(Preflight, id="check before handing in"),
    pytest.param(PumpCalculator, id="pump calculator"),
]


@pytest.mark.parametrize("make", WIDGETS)
def test_a_browser_can_set_no_trait(make: Any) -> None:
    widget = make()
    for name in widget.keys:
        before = getattr(widget, name)
        arrive(widget, {"method": "update", "state": {name: {"hacked": True}}})
        assert getattr(widget, name) == before


@pytest.mark.parametrize("make", WIDGETS)
def test_a_widget_brings_no_second_model_that_a_browser_could_write_to(make: Any) -> None:
    assert not [key for key, value in make().get_state().items() if "IPY_MODEL_" in str(value)[:20]]


@pytest.mark.parametrize("make", WIDGETS)
def test_what_is_shown_is_plain_data_in_the_reader_s_language(make: Any) -> None:
    view = shown(make())
    assert view["ui_lang"] == "nb"
    assert view["labels"]["watermark"].startswith("Bare til undervisning.")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner),
    max_leaves=12,
)
KEYS = [
    "decision",
    "form",
    "lang",
    "number",
    "reduce",
    "rows",
    "set",
    "sure",
    "text",
    "to",
    "type",
    "unsaved",
]
TYPES = [
    "calculate",
    "check",
    "decide",
    "language",
    "mend",
    "mixture",
    "pump",
    "restart",
    "start",
    "save",
    "save_sure",
    "undo",
    "withdraw",
]
MESSAGES = JSON | st.dictionaries(st.sampled_from(KEYS), JSON | st.sampled_from(TYPES))


@pytest.mark.parametrize("make", WIDGETS)
@given(messages=st.lists(MESSAGES, max_size=5))
def test_whatever_a_browser_sends_is_shown_calmly_or_ignored(
    make: Any, messages: list[object]
) -> None:
    widget = make()
    for message in messages:
        assert "bug" not in send(widget, message)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("say", id="not an object"),
        pytest.param({"text": "hei"}, id="no type"),
        pytest.param({"type": ["say"], "text": "hei"}, id="a list for a type"),
        pytest.param({"type": "shout", "text": "hei"}, id="an unknown type"),
        pytest.param({"type": "say"}, id="a key missing"),
        pytest.param({"type": "say", "text": "hei", "score": 10}, id="a key too many"),
        pytest.param({"type": "say", "text": 10}, id="a number for a text"),
        pytest.param({"type": "say", "text": True}, id="a yes for a text"),
        pytest.param({"type": "say", "text": "a" * LARGEST_MESSAGE}, id="too long"),
        pytest.param({"type": "list", "items": ["a"] * LARGEST_MESSAGE}, id="too many"),
        pytest.param({"type": "list", "items": [[[[["a"]]]]]}, id="too deep"),
        pytest.param({"type": "list", "items": [10**400]}, id="too large a number"),
        pytest.param({"type": "list", "items": [0.1]}, id="a number that is not exact"),
    ],
)
def test_a_message_of_the_wrong_shape_is_ignored(message: object) -> None:
    widget = Echo()
    before = shown(widget)
    assert send(widget, message) == before


def test_a_message_of_the_right_shape_is_acted_on() -> None:
    assert send(Echo(), {"type": "say", "text": "hei"})["said"] == "hei"


def test_an_identity_number_goes_no_further_than_the_door() -> None:
    for message in (
        {"type": "say", "text": "gjelder 010190 12345"},
        {"type": "list", "items": [{"a": ["01019012345"]}]},
    ):
        view = send(Echo(), message)
        assert view["said"] is None
        assert view["error"].startswith("This looks like an identity number (11 digits).")


def test_a_bug_says_that_it_is_one_and_is_not_hidden() -> None:
    widget = Echo()
    with pytest.raises(RuntimeError, match="a bug"):
        widget._receive(widget, {"type": "say", "text": "feil"}, [])
    assert shown(widget)["bug"]


def test_the_same_answer_twice_is_still_two_answers_to_the_browser() -> None:
    widget = Echo()
    first = send(widget, {"type": "say", "text": "nei"})
    second = send(widget, {"type": "say", "text": "nei"})
    assert first["turn"] < second["turn"]


def test_styles_are_sent_on_asking_and_kept_inside_our_widgets(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    widget, sent = Echo(), []
    monkeypatch.setattr(widget, "send", sent.append)
    send(widget, {"type": "styles"})
    (message,) = sent
    assert message["type"] == "styles"
    assert "@scope (.pk-root){" in message["css"][:60]
    assert ":root" not in message["css"]
