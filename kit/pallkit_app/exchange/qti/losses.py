"""What becomes of each feature of a case as QTI items."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _
from pallkit_app.exchange.features import FEATURES, STATE
from pallkit_app.exchange.loss import Fared

_DROPPED: Fared = ("dropped", None)

_IN_ITEMS: Fared = (
    "kept as text",
    _("told in each item as it is there on the best way, and not kept up"),
)
_CHANGES: Fared = ("kept as text", _("each change is told in words"))

WHOLE: Mapping[str, Fared] = {
    **dict.fromkeys(STATE, _IN_ITEMS),
    "people": ("kept as text", _("who they are, their wish and worry; not what they know")),
    "levels": ("simplified", _("one of them, which the package was made at")),
    "sources": ("kept as text", _("with links, below each item")),
    "certainty": _DROPPED,
    "consequences": _DROPPED,
    "patient": None,
    "goals": _DROPPED,
    "guide": _DROPPED,
    "debrief": _DROPPED,
    "review": ("kept as text", _("that it is a draft or withdrawn, in each item")),
    "catalogue": _DROPPED,
}
STEPS: Mapping[str, Fared] = {
    **dict.fromkeys(STATE, _CHANGES),
    "people": ("kept as text", _("wish and worry, in words; not what they know")),
    "facts": _DROPPED,
    "turns": ("dropped", _("the items come one after the other, whatever is answered")),
    "when": ("simplified", _("only what is offered in the state the item is met in")),
    "also": _DROPPED,
    "consequences": _DROPPED,
    "score": None,
    "danger": None,
    "certainty": _DROPPED,
    "tolerance": None,
    "receipt": ("kept as text", _("told after the answer, without the source of each step")),
    "feedback": None,
    "hint": ("kept as text", _("always shown")),
    "expert": ("kept as text", _("shown after the answer")),
    "sources": ("kept as text", _("with links, below each item")),
    "info": ("kept as text", _("told in the item that comes after it")),
    "gather": ("kept as text", _("told in the item that comes after it")),
    "reflect": None,
    "choice": ("simplified", _("judged, but every answer leads to the same next item")),
    "multi": ("simplified", _("judged, but every answer leads to the same next item")),
    "estimate": (
        "simplified",
        _("judged against the patient's figure on the best way, or the expert's"),
    ),
    "order": ("simplified", _("judged, but every answer leads to the same next item")),
    "dose": (
        "simplified",
        _("judged against the dose computed for the state on the best way; the unit is given"),
    ),
    "pump": (
        "simplified",
        _("judged against the rate computed for the state on the best way; the unit is given"),
    ),
    "document": ("simplified", _("judged, but every answer leads to the same next item")),
    "consult": ("simplified", _("all is asked at once, and the answers come together")),
}

READ: Mapping[str, Fared] = {
    **STEPS,
    **dict.fromkeys(
        STATE, ("kept as text", _("how it stands then is told in the item that comes after it"))
    ),
    "people": ("kept as text", _("who they are, their wish and worry; not what they know")),
}
"""A step to read, told in the item after it."""

LAST: Mapping[str, Fared] = dict.fromkeys(
    FEATURES, ("dropped", _("there is no item after the step"))
)
NOT_MET: Mapping[str, Fared] = dict.fromkeys(
    FEATURES, ("dropped", _("the step is not met at this level"))
)

POINTS: Message = _(
    "SCORE of an item is the sum of the five axes, each with a variable of its own; it can be "
    "below 0. DANGER is true where a dangerous act was done, whatever the points. MAXSCORE is what "
    "the best answer gives."
)
NUMBERS: Message = _(
    "A dose is answered as text and told apart by patterns: with a comma or a point, at most two "
    "decimals (below 1 four), with or without the unit. “1.250” is not read, since it can be one "
    "or a thousand. A player without qti-pattern-match cannot judge it."
)
UNTRIED: Message = _(
    "Not validated against QTI's schemas, which we could not see: the structure was held against "
    "descriptions of them. The rules of all kinds of items were run in one player, Citolab's "
    "qti-components 7.27. No platform was tried."
)
