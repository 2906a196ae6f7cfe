"""Files out of an archive or a folder → one delivery for each who sent something.

What is wrong with one file costs that file; what is wrong with one zip in a platform's bulk
download costs that zip. Nothing here touches a disk.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pallkit.errors import ContentError
from pallkit.i18n import Message, _
from pallkit_grading.course import LOG_NAME
from pallkit_grading.hand_ins import ALLOWED, Finding, shown
from pallkit_grading.packages.about import (
    MANIFEST,
    OURS,
    TRAINEE_FILE,
    Handed,
    read_handed,
    read_json,
    text_of,
)
from pallkit_grading.packages.leaks import LEFT_LYING
from pallkit_grading.packages.matching import Student, match
from pallkit_grading.packages.senders import Sender, first_name, sent

_MB = 1024 * 1024
_JUNK = LEFT_LYING | {"__MACOSX"}
_NOT_FROM_OUTSIDE = ("timestamp.txt", "submission_secret.txt")
"""When it was handed in, and what names nbgrader's feedback: never taken from a package."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A file that could be read: ``fault`` says why it must not be, before anything is."""

    path: str
    size: int
    read: Callable[[], bytes]
    fault: Message | None = None


Unzip = Callable[[str, bytes], Sequence[Entry]]
"""Open a zip (its name and bytes) within bounds, or refuse it with a ContentError."""


@dataclass(slots=True)
class Delivery:
    """What one sender sent. ``claimed`` is the trainee that the package itself names.

    ``assignment`` is the one its notebook is for: the tasks may exist in two languages.
    """

    origin: str
    sender: Sender
    files: dict[str, bytes] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    handed: Handed = field(default_factory=Handed)
    claimed: str = ""
    assignment: str = ""


@dataclass(frozen=True, slots=True)
class Sorter:
    """Sorts what came in for one set of tasks. ``depth``: zips in zips that are still opened.

    ``assignments`` are that set's names, one for each language, the one asked for first.
    """

    assignments: tuple[str, ...]
    roster: tuple[Student, ...]
    unzip: Unzip

    def deliveries(
        self, origin: str, entries: Iterable[Entry], depth: int = 2
    ) -> Iterator[Delivery]:
        """One delivery for each sender in ``entries``, in the order of their names."""
        known = [one for one in entries if not _is_junk(one.path)]
        inner = self._hand_in(known)
        if inner is not None:
            sender = Sender("file", PurePosixPath(origin).stem)
            yield self._delivery(origin, sender, inner, depth)
            return
        groups: dict[Sender, list[Entry]] = {}
        for entry in sorted(known, key=lambda one: one.path):
            found = sent(entry.path, origin)
            if not found.text:
                own = Entry(found.path, entry.size, entry.read, entry.fault)
                groups.setdefault(found.sender, []).append(own)
        for sender, theirs in groups.items():
            if sender.kind == "file" and len(theirs) == 1 and _is_zip(theirs[0].path):
                yield from self._nested(sender, theirs[0], depth)
            else:
                yield self._delivery(_origin(origin, sender), sender, theirs, depth)

    def _nested(self, sender: Sender, entry: Entry, depth: int) -> Iterator[Delivery]:
        """A zip in a folder: it may be one hand-in, or a platform's whole download."""
        delivery = Delivery(entry.path, sender)
        opened = self._opened(delivery, entry, depth)
        if opened is None:
            yield delivery
        else:
            yield from self.deliveries(entry.path, opened, depth - 1)

    def _delivery(
        self, origin: str, sender: Sender, entries: Iterable[Entry], depth: int
    ) -> Delivery:
        delivery = Delivery(origin, sender)
        for entry in entries:
            if not _is_zip(entry.path):
                self._take(delivery, entry)
                continue
            for inside in self._opened(delivery, entry, depth) or ():
                if _is_zip(inside.path):
                    why = _("it is a zip inside a zip, and is not opened.")
                    delivery.findings.append(Finding(_shown(inside.path), why))
                elif not _is_junk(inside.path):
                    self._take(delivery, inside)
        _unfold(delivery.files, self._notebooks)
        delivery.handed = read_handed(delivery.files.get(MANIFEST))
        trainee = text_of(read_json(delivery.files.get(TRAINEE_FILE)), "trainee")
        delivery.claimed = trainee or delivery.handed.trainee
        for name in (*OURS, *_NOT_FROM_OUTSIDE):
            delivery.files.pop(name, None)
        here = (one for one in self.assignments if f"{one}.ipynb" in delivery.files)
        delivery.assignment = next(here, delivery.handed.assignment or self.assignments[0])
        return delivery

    @property
    def _notebooks(self) -> frozenset[str]:
        return frozenset(f"{one}.ipynb" for one in self.assignments)

    def _opened(self, delivery: Delivery, entry: Entry, depth: int) -> Sequence[Entry] | None:
        if depth < 1:
            why: Message | None = _("it is a zip inside a zip, and is not opened.")
        else:
            why = _too_large(entry, ALLOWED.total_mb) or _ended(entry.fault)
        if why is None:
            try:
                return self.unzip(entry.path, entry.read())
            except ContentError as error:
                why = error.message
        delivery.findings.append(Finding(_shown(entry.path), why))
        return None

    def _take(self, delivery: Delivery, entry: Entry) -> None:
        name = first_name(entry.path, self._notebooks | {LOG_NAME})
        why = _too_large(entry, ALLOWED.file_mb) or _ended(entry.fault) or _full(delivery, entry)
        if why is None and _normal(name) in {_normal(one) for one in delivery.files}:
            why = _("there are two files by this name.")
        if why is None:
            try:
                delivery.files[name] = entry.read()
            except ContentError as error:
                why = error.message
        if why is not None:
            delivery.findings.append(Finding(_shown(entry.path), why))

    def _hand_in(self, entries: Sequence[Entry]) -> list[Entry] | None:
        """The files of one hand-in, if these are one: as ``pallkit handin`` packs, or by hand."""
        names = {one.path for one in entries}
        if not names.isdisjoint({MANIFEST, LOG_NAME} | self._notebooks):
            return list(entries)
        tops = {one.path.split("/", 1)[0] for one in entries}
        if len(tops) != 1 or any("/" not in name for name in names):
            return None
        (top,) = tops
        sender = sent(f"{top}/x", "").sender
        somebody = match(sender, self.roster, self.assignments[0]).students
        inside = {name.split("/", 1)[1] for name in names}
        if sender.kind != "folder" or somebody or inside.isdisjoint(self._notebooks):
            return None
        return [Entry(one.path.split("/", 1)[1], one.size, one.read, one.fault) for one in entries]


def _unfold(files: dict[str, bytes], notebooks: frozenset[str]) -> None:
    """Take a hand-in out of the one folder that a trainee zipped it in."""
    if not notebooks.isdisjoint(files):
        return
    tops = {name.rsplit("/", 1)[0] for name in files if name.rsplit("/", 1)[-1] in notebooks}
    if len(tops) == 1:
        (top,) = tops
        for name in [one for one in files if one.startswith(f"{top}/")]:
            files.setdefault(name.removeprefix(f"{top}/"), files.pop(name))


def _full(delivery: Delivery, entry: Entry) -> Message | None:
    if len(delivery.files) >= ALLOWED.files:
        return _("there are more than {most} files.", most=ALLOWED.files)
    if sum(map(len, delivery.files.values())) + entry.size > ALLOWED.total_mb * _MB:
        return _("the files are larger than {most} MB together.", most=ALLOWED.total_mb)
    return None


def _too_large(entry: Entry, most: int) -> Message | None:
    return _("it is larger than {most} MB.", most=most) if entry.size > most * _MB else None


def _ended(why: Message | None) -> Message | None:
    return None if why is None else _("{why}.", why=why)


def _origin(archive: str, sender: Sender) -> str:
    return f"{archive}: {sender.name}" if archive else sender.name


def _is_zip(path: str) -> bool:
    return path.lower().endswith(".zip")


def _is_junk(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return not _JUNK.isdisjoint(parts) or (bool(parts) and parts[-1].startswith("._"))


def _normal(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _shown(path: str) -> str:
    return shown(Path(path))
