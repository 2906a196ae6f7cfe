"""Who exported, erased or backed up what, and when: a line each, without anybody's answers.

The log is about leaders and trainees both, so it is itself purged, and an erased person's
name goes out of it.
"""

from __future__ import annotations

import getpass
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pallkit_app.records.database import NOBODY

LOG = Path(".pallkit", "access.jsonl")
SALT = Path(".pallkit", "erased.salt")
"""Of this course alone, so that marks of two courses cannot be compared."""

USER_VARIABLE = "PALLKIT_USER"


@dataclass(frozen=True, slots=True)
class Access:
    """One thing that was done. ``mark`` knows an erased person again without naming them."""

    at: datetime
    who: str
    what: str
    person: str = ""
    detail: str = ""
    mark: str = ""


def note(folder: Path, what: str, *, person: str = "", detail: str = "", mark: str = "") -> None:
    """Add a line, now, by whoever is logged in."""
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "who": _who(),
        "what": what,
        "person": person,
        "detail": detail,
        "mark": mark,
    }
    path = folder / LOG
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "ab") as file:
        file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def read(folder: Path, person: str | None = None) -> tuple[Access, ...]:
    """The log, oldest first; of one person where they are named. A torn line is left out."""
    path = folder / LOG
    if not path.is_file():
        return ()
    found = []
    for line in path.read_bytes().splitlines():
        one = _line(line)
        if one is not None and (person is None or one.person == person):
            found.append(one)
    return tuple(found)


def forget(folder: Path, person: str) -> None:
    """Take ``person`` out of the log; what was done stays."""
    _rewrite(
        folder,
        lambda one: one | ({"person": NOBODY} if one.get("person") == person else {}),
    )


def purge(folder: Path, before: datetime, *, apply: bool) -> int:
    """How many lines are older than ``before``; they go when ``apply`` says so."""
    old = sum(one.at < before for one in read(folder))
    if apply and old:
        _rewrite(folder, lambda one: one if _at(one) >= before else None)
    return old


def mark_of(folder: Path, person: str) -> str:
    """What stands for an erased person: it can be recomputed from an id, and not turned back.

    So that a backup from before does not bring them back without a word.
    """
    path = folder / SALT
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(secrets.token_hex(16), encoding="utf-8")
        path.chmod(0o600)
    salt = path.read_text(encoding="utf-8").encode()
    return hmac.new(salt, person.encode(), hashlib.sha256).hexdigest()[:24]


def _who() -> str:
    try:
        return os.environ.get(USER_VARIABLE) or getpass.getuser()
    except (OSError, KeyError):  # no such user on this machine
        return "?"


def _line(line: bytes) -> Access | None:
    try:
        raw = json.loads(line)
        texts = [str(raw.get(name, "")) for name in ("who", "what", "person", "detail", "mark")]
        return Access(_at(raw), *texts)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _at(raw: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(raw["at"]).astimezone(UTC)


def _rewrite(folder: Path, change: Callable[[dict[str, Any]], Mapping[str, Any] | None]) -> None:
    path = folder / LOG
    if not path.is_file():
        return
    kept = []
    for line in path.read_bytes().splitlines():
        if _line(line) is not None:
            changed = change(json.loads(line))
            if changed is not None:
                kept.append(json.dumps(changed, ensure_ascii=False).encode() + b"\n")
    fresh = path.with_suffix(".tmp")
    fresh.write_bytes(b"".join(kept))
    fresh.chmod(0o600)
    fresh.replace(path)
