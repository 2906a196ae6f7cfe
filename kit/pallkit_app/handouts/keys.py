"""What stands on a key: what is right, and the card each answer leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from markupsafe import Markup

from pallkit.cases import names
from pallkit.cases.judging import shown_order
from pallkit.cases.steps import (
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PumpStep,
)
from pallkit.doses import measure_text, shown
from pallkit.i18n import Message, _, number
from pallkit_app.guide.answers import unit_asked
from pallkit_app.guide.branches import points
from pallkit_app.handouts.fit import Block
from pallkit_app.handouts.model import Computed

if TYPE_CHECKING:
    from pallkit_app.handouts.blocks import Blocks

_RULES: Mapping[tuple[str, str], Message] = {
    ("multi", "all"): _("All the right ones, and nothing else"),
    ("multi", "some"): _(
        "At least half of the right ones, more right than wrong, and nothing dangerous"
    ),
    ("multi", "wrong"): _("Anything else"),
    ("order", "right"): _("The right order"),
    ("order", "near"): _("Two neighbours have changed places, the rest is right"),
    ("order", "wrong"): _("Anything else"),
    ("document", "complete"): _("Everything with a star is filled in, and the crosses are right"),
    ("document", "incomplete"): _("Something is missing, or a cross is in another place"),
}


def key_blocks(on: Blocks) -> Iterator[Block]:
    """The pieces of a key, from the top."""
    makers: Mapping[str, Callable[[Blocks], Iterator[Block]]] = {
        "dose": _computed,
        "pump": _computed,
        "multi": _ticked,
        "order": _ordered,
        "estimate": _estimated,
        "document": _filled,
    }
    yield from makers[on.card.step.kind](on)
    for name, card in on.card.outcomes.items() if not on.card.computed else ():
        rule = _RULES.get((on.card.step.kind, name))
        text = on.say(rule) if rule else on.say(names.outcome(on.card.step.kind, name))
        yield on.to("row", text, card)


def _computed(on: Blocks) -> Iterator[Block]:
    if not on.card.computed:
        told = _("The right answer depends on what you did before. The leader has it.")
        yield on.line("text", on.say(told))
    for at, one in enumerate(on.card.computed):
        if one.when is not None:
            when = on.sayer.conditions.tell(one.when)
            yield on.line("ask", on.say(_("If {condition}:", condition=when)), joined=True)
        elif at:
            yield on.line("ask", on.say(_("Otherwise:")), joined=True)
        yield from _one_answer(on, one)


def _one_answer(on: Blocks, one: Computed) -> Iterator[Block]:
    step = on.card.step
    assert isinstance(step, DoseStep | PumpStep)  # noqa: S101  # only these are computed
    amounts = dict.fromkeys(number(shown(bound), on.sayer.lang) for bound in one.bounds)
    unit = (
        measure_text(one.measure, on.sayer.lang)
        if one.measure is not None
        else unit_asked(step, on.sayer.lang)
    )
    right = on.say(
        _(
            "Right answer: {amount} {unit} (± {tolerance} %)",
            amount="–".join(amounts),
            unit=unit,
            tolerance=number(step.tolerance * 100, on.sayer.lang),
        )
    )
    yield on.line("ask", right, joined=True)
    for row in one.receipt.to_json(on.sayer.lang):
        yield on.line("small", row["text"])
    for span in one.rows:
        yield on.to("row", on.sayer.span(span, step), span.card)


def _ticked(on: Blocks) -> Iterator[Block]:
    step = on.card.step
    assert isinstance(step, MultiStep)  # noqa: S101  # the kind says so
    for at, pick in enumerate(step.picks, 1):
        written = on.written.options[pick.id]
        sign = "✓" if pick.right else "✗"
        danger = f" ({on.say(_('dangerous'))})" if pick.danger else ""
        gained = points(pick.score, on.sayer.lang)
        text = f"{written.label}{danger}" + (f" · {gained}" if gained else "")
        html = Markup('<span class="mark">{} {}</span> <span class="what">{}</span>')
        yield on.line("row", text, html.format(at, sign, text))
        yield from on.markdown(written.feedback, "small")
    if any(points(pick.score, on.sayer.lang) for pick in step.picks):
        told = _("Write down the points of each one you ticked.")
        yield on.line("help", on.say(told))
    if on.deck.danger and any(pick.danger for pick in step.picks):
        told = _("Did you tick anything dangerous? Cross off mark {letter}.", letter=on.deck.danger)
        yield on.line("do", on.say(told))
    yield on.line("ask", on.say(_("What did you tick?")), joined=True)


def _ordered(on: Blocks) -> Iterator[Block]:
    step = on.card.step
    assert isinstance(step, OrderStep)  # noqa: S101  # the kind says so
    shown_as = {item: at for at, item in enumerate(shown_order(step), 1)}
    yield on.line("ask", on.say(_("The right order")), joined=True)
    for item in step.items:
        html = Markup('<span class="mark">{}</span> <span class="what">{}</span>')
        label = on.written.options[item].label
        yield on.line("row", label, html.format(shown_as[item], label))
    yield on.line("ask", on.say(_("What did you write?")), joined=True)


def _estimated(on: Blocks) -> Iterator[Block]:
    step = on.card.step
    assert isinstance(step, EstimateStep)  # noqa: S101  # the kind says so
    if step.of is not None:
        told = _(
            "The patient's own figure stands on your sheet, at “{symptom}”. That figure, or one "
            "more or less, is right.",
            symptom=names.ESAS[step.of],
        )
    else:
        high = 10 if step.high is None else step.high
        told = _("Right is from {low} to {high}.", low=step.low or 0, high=high)
    yield on.line("text", on.say(told))


def _filled(on: Blocks) -> Iterator[Block]:
    step = on.card.step
    assert isinstance(step, DocumentStep)  # noqa: S101  # the kind says so
    for field in step.fields:
        said = on.written.fields[field.id]
        if field.right is not None:
            yield on.line("row", f"{said.label}: {said.options[field.right]}")
        elif field.required:
            yield on.line("row", f"{said.label} *")
    yield on.line("ask", on.say(_("How is your form?")), joined=True)
