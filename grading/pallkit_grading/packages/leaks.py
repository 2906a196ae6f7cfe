"""What must not be in a folder that is handed out: a key, a solution, a hidden cell, a stray.

Looked for in what was generated, not in how: whoever put it there, and whichever tool made
the folder. Each rule is a generator; what it yields breaks it.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pallkit.i18n import Message, _
from pallkit_grading.course import LOG_NAME
from pallkit_grading.source_rules import KEY_SUFFIXES

_TEXTS_AND_DATA = (".ipynb", ".csv", ".tsv", ".txt", ".md", ".pdf", ".xlsx", ".ods", ".parquet")
_PICTURES = (".png", ".jpg", ".jpeg", ".svg", ".gif")
GIVEN = frozenset((*_TEXTS_AND_DATA, *_PICTURES))
"""The kinds of files that a hand-out may hold."""

LEFT_LYING = frozenset({".ipynb_checkpoints", "__pycache__", ".DS_Store", "Thumbs.db"})
"""What computers leave lying: not handed out, and nothing to refuse."""

_MARK = re.compile("(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)")
_REGION = re.compile(
    "BEGIN (SOLUTION|HIDDEN TESTS|MARK SCHEME)(.*?)END (?:SOLUTION|HIDDEN TESTS|MARK SCHEME)",
    re.DOTALL,
)
_STUBS = frozenset({"YOUR CODE HERE", "raise NotImplementedError()", "YOUR ANSWER HERE"})
"""What nbgrader writes where a solution was."""

_HIDDEN_TAGS = frozenset({"hidden", "hide-cell", "remove-cell", "solution"})
"""Tags of cells that are not for trainees. A folded cell is: it only spares them the code."""
_TELLING = 12  # letters: a shorter line of a solution («return x») may stand in a hand-out too


def leaks(release: Path, source: Path, secrets: Iterable[str] = ()) -> Iterator[Message]:
    """Everything in ``release`` that a trainee must not be given.

    ``source`` is what it was generated from, whose solutions are looked for; ``secrets`` are
    texts of the key that stand nowhere but there.
    """
    hidden = (*_solutions(source), *(" ".join(one.split()) for one in secrets))
    for path in given_files(release):
        name = path.relative_to(release).as_posix()
        why = _stray(path)
        if why is not None:
            yield _("“{file}” must not be handed out: {why}.", file=name, why=why)
        elif path.suffix.lower() == ".ipynb":
            for fault in _notebook_faults(path, hidden):
                yield _("“{file}” must not be handed out: {why}.", file=name, why=fault)
        elif any(one in _plain(path.read_bytes()) for one in hidden):
            yield _("“{file}” must not be handed out: {why}.", file=name, why=_holds_solution())


def given_files(folder: Path) -> Iterator[Path]:
    """The files of a folder in a fixed order, without what computers leave lying."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if LEFT_LYING.isdisjoint(parts) and (path.is_symlink() or not path.is_dir()):
            yield path


def _stray(path: Path) -> Message | None:
    if not stat.S_ISREG(path.lstat().st_mode):
        return _("it is not an ordinary file")
    if path.name == LOG_NAME:
        return _("it is an answer log")
    if path.suffix.lower() in KEY_SUFFIXES:
        return _("it could be a key")
    if path.suffix.lower() not in GIVEN:
        return _("it is not a notebook, a text, data or a picture")
    return None


def _notebook_faults(path: Path, hidden: Iterable[str]) -> Iterator[Message]:
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources = ["".join(cell["source"]) for cell in cells]
    except (OSError, ValueError, KeyError, TypeError):
        yield _("it cannot be read as a notebook")
        return
    for place, (cell, text) in enumerate(zip(cells, sources, strict=True), start=1):
        if _MARK.search(text):
            yield _("cell {place} holds a solution or hidden tests", place=place)
        if cell.get("outputs"):
            yield _("cell {place} has been run, and its output could tell the answer", place=place)
        if not _HIDDEN_TAGS.isdisjoint(cell.get("metadata", {}).get("tags", ())):
            yield _("cell {place} is a hidden cell", place=place)
    whole = _plain(json.dumps(sources, ensure_ascii=False).encode())
    texts = _plain("\n".join(sources).encode())
    if any(one in texts or one in whole for one in hidden):
        yield _holds_solution()


def _holds_solution() -> Message:
    return _("it holds a text of the solution or the key. Generate the assignment again")


def _solutions(source: Path) -> Iterator[str]:
    """Each line of the source's solutions that says enough to be known again."""
    for path in sorted(source.glob("*.ipynb")):
        try:
            cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
            parts = [_parted(cell) for cell in cells]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        shown = _plain("\n".join(one for one, _secret in parts).encode())
        for _shown, secret in parts:
            for line in secret.splitlines():
                plain = " ".join(line.split()).strip("# ")
                if len(plain) >= _TELLING and plain not in shown and plain not in _STUBS:
                    yield plain


def _parted(cell: Mapping[str, Any]) -> tuple[str, str]:
    """A cell's text as it is handed out, and what nbgrader takes out of it."""
    text = "".join(cell["source"])
    regions = "\n".join(found[1] for found in _REGION.findall(text))
    if regions or not cell.get("metadata", {}).get("nbgrader", {}).get("solution"):
        return _REGION.sub(" ", text), regions
    return "", text


def _plain(content: bytes) -> str:
    return " ".join(content.decode("utf-8", "replace").split())
