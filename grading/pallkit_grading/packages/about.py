"""The three small files that travel with an assignment, made and read.

``oppgave.json`` says what was handed out, ``deltaker.json`` to whom, and
``innlevering.json`` what was handed in. All three come back from a trainee's computer, so
that none is believed: they are read within bounds, and compared with what is known here.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

TASK_FILE = "oppgave.json"
TRAINEE_FILE = "deltaker.json"
MANIFEST = "innlevering.json"
README_FILE = "LES-MEG.txt"

OURS = frozenset({TASK_FILE, TRAINEE_FILE, MANIFEST, README_FILE})
"""Files that are about a package, and no part of what is graded."""

_LARGEST = 4 * 1024 * 1024
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Handed:
    """What a trainee's ``innlevering.json`` claims. Empty texts and None where it says nothing."""

    assignment: str = ""
    trainee: str = ""
    packed_at: datetime | None = None
    code: str = ""
    files: Mapping[str, str] | None = None


def as_json(content: Mapping[str, Any]) -> bytes:
    """Write one of the files, the same bytes for the same content."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def fingerprint(content: bytes) -> str:
    """The SHA-256 of a file, as the manifest has it."""
    return hashlib.sha256(content).hexdigest()


def receipt_code(assignment: str, files: Mapping[str, str]) -> str:
    """A code of 16 letters for exactly these files: the same at both ends, or something changed.

    ``files`` are fingerprints by name. It is long enough that nobody finds another hand-in
    with the same code, and short enough to be read aloud.
    """
    seen = hashlib.sha256(assignment.encode())
    for name, sha in sorted(files.items()):
        seen.update(f"\0{name}\0{sha}".encode("utf-8", "replace"))
    letters = base64.b32encode(seen.digest()).decode()[:16]
    return "-".join(letters[place : place + 4] for place in range(0, 16, 4))


def read_json(content: bytes | None) -> Mapping[str, Any]:
    """An object from a file of a trainee's; empty where it is none, or too large."""
    if content is None or len(content) > _LARGEST:
        return {}
    try:
        found = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def read_handed(content: bytes | None) -> Handed:
    """What the manifest claims; whatever is not as it should be counts as not said."""
    raw = read_json(content)
    files = raw.get("files")
    return Handed(
        text_of(raw, "assignment"),
        text_of(raw, "trainee"),
        _moment(text_of(raw, "packed_at")),
        text_of(raw, "code"),
        _files(files) if isinstance(files, list) else None,
    )


def text_of(raw: Mapping[str, Any], name: str) -> str:
    """A short printable text of the object, or an empty one."""
    found = raw.get(name)
    if not isinstance(found, str):
        return ""
    return "".join(sign for sign in found if sign.isprintable())[:_LONGEST]


def _moment(text: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
        return at.astimezone(UTC) if at.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _files(raw: list[Any]) -> Mapping[str, str]:
    return {
        str(one["name"]): str(one["sha256"])
        for one in raw[:1000]
        if isinstance(one, dict) and isinstance(one.get("name"), str) and "sha256" in one
    }
