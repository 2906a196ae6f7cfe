"""What a cell asks of the grader: ``check("…")`` or ``show("…")`` and nothing else, or code."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Literal

from pallkit.i18n import LANGUAGES, Language


@dataclass(frozen=True, slots=True)
class Call:
    """A cell that only asks: which function, for which task, told in which language."""

    name: Literal["check", "show"]
    task: str
    lang: Language


def call_in(source: str) -> Call | None:
    """The call that is all of a cell, or None: then the cell is code, to be run in a cage."""
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    if not isinstance(tree, ast.Call) or not isinstance(tree.func, ast.Name):
        return None
    named = {one.arg: _text(one.value) for one in tree.keywords}
    texts = [_text(one) for one in tree.args]
    lang = named.pop("lang", "nb")
    if tree.func.id not in {"check", "show"} or named or len(texts) != 1 or texts[0] is None:
        return None
    if lang not in LANGUAGES:
        return None
    return Call(tree.func.id, texts[0], lang)  # type: ignore[arg-type]  # both are known by now


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
