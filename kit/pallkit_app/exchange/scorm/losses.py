"""What becomes of each feature of a case in a SCORM package: nearly all of it is kept."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _
from pallkit_app.exchange.features import FEATURES
from pallkit_app.exchange.loss import Fared

_TYPED: Fared = ("simplified", _("only a number, or a number in the unit that is asked for"))
_NOT_SENT: Fared = (
    "simplified",
    _("what is written is shown until the page is left, and is never sent to the platform"),
)

WHOLE: Mapping[str, Fared] = {
    **dict.fromkeys(FEATURES),
    "levels": ("simplified", _("one of them, which the package was made at")),
    "goals": ("dropped", None),
    "guide": ("dropped", None),
    "review": (
        "simplified",
        _("that it is a draft, withdrawn or overdue; what was withdrawn later is not known"),
    ),
    "catalogue": ("simplified", _("the summary only in the package's own description")),
}
STEPS: Mapping[str, Fared] = {
    **dict.fromkeys(FEATURES),
    "dose": _TYPED,
    "pump": _TYPED,
    "reflect": _NOT_SENT,
    "document": _NOT_SENT,
}
NOTES: tuple[Message, ...] = (
    _(
        "The score is 0 to 100: the points of the most that could be had on the way taken. "
        "Status is incomplete or completed, never passed or failed."
    ),
    _("A dangerous act stands in the comments to the platform, whatever the score."),
    _(
        "The platform is told each judged answer when the case has ended: options and boxes as "
        "the letters a, b, c … in the order they are shown or written."
    ),
    _(
        "The package does not follow later changes: make it again when the case or its ratio set "
        "has a new version."
    ),
)
"""What the one who puts the package on a platform needs to know."""
