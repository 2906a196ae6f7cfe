"""What stands on one card, piece by piece, with the room each piece takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from markupsafe import Markup

from pallkit.cases import names
from pallkit.cases.judging import shown_order
from pallkit.cases.prose import StepProse
from pallkit.cases.steps import (
    ChoiceStep,
    ConsultStep,
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PlainStep,
    PumpStep,
)
from pallkit.i18n import Message, _, render
from pallkit.texts import to_html
from pallkit_app.guide.answers import pump_settings, unit_asked
from pallkit_app.handouts.fit import Block, Style, pieces, plain
from pallkit_app.handouts.keys import key_blocks
from pallkit_app.handouts.model import Card, Deck, Offer, Then
from pallkit_app.handouts.said import Sayer


class Blocks:
    """The pieces of one card. ``width`` is that of its texts, in mm."""

    def __init__(
        self,
        deck: Deck,
        card: Card,
        sayer: Sayer,
        styles: Mapping[str, Style],
        width: float,
    ) -> None:
        self.deck, self.card, self.sayer = deck, card, sayer
        self._styles, self._width = styles, width
        self.written: StepProse = sayer.text.steps[str(card.step.id)]

    def all(self) -> Iterator[Block]:
        """Every piece, from the top."""
        yield self.line("title", self.written.title)
        if self.card.kind == "situation":
            yield from self._situation()
        elif self.card.kind == "key":
            yield from key_blocks(self)
        else:
            yield from self._answer()

    def line(
        self, style: str, text: str, html: Markup | None = None, *, joined: bool = False
    ) -> Block:
        """One piece in a style; ``html`` is its inside where it is more than the text."""
        room = self._styles[style].height(text, self._width)
        inside = Markup("{}").format(text) if html is None else html
        shape = Markup('<p class="{}">{}</p>') if style != "title" else Markup("<h3>{1}</h3>")
        return Block(shape.format(style, inside), room, joined)

    def markdown(self, text: str, style: str = "text") -> Iterator[Block]:
        """An author's text, a paragraph or a list item at a time."""
        for piece in pieces(to_html(text)):
            kind = "item" if style == "text" and not piece.startswith("<p") else style
            room = self._styles[kind].height(plain(piece), self._width)
            yield Block(
                Markup('<div class="{}">{}</div>').format(kind, Markup(piece)),  # noqa: S704  # safe HTML
                room,
            )

    def say(self, message: Message) -> str:
        """A message in the language of the cards."""
        return self.sayer.say(message)

    def to(self, style: str, text: str, number: int, *, mark: str = "") -> Block:
        """A line with the card it leads to at its end: «A … kort 14»."""
        arrow = self.say(_("card {number}", number=number))
        html = Markup(
            '<span class="mark">{}</span> <span class="what">{}</span> <span class="to">{}</span>'
        ).format(mark, text, arrow)
        return self.line(style, text, html)

    def do(self, text: str) -> Block:
        """Something to write on the sheet."""
        label = self.say(_("On the sheet"))
        html = Markup("<strong>{}:</strong> {}").format(label, text)
        return self.line("do", f"{label}: {text}", html)

    def _situation(self) -> Iterator[Block]:
        card, step = self.card, self.card.step
        for mark in sorted(card.on):
            yield self.do(self.say(_("cross off mark {letter}", letter=mark)))
        yield from self.markdown(self.written.text)
        if self.written.ask:
            yield self.line("ask", self.written.ask, joined=True)
        if isinstance(step, ChoiceStep | ConsultStep):
            yield from self._offers()
        elif isinstance(step, PlainStep) and card.then is not None:
            yield from self.then(card.then)
        else:
            yield from self._task()

    def _offers(self) -> Iterator[Block]:
        step = self.card.step
        if isinstance(step, ConsultStep):
            told = _(
                "You may ask up to {most} questions. Ask one, turn to its card, read the answer "
                "aloud, and come back here.",
                most=step.most,
            )
        else:
            told = _("Agree on one, write its letter on the sheet, and turn to its card.")
        yield self.line("help", self.say(told), joined=True)
        for offer in self.card.offers:
            yield self.to("offer", self._offered(offer), offer.card, mark=offer.mark)
        if isinstance(step, ChoiceStep):
            yield from self._sure()
        elif self.card.then is not None:
            yield self.line(
                "help", self.say(_("When you have asked what you want to:")), joined=True
            )
            yield from self.then(self.card.then)

    def _offered(self, offer: Offer) -> str:
        label = self.written.options[offer.id].label
        step = self.card.step
        if isinstance(step, ConsultStep):
            who = next(one.who for one in step.questions if one.id == offer.id)
            known = self.sayer.text.people.get(who)
            role = names.ROLE.get(who)  # type: ignore[call-overload]  # any id
            name = known.name if known else render(role, self.sayer.lang) if role else str(who)
            label = f"{name}: {label}"
        if offer.when is not None:
            only = self.sayer.conditions.tell(offer.when)
            label += " " + self.say(_("(Only if {condition}.)", condition=only))
        return label

    def _task(self) -> Iterator[Block]:
        yield from self._asked()
        yield from self._sure()
        number = int(self.card.key or 0)
        if isinstance(self.card.step, PlainStep):
            told = _("When everyone has had their say: turn to card {number}", number=number)
        else:
            told = _("When your answer is written: turn to card {number}", number=number)
        yield self.line("turn", self.say(told))

    def _asked(self) -> Iterator[Block]:
        step = self.card.step
        if isinstance(step, MultiStep):
            told = _("More than one can be right. Write the numbers of all you stand for.")
            yield self.line("help", self.say(told), joined=True)
            for at, pick in enumerate(step.picks, 1):
                yield self._numbered(f"{at}", self.written.options[pick.id].label)
        elif isinstance(step, OrderStep):
            told = _("Write the numbers in the right order, what is to be done first first.")
            yield self.line("help", self.say(told), joined=True)
            for at, item in enumerate(shown_order(step), 1):
                yield self._numbered(f"{at}", self.written.options[item].label)
        elif isinstance(step, DoseStep | PumpStep):
            yield from self._amount(step)
        elif isinstance(step, EstimateStep):
            yield from self._scale(step)
        elif isinstance(step, DocumentStep):
            told = _(
                "Fill in the form “{form}”, which lies by your sheet.", form=names.FORM[step.form]
            )
            yield self.line("help", self.say(told))
        else:
            told = _("Two quiet minutes, each on their own. Then compare at the table.")
            yield self.line("help", self.say(told))

    def _numbered(self, number: str, text: str) -> Block:
        html = Markup('<span class="mark">{}</span> <span class="what">{}</span>')
        return self.line("row", text, html.format(number, text))

    def _amount(self, step: DoseStep | PumpStep) -> Iterator[Block]:
        if isinstance(step, PumpStep):
            concentration, reservoir = pump_settings(step)
            told = _(
                "In the pump: {concentration}, reservoir {reservoir}.",
                concentration=concentration,
                reservoir=reservoir,
            )
            yield self.line("text", self.say(told))
        unit = unit_asked(step, self.sayer.lang)
        yield self.line("help", self.say(_("Write one answer on the sheet, in {unit}.", unit=unit)))

    def _scale(self, step: EstimateStep) -> Iterator[Block]:
        yield self.line("text", f"0: {self.written.low} · 10: {self.written.high}")
        told = _(
            "Everyone sets a figure from 0 to 10. Then agree on one, and write it on the sheet."
        )
        yield self.line("help", self.say(told))
        if step.of is not None:
            hidden = _(
                "Cover the line “{symptom}” on the sheet first.", symptom=names.ESAS[step.of]
            )
            yield self.line("help", self.say(hidden))

    def _sure(self) -> Iterator[Block]:
        step = self.card.step
        if not isinstance(step, PlainStep | ConsultStep | DocumentStep) and self.sayer.sure(step):
            yield self.line(
                "help",
                self.say(_("Write also how sure you are, from 50 to 100 per cent.")),
            )

    def _answer(self) -> Iterator[Block]:
        card, step = self.card, self.card.step
        said = self.written.options.get(str(card.result))
        if isinstance(step, ChoiceStep | ConsultStep) and said is not None:
            yield self.line("help", f"{self._mark(str(card.result))}: {said.label}")
            yield from self.markdown(said.feedback)
        elif card.result is not None:
            came_to = render(names.outcome(step.kind, card.result), self.sayer.lang)
            yield self.line("help", self.say(_("Your answer: {outcome}", outcome=came_to)))
            yield from self.markdown(self.written.outcomes.get(card.result, ""))
        if self.written.expert and isinstance(step, PlainStep | DocumentStep):
            yield self.line("ask", self.say(_("Expert note")), joined=True)
            yield from self.markdown(self.written.expert)
        if card.then is not None:
            yield from self.then(card.then)

    def _mark(self, id_: str) -> str:
        situation = self.deck.situation(str(self.card.step.id))
        return next(one.mark for one in situation.offers if one.id == id_)

    def then(self, then: Then) -> Iterator[Block]:
        """Points, what to write on the sheet, and where to turn: all on one card."""
        if then.danger:
            told = self.say(_("Dangerous. Note it on the sheet."))
            html = Markup('<strong class="danger">{}</strong>').format(told)
            yield self.line("do", told, html, joined=True)
        points = self.sayer.points(then)
        if points:
            label = self.say(_("Points"))
            html = Markup("<strong>{}:</strong> {}").format(label, points)
            yield self.line("do", f"{label}: {points}", html, joined=True)
        for pencil in then.pencils:
            words = self.sayer.to_do(pencil)
            if words and pencil.when is not None:
                when = self.sayer.conditions.tell(pencil.when)
                words = self.say(_("If {condition}: {do}", condition=when, do=words))
            if words:
                yield replace(self.do(words), joined=True)
        onward = list(self.sayer.onward(then))
        for at, (when, aim) in enumerate(onward, 1):
            text = f"{when} {aim}".strip()
            html = Markup("{} <strong>{}</strong>").format(when, aim)
            yield self.line("turn", text, html, joined=at < len(onward))
