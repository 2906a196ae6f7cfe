"""Which files of a course are about a person: in the course, and in nbgrader's exchange."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pallkit_app.courses.setup import EXCHANGE_VARIABLE
from pallkit_app.records.database import is_word

HANDED_IN, FED_BACK = "submitted", "feedback"
BY_PERSON = (HANDED_IN, "autograded", FED_BACK)
"""nbgrader's folders with one folder for each trainee."""

_NOT_PEOPLES = frozenset({"source", "release", "key"})
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Traces:
    """Where a person is found. ``named``: files of all, that name them and are not ours to edit.

    ``exchange`` are copies in nbgrader's exchange, where it is configured.
    """

    own: tuple[Path, ...]
    exchange: tuple[Path, ...]
    named: tuple[Path, ...]

    @property
    def all(self) -> tuple[Path, ...]:
        """Everything that is about this person alone."""
        return (*self.own, *self.exchange)


def traces(folder: Path, course: str, person: str) -> Traces:
    """Find ``person``'s files. No link is followed."""
    own = (*_folders(folder, person), *_caches(folder, person))
    return Traces(own, tuple(_exchange(folder, course, person)), tuple(_named(folder, person)))


def with_files(folder: Path) -> tuple[str, ...]:
    """Everybody who has a folder of their own in the course."""
    found = {
        path.name
        for part in BY_PERSON
        for path in (folder / part).glob("*")
        if path.is_dir() and not path.name.startswith(".")
    }
    return tuple(sorted(found))


def files_in(path: Path) -> Iterator[Path]:
    """The ordinary files at or below ``path``, without following a link."""
    if path.is_symlink():
        return
    if path.is_file():
        yield path
        return
    for here, folders, names in os.walk(path):
        folders.sort()
        for name in sorted(names):
            file = Path(here) / name
            if file.is_file() and not file.is_symlink():
                yield file


def _folders(folder: Path, person: str) -> Iterator[Path]:
    for part in BY_PERSON:
        path = folder / part / person
        if path.exists() or path.is_symlink():
            yield path


def _caches(folder: Path, person: str) -> Iterator[Path]:
    """What is ours below ``.pallkit``: a person's folder there, and files called by their id.

    Nothing at the top, where a trainee who is called “key” would take the course's key along.
    """
    for part in sorted((folder / ".pallkit").glob("*/")):
        own = part / person
        if part.name != "collected" and own.is_dir():
            yield own
        for path in sorted(part.rglob("*")):
            inside_own = person == path.relative_to(part).parts[0] and path.parent != part
            if path.is_file() and path.stem == person and not inside_own:
                yield path


def _exchange(folder: Path, course: str, person: str) -> Iterator[Path]:
    root = os.environ.get(EXCHANGE_VARIABLE)
    if not root:
        return
    place = Path(root) / course
    for path in sorted(place.glob("inbound/*")):
        if path.name.startswith(f"{person}+"):
            yield path
    known = _feedback_names(folder, person)
    for path in sorted(place.glob("feedback/*/*.html")):
        if path.stem in known:
            yield path


def _feedback_names(folder: Path, person: str) -> frozenset[str]:
    """What nbgrader calls a person's pages in the exchange: a hash of a secret handed in."""
    found = set()
    for path in (folder / HANDED_IN / person).glob("*/submission_secret.txt"):
        secret = path.read_text(encoding="utf-8", errors="replace")
        for notebook in path.parent.glob("*.ipynb"):
            told = f"{secret}{notebook.stem}".encode()
            found.add(hashlib.md5(told, usedforsecurity=False).hexdigest())
    return frozenset(found)


def _named(folder: Path, person: str) -> Iterator[Path]:
    """Files of the course as a whole that name the person: rules, groups, lists."""
    for path in sorted(folder.glob("*")):
        if path.name in _NOT_PEOPLES or not path.is_file() or path.is_symlink():
            continue
        if path.suffix.lower() not in {".yaml", ".yml", ".csv", ".txt", ".md", ".json"}:
            continue
        if path.stat().st_size <= _LARGEST and is_word(
            person, path.read_text(encoding="utf-8", errors="replace")
        ):
            yield path


def counted(paths: Mapping[str, Path] | tuple[Path, ...]) -> int:
    """How many files there are at or below the paths."""
    listed = paths.values() if isinstance(paths, Mapping) else paths
    return sum(1 for path in listed for _file in files_in(path))
