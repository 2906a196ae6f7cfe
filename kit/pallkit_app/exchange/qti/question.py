"""What a question is in QTI, and the words and boxes that all kinds of step have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pallkit.cases import Prose
from pallkit.cases.steps import BEST, Judged, Step, outcome_of
from pallkit.cases.values import Axis
from pallkit.i18n import Language, Message, render
from pallkit.texts import to_inline_html
from pallkit_app.exchange.few_tags import words_of
from pallkit_app.exchange.qti.outcomes import Result
from pallkit_app.exchange.qti.xml import FEEDBACK, RESPONSE, Element, make, value


class Said(Protocol):
    """The HTML that is said to an answer."""

    def option(self, step: Step, id_: str) -> str:
        """To one thing that was chosen, ticked or asked."""
        ...

    def outcome(self, step: Judged, name: str) -> str:
        """To what a judged answer came to."""
        ...

    def expert(self, step: Step) -> str:
        """To what was thought over."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in QTI: what is declared, shown and ruled, and all it can come to.

    ``several``: more than one result can follow from one answer. ``counts`` are outcome
    variables of its own. ``most`` is the most points a good answer gives.
    """

    declarations: tuple[Element, ...]
    body: tuple[Element, ...]
    rules: tuple[Element, ...]
    results: tuple[Result, ...]
    most: int
    several: bool = False
    counts: tuple[str, ...] = ()


def own(id_: str) -> str:
    """An id of the case as a QTI identifier, which never is one of QTI's own names."""
    return f"o-{id_}"


class Wording:
    """The words of one case in one language. ``said`` gives the feedback of an answer."""

    def __init__(self, texts: Prose, lang: Language, said: Said) -> None:
        self.texts, self.lang, self.said = texts, lang, said

    def outcomes(self, step: Judged) -> dict[str, Result]:
        """What a judged step can come to, by the outcome's name."""
        return {
            str(name): Result(
                f"r-{name.replace('_', '-')}",
                self.said.outcome(step, str(name)),
                dict(outcome_of(step, str(name)).score),
                outcome_of(step, str(name)).danger,
            )
            for name in step.outcomes
        }

    def result(self, step: Step, name: str, score: Mapping[Axis, int], *, danger: bool) -> Result:
        """What choosing one thing gives."""
        return Result(own(name), self.said.option(step, name), dict(score), danger)

    def part(self, step: Step, name: str, score: Mapping[Axis, int], *, danger: bool) -> Result:
        """What one thing gives where several can be ticked."""
        alone = self.result(step, name, score, danger=danger)
        return replace(alone, shown_by=f"{FEEDBACK}_{variable_part(name)}")

    def boxes(self, step: Step, ids: list[str], *, most: int, least: int = 1) -> Element:
        """The boxes with those ids; ``most`` 0 for any number."""
        return make(
            "qti-choice-interaction",
            self.prompt(step.id),
            *(self.box(step.id, one) for one in ids),
            response_identifier=RESPONSE,
            max_choices=str(most),
            min_choices=str(least),
            shuffle="false",
        )

    def box(self, step: str, id_: str) -> Element:
        """One of the things to choose, tick or put in order."""
        label = self.words(self.texts.steps[step].options[id_].label)
        return make("qti-simple-choice", text=label, identifier=own(id_))

    def written(self, step: str, response: str) -> Element:
        """A field for free text."""
        return make(
            "qti-extended-text-interaction", self.prompt(step), response_identifier=response
        )

    def prompt(self, step: str, rest: str = "") -> Element:
        """What is asked."""
        return make("qti-prompt", text=f"{self.words(self.texts.steps[step].ask)}{rest}")

    def words(self, markdown: str) -> str:
        """One line of words, without marks."""
        return words_of(to_inline_html(markdown))

    def say(self, message: Message) -> str:
        """A text of ours in the case's language."""
        return render(message, self.lang)


def variable_part(id_: str) -> str:
    """An id of the case as a part of a variable's name."""
    return id_.upper().replace("-", "_")


def best_points(step: Judged, results: Mapping[str, Result]) -> int:
    """The points of the best outcome."""
    return results[BEST[step.kind]].points


def answered(
    base: str, cardinality: str = "single", right: Sequence[str] = (), name: str = RESPONSE
) -> Element:
    """The declaration of a response, with the right one where there is one."""
    values = [make("qti-value", text=one) for one in right]
    correct = [make("qti-correct-response", *values)] if values else []
    return make(
        "qti-response-declaration",
        *correct,
        identifier=name,
        cardinality=cardinality,
        base_type=base,
    )


def named(identifier: str) -> Element:
    """An identifier as a value."""
    return value("identifier", identifier)
