"""What an item's answer comes to: the points on each axis, the danger, and what is said.

SCORE is the sum of the five axes' variables, without weights; it can be below 0. DANGER is
true where a dangerous act was done, whatever the points. FEEDBACK names what is said; where
several things are said to one answer, each has a variable of its own, since not every player
can add to a variable that holds several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pallkit.cases.values import AXES, Axis
from pallkit_app.exchange.qti.xml import FEEDBACK, Element, make, more, put, value, variable

VARIABLES: Mapping[Axis, str] = {axis: axis.upper() for axis in AXES}


@dataclass(frozen=True, slots=True)
class Result:
    """One thing an answer can come to. ``name`` is what ``shown_by`` is set to for its feedback."""

    name: str
    said: str
    score: Mapping[Axis, int] = field(default_factory=dict)
    danger: bool = False
    shown_by: str = FEEDBACK

    @property
    def points(self) -> int:
        """The sum of the axes."""
        return sum(self.score.values())

    def follows(self) -> list[Element]:
        """The rules that give it."""
        rules = [more(VARIABLES[axis], points) for axis, points in self.score.items() if points]
        if self.danger:
            rules.append(put("DANGER", value("boolean", "true")))
        if self.said:
            rules.append(put(self.shown_by, value("identifier", self.name)))
        return rules

    def feedback(self, body: Iterable[Element]) -> Element:
        """What is said, shown when FEEDBACK names it."""
        return make(
            "qti-modal-feedback",
            make("qti-content-body", *body),
            outcome_identifier=self.shown_by,
            identifier=self.name,
            show_hide="show",
        )


def declared(
    results: Iterable[Result], most: int, least: int, counts: Iterable[str] = ()
) -> list[Element]:
    """The outcome variables of an item; ``counts`` are its own, whole numbers from 0."""
    bounds = {"normal_maximum": str(max(most, 0)), "normal_minimum": str(least)}
    shown = dict.fromkeys(one.shown_by for one in results)
    return [
        _number("SCORE", 0, **bounds),
        _number("MAXSCORE", most),
        *(_number(name, 0) for name in VARIABLES.values()),
        _outcome("DANGER", "boolean", "false"),
        *(_number(name, 0) for name in counts),
        *(_outcome(name, "identifier") for name in shown),
    ]


def score_rule() -> Element:
    """SCORE is the sum of the axes."""
    return put("SCORE", make("qti-sum", *(variable(name) for name in VARIABLES.values())))


def _number(name: str, default: int, **bounds: str) -> Element:
    return _outcome(name, "float", str(default), **bounds)


def _outcome(name: str, base_type: str, default: str = "", **rest: str) -> Element:
    given = [make("qti-default-value", make("qti-value", text=default))] if default else []
    return make(
        "qti-outcome-declaration",
        *given,
        identifier=name,
        cardinality="single",
        base_type=base_type,
        **rest,
    )
