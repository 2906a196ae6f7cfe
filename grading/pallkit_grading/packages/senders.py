"""Who a file comes from, by the names that course platforms give what they hand over.

Sources, read as code: Moodle's mod/assign (``Full Name_123_assignsubmission_file/…``, flat or
in folders, a group's name and a hyphen first in group assignments), and scripts for Canvas'
“Download Submissions” (``nordmannkari_LATE_4711_815_file.zip``: the sortable name without
spaces, the user's number, the file's number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

Kind = Literal["canvas", "moodle", "folder", "file"]

_CANVAS = re.compile(r"(?P<name>[^_]+)_(?P<late>LATE_)?(?P<number>\d+)_\d+_(?P<file>.+)", re.I)
_MOODLE = re.compile(
    r"(?P<name>.+)_(?P<number>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?:/|_|$)?"
    r"(?P<file>.*)",
    re.DOTALL,
)
_AGAIN = re.compile(r"(.+?)(?:-\d{1,2}| ?\(\d{1,2}\))(\.[A-Za-z0-9]+)")


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent something, as its name has it; ``number`` is the platform's own.

    Canvas and Moodle write the names themselves, after a log-in. A folder was named by
    whoever sorted the files, and a file's name is only what somebody called it.
    """

    kind: Kind
    name: str
    number: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """One file of an archive: from whom, and its own path. ``text`` is a platform's own page."""

    sender: Sender
    path: str
    text: bool = False


def sent(path: str, archive: str) -> Sent:
    """Take a path of ``archive`` (the archive's name) apart into sender and file."""
    parts = PurePosixPath(path).parts
    moodle = _MOODLE.fullmatch(path)
    if moodle and "/" not in moodle["name"]:
        sender = Sender("moodle", moodle["name"], moodle["number"])
        return Sent(sender, moodle["file"], text=moodle["kind"] == "onlinetext")
    canvas = _CANVAS.fullmatch(parts[0]) if len(parts) == 1 else None
    if canvas:
        late = canvas["late"] is not None
        return Sent(Sender("canvas", canvas["name"], canvas["number"], late), canvas["file"])
    if len(parts) > 1:
        return Sent(Sender("folder", parts[0]), "/".join(parts[1:]))
    if path.lower().endswith(".zip"):
        return Sent(Sender("file", PurePosixPath(path).stem), path)
    return Sent(Sender("file", PurePosixPath(archive).stem), path)


def first_name(path: str, expected: frozenset[str]) -> str:
    """The name a file had, where a platform or a browser added “-1” or “ (1)” to it."""
    again = _AGAIN.fullmatch(path)
    plain = again[1] + again[2] if again else path
    return plain if plain in expected else path
