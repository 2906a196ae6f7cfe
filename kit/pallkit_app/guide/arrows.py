"""The lines of a map: level and upright, with rounded corners, and the heads of arrows."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup


def arrowhead(x: float, y: float, *, colour: str) -> Markup:
    """The head of an arrow that points down to (x, y)."""
    return Markup('<path d="M{l} {up}L{r} {up}L{x} {y}Z" fill="{colour}"/>').format(
        l=x - 5, r=x + 5, up=y - 8, x=x, y=y, colour=colour
    )


def rounded(points: Sequence[tuple[float, float]], radius: float = 8) -> str:
    """A path through ``points``, level and upright, with its corners rounded off."""
    kept = [
        point
        for before, point in zip([(None, None), *points], points, strict=False)
        if point != before
    ]
    d = f"M{kept[0][0]} {kept[0][1]}"
    for before, corner, after in zip(kept, kept[1:], kept[2:], strict=False):
        enter, leave = _towards(corner, before, radius), _towards(corner, after, radius)
        d += f"L{enter[0]} {enter[1]}Q{corner[0]} {corner[1]} {leave[0]} {leave[1]}"
    return d + f"L{kept[-1][0]} {kept[-1][1]}"


def _towards(
    start: tuple[float, float], end: tuple[float, float], most: float
) -> tuple[float, float]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = abs(dx) + abs(dy)
    step = min(most, length / 2) / length
    return start[0] + dx * step, start[1] + dy * step
