"""What becomes of each feature of a case in an H5P Branching Scenario."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _
from pallkit_app.exchange.features import STATE
from pallkit_app.exchange.loss import Fared

_AT_START: Fared = (
    "kept as text",
    _("told as it is at the start, on the first page, and not kept up"),
)
_AS_CHANGE: Fared = ("kept as text", _("each change is told in words"))
_DROPPED: Fared = ("dropped", None)

WHOLE: Mapping[str, Fared] = {
    **dict.fromkeys(STATE, _AT_START),
    "people": ("kept as text", _("who they are, their wish and worry; not what they know")),
    "levels": ("simplified", _("one of them, which the package was made at")),
    "sources": ("kept as text", _("with links, on the first page")),
    "certainty": _DROPPED,
    "consequences": (
        "simplified",
        _("worked out in advance; the rule and its arithmetic are not shown"),
    ),
    "patient": None,
    "goals": ("kept as text", _("on the first page")),
    "guide": _DROPPED,
    "debrief": _DROPPED,
    "review": (
        "kept as text",
        _("that it is a draft or withdrawn, on the first page and at the end"),
    ),
    "catalogue": ("simplified", _("the summary alone")),
}
STEPS: Mapping[str, Fared] = {
    **dict.fromkeys(STATE, _AS_CHANGE),
    "people": ("kept as text", _("wish and worry, in words; not what they know")),
    "facts": ("simplified", _("they decide the way on, but are not shown")),
    "turns": ("simplified", _("decided in advance: each way has its own pages")),
    "when": ("simplified", _("decided in advance: each way has its own pages")),
    "also": ("kept as text", _("told in words")),
    "consequences": ("kept as text", _("told in words")),
    "score": ("simplified", _("their sum, as one figure")),
    "danger": ("kept as text", _("named after the answer, and not counted")),
    "certainty": _DROPPED,
    "tolerance": _DROPPED,
    "receipt": ("kept as text", _("told after the answer, without the source of each step")),
    "feedback": None,
    "hint": ("kept as text", _("always shown")),
    "expert": ("kept as text", _("on a page of its own, or after the answer")),
    "sources": ("kept as text", _("with links, below the step's text")),
    "info": None,
    "gather": None,
    "reflect": (
        "simplified",
        _("nothing is written: a page to read, then the expert's note"),
    ),
    "choice": None,
    "multi": ("simplified", _("one choice between sets of boxes, one for each outcome")),
    "estimate": ("simplified", _("eleven buttons, 0 to 10, in place of a scale")),
    "order": ("simplified", _("one choice between orders, one for each outcome")),
    "dose": ("simplified", _("one choice between doses, each worked out from a known mistake")),
    "pump": ("simplified", _("one choice between rates, each worked out from a known mistake")),
    "document": (
        "simplified",
        _("it is only read, and the learner says whether all of it is filled in"),
    ),
    "consult": None,
}

NO_BACK: Message = _("There is no way back to a page: an answer stands, as in PallKit.")
UNTRIED: Message = _(
    "The content was checked against the published description of these libraries, and played "
    "by a small program of ours. It was not tried on a platform."
)


def needed_note(libraries: str) -> Message:
    """What the platform must have."""
    return _(
        "The package has no libraries in it. The platform needs these installed: {libraries}. "
        "Where it has another version of the first, write that version in h5p.json.",
        libraries=libraries,
    )


def points_note(least: int) -> Message:
    """How the one figure comes about; ``least`` is what everyone begins with."""
    return _(
        "The score is the sum of the points on the five axes, plus {least}, so that no way "
        "through ends below 0.",
        least=least,
    )
