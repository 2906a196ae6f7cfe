"""What a log holds that is no answer: points that somebody has written into it, for one."""

from __future__ import annotations

from pathlib import Path

from pallkit.answers import read
from pallkit.errors import LogError
from pallkit.i18n import Message, _


def strange_lines(log: Path) -> Message | None:
    """How many lines are not such as our boxes write, where the rest of the log is whole.

    They count for nothing. A log that is damaged is told of with each task it leaves ungraded.
    """
    try:
        found = read(log)
    except LogError:
        return None
    if not found.problems or not found.intact:
        return None
    return _(
        "{count} lines of “{file}” are no answers and were left out.",
        count=len(found.problems),
        file=log.name,
    )
