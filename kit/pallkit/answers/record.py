"""One line of the log: made, written and read back without trusting what it says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from pallkit.errors import LogError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers

RecordType = Literal["opened", "answer", "certainty", "withdrawn", "decision", "undo", "restart"]
RECORD_TYPES: tuple[RecordType, ...] = get_args(RecordType)
VERSION = 1
MAX_TEXT = 10_000
"""Characters in one answer: some four pages, more than any task asks for."""
SUREST = 10
"""How sure an answer is goes from 0, a guess, to this, quite sure."""
MAX_LINE = 64 * 1024
"""Bytes in one line: the longest answer in four-byte letters, and the rest of the record."""

_LONGEST_NAME = 200
_NAME = re.compile(r"[\w][\w .:/+-]{0,119}")


@dataclass(frozen=True, slots=True)
class Record:
    """What happened once, to one task.

    ``value`` is what the trainee wrote (an answer), a decision of a case, the number of the
    answer taken back (a withdrawal, counted from 1 within the task), or how sure the trainee
    is of the answer that counts so far (a certainty, 0 to :data:`SUREST`). Where a task was
    opened, it is ``{"trainee": name}`` for a task made for that one; else None. ``at`` is
    UTC and comes from the trainee's machine: it orders nothing and proves nothing.
    """

    type: RecordType
    task: str
    notebook: str = ""
    value: str | int | dict[str, str] | None = None
    at: str = ""
    v: int = VERSION

    def line(self) -> bytes:
        """Write the record as one line of UTF-8 with its line end."""
        return (
            json.dumps(asdict(self), ensure_ascii=False, sort_keys=True).encode(errors="replace")
            + b"\n"
        )


class UnknownRecordError(LogError):
    """A well-formed record of a kind this version does not know: noted, not damage."""


def record(
    kind: str,
    task: str,
    value: object = None,
    *,
    notebook: str = "",
    at: datetime | None = None,
) -> Record:
    """Make a record of type ``kind``, now unless ``at`` is given.

    Raises :class:`LogError` if the log could not hold it (a text longer than
    :data:`MAX_TEXT` characters), and refuses an 11-digit number (:mod:`pallkit.privacy`).
    """
    moment = (at or datetime.now(UTC)).astimezone(UTC).isoformat(timespec="seconds")
    made = read_record(
        {
            "v": VERSION,
            "type": kind,
            "task": task,
            "notebook": notebook,
            "value": value,
            "at": moment.replace("+00:00", "Z"),
        }
    )
    for text in _texts(made.value):
        refuse_identity_numbers(text)
    if len(made.line()) > MAX_LINE:
        raise LogError(_too_long())
    return made


def read_record(raw: object) -> Record:
    """Read what stands in a line; :class:`LogError` says it is not a record."""
    if not isinstance(raw, Mapping) or raw.get("v") != VERSION:
        raise LogError(_("Not a record of version 1."))
    kind, task, notebook, at = (raw.get(key, "") for key in ("type", "task", "notebook", "at"))
    if not isinstance(kind, str) or not isinstance(notebook, str) or not isinstance(at, str):
        raise LogError(_("A record's type, notebook and time must be text."))
    if kind not in RECORD_TYPES:
        raise UnknownRecordError(
            _("This version does not know records of type “{type}”.", type=kind[:40])
        )
    if not isinstance(task, str) or not _NAME.fullmatch(task):
        raise LogError(_("A record must name its task."))
    value = raw.get("value")
    if not _fits(kind, value):
        raise LogError(
            _too_long() if _is_too_long(value) else _("The value does not fit the record.")
        )
    return Record(kind, task, notebook[:200], value, at[:40])


def parse_line(line: bytes) -> Record:
    """Read one line of the file, however damaged; :class:`LogError` if it is no record."""
    if len(line) > MAX_LINE:
        raise LogError(_too_long())
    try:
        raw: Any = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):  # not UTF-8, not JSON, or nested to exhaust us
        raise LogError(_("Not a line of JSON.")) from None
    return read_record(raw)


def _fits(kind: str, value: object) -> bool:
    if kind == "answer":
        return isinstance(value, str) and 0 < len(value) <= MAX_TEXT
    if kind == "certainty":
        return type(value) is int and 0 <= value <= SUREST
    if kind == "opened" and value is not None:
        return _names_trainee(value)
    if kind == "decision":
        return (
            isinstance(value, dict)
            and "step" in value
            and all(isinstance(key, str) for key in value)
            and all(isinstance(text, str) and len(text) <= MAX_TEXT for text in value.values())
        )
    if kind == "withdrawn":
        return type(value) is int and 0 < value < 1_000_000
    return value is None


def _names_trainee(value: object) -> bool:
    name = value.get("trainee") if isinstance(value, dict) and len(value) == 1 else None
    return isinstance(name, str) and 0 < len(name) <= _LONGEST_NAME


def _is_too_long(value: object) -> bool:
    return any(len(text) > MAX_TEXT for text in _texts(value))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from (text for text in value.values() if isinstance(text, str))


def _too_long() -> Any:
    return _("The text is too long. Write at most {most} characters.", most=MAX_TEXT)
