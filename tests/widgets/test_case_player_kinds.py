"""Every kind of step answered in the player, at a level, and whatever else a browser may send."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.test_case_view import PLAYED
from tests.widgets.browser import send, shown

from pallkit import answers
from pallkit_widgets import CasePlayer


@pytest.fixture(scope="module", autouse=True)
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with rich_bank(tmp_path_factory.mktemp("rik") / "bank") as folder:
        yield folder


def decide(player: CasePlayer, **decision: object) -> dict[str, Any]:
    return send(player, {"type": "decide", "decision": decision})


def at(step: str, **settings_: Any) -> CasePlayer:
    """A player that has come to ``step``."""
    player = CasePlayer(RICH, **settings_)
    for decision in PLAYED[: [made["step"] for made in PLAYED].index(step)]:
        send(player, {"type": "decide", "decision": decision})
    assert shown(player)["step"]["id"] == step
    return player


def test_every_kind_of_step_is_answered_and_kept_as_text(log: Path) -> None:
    player = CasePlayer(RICH, log=log)
    for decision in PLAYED:
        view = decide(player, **decision)
    assert view["step"] is None
    kept = answers.decisions(answers.read(log), RICH)
    assert kept[0] == {**PLAYED[0], "level": "A"}
    assert list(kept[1:]) == PLAYED[1:]
    assert shown(CasePlayer(RICH, log=log))["debrief"] == view["debrief"]


def test_a_rate_needs_no_unit_since_it_stands_beside_the_field() -> None:
    view = decide(at("pumpe"), step="pumpe", rate=" 0,25 ")
    assert view["feedback"]["given"] == "0,25 ml/t"
    assert view["feedback"]["verdict"] == "For høy hastighet"


def test_a_rate_that_cannot_be_read_stays_in_its_field() -> None:
    view = decide(at("pumpe"), step="pumpe", rate="fort")
    assert view["typed"] == "fort"
    assert view["step"]["id"] == "pumpe"
    assert view["error"]["text"]


def test_an_answer_had_from_somebody_is_in_the_dialogue_and_the_step_stays() -> None:
    view = decide(CasePlayer(RICH), step="sporre", option="om-ord")
    assert view["step"]["id"] == "sporre"
    assert view["step"]["asked"][0]["who"] == "Mirza"
    assert view["feedback"]["step"] == "sporre"


@pytest.mark.parametrize(
    ("step", "decision"),
    [
        ("tegn", {"picks": ""}),
        ("tegn", {"picks": "pust,<img src=x onerror=alert(1)>"}),
        ("tegn", {"picks": ["pust"]}),
        ("tegn", {"picks": "pust,sovn", "sure": "150"}),
        ("tall", {"value": "11"}),
        ("tall", {"value": "٧"}),
        ("tall", {}),
        ("rekke", {"order": "se,se,ring,skriv"}),
        ("rekke", {"order": "se," * 4000}),
        ("regn", {"dose": "30 kg"}),
        ("pumpe", {"rate": "0,1 mg/t"}),
        ("plan", {"field.sted": "sirkus"}),
        ("plan", {"field.mal": "x" * 5001}),
        ("sporre", {"option": "om-natten-igjen"}),
    ],
)
def test_what_does_not_fit_is_refused_and_the_case_stands(
    step: str, decision: dict[str, object]
) -> None:
    view = decide(at(step), step=step, **decision)
    assert view["error"]["text"]
    assert view["focus"] == "error"
    assert view["step"]["id"] == step


def test_parts_of_another_kind_and_unknown_fields_are_not_kept(log: Path) -> None:
    player = at("plan", log=log)
    fields = {"field.ukjent": "x", "field.mal": "Ro"}
    decide(player, step="plan", text="x", option="vanlig", **fields)
    kept = answers.decisions(answers.read(log), RICH)[-1]
    assert kept == {"step": "plan", "field.mal": "Ro"}


def test_an_identity_number_in_a_form_is_refused_and_never_shown_again(log: Path) -> None:
    view = decide(at("plan", log=log), step="plan", **{"field.mal": "Født 01019012345"})
    assert "11 siffer" in view["error"]["text"]
    assert "01019012345" not in str(view)
    assert "01019012345" not in log.read_text()


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    message=st.dictionaries(
        st.sampled_from(["type", "decision", "level", "lang"]) | st.text(max_size=5),
        st.recursive(
            st.none()
            | st.booleans()
            | st.integers()
            | st.floats()
            | st.text(max_size=30)
            | st.sampled_from(["decide", "level", "undo", "restart", "language", "C", "nn", RICH]),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["step", "option", "picks", "field.mal", "sure", "level"]),
                    inner,
                    max_size=4,
                )
            ),
            max_leaves=6,
        ),
        max_size=4,
    )
)
def test_whatever_a_browser_sends_the_player_stands(message: dict[str, Any]) -> None:
    player = at("tegn")
    view = send(player, message)
    assert not view.get("bug")
    assert view["labels"]


class TestLevel:
    def test_it_is_chosen_before_the_first_decision_which_keeps_it(self, log: Path) -> None:
        player = CasePlayer(RICH, log=log)
        assert shown(player)["choose_level"]
        view = send(player, {"type": "level", "level": "C"})
        assert (view["case"]["level"], view["focus"]) == ("C", "level")
        assert not decide(player, **PLAYED[0])["choose_level"]
        assert answers.decisions(answers.read(log), RICH)[0]["level"] == "C"
        again = CasePlayer(RICH, log=log)
        assert shown(again)["level"] == "C"

    def test_after_a_decision_it_stands(self) -> None:
        player = CasePlayer(RICH)
        decide(player, **PLAYED[0])
        assert send(player, {"type": "level", "level": "C"})["level"] == "A"

    def test_taking_back_the_first_decision_opens_the_choice_again(self) -> None:
        player = CasePlayer(RICH, level="C")
        decide(player, **PLAYED[0])
        view = send(player, {"type": "undo"})
        assert view["choose_level"]
        assert view["level"] == "C"

    def test_another_language_keeps_it(self) -> None:
        player = CasePlayer(RICH, level="C")
        view = send(player, {"type": "language", "lang": "en"})
        assert (view["ui_lang"], view["level"]) == ("en", "C")

    @pytest.mark.parametrize("asked", ["B", "X" * 900, "<b>"])
    def test_one_the_case_has_not_is_shown_at_its_own_and_says_so(self, asked: str) -> None:
        view = shown(CasePlayer(RICH, level=asked))
        assert view["level"] == "A"
        assert "sitt eget nivå" in view["note"]
        assert len(view["note"]) < 120
        assert send(CasePlayer(RICH), {"type": "level", "level": asked})["level"] == "A"

    def test_one_that_a_task_is_given_at_is_not_for_the_learner_to_change(self, log: Path) -> None:
        player = CasePlayer(RICH, level="C", log=log)
        assert not shown(player)["choose_level"]
        assert send(player, {"type": "level", "level": "A"})["level"] == "C"

    def test_a_log_from_before_levels_is_played_at_the_cases_own(self, log: Path) -> None:
        answers.append(log, answers.record("decision", RICH, PLAYED[0]))
        view = shown(CasePlayer(RICH, log=log))
        assert view["can_undo"]
        assert (view["level"], view["note"]) == ("A", None)

    def test_a_log_at_a_level_the_case_has_no_more_is_kept_and_begun_anew(self, log: Path) -> None:
        answers.append(log, answers.record("decision", RICH, {**PLAYED[0], "level": "B"}))
        view = shown(CasePlayer(RICH, log=log))
        assert "passer ikke lenger" in view["note"]
        assert not view["can_undo"]
