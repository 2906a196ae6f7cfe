"""What of a hand-in's folder is taken, and what is refused, with a line for each.

The folder comes from a trainee: nothing in it is opened before it is known to be an ordinary
file of a bearable size, and no link is ever followed.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pallkit.i18n import Message, _

_MB = 1024 * 1024
_LONGEST_NAME = 120
_DEEPEST = 8
_PROGRAMS = (b"\x7fELF", b"MZ", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
"""How programs begin: Linux's, Windows', macOS' two, and a script's."""

_UNFOLLOWED = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
"""How a file is opened: trainees run this too, and Windows has neither flag."""

_UNTOUCHED = {".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db"}
"""What computers leave lying; left out without a word."""


@dataclass(frozen=True, slots=True)
class Allowed:
    """The most a hand-in may be: a file in megabytes, all of them, and how many files."""

    file_mb: int = 20
    total_mb: int = 50
    files: int = 200


ALLOWED = Allowed()
"""A notebook with pictures and a register to work on, several times over."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a part of a hand-in was not taken: for the trainee and for the leader alike."""

    file: str
    why: Message

    @property
    def line(self) -> Message:
        """One line that says it."""
        return _("“{file}” was not taken: {why}", file=self.file, why=self.why)


@dataclass(frozen=True, slots=True)
class Inspected:
    """The files that are taken, as paths relative to the folder, and what was found."""

    files: tuple[Path, ...]
    findings: tuple[Finding, ...]


def inspect_hand_in(folder: Path, allowed: Allowed = ALLOWED) -> Inspected:
    """Look through a hand-in's folder without following or opening anything that is no file.

    A refused file costs itself, not the hand-in. Where the whole is too much, the files that
    come first (notebooks and the answer log before others) are taken.
    """
    taken: list[Path] = []
    found: list[Finding] = []
    left = allowed.total_mb * _MB
    for path, about in sorted(_entries(folder, found), key=lambda one: _weight(one[0])):
        why = _fault(folder / path, about, allowed)
        if why is None and (len(taken) >= allowed.files or about.st_size > left):
            why = _too_much(allowed, many=len(taken) >= allowed.files)
        if why is None:
            taken.append(path)
            left -= about.st_size
        else:
            found.append(Finding(shown(path), why))
    return Inspected(tuple(sorted(taken)), _few(found))


def shown(path: Path) -> str:
    """A name from outside that can stand in a line: printable, and not too long."""
    text = "".join(sign if sign.isprintable() else "?" for sign in path.as_posix())
    return text.encode("utf-8", "replace").decode()[:_LONGEST_NAME]


def _entries(folder: Path, found: list[Finding]) -> Iterator[tuple[Path, os.stat_result]]:
    """Everything below the folder that is no folder; at most a few thousand names are read."""
    waiting, seen = [folder], 0
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                seen += 1
                path = Path(entry.path).relative_to(folder)
                if seen > 20 * ALLOWED.files:
                    found.append(Finding("…", _("there are too many files to look at them all.")))
                    return
                if entry.name in _UNTOUCHED:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    if len(path.parts) > _DEEPEST:
                        found.append(Finding(shown(path), _("it lies in too many folders.")))
                    else:
                        waiting.append(Path(entry.path))
                    continue
                yield path, entry.stat(follow_symlinks=False)


def _fault(path: Path, about: os.stat_result, allowed: Allowed) -> Message | None:
    if stat.S_ISLNK(about.st_mode):
        return _("it is a link, and could lead anywhere. Hand in the file itself.")
    if not stat.S_ISREG(about.st_mode):
        return _("it is not an ordinary file.")
    if not all(part.isprintable() for part in path.name):
        return _("its name has signs that cannot be shown. Give it another name.")
    if about.st_size > allowed.file_mb * _MB:
        return _("it is larger than {most} MB.", most=allowed.file_mb)
    if _is_program(path):
        return _("it is a program. Only notebooks, texts, data and pictures are taken.")
    return None


def _is_program(path: Path) -> bool:
    """Whether it begins as programs do, whatever it is called.

    O_NOFOLLOW, since what was a file a moment ago may have become a link.
    """
    try:
        number = os.open(path, _UNFOLLOWED)
    except OSError:
        return True  # cannot be read, so it cannot be taken either
    with os.fdopen(number, "rb") as file:
        return file.read(4).startswith(_PROGRAMS)


def _too_much(allowed: Allowed, *, many: bool) -> Message:
    if many:
        return _("there are more than {most} files.", most=allowed.files)
    return _("the files are larger than {most} MB together.", most=allowed.total_mb)


def _weight(path: Path) -> tuple[int, str]:
    first = {".ipynb": 0, ".jsonl": 1}
    return first.get(path.suffix.lower(), 2), path.as_posix()


def _few(found: list[Finding]) -> tuple[Finding, ...]:
    """At most a dozen lines: a thousand links are told of as such."""
    most = 12
    if len(found) <= most:
        return tuple(found)
    more = _("and {count} more were not taken either.", count=len(found) - most)
    return (*found[:most], Finding("…", more))
