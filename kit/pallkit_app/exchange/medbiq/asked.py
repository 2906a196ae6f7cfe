"""The standard's conditions on nodes visited, in the language of our conditions."""

from __future__ import annotations

from collections.abc import Callable

from pallkit_app.exchange.medbiq.model import Visited


def visited(condition: Visited, name_of: Callable[[str], str | None]) -> str | None:
    """The condition as text, with ``name_of`` for each node; None where a node is not there."""
    parts: list[str] = []
    for node in condition.nodes:
        named = name_of(node)
        if named is None:
            return None
        parts.append(named)
    for part in condition.parts:
        inner = visited(part, name_of)
        if inner is None:
            return None
        parts.append(inner)
    if not parts:
        return None
    word = " and " if condition.word in {"And", "Nand"} else " or "
    joined = f"({word.join(parts)})"
    return f"not {joined}" if condition.word in {"Nand", "Nor"} else joined
