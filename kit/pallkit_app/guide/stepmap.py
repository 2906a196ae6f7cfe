"""The map of a case: its steps, and where each choice leads, drawn as SVG."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pallkit_app.guide import palette
from pallkit_app.guide.layout import Place

WIDTH, HEIGHT = 220, 50
COLUMN, ROW = 256, 98
MARGIN = 30
_DASH = Markup(' stroke-dasharray="7 4"')
LABEL = 18  # the height of a line of labels
_LINE = 24  # letters of 14 px that fit beside the number


@dataclass(frozen=True, slots=True)
class Node:
    """A step on the map. ``end`` is a step the case can end with."""

    id: str
    number: int
    title: str
    place: Place
    decides: bool = False
    end: bool = False


@dataclass(frozen=True, slots=True)
class Way:
    """An arrow, with the marks of the choices that take it: A, or B and C.

    ``turn`` is a way taken only under a condition. ``label`` is written along the way: an
    author's map names the choices, and is made higher for it.
    """

    source: str
    target: str
    marks: tuple[str, ...] = ()
    label: str = ""
    best: bool = False
    turn: bool = False


@dataclass(frozen=True, slots=True)
class _Port:
    """Where a way leaves its step: to the side of the middle, and how far down it turns."""

    aside: float
    turn: int


def map_svg(nodes: Sequence[Node], ways: Sequence[Way], *, title: str) -> Markup:
    """Draw the map. ``title`` is what a screen reader says; the steps carry the details."""
    by_id = {node.id: node for node in nodes}
    row = _row_height(ways)
    ported = list(_with_ports(ways, by_id, row))
    width = MARGIN * 2 + COLUMN * max(node.place.column for node in nodes) + WIDTH
    height = MARGIN * 2 + row * max(node.place.row for node in nodes) + HEIGHT
    drawn = [_way(way, by_id, port, row) for way, port in ported]
    drawn += [_label(way, by_id, port, row) for way, port in ported if way.label]
    drawn += [_node(node, row) for node in nodes]
    return Markup(
        '<svg class="map" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'aria-label="{title}"><g font-family="{font}" font-size="14" fill="{ink}">{drawn}</g></svg>'
    ).format(
        w=width,
        h=height,
        title=title,
        font=palette.FONT,
        ink=palette.INK,
        drawn=Markup("").join(drawn),
    )


def _row_height(ways: Sequence[Way]) -> int:
    """From one row to the next: with labels, room for one below the other."""
    if not any(way.label for way in ways):
        return ROW
    most = max(Counter(way.source for way in ways).values())
    return ROW + LABEL * most


def _corner(node: Node, row: int) -> tuple[int, int]:
    return MARGIN + COLUMN * node.place.column, MARGIN + row * node.place.row


def _node(node: Node, row: int) -> Markup:
    x, y = _corner(node, row)
    lines = textwrap.wrap(node.title, _LINE, max_lines=2, placeholder=" …")
    first = y + HEIGHT / 2 + 5 - 8 * (len(lines) - 1)
    text = Markup("").join(
        Markup('<text x="{x}" y="{y}">{line}</text>').format(x=x + 40, y=first + 16 * at, line=line)
        for at, line in enumerate(lines)
    )
    return Markup(
        '<g>{rim}<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="8" fill="{paper}" '
        'stroke="{stroke}" stroke-width="{thick}"/>'
        '<circle cx="{cx}" cy="{cy}" r="12" fill="{accent}"/>'
        '<text x="{cx}" y="{ty}" text-anchor="middle" font-weight="700" fill="{paper}">{number}'
        "</text>{text}</g>"
    ).format(
        rim=_rim(x, y) if node.end else "",
        x=x,
        y=y,
        w=WIDTH,
        h=HEIGHT,
        paper=palette.PAPER,
        accent=palette.ACCENT,
        stroke=palette.ACCENT if node.decides else palette.MUTED,
        thick=2.5 if node.decides else 1.25,
        cx=x + 20,
        cy=y + HEIGHT // 2,
        ty=y + HEIGHT // 2 + 5,
        number=node.number,
        text=text,
    )


def _rim(x: int, y: int) -> Markup:
    return Markup(
        '<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="11" fill="{paper}" stroke="{muted}" '
        'stroke-width="1.25"/>'
    ).format(x=x - 4, y=y - 4, w=WIDTH + 8, h=HEIGHT + 8, paper=palette.PAPER, muted=palette.MUTED)


def _with_ports(
    ways: Sequence[Way], by_id: Mapping[str, Node], row: int
) -> Iterator[tuple[Way, _Port]]:
    """Each way with where it leaves its step: straight down the middle, the others beside."""
    apart, most = (7, 2) if row == ROW else (LABEL, len(ways))
    for source in dict.fromkeys(way.source for way in ways):
        own = sorted(
            (way for way in ways if way.source == source),
            key=lambda way: (_turn(way, by_id), by_id[way.target].place.row),
        )
        straight = [at for at, way in enumerate(own) if _turn(way, by_id) == 0]
        middle = straight[0] if straight else (len(own) - 1) / 2
        for at, way in enumerate(own):
            yield way, _Port((at - middle) * 50, 25 + apart * min(most, len(own) - 1 - at))


def _turn(way: Way, by_id: Mapping[str, Node]) -> int:
    """How many columns a way goes to the right; -1 also for one round its own column."""
    columns = by_id[way.target].place.column - by_id[way.source].place.column
    return columns or _sidestep(way, by_id)


def _sidestep(way: Way, by_id: Mapping[str, Node]) -> int:
    """-1 for a way that must go round other steps of its own column, on their left."""
    source, target = by_id[way.source].place, by_id[way.target].place
    between = (
        node.place.column == source.column and source.row < node.place.row < target.row
        for node in by_id.values()
    )
    return -1 if source.column == target.column and any(between) else 0


def _way(way: Way, by_id: Mapping[str, Node], port: _Port, row: int) -> Markup:
    source, target = by_id[way.source], by_id[way.target]
    (sx, sy), (tx, ty) = _corner(source, row), _corner(target, row)
    start = (sx + WIDTH / 2 + port.aside, sy + HEIGHT)
    end = (tx + WIDTH / 2, ty - (5 if target.end else 1))
    out, back = sy + HEIGHT + port.turn, ty - 11
    if _sidestep(way, by_id):
        gutter = sx - 16
        points = [start, (start[0], out), (gutter, out), (gutter, back), (end[0], back), end]
    elif target.place.column >= source.place.column:
        points = [start, (start[0], out), (end[0], out), end]
    else:
        points = [start, (start[0], back), (end[0], back), end]
    colour = palette.ACCENT if way.best else palette.MUTED
    return Markup(
        '<g><path d="{d}" fill="none" stroke="{colour}" stroke-width="{thick}"{dash}/>'
        "{head}{mark}</g>"
    ).format(
        d=_rounded(points),
        colour=colour,
        thick=4 if way.best else 1.5,
        dash=_DASH if way.turn else "",
        head=_arrowhead(*end, colour=colour),
        mark=_mark(way, start[0], start[1] + 12),
    )


def _label(way: Way, by_id: Mapping[str, Node], port: _Port, row: int) -> Markup:
    """The label along a way: on the level run of one to the right, else left of its start."""
    x, y = _corner(by_id[way.source], row)
    right = by_id[way.target].place.column > by_id[way.source].place.column
    start, down = x + WIDTH / 2 + port.aside, y + HEIGHT
    return Markup(
        '<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12" fill="{ink}" '
        'stroke="{paper}" stroke-width="5" stroke-linejoin="round" paint-order="stroke">'
        "{text}</text>"
    ).format(
        x=start + (12 if right else -6),
        y=down + (port.turn + 4 if right else 16),
        anchor="start" if right else "end",
        ink=palette.INK,
        paper=palette.PAPER,
        text=way.label,
    )


def _mark(way: Way, x: float, y: float) -> Markup:
    if not way.marks:
        return Markup("")
    marks = ", ".join(way.marks)
    width = 14 + 7 * len(marks)
    return Markup(
        '<rect x="{x}" y="{y}" width="{w}" height="18" rx="9" fill="{fill}" stroke="{stroke}"/>'
        '<text x="{cx}" y="{ty}" text-anchor="middle" font-size="13" font-weight="700" '
        'fill="{ink}">{marks}</text>'
    ).format(
        x=x - width / 2,
        y=y - 9,
        w=width,
        fill=palette.ACCENT if way.best else palette.PAPER,
        stroke=palette.ACCENT if way.best else palette.MUTED,
        cx=x,
        ty=y + 4.5,
        ink=palette.PAPER if way.best else palette.INK,
        marks=marks,
    )


def _arrowhead(x: float, y: float, *, colour: str) -> Markup:
    return Markup('<path d="M{l} {up}L{r} {up}L{x} {y}Z" fill="{colour}"/>').format(
        l=x - 5, r=x + 5, up=y - 8, x=x, y=y, colour=colour
    )


def _rounded(points: Sequence[tuple[float, float]], radius: float = 8) -> str:
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
