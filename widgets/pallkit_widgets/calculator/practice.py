"""The learner answers first: the question in words, and the verdict with the likely mistake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from pallkit.doses import Quantity, preparation_message, read_quantity
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import (
    Conversion,
    Omeq,
    Question,
    ReductionRule,
    Refusal,
    diagnose,
    round_answer,
)
from pallkit_widgets.calculator.form import Asked, in_field
from pallkit_widgets.shared.fields import with_unit

Json = dict[str, Any]


def question_view(asked: Asked, question: Question, lang: Language) -> Json:
    """What the learner is asked, without the answer."""
    return {
        "given": [render(line.message, lang) for line in asked.lines],
        "asked": [render(text, lang) for text in _asked(question)],
        "unit": render(question.measure.message, lang),
        "typed": "",
        "verdict": None,
    }


def verdict(
    question: Question, answer: Omeq | Conversion | Refusal, typed: str, lang: Language
) -> Json:
    """Judge what was typed, or “no answer” where nothing was: the tone and the text.

    Raises :class:`FieldError` in the field «answer» for what is not an amount.
    """
    tone, text = _judged(question, answer, typed)
    return {"tone": tone, "text": render(text, lang), "typed": typed.strip()}


def _judged(
    question: Question, answer: Omeq | Conversion | Refusal, typed: str
) -> tuple[str, Message]:
    none = not typed.strip()
    quantity = None if none else in_field("answer", _quantity(question), typed)
    if isinstance(answer, Refusal):
        if none:
            return "good", _("Right: the table gives no answer here.")
        return "wrong", _("The table gives no answer here. Read why, below.")
    if quantity is None:
        return "wrong", _("The table does have an answer here. Follow the steps, below.")
    return _marked(question, answer, quantity)


def _marked(
    question: Question, answer: Omeq | Conversion, quantity: Quantity
) -> tuple[str, Message]:
    found = diagnose(question, quantity)
    if found.verdict == "right":
        return "good", found.message
    rounded = round_answer(answer) if isinstance(answer, Conversion) else None
    if rounded is not None and rounded.daily == quantity.amount:
        return "good", _("Right, and rounded down to strengths that exist.")
    if found.verdict == "mistake":
        return "wrong", _("Not right. The likely mistake: {mistake}", mistake=found.message)
    return "wrong", _("Not right. {why}", why=found.message)


def _quantity(question: Question) -> Callable[[str], Quantity]:
    unit = str(question.measure)
    return lambda text: read_quantity(with_unit(text, unit)).to(question.measure)


def _asked(question: Question) -> Iterator[Message]:
    table = question.table
    if question.to is None:
        yield _("How much is that as oral morphine in 24 hours, by “{title}”?", title=table.title)
        return
    yield _(
        "How much {preparation} is that, by “{title}”?",
        preparation=preparation_message(question.to),
        title=table.title,
    )
    if isinstance(question.reduction, ReductionRule):
        yield _("Use the rule “{rule}”.", rule=question.reduction.title)
    elif question.reduction:
        yield _("Take {percent} % off.", percent=question.reduction * 100)
    else:
        yield _("Give the equivalent, before any reduction.")
