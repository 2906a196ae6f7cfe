"""Where a notebook names a case or a ratio set, and what the notebook is called."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pallkit.i18n import LANGUAGES, Language

_NAMES = {"case": {"case", "case_id"}, "set": {"set", "sets", "table", "tables"}}
_HEADING = re.compile(r"^# (.+)$", re.MULTILINE)


def cells_naming(what: str, id_: str, path: Path) -> Iterator[int]:
    """The number, from 1, of each cell that names it: as a text of its own, or in an address."""
    asked = re.compile(rf"\b{what}(?:=|%3D){re.escape(id_)}(?![\w-])")
    for number, (kind, text) in enumerate(_cells(path), start=1):
        if asked.search(text) or (kind == "code" and id_ in _called_with(text, what)):
            yield number


def title_in(path: Path) -> str:
    """The first heading of a notebook; nothing where it has none."""
    for kind, text in _cells(path):
        found = _HEADING.search(text)
        if kind == "markdown" and found:
            return found[1].strip()
    return ""


def module_titles(folder: Path, module: str) -> Mapping[Language, str]:
    """A module's titles by language, as its metadata or its first heading has them."""
    paths = {lang: folder / f"{module}.{lang}.ipynb" for lang in LANGUAGES}
    titles = {lang: _about(path) or title_in(path) for lang, path in paths.items()}
    return {lang: title for lang, title in titles.items() if title}


def _about(path: Path) -> str:
    about = _read(path).get("metadata", {}).get("pallkit")
    title = about.get("title") if isinstance(about, dict) else None
    return title if isinstance(title, str) else ""


def _cells(path: Path) -> Iterator[tuple[str, str]]:
    for cell in _read(path).get("cells", []):
        yield str(cell.get("cell_type")), "".join(cell.get("source", ""))


def _read(path: Path) -> dict[str, Any]:
    """The notebook; nothing where it is none, which is another rule's finding."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return raw if isinstance(raw, dict) else {}


def _called_with(code: str, what: str) -> set[str]:
    """The texts that calls in a cell name a case or set by; nothing where it is not Python."""
    try:
        calls = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.Call)]
    except SyntaxError:
        return set()
    given = [one for call in calls for one in call.args]
    given += [one.value for call in calls for one in call.keywords if one.arg in _NAMES[what]]
    found = (node for one in given for node in ast.walk(one) if isinstance(node, ast.Constant))
    return {node.value for node in found if isinstance(node.value, str)}
