"""Remarks that a person has looked at: they stand in the history, and ask for nobody any more.

Only those very remarks: when the hand-in, the key or what is found is another, it asks again.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any

from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_grading.book import history
from pallkit_grading.manual.events import Event, add, events
from pallkit_grading.manual.saving import LONGEST_REASON, ManualError, committed


def seen(session: Any, assignment: str) -> frozenset[str]:
    """The trainees of an assignment whose remarks, as they stand now, somebody has seen."""
    now = _remarks(session, assignment)
    looked_at = {
        (one.trainee, json.loads(one.rubric).get("remarks"))
        for one in events(session, assignment)
        if one.kind == "seen"
    }
    return frozenset(trainee for trainee, remarks in now.items() if (trainee, remarks) in looked_at)


def note_seen(session: Any, assignment: str, trainee: str, person: str, words: str = "") -> None:
    """Record that ``person`` has looked at the remarks on a hand-in, and what came of it.

    Raises :class:`ManualError` where there is nothing to look at, or it was done before.
    """
    refuse_identity_numbers(words)
    if len(words) > LONGEST_REASON:
        raise ManualError(
            _("The text is too long: at most {most} characters.", most=LONGEST_REASON)
        )
    with committed(session):
        remarks = _remarks(session, assignment).get(trainee)
        if remarks is None:
            raise ManualError(
                _("Nothing was found on the hand-in of “{name}” to look at.", name=trainee)
            )
        if trainee in seen(session, assignment):
            raise ManualError(_("The remarks on “{name}” are looked at already.", name=trainee))
        rubric = json.dumps({"remarks": remarks})
        at = datetime.now(UTC)
        add(session, Event(assignment, trainee, "", "seen", person, words, at, rubric=rubric))


def _remarks(session: Any, assignment: str) -> dict[str, str]:
    """By trainee, a fingerprint of what was found on which hand-in by which key."""
    states = history.states(session, assignment)
    return {
        trainee: hashlib.sha256(
            json.dumps([states[trainee].hand_in, states[trainee].key, *told.lines]).encode()
        ).hexdigest()
        for trainee, told in history.told(session, assignment).items()
        if told.flagged
    }
