"""One assessment item for each step that asks something, able to stand alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from pallkit import __version__
from pallkit.cases import Case, Prose
from pallkit.cases.effects import NO_EFFECTS, Effects
from pallkit.cases.steps import EstimateStep, Judged, Step, outcome_of, ways
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html
from pallkit_app.exchange.few_tags import with_tags
from pallkit_app.exchange.qti.arrivals import Arrival
from pallkit_app.exchange.qti.asking import Asking
from pallkit_app.exchange.qti.outcomes import declared, score_rule
from pallkit_app.exchange.qti.question import Asked
from pallkit_app.exchange.qti.xml import Element, document, html, make, root
from pallkit_app.exchange.telling import notices_of, situation_html, sources_html
from pallkit_app.guide.effects import all_words


class Items:
    """The items of one case in one language."""

    def __init__(self, case: Case, texts: Prose, lang: Language) -> None:
        self._case, self._texts, self._lang = case, texts, lang
        self._asking = Asking(texts, lang, _Feedback(texts, lang))

    def all(self, arrivals: Mapping[str, Arrival]) -> dict[str, str]:
        """The XML of every item, by step id, in the order the steps are met."""
        found = {}
        for id_, arrival in arrivals.items():
            step = self._case.by_id[id_]
            asked = self._asking.question(step, arrival.state)
            if asked is not None:
                found[id_] = document(self._item(step, arrival, asked))
        return found

    def _item(self, step: Step, arrival: Arrival, asked: Asked) -> Element:
        points = [result.points for result in asked.results]
        least = sum(min(one, 0) for one in points) if asked.several else min(0, *points)
        item = root(
            "qti-assessment-item",
            *asked.declarations,
            *declared(asked.results, asked.most, least, asked.counts),
            make(
                "qti-item-body",
                *self._context(step, arrival),
                *asked.body,
                *self._below(step, arrival),
            ),
            make("qti-response-processing", *asked.rules, score_rule()),
            *(one.feedback(html(one.said)) for one in asked.results if one.said),
            identifier=item_id(step.id),
            title=self._texts.steps[step.id].title,
            adaptive="false",
            time_dependent="false",
            tool_name="PallKit",
            tool_version=__version__,
        )
        item.set("xml:lang", self._lang)
        return item

    def _context(self, step: Step, arrival: Arrival) -> Iterable[Element]:
        texts, lang = self._texts, self._lang
        hidden = step.of if isinstance(step, EstimateStep) else None
        for notice in notices_of(self._case, texts, lang):
            yield make("p", make("em", text=notice))
        yield self._heading(_("The patient"))
        yield from _told(texts.patient)
        yield from html(situation_html(arrival.state, texts, lang, hidden=hidden))
        for id_ in (*arrival.read, step.id):
            yield make("h2", text=texts.steps[id_].title)
            yield from _told(texts.steps[id_].text)

    def _below(self, step: Step, arrival: Arrival) -> Iterable[Element]:
        hint = self._texts.steps[step.id].hint
        if hint:
            yield from _told(render(_("Hint: {hint}", hint=hint), self._lang))
        told = [*arrival.read, step.id]
        cited = [source for id_ in told for source in self._case.by_id[id_].sources]
        sources = dict.fromkeys((*cited, *self._case.sources))
        if sources:
            yield self._heading(_("Sources"))
            yield from html(sources_html(sources))

    def _heading(self, text: Message) -> Element:
        return make("h2", text=render(text, self._lang))


def item_id(step: str) -> str:
    """The identifier of a step's item."""
    return f"item-{step}"


class _Feedback:
    """What is said to an answer: the case's words, a danger, and what changes then."""

    def __init__(self, texts: Prose, lang: Language) -> None:
        self._texts, self._lang = texts, lang

    def option(self, step: Step, id_: str) -> str:
        """To one thing that was chosen, ticked or asked."""
        way = dict(ways(step)).get(id_)
        picks = {pick.id: pick.danger for pick in getattr(step, "picks", ())}
        said = self._texts.steps[step.id].options[id_].feedback
        danger = way.danger if way else picks.get(id_, False)
        return self._said(said, way.effects if way else NO_EFFECTS, danger=danger)

    def outcome(self, step: Judged, name: str) -> str:
        """To what a judged answer came to."""
        written, way = self._texts.steps[step.id], outcome_of(step, name)
        said = f"{written.outcomes[name]}\n\n{written.expert}"
        return self._said(said, way.effects, danger=way.danger)

    def expert(self, step: Step) -> str:
        """To what was thought over."""
        (_choice, way), *_more = ways(step)
        return self._said(self._texts.steps[step.id].expert, way.effects, danger=way.danger)

    def _said(self, text: str, effects: Effects, *, danger: bool) -> str:
        parts = [with_tags(to_html(text))]
        if danger:
            told = render(_("This is a dangerous act."), self._lang)
            parts.insert(0, f"<p><strong>{told}</strong></p>")
        changes = all_words(effects, self._texts, self._lang)
        if changes:
            then = render(_("Changes: {changes}", changes=" · ".join(changes)), self._lang)
            parts.append(f"<p><em>{escape(then, quote=False)}</em></p>")
        return "".join(parts)


def _told(markdown: str) -> list[Element]:
    return html(with_tags(to_html(markdown)))
