"""What was found when a hand-in was collected, kept until it is graded and told to the trainee.

Beside the course, not in the hand-in: a trainee's package could otherwise bring its own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from pallkit.i18n import Message
from pallkit_grading.marking import Marked

COLLECTED = Path(".pallkit", "collected")


@dataclass(frozen=True, slots=True)
class Collected:
    """How a hand-in came in: its receipt code, and a line for each finding."""

    code: str
    lines: tuple[Message, ...]


def keep_collected(folder: Path, assignment: str, trainee: str, found: Collected) -> None:
    """Write it down, in place of what was told of an earlier hand-in."""
    path = _path(folder, assignment, trainee)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {"code": found.code, "lines": [_plain(line) for line in found.lines]}
    fresh = path.with_suffix(".tmp")
    fresh.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    fresh.replace(path)


def read_collected(folder: Path, assignment: str, trainee: str) -> Collected | None:
    """What was told when this hand-in was collected; None where nothing is known of it."""
    try:
        raw = json.loads(_path(folder, assignment, trainee).read_text(encoding="utf-8"))
        return Collected(raw["code"], tuple(_message(line) for line in raw["lines"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def as_collected(folder: Path, assignment: str, marked: Marked) -> Marked:
    """``marked`` with what was found when it was collected: for the leader and the trainee."""
    found = read_collected(folder, assignment, marked.trainee)
    if found is None or not found.lines:
        return marked
    return replace(marked, lines=(*found.lines, *marked.lines), flagged=True)


def _path(folder: Path, assignment: str, trainee: str) -> Path:
    return folder / COLLECTED / assignment / f"{trainee}.json"


def _plain(message: Message) -> list[Any]:
    params = [
        [name, {"message": _plain(value)} if isinstance(value, Message) else _number(value)]
        for name, value in message.params
    ]
    return [message.msgid, params]


def _number(value: object) -> object:
    return {"number": str(value)} if isinstance(value, Decimal) else value


def _message(raw: Sequence[Any]) -> Message:
    msgid, params = raw
    return Message(msgid, tuple((name, _value(value)) for name, value in params))


def _value(raw: Any) -> str | int | Decimal | Message:
    if isinstance(raw, dict):
        return _message(raw["message"]) if "message" in raw else Decimal(raw["number"])
    return raw if isinstance(raw, int) else str(raw)
