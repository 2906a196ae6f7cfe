"""How much room a text takes on a card, worked out from the typeface before anything is drawn.

The same cards must come out as HTML and as PDF, and on machines without the PDF library, so
the room is reckoned here: a little too generously, never too tightly. A test lays every card
of the bank out and measures that it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape

from markupsafe import Markup

MM = 0.3528
"""Millimetres of a typographic point."""
_SAFE = 1.01
_BOLD = 1.07
_GROUPS: Mapping[float, str] = {
    0.25: "Iijl’",
    0.3: " !',.:;`·",
    0.35: '()/[\\]ft|“”"',
    0.4: "1r-",
    0.5: "*?–^_{}",
    0.55: "7JLacksvxyzå",
    0.6: "235689EFbdeghnopquøé«»",
    0.65: "#$&+04<=>BKPRSTZ~−×÷",
    0.7: "ADVXYÅ",
    0.75: "CGHNOQUØ",
    0.85: "w…→",
    0.9: "Mmæ",
    1.0: "%WÆ—@",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class Style:
    """A kind of text: its size in points, the lines' distance, and the space after it in mm.

    ``indent`` is what stands beside it (a letter, an arrow), in mm.
    """

    points: float
    leading: float
    after: float
    indent: float = 0
    bold: bool = False

    def height(self, text: str, width: float) -> float:
        """Millimetres a text takes at ``width`` millimetres, the space after it included."""
        count = sum(_lines(part, self, width - self.indent) for part in text.split("\n"))
        return count * self.points * self.leading * MM + self.after


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a card that stays in one piece. ``joined`` to the one after it."""

    html: Markup
    height: float
    joined: bool = False


def plain(html: str) -> str:
    """The words of a piece of HTML."""
    return unescape(re.sub("<[^>]+>", "", re.sub(r"<br ?/?>", "\n", html))).strip()


def pieces(html: str) -> Iterator[str]:
    """The paragraphs and the single list items of a text, each as HTML of its own."""
    for found in re.finditer(r"<(p|ul|ol)\b[^>]*>(.*?)</\1>", html, re.DOTALL):
        if found[1] == "p":
            yield found[0]
        else:
            yield from (
                f"<{found[1]}{_start(found[1], at)}><li>{item}</li></{found[1]}>"
                for at, item in enumerate(
                    re.findall(r"<li>(.*?)</li>", found[2], re.DOTALL), start=1
                )
            )


def packed(blocks: Sequence[Block], room: float) -> list[list[Block]]:
    """The blocks dealt out over as many cards as they need, each with ``room`` millimetres."""
    cards: list[list[Block]] = [[]]
    left = room
    for group in _groups(blocks):
        height = sum(block.height for block in group)
        if height > left and cards[-1]:
            cards.append([])
            left = room
        cards[-1] += group
        left -= height
    return cards


def _groups(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.joined:
            yield group
            group = []
    if group:
        yield group


def _lines(text: str, style: Style, width: float) -> int:
    em = style.points * MM * _SAFE * (_BOLD if style.bold else 1)
    count, used = 1, 0.0
    for word in text.split():
        long = sum(_WIDTHS.get(letter, 0.7) for letter in word) * em
        space = _WIDTHS[" "] * em if used else 0.0
        if used and used + space + long > width:
            count, used = count + 1, long
        else:
            used += space + long
    return count


def _start(tag: str, at: int) -> str:
    return f' start="{at}"' if tag == "ol" and at > 1 else ""
