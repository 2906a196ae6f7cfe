"""The engine's own texts as templates: the same messages, with their parameters left open.

The engine writes its texts with figures already in them; the static player fills them in
itself. A message is named here by its English words, as in the catalogues, and not marked for
translation again; what it refuses with is taken from the refusal itself, so no text is written
twice.
"""

from __future__ import annotations

from collections.abc import Callable

from pallkit.cases import judging
from pallkit.cases.schema import Slug
from pallkit.cases.steps import MultiStep, OrderStep
from pallkit.doses import read_number
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, render
from pallkit.privacy import refuse_identity_numbers

_TEXTS = {
    "day": ("Day {day}", "day"),
    "hours": ("{hours} h", "hours"),
    "minutes": ("{minutes} min", "minutes"),
    "days": ("{days} d", "days"),
    "later": ("{span} later", "span"),
    "step_number": ("Step {number}", "number"),
    "sum": ("{given} ÷ {computed} = {ratio}", "given", "computed", "ratio"),
    "certainty_summary": (
        "You were {mean} % sure on average, and right in {right} of {count}.",
        "mean",
        "right",
        "count",
    ),
    "choose_first": ("Choose one of the options before you go on.",),
    "dose_first": ("Write a dose with its unit before you go on.",),
}


def told(msgid: str, lang: Language, *parameters: str) -> str:
    """The message of that English text in ``lang``, each parameter as «{its name}»."""
    return render(Message(msgid, tuple((name, f"{{{name}}}") for name in parameters)), lang)


def filled(lang: Language) -> dict[str, str]:
    """Every template the player fills in, by the name it knows it by."""
    texts = {key: told(msgid, lang, *names) for key, (msgid, *names) in _TEXTS.items()}
    return texts | {key: _refusal(provoke, lang) for key, provoke in _REFUSALS.items()}


def _refusal(provoke: Callable[[], object], lang: Language) -> str:
    try:
        provoke()
    except PallkitError as error:
        return told(error.message.msgid, lang, *(name for name, _value in error.message.params))
    raise RuntimeError("nothing was refused")


_ORDER = OrderStep(id=Slug("x"), kind="order", items=(Slug("a"), Slug("b")), outcomes={})
_MULTI = MultiStep(id=Slug("x"), kind="multi", picks=(), outcomes={})

_REFUSALS: dict[str, Callable[[], object]] = {
    "tick_first": lambda: judging.picks_of(_MULTI, {}),
    "figure_first": lambda: judging.estimate_of({}),
    "order_first": lambda: judging.order_of(_ORDER, {}),
    "too_long": lambda: judging.text_of({"text": "x" * (judging.LONGEST_TEXT + 1)}),
    "identity": lambda: refuse_identity_numbers("1" * 11),
    "two_readings_even": lambda: read_number("1.000"),
    "two_readings": lambda: read_number("1.234"),
    "lacks_zero": lambda: read_number("05"),
    "odd_space": lambda: read_number("1 00"),
    "too_many_digits": lambda: read_number("1234567890"),
    "no_number": lambda: read_number("1,,2"),
}
