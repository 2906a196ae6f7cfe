"""Put a delivery into ``submitted/``: whole or not at all, and no earlier version lost."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_grading.hand_in_time import TIMESTAMP, read_time
from pallkit_grading.hand_ins import Finding, inspect_hand_in, shown
from pallkit_grading.packages.about import fingerprint, receipt_code

EARLIER = Path(".pallkit", "earlier")
"""Versions that were replaced, or came in late: <trainee>/<assignment>/<time>/."""

_INCOMING = Path(".pallkit", "incoming")

Outcome = Literal["new", "replaced", "same", "older"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a delivery; ``code`` is the receipt for the files that were taken."""

    outcome: Outcome
    code: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a trainee's hand-in of an assignment lies in the course in ``course``."""

    course: Path
    assignment: str
    trainee: str

    @property
    def folder(self) -> Path:
        """The hand-in's own folder."""
        return self.course / "submitted" / self.trainee / self.assignment

    @property
    def earlier(self) -> Path:
        """Where its other versions lie."""
        return self.course / EARLIER / self.trainee / self.assignment


def keep(
    place: Place, files: Mapping[str, bytes], at: datetime | None, *, really: bool = True
) -> Kept:
    """Take ``files`` as a hand-in given ``at`` (None: not known).

    A version that is replaced is kept in ``place.earlier``; so is a delivery that is older
    than what lies there. ``really`` False says what would be done, and leaves everything as
    it is. :class:`ContentError` where the place itself is a link.
    """
    here = place.folder
    for one in (here.parent.parent, here.parent, here):
        if one.is_symlink():
            raise ContentError(_("{folder} is a link. Nothing is written there.", folder=str(one)))
    fresh = place.course / _INCOMING / uuid.uuid4().hex
    try:
        kept = _written(here, fresh, files, at)
        if really:
            _settle(place, fresh, kept.outcome, at)
        return kept
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _written(place: Path, fresh: Path, files: Mapping[str, bytes], at: datetime | None) -> Kept:
    findings = [*_write(fresh, files)]
    inspected = inspect_hand_in(fresh)
    findings += inspected.findings
    _only(fresh, inspected.files)
    taken = _shas(fresh, inspected.files)
    code = receipt_code(place.name, taken)
    if at is not None:
        stamp = f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f} UTC"
        (fresh / TIMESTAMP).write_text(stamp, encoding="utf-8")
    return Kept(_foreseen(place, taken, at), code, tuple(findings))


def _foreseen(place: Path, taken: Mapping[str, str], at: datetime | None) -> Outcome:
    if not place.exists():
        return "new"
    there = [path for path in inspect_hand_in(place).files if path.name != TIMESTAMP]
    if _shas(place, there) == taken:
        return "same"
    before = read_time(place).at
    return "older" if before is not None and at is not None and at < before else "replaced"


def _settle(place: Place, fresh: Path, outcome: Outcome, at: datetime | None) -> None:
    here = place.folder
    if outcome == "older":
        _aside(fresh, place.earlier, at)
    elif outcome != "same":
        if outcome == "replaced":
            _aside(here, place.earlier, read_time(here).at)
        here.parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh, here)  # noqa: PTH105  # a folder onto a name that is free


def _aside(what: Path, earlier: Path, at: datetime | None) -> None:
    stamp = (at or datetime.now(UTC)).astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    earlier.mkdir(parents=True, exist_ok=True)
    target, number = earlier / stamp, 1
    while target.exists():
        number += 1
        target = earlier / f"{stamp}-{number}"
    os.replace(what, target)  # noqa: PTH105


def _write(fresh: Path, files: Mapping[str, bytes]) -> Iterable[Finding]:
    fresh.mkdir(parents=True)
    for name, content in sorted(files.items()):
        path = fresh / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as file:
                file.write(content)
        except (OSError, ValueError):
            yield Finding(shown(Path(name)), _("a file by this name cannot be written."))


def _only(fresh: Path, taken: Iterable[Path]) -> None:
    """Delete what was not taken, and the folders that are empty then."""
    kept = {fresh / one for one in taken}
    for path in sorted(fresh.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in kept:
            path.unlink()


def _shas(folder: Path, paths: Iterable[Path]) -> dict[str, str]:
    return {one.as_posix(): fingerprint((folder / one).read_bytes()) for one in paths}
