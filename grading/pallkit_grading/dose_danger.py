"""When a wrong answer is a dangerous one: a teaching rule with invented limits, never medicine.

As in a case's consequences (:mod:`pallkit.cases.consequences`) the dose given is compared with
the dose computed. No source says where a dose becomes dangerous; the key's author sets the
limit, sees it, and answers for it.
"""

from __future__ import annotations

from decimal import Decimal

from pallkit.cases.dosing import EXAMPLES
from pallkit.i18n import Message, _
from pallkit_grading.key import Danger, DangerousNumber

TOO_HIGH = EXAMPLES["too_high"]
"""Without a limit in the key: as many times the right dose as the case engine tries as too high."""


def danger_of(danger: Danger, ratio: Decimal) -> Message | None:
    """What to say of a dose that is ``ratio`` times the right one; None if it is not dangerous.

    What is said tells on which side the dose is, and not what would have been right.
    """
    limit = danger.at_least or TOO_HIGH
    if ratio >= limit:
        return _(
            "A dangerous answer: at least {limit} times the right one. The limit is a teaching "
            "rule, and invented.",
            limit=limit,
        )
    if danger.below is not None and ratio < danger.below:
        return _(
            "A dangerous answer: less than {percent} % of the right one. The limit is a teaching "
            "rule, and invented.",
            percent=danger.below * 100,
        )
    return None


def dangerous_number(danger: DangerousNumber, given: Decimal) -> Message | None:
    """What to say of a dangerous number; None where it is not one."""
    if danger.at_least is not None and given >= danger.at_least:
        return _("A number so high is dangerous here. The limit is a teaching rule, and invented.")
    if danger.below is not None and given < danger.below:
        return _("A number so low is dangerous here. The limit is a teaching rule, and invented.")
    return None
