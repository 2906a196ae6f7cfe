"""What has been compiled from the case bank: plain values, read from JSON.

Nothing here knows YAML. In a checkout, a compiler registered as the entry point
``pallkit.compilers`` is asked, at most once a second, to compile what has changed; an
installed package carries its compiled content and has nothing to compile.

Answers are new values each time: a caller may keep or change them. To keep something
built from content, key it on :func:`edition`.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal, cast

from pallkit.errors import ContentError
from pallkit.i18n import Language, _

Table = Literal["drugs", "products", "pump", "reductions", "safety", "sources", "topics"]

_COMPILED = Path(__file__).resolve().parent / "_compiled"
# No longer than a file may be named.
_ID = re.compile(r"(?=.{1,200}\Z)[a-z0-9]+(-[a-z0-9]+)*")
_SHOWN = 60  # characters of an id that is none
_PAUSE = 1.0  # seconds between two looks at the sources

_elsewhere: ContextVar[_Folder | None] = ContextVar("_elsewhere", default=None)


def root() -> Path:
    """Return the folder of compiled content, compiled anew where a source has changed."""
    return _folder().path


def edition() -> str:
    """Return a short text that is another whenever any content is another."""
    folder = _folder()
    return f"{folder.path}@{folder.index['edition']}"


def case_ids() -> tuple[str, ...]:
    """Return the id of every case, in alphabetical order."""
    return tuple(_folder().index["cases"])


def case(case_id: str) -> dict[str, Any]:
    """Return a case's structure. :class:`ContentError` when there is none, or it is broken."""
    return cast("dict[str, Any]", _read_of(case_id, "cases/{}/case.json"))


def prose(case_id: str, lang: Language) -> dict[str, Any] | None:
    """Return a case's prose in exactly this language, or None where it is not written."""
    if not _ID.fullmatch(case_id):
        raise _unknown(case_id)
    name = f"cases/{case_id}/{lang}.json"
    folder = _folder()
    if name not in folder.faults and not (folder.path / name).exists():
        return None
    return cast("dict[str, Any]", _read(name))


def ratio_set_ids() -> tuple[str, ...]:
    """Return the id of every ratio set, in alphabetical order."""
    return tuple(_folder().index["ratio_sets"])


def ratio_set(set_id: str) -> dict[str, Any]:
    """Return a ratio set as its file has it. :class:`ContentError` when there is none."""
    return cast("dict[str, Any]", _read_of(set_id, "ratio_sets/{}.json"))


def table(name: Table) -> Any:
    """Return one of the case bank's tables as its file has it."""
    return _read(f"{name}.json")


def refresh() -> None:
    """Look at the sources now, not when the second has passed: for editors and tests."""
    _SHIPPED.forget()


@contextmanager
def reading(compiled: Path) -> Iterator[None]:
    """Read content compiled to another folder, in this thread and task only.

    What lies there is taken not to change meanwhile.
    """
    token = _elsewhere.set(_Folder(compiled))
    try:
        yield
    finally:
        _elsewhere.reset(token)


@dataclass(frozen=True)
class _Folder:
    """A folder of compiled content as it stood at one look, and what could not be compiled."""

    path: Path
    faults: Mapping[str, ContentError] = field(default_factory=dict)

    @cached_property
    def index(self) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self.read("index.json"))

    def read(self, name: str) -> Any:
        if name in self.faults:
            raise self.faults[name]
        try:
            return json.loads((self.path / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            parts = name.removesuffix(".json").split("/")
            raise _unknown(parts[min(1, len(parts) - 1)]) from None


class _Shipped:
    """PallKit's own content and, in a checkout, the compilers that keep it fresh."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._folder = _Folder(_COMPILED)
        self._next = 0.0

    def folder(self) -> _Folder:
        if time.monotonic() >= self._next:
            with self._lock:
                if time.monotonic() >= self._next:
                    faults = {name: fault for run in _compilers() for name, fault in run().items()}
                    self._folder = _Folder(_COMPILED, faults)
                    self._next = time.monotonic() + _PAUSE
        return self._folder

    def forget(self) -> None:
        self._next = 0.0


_SHIPPED = _Shipped()


def _folder() -> _Folder:
    return _elsewhere.get() or _SHIPPED.folder()


@cache
def _compilers() -> tuple[Callable[[], Mapping[str, ContentError]], ...]:
    return tuple(point.load() for point in entry_points(group="pallkit.compilers"))


def _read(name: str) -> Any:
    return _folder().read(name)


def _read_of(name: str, pattern: str) -> Any:
    if not _ID.fullmatch(name):
        raise _unknown(name)
    return _read(pattern.format(name))


def _unknown(name: str) -> ContentError:
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}…"
    return ContentError(
        _("There is no “{name}” in the case bank. Check the spelling of the id.", name=shown)
    )
