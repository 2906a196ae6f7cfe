"""Plays a Branching Scenario as H5P does, and side by side with the engine, for tests."""

from __future__ import annotations

import re
from html import unescape
from random import Random
from typing import Any

from pallkit import cases
from pallkit.cases.judging import FIELD, example_fields
from pallkit.cases.play import begin, play
from pallkit.cases.state import State
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PumpStep,
    Step,
)
from pallkit_app.exchange.few_tags import words_of

DANGER = "Dette er en farlig handling."
END = -1


class Player:
    """Plays content.json as H5P does: pages lead on, alternatives lead and give points.

    Points of an alternative that leads to the end are not counted, as in the library.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        scenario = content["branchingScenario"]
        assert scenario["scoringOptionGroup"]["scoringOption"] == "dynamic-score"
        self._contents = scenario["content"]
        self.at, self.points = 0, 0

    @property
    def here(self) -> dict[str, Any]:
        return self._contents[self.at]["type"]  # type: ignore[no-any-return]

    @property
    def title(self) -> str:
        return unescape(self.here["metadata"]["title"])

    @property
    def alternatives(self) -> list[dict[str, Any]]:
        return self.here["params"].get("branchingQuestion", {}).get("alternatives", [])  # type: ignore[no-any-return]

    def go_on(self) -> None:
        one = self._contents[self.at]
        self._follow(one["nextContentId"], one["feedback"])

    def choose(self, place: int) -> str:
        one = self.alternatives[place]
        self._follow(one["nextContentId"], one["feedback"])
        return str(one["feedback"]["subtitle"])

    def _follow(self, aim: int, feedback: dict[str, Any]) -> None:
        if aim > 0:
            self.points += feedback.get("endScreenScore", 0)
        self.at = aim


def decision_of(step: Step, label: str, texts: cases.Prose, state: State) -> dict[str, str]:
    """What a learner of PallKit would send who answers what the label says."""
    options = texts.steps[step.id].options
    by_label = {_words(one.label): id_ for id_, one in options.items()}
    if isinstance(step, DoseStep | PumpStep):
        return {"dose" if isinstance(step, DoseStep) else "rate": label}
    if isinstance(step, EstimateStep):
        return {"value": label.split(maxsplit=1)[0]}
    if isinstance(step, MultiStep | OrderStep):
        ids = ",".join(by_label[part] for part in re.split(r" \+ | → ", label))
        return {"picks" if isinstance(step, MultiStep) else "order": ids}
    if isinstance(step, DocumentStep):
        outcome = "complete" if label.startswith("Alt") else "incomplete"
        filled = example_fields(step, outcome) or {}
        return {FIELD + id_: text for id_, text in filled.items()}
    assert isinstance(step, ChoiceStep | ConsultStep), state
    return {"option": by_label.get(label, "on")}


def _words(text: str) -> str:
    return unescape(words_of(text.replace("**", "").replace("*", "")))


class Together:
    """The scenario and the engine side by side, one step at a time."""

    def __init__(self, case: cases.Case, content: dict[str, Any]) -> None:
        self.case, self.texts = case, cases.prose(case.id, "nb")
        self.player, self.state = Player(content), begin(case)
        self.player.go_on()
        self.first = self.player.points
        self.ended = False

    def forward(self) -> None:
        """To the next question, past pages; each page is of the step the engine is at."""
        while not self.player.alternatives and not self.ended:
            self._page()

    def choose(self, place: int) -> None:
        step = self.case.by_id[str(self.state.step)]
        label = unescape(self.player.alternatives[place]["text"])
        decision = {"step": step.id, **decision_of(step, label, self.texts, self.state)}
        self.state, (event, *_more) = play(self.case, self.state, decision)
        said = self.player.choose(place)
        assert (DANGER in said) == event.danger

    def _page(self) -> None:
        step_id = self.state.step
        if step_id is None:
            assert "Kasuset er over" in self.player.here["params"]["text"]
            self.player.go_on()
            assert self.player.at == END
            self.ended = True
            return
        step = self.case.by_id[step_id]
        assert self.player.title == self.texts.steps[step_id].title
        self.player.go_on()
        if step.kind == "reflect":
            self.player.go_on()
        if step.kind in {"info", "gather", "reflect"}:
            self.state = play(self.case, self.state, {"step": step_id})[0]
        elif self.player.alternatives and self.player.title == self.texts.steps[step_id].title:
            return
        else:  # one answer alone was open
            options = self.texts.steps[step_id].options
            self.state = play(
                self.case, self.state, {"step": step_id, "option": next(iter(options))}
            )[0]


def play_all(case: cases.Case, content: dict[str, Any], choices: Random, most: int) -> int:
    ends = 0
    for _count in range(most):
        game = Together(case, content)
        game.forward()
        while not game.ended:
            _pass_consult(game)
            if game.player.alternatives:
                game.choose(choices.randrange(len(game.player.alternatives)))
                _pass_consult(game)
            game.forward()
        assert game.state.step is None
        assert game.player.points == sum(game.state.score.values()) + game.first >= 0
        ends += 1
    return ends


def _pass_consult(game: Together) -> None:
    """Where all has been asked, the scenario goes on by itself."""
    while game.state.step is not None:
        step = game.case.by_id[game.state.step]
        title = game.texts.steps[step.id].title
        if not isinstance(step, ConsultStep) or game.player.title == title:
            return
        game.state = play(game.case, game.state, {"step": step.id, "option": "on"})[0]
