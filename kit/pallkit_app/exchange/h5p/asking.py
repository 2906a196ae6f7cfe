"""The alternatives of a step, each with what is said to it and where it leads.

Made from a node of the unrolled case, whose edges have decided every condition.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from html import escape

from pallkit.cases import Prose
from pallkit.cases.play import play
from pallkit.cases.state import Event, State
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
    Step,
)
from pallkit.cases.values import HIGHEST
from pallkit.cases.view_step import unit
from pallkit.i18n import Language, Message, _, number, render
from pallkit.texts import to_html, to_inline_html
from pallkit_app.exchange.few_tags import FLAT, with_tags, words_of
from pallkit_app.exchange.h5p.amounts import amounts, rounded, typed
from pallkit_app.exchange.telling import receipt_html
from pallkit_app.exchange.unrolled import Edge, Node, Unrolled
from pallkit_app.exchange.unrolled_answers import Answers
from pallkit_app.guide.effects import all_words

MOST_WRONG = 2
"""Wrong doses on either side of the right one: five to choose between can be taken in."""
_FIGURES = range(3, 8)


@dataclass(frozen=True, slots=True)
class Alternative:
    """``label`` is plain words, ``said`` paragraphs of HTML. ``next`` is a node, or None."""

    label: str
    said: str
    danger: bool
    points: int
    next: int | None


@dataclass(frozen=True, slots=True)
class _Answer:
    decision: Mapping[str, str]
    label: str
    more: Message | None = None


class Asking:
    """The alternatives of every node of one case, in one language."""

    def __init__(self, unrolled: Unrolled, texts: Prose, lang: Language) -> None:
        self._unrolled, self._texts, self._lang = unrolled, texts, lang
        self._case = unrolled.case
        self._answers = Answers(self._case)

    def alternatives(self, node: Node) -> tuple[Alternative, ...]:
        """What can be answered at ``node``; empty where nothing is left to decide."""
        step = self._case.by_id[node.step]
        if isinstance(step, PlainStep) or [edge.key for edge in node.edges] == [ON]:
            return ()
        return tuple(self._alternative(step, node, one) for one in self._answers_to(step, node))

    def _alternative(self, step: Step, node: Node, answer: _Answer) -> Alternative:
        after, (event, *_more) = play(self._case, node.state, answer.decision)
        edge = self._edge(step, node, event, after)
        return Alternative(
            answer.label,
            self._said(step, event, edge, answer.more),
            event.danger,
            sum(event.score.values()),
            edge.next,
        )

    def _answers_to(self, step: Step, node: Node) -> Iterator[_Answer]:
        if isinstance(step, DoseStep | PumpStep):
            yield from self._measured(step, node)
        elif isinstance(step, EstimateStep):
            yield from self._figures(step)
        else:
            for edge in node.edges:
                yield _Answer(edge.decision, self._label(step, edge))

    def _label(self, step: Step, edge: Edge) -> str:
        written = self._texts.steps[step.id].options
        if isinstance(step, MultiStep | OrderStep):
            sign = " + " if isinstance(step, MultiStep) else " → "
            ids = edge.decision["picks" if isinstance(step, MultiStep) else "order"].split(",")
            return sign.join(_words(written[one].label) for one in ids)
        if edge.choice == ON:
            return self._render(_("Go on"))
        if isinstance(step, DocumentStep):
            return self._document(step, complete=edge.choice == "complete")
        return _words(written[str(edge.choice)].label)

    def _document(self, step: DocumentStep, *, complete: bool) -> str:
        fields = self._texts.steps[step.id].fields
        right = [
            f"{_words(fields[one.id].label)}: {_words(fields[one.id].options[one.right])}"
            for one in step.fields
            if one.right is not None
        ]
        if not complete:
            return self._render(_("Something in the form is missing, or is different"))
        said = self._render(_("All that is required in the form is filled in"))
        return f"{said}. {'; '.join(right)}" if right else said

    def _figures(self, step: EstimateStep) -> Iterator[_Answer]:
        written = self._texts.steps[step.id]
        ends = {0: written.low, HIGHEST: written.high}
        for value in range(HIGHEST + 1):
            end = _words(ends.get(value, ""))
            label = f"{value} ({end})" if end else str(value)
            yield _Answer({"step": step.id, "value": str(value)}, label)

    def _measured(self, step: DoseStep | PumpStep, node: Node) -> Iterator[_Answer]:
        if node.solution is None:
            return
        wanted = {"right": 1, "too_low": MOST_WRONG, "too_high": MOST_WRONG}
        found: dict[Decimal, _Answer] = {}
        for place, one in enumerate(amounts(step, node.state, node.solution)):
            outcome, value, answer = self._amount(step, node, one.value, right=place == 0)
            stands_in = place > 0 and one.mistake is None and wanted[outcome] < MOST_WRONG
            if value not in found and wanted[outcome] and not stands_in:
                wanted[outcome] -= 1
                found[value] = _Answer(answer.decision, answer.label, one.mistake)
        yield from (answer for _value, answer in sorted(found.items(), key=lambda pair: pair[0]))

    def _amount(
        self, step: DoseStep | PumpStep, node: Node, exact: Decimal, *, right: bool
    ) -> tuple[str, Decimal, _Answer]:
        """The amount as it is shown, and what it comes to so: the right one must stay right."""
        part = "dose" if isinstance(step, DoseStep) else "rate"
        for figures in _FIGURES:
            value = rounded(exact, figures)
            decision = {"step": step.id, part: typed(value, step.answer_unit)}
            _after, (event, *_more) = play(self._case, node.state, decision)
            if not right or event.choice == "right":
                break
        label = f"{number(value, self._lang)} {unit(step, self._lang)}"
        return str(event.choice), value, _Answer(decision, label)

    def _edge(self, step: Step, node: Node, event: Event, after: State) -> Edge:
        if len(node.edges) == 1:
            return node.edges[0]
        wanted = self._signature(step, event, after)
        for edge in node.edges:
            other, (its, *_more) = play(self._case, node.state, edge.decision)
            if self._signature(step, its, other) == wanted:
                return edge
        message = f"no edge of {step.id} stands for {event.given}"
        raise RuntimeError(message)

    def _signature(self, step: Step, event: Event, after: State) -> tuple[object, ...]:
        points = tuple(sorted(event.score.items())) if self._answers.asks_points else ()
        band = None if event.consequence is None else event.consequence.band
        ratios = tuple(one.holds(after) for one in self._answers.ratios(step.id))
        return event.choice, event.danger, points, id(band), ratios

    def _said(self, step: Step, event: Event, edge: Edge, mistake: Message | None) -> str:
        parts = [with_tags(to_html(text), FLAT) for text in self._feedback(step, event) if text]
        if mistake is not None:
            parts.append(f"<p><em>{escape(self._render(mistake), quote=False)}</em></p>")
        if event.solution is not None:
            parts.append(receipt_html(event.solution.receipt, self._lang))
        if event.danger:
            danger = self._render(_("This is a dangerous act."))
            parts.insert(0, f"<p><strong>{danger}</strong></p>")
        return "".join((*parts, self.changes(edge)))

    def changes(self, edge: Edge) -> str:
        """What changes by going on, as a paragraph; empty where nothing that is told does."""
        found = (all_words(effects, self._texts, self._lang) for effects in edge.effects)
        words = [word for each in found for word in each]
        if not words:
            return ""
        told = self._render(_("Changes: {changes}", changes=" · ".join(words)))
        return f"<p><em>{escape(told, quote=False)}</em></p>"

    def _feedback(self, step: Step, event: Event) -> Iterator[str]:
        written = self._texts.steps[step.id]
        choice = str(event.choice)
        if isinstance(step, ChoiceStep | ConsultStep):
            if choice != ON:
                yield written.options[choice].feedback
            return
        yield written.outcomes[choice]
        if isinstance(step, MultiStep):
            yield from (written.options[one].feedback for one in event.picked)
        if isinstance(step, DocumentStep):
            yield written.expert

    def _render(self, message: Message) -> str:
        return render(message, self._lang)


def _words(markdown: str) -> str:
    return words_of(to_inline_html(markdown))
