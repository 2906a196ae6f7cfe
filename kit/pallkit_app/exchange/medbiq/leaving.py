"""A case as a virtual patient of the standard, so that another program can play it.

Each step is a node and each answer a link to a node that tells what followed, which leads
on. The five axes of the score, the nine symptoms and the clock are counters. What the
standard has no place for is in the loss report, and whole in the extension.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element

from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.cases import Case, Prose
from pallkit.cases.names import AXIS, ESAS, PLACE
from pallkit.cases.prose import StepProse
from pallkit.cases.steps import (
    ON,
    ChoiceStep,
    ConsultStep,
    EstimateStep,
    PlainStep,
    Step,
    Way,
    effects_of,
    question_way,
    ways,
)
from pallkit.cases.values import AXES, ESAS_ITEMS, Axis, Level
from pallkit.cases.view_notices import DRAFT
from pallkit.i18n import Message, _, render
from pallkit_app.exchange.medbiq import names
from pallkit_app.exchange.medbiq.answers import Answer, judged_answers, settled_level
from pallkit_app.exchange.medbiq.model import (
    Action,
    Counter,
    Fields,
    Item,
    Link,
    Node,
    Patient,
    Text,
    VirtualPatient,
)
from pallkit_app.exchange.medbiq.xhtml import plain, plain_div, to_div

_GO_ON = _("Continue")
_BACK = _("Back")
_DONE = _("The case is over.")


def leave(case: Case, texts: Prose, level: Level, sources: Mapping[str, str]) -> VirtualPatient:
    """The case at ``level``. ``sources`` are the titles of the sources, by id."""
    return _Leaving(case, texts, level, sources).patient()


class _Leaving:
    """Gathers nodes and links step by step."""

    def __init__(self, case: Case, texts: Prose, level: Level, sources: Mapping[str, str]) -> None:
        self._case, self._texts, self._level = case, texts, level
        self._sources = sources
        self._nodes: list[Node] = []
        self._links: list[Link] = []
        self._shown: dict[str, tuple[Item, ...]] = {}
        self._data: dict[str, Text] = {}
        self._fields: dict[str, Fields] = {}

    def patient(self) -> VirtualPatient:
        first = self._case.by_id[self._case.first]
        rest = [step for step in self._case.steps if step.id != first.id]
        answers = judged_answers(self._case, self._texts, self._level)
        for step in (first, *rest):
            self._step(step, answers.get(step.id, ()))
        return VirtualPatient(
            title=self._texts.title,
            lang=self._texts.lang,
            description=self._texts.summary,
            counters=tuple(self._counters()),
            nodes=tuple(self._nodes),
            links=tuple(self._links),
            shown=self._shown,
            texts=self._data,
            fields=self._fields,
            patient=self._who(),
        )

    def _step(self, step: Step, answers: Iterable[Answer]) -> None:
        written = self._texts.steps[step.id]
        asked = f"consult.{step.most}" if isinstance(step, ConsultStep) else _told_as(step)
        items = [*self._opening(step), *self._told(step, written)]
        # Where nothing follows, what an end does is done by coming to it.
        ends = isinstance(step, PlainStep) and self._next(step) is None and not written.expert
        actions = self._actions(step) if isinstance(step, PlainStep) and ends else ()
        self._node(step.id, written.title, f"{asked}.{step.id}", items, actions)
        if isinstance(step, PlainStep):
            self._plain(step, written)
        elif isinstance(step, ChoiceStep):
            for option in step.options:
                if settled_level(option.when, self._case, self._level) is not False:
                    said = written.options[option.id]
                    self._answer(step, Answer(option.id, said.label, option, said.feedback))
        elif isinstance(step, ConsultStep):
            self._consult(step, written)
        else:
            for answer in answers:
                self._answer(step, answer)

    def _plain(self, step: PlainStep, written: StepProse) -> None:
        here: str = step.id
        actions = self._actions(step)
        if written.expert:
            there = names.follows(step.id, names.EXPERT)
            text = self._text(f"{there}.text", to_div(written.expert))
            self._node(there, written.title, there, [text])
            self._links.append(Link(here, there, self._say(_GO_ON), actions))
            here, actions = there, ()
        self._on(here, self._next(step), actions)

    def _answer(self, step: Step, answer: Answer) -> None:
        there = names.follows(step.id, answer.id)
        actions = self._actions(answer.way, answer.score, danger=answer.danger)
        self._links.append(Link(step.id, there, plain(answer.label), actions))
        said = to_div(answer.feedback or self._say(_GO_ON))
        text = self._text(f"{there}.text", said)
        self._node(there, plain(answer.label), there, [text])
        self._on(there, self._next(answer.way), ())

    def _consult(self, step: ConsultStep, written: StepProse) -> None:
        for asked in step.questions:
            if settled_level(asked.when, self._case, self._level) is False:
                continue
            there = names.follows(step.id, asked.id)
            said = written.options[asked.id]
            question, item = plain(said.label), f"{there}.{asked.who}"
            answer = plain("".join(to_div(said.feedback).itertext())) or "…"
            self._fields[item] = Fields(
                "InterviewItem", (("Question", question), ("Response", answer))
            )
            way = question_way(step, asked)
            self._links.append(Link(step.id, there, question, self._actions(way)))
            self._node(there, question, there, [Item("InterviewItem", item)])
            self._links.append(Link(there, step.id, self._say(_BACK)))
        onward = self._next(Way(next=step.next, turns=step.turns))
        if onward is None:
            onward = self._end(names.follows(step.id, ON))
        self._links.append(Link(step.id, onward, self._say(_GO_ON)))

    def _end(self, id_: str) -> str:
        text = self._text(f"{id_}.text", plain_div(self._say(_DONE)))
        self._node(id_, self._say(_DONE), id_, [text])
        return id_

    def _opening(self, step: Step) -> Iterable[Item]:
        """What stands on the first page before the step: purpose, patient, medicines, goals."""
        if step.id != self._case.first:
            return
        yield self._text("notice", to_div(self._notice()))
        yield self._text("patient", to_div(self._texts.patient), sort="history")
        for entry in self._case.start.regimen:
            if isinstance(entry.dose, str):
                id_ = f"regimen.{entry.id}.{entry.use}.{entry.given}"
                self._fields[id_] = _medication(entry.dose)
                yield Item("Medication", id_)
        yield self._text("goals", plain_div(*self._texts.goals))

    def _told(self, step: Step, written: StepProse) -> Iterable[Item]:
        yield self._text(f"{step.id}.text", to_div(written.text))
        if written.ask:
            yield self._text(f"{step.id}.ask", plain_div(written.ask))
        if written.hint:
            yield self._text(f"{step.id}.hint", plain_div(written.hint), display="ifrequested")
        titles = [self._sources.get(one, one) for one in step.sources]
        if titles:
            listed = plain_div(*titles)
            yield self._text(f"{step.id}.sources", listed, display="ifrequested")

    def _notice(self) -> str:
        lines = [INTENDED_PURPOSE, WATERMARK, *([DRAFT] if self._case.draft else [])]
        return "\n\n".join(self._say(line) for line in lines)

    def _who(self) -> Patient:
        place = self._case.start.place
        said = self._say
        return Patient(
            traits={
                names.INVENTED: (said(_("The patient is invented.")), said(INTENDED_PURPOSE)),
                f"place.{place}": (said(_("Where the patient is")), said(PLACE[place])),
            }
        )

    def _counters(self) -> Iterable[Counter]:
        every = [way for step in self._case.steps for _choice, way in ways(step)]
        for axis in AXES:
            yield Counter(axis, self._say(AXIS[axis]))
        yield Counter(names.DANGER, self._say(_("Dangerous acts")))
        minutes = self._say(_("Minutes since the case began"))
        yield Counter(names.CLOCK, minutes, self._case.start.clock)
        # A figure that is to be estimated must not stand beside the question.
        hidden = {step.of for step in self._case.steps if isinstance(step, EstimateStep)}
        for item in ESAS_ITEMS:
            changes = any(one.esas.get(item) for way in every for one in effects_of(way))
            begins, seen = self._case.start.esas[item], changes and item not in hidden
            yield Counter(f"esas.{item}", self._say(ESAS[item]), begins, seen)

    def _actions(
        self, way: Way, score: Mapping[Axis, int] | None = None, *, danger: bool = False
    ) -> tuple[Action, ...]:
        points = way.score if score is None else score
        changes: dict[str, int] = {}
        if not isinstance(way, PlainStep):  # which gives no points
            changes |= {axis: points.get(axis, 0) for axis in AXES}
        changes |= {names.DANGER: int(way.danger or danger), names.CLOCK: way.effects.clock}
        changes |= {f"esas.{item}": way.effects.esas.get(item, 0) for item in ESAS_ITEMS}
        return tuple(
            Action(counter, "+" if value > 0 else "-", abs(value))
            for counter, value in changes.items()
            if value
        )

    def _next(self, way: Way) -> str | None:
        """The next step at this level; a turn on anything but the level cannot be carried."""
        for turn in way.turns:
            settled = settled_level(turn.when, self._case, self._level)
            if settled:
                return turn.next
        return way.next

    def _on(self, here: str, there: str | None, actions: tuple[Action, ...]) -> None:
        if there is not None:
            self._links.append(Link(here, there, self._say(_GO_ON), actions))

    def _node(
        self,
        id_: str,
        label: str,
        shows: str,
        items: Iterable[Item],
        actions: tuple[Action, ...] = (),
    ) -> None:
        self._nodes.append(Node(id_, plain(label), shows, actions))
        self._shown[shows] = tuple(items)

    def _text(
        self, id_: str, div: Element, *, sort: str = "narrative", display: str = "immediately"
    ) -> Item:
        self._data[id_] = Text(div, sort)
        return Item("VPDText", id_, display)

    def _say(self, text: Message) -> str:
        return render(text, self._texts.lang)


def _told_as(step: Step) -> str:
    return step.kind if isinstance(step, PlainStep | ChoiceStep) else "choice"


def _medication(dose: str) -> Fields:
    """«morfin po 30 mg x 2» in the standard's four parts, which joined are the text again."""
    drug, route, amount, times = dose, "–", "–", "–"
    words = dose.split(" ")
    if len(words) >= 3:
        drug, route, rest = words[0], words[1], " ".join(words[2:])
        amount, x, count = rest.partition(" x ")
        times = f"x {count}" if x else "–"
    told = {"MedicationName": drug, "Dose": amount, "Route": route, "Frequency": times}
    return Fields("Medication", tuple(told.items()))
