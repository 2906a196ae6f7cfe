"""The map of a case: its steps, and where each choice leads, drawn as SVG."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from pallkit_app.guide import palette
from pallkit_app.guide.arrows import arrowhead, rounded
from pallkit_app.guide.layout import Place

WIDTH, HEIGHT = 220, 50
COLUMN, ROW = 256, 98
MARGIN = 30
_DASH = Markup(' stroke-dasharray="7 4"')
LABEL = 18  # the height of a line of labels
_RUN = 30  # letters of 12 px that fit on a level run
_LETTER = 7  # how wide such a letter is
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

    ``turn`` is a way taken only under a condition. ``labels`` are written along the way: an
    author's map names the choices, and is made higher for it.
    """

    source: str
    target: str
    marks: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    best: bool = False
    turn: bool = False


@dataclass(frozen=True, slots=True)
class _Port:
    """Where a way leaves its step: to the side of the middle, and how far down it turns.

    ``side`` is where its labels stand: on its level run to the right, or to one side of its
    start, from ``line`` on.
    """

    aside: float
    turn: int
    side: Literal["run", "right", "left"] = "run"
    line: int = 0


def map_svg(nodes: Sequence[Node], ways: Sequence[Way], *, title: str) -> Markup:
    """Draw the map. ``title`` is what a screen reader says; the steps carry the details."""
    by_id = {node.id: node for node in nodes}
    row = _row_height(ways)
    ported = list(_with_ports(ways, by_id, row))
    left = _room_to_the_left(ported, by_id)
    width = left + MARGIN * 2 + COLUMN * max(node.place.column for node in nodes) + WIDTH
    height = MARGIN * 2 + row * max(node.place.row for node in nodes) + HEIGHT
    drawn = [_way(way, by_id, port, row) for way, port in ported]
    drawn += [_labels(way, by_id, port, row) for way, port in ported if way.labels]
    drawn += [_node(node, row) for node in nodes]
    return Markup(
        '<svg class="map" role="img" viewBox="{left} 0 {w} {h}" width="{w}" height="{h}" '
        'aria-label="{title}"><g font-family="{font}" font-size="14" fill="{ink}">{drawn}</g></svg>'
    ).format(
        left=-left,
        w=width,
        h=height,
        title=title,
        font=palette.FONT,
        ink=palette.INK,
        drawn=Markup("").join(drawn),
    )


def _row_height(ways: Sequence[Way]) -> int:
    """From one row to the next: with labels, room for one below the other."""
    lines = Counter[str]()
    for way in ways:
        lines[way.source] += len(way.labels)
    return ROW + LABEL * max(lines.values(), default=0)


def _room_to_the_left(ported: Sequence[tuple[Way, _Port]], by_id: Mapping[str, Node]) -> int:
    """How far labels at the first column reach beyond the margin."""
    reach = [
        _LETTER * len(label) + 8 - port.aside
        for way, port in ported
        if port.side == "left" and by_id[way.source].place.column == 0
        for label in way.labels
    ]
    return max(0, int(max(reach, default=0) - WIDTH / 2))


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
    for source in dict.fromkeys(way.source for way in ways):
        own = sorted(
            (way for way in ways if way.source == source),
            key=lambda way: (_turn(way, by_id), by_id[way.target].place.row),
        )
        turns = [_turn(way, by_id) for way in own]
        middle = turns.index(0) if 0 in turns else (len(own) - 1) / 2
        left = 0
        for at, way in enumerate(own):
            later = own[at + 1 :]
            apart = 7 * min(2, len(later)) if row == ROW else LABEL * _lines(later)
            side = _side(turns[at], max(turns))
            yield way, _Port((at - middle) * 50, 25 + apart, side, left)
            left += len(way.labels) if side == "left" else 0


def _side(turn: int, rightmost: int) -> Literal["run", "right", "left"]:
    if turn > 0:
        return "run"
    return "right" if turn == rightmost == 0 else "left"


def _lines(ways: Sequence[Way]) -> int:
    return sum(max(1, len(_on_run(way))) for way in ways)


def _on_run(way: Way) -> list[str]:
    """The labels of a level run, in lines that fit between two columns."""
    return textwrap.wrap(", ".join(way.labels), _RUN, break_on_hyphens=False)


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
        d=rounded(points),
        colour=colour,
        thick=4 if way.best else 1.5,
        dash=_DASH if way.turn else "",
        head=arrowhead(*end, colour=colour),
        mark=_mark(way, start[0], start[1] + 12),
    )


def _labels(way: Way, by_id: Mapping[str, Node], port: _Port, row: int) -> Markup:
    """The labels along a way: on its level run, or one below the other beside its start."""
    x, y = _corner(by_id[way.source], row)
    start, down = x + WIDTH / 2 + port.aside, y + HEIGHT
    if port.side == "run":
        left, first, lines = start + 12, down + port.turn + 4, _on_run(way)
    else:
        left, lines = start + (8 if port.side == "right" else -8), list(way.labels)
        first = down + 16 + LABEL * port.line
    beside = Markup(
        '<rect x="{back}" y="{top}" width="{w}" height="{h}" fill="{paper}"/>'
        '<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="12" fill="{ink}">{text}</text>'
    )
    return Markup("").join(
        beside.format(
            x=left,
            y=first + LABEL * at,
            top=first + LABEL * at - 12,
            w=_LETTER * len(text),
            h=15,
            back=left - _LETTER * len(text) if port.side == "left" else left - 3,
            anchor="end" if port.side == "left" else "start",
            ink=palette.INK,
            paper=palette.PAPER,
            text=text,
        )
        for at, text in enumerate(lines)
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
