"""A new kernel is sent what the one before it was sent, all at once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.widgets.browser import send

from pallkit_widgets import CasePlayer, OpioidCalculator
from pallkit_widgets.shared.base import LARGEST_MESSAGE, MOST_REPLAYED

CASE = "smerte-kan-ikke-svelge"
ON = {"type": "decide", "decision": {"step": "hjemmebesok"}}
CHOSE = {"type": "decide", "decision": {"step": "svelger-ikke", "option": "tell-og-ring"}}


def _replay(player: CasePlayer, *messages: Any) -> None:
    send(player, {"type": "replay", "messages": list(messages)})


def _step(player: CasePlayer) -> str:
    return str(player.view["step"]["id"])


def test_a_case_stands_where_it_stood_and_is_shown_once() -> None:
    player = CasePlayer(CASE)
    sent: list[dict[str, Any]] = []
    player.comm.send = lambda data=None, **_more: sent.append(data)
    _replay(player, ON, CHOSE, {"type": "undo"}, CHOSE)
    assert _step(player) == "regn-om"
    assert [each["state"]["view"]["step"]["id"] for each in sent] == ["regn-om"]


def test_what_was_refused_then_is_refused_again_and_the_rest_is_done() -> None:
    player = CasePlayer(CASE)
    _replay(player, {"type": "decide", "decision": {"step": "finnes-ikke"}}, ON, CHOSE)
    assert _step(player) == "regn-om"
    _replay(player, {"type": "decide", "decision": {"step": "regn-om", "dose": "mye"}})
    assert player.view["error"]


def test_a_calculation_comes_out_as_before() -> None:
    first, second = OpioidCalculator(), OpioidCalculator()
    message = {"type": "calculate", "form": first.view["form"]}
    send(first, message)
    send(second, {"type": "replay", "messages": [message]})
    assert {**first.view, "turn": 0} == {**second.view, "turn": 0}


@pytest.mark.parametrize(
    "messages",
    [
        pytest.param("decide", id="no list"),
        pytest.param([ON] * (MOST_REPLAYED + 1), id="too many"),
        pytest.param([{**ON, "x": "x" * 11 * LARGEST_MESSAGE}], id="too large"),
        pytest.param([{"type": "replay", "messages": [ON]}], id="one inside another"),
        pytest.param([None, 7, "x", {}, {"type": "decide"}], id="no messages"),
    ],
)
def test_what_no_page_sends_changes_nothing(messages: Any) -> None:
    player = CasePlayer(CASE)
    send(player, {"type": "replay", "messages": messages})
    assert _step(player) == "hjemmebesok"
    assert "bug" not in player.view
