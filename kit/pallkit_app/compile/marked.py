"""Which texts a module marks for translation, remembered until the module changes.

Reading all modules takes a second, and an author runs ``pallkit check`` after every change
to one case.
"""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

Marked = list[tuple[int, str]]
"""Lines and texts."""

REMEMBERED = Path(".cache", "marked-texts.json")
"""Below the checkout's root; git-ignored, and gone with ``make clean``."""


def marked_texts(folder: Path, root: Path) -> Iterator[tuple[Path, Marked]]:
    """The modules below ``folder`` and the texts in each that are marked with ``_``."""
    known = _remembered(root)
    found: dict[str, tuple[str, Marked]] = {}
    for path in sorted(folder.rglob("*.py")):
        name, stamp = path.relative_to(root).as_posix(), _stamp(path)
        held = known.get(name)
        texts = held[1] if held is not None and held[0] == stamp else list(_marked(path))
        found[name] = (stamp, texts)
        yield path, texts
    mine = f"{folder.relative_to(root).as_posix()}/"
    others = {name: one for name, one in known.items() if not name.startswith(mine)}
    if known != {**others, **found}:
        _remember(root, {**others, **found})


def _marked(module: Path) -> Iterator[tuple[int, str]]:
    """Find the texts of a module. Babel's own extractor reads tokens, ten times slower."""
    source = module.read_bytes()
    if b"_(" not in source:
        return
    try:
        tree = ast.parse(source)
    except SyntaxError:  # half-written: its texts stay in the catalogue as obsolete meanwhile
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
            text = node.args[0]
            if node.func.id == "_" and isinstance(text, ast.Constant):
                yield node.lineno, str(text.value)


def _stamp(path: Path) -> str:
    about = path.stat()
    return f"{about.st_mtime_ns} {about.st_size}"


def _remembered(root: Path) -> dict[str, tuple[str, Marked]]:
    """What was found before; nothing where the file is missing or not ours."""
    try:
        raw = json.loads((root / REMEMBERED).read_text(encoding="utf-8"))
        return {
            str(name): (str(stamp), [(int(line), str(text)) for line, text in texts])
            for name, (stamp, texts) in raw.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(root: Path, found: dict[str, tuple[str, Marked]]) -> None:
    target = root / REMEMBERED
    own = target.with_suffix(f".{os.getpid()}.tmp")
    try:
        target.parent.mkdir(exist_ok=True)
        own.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        own.replace(target)
    except OSError:  # a folder that cannot be written: every run reads all modules
        with suppress(OSError):
            own.unlink(missing_ok=True)
