"""The drawings of a report: matplotlib's, as SVG with a text alternative.

A drawing on a page takes its colours from the page, light or dark; one for a PDF carries its
own. Each stands beside the table that it is drawn from.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from pallkit_app.guide.palette import ACCENT, ACCENT_MID, FONT, INK, LINE, MUTED

_WIDTH, _BAR = 7.2, 0.36
_COLOURS: Mapping[str, str] = {
    INK: "var(--pk-ink)",
    MUTED: "var(--pk-muted)",
    LINE: "var(--pk-line)",
    ACCENT: "var(--pk-accent)",
    ACCENT_MID: "var(--pk-mid)",
}
_SETTINGS: Mapping[str, Any] = {
    "text.parse_math": False,
    "svg.fonttype": "none",
    "font.size": 10,
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": LINE,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.8,
    "hatch.linewidth": 0.6,
}


def bars(
    name: str, labels: Sequence[str], shares: Sequence[float], about: str, *, paged: bool
) -> Markup:
    """Lying bars of shares, 0 to 1, the first on top."""

    def draw(axes: Any) -> None:
        places = range(len(labels))
        axes.barh(places, [share * 100 for share in shares], color=ACCENT, height=0.62)
        axes.set_yticks(places, [_short(label) for label in labels])
        axes.invert_yaxis()
        axes.set_xlim(0, 100)
        axes.set_xticks(range(0, 101, 25), [f"{share} %" for share in range(0, 101, 25)])
        _quiet(axes)

    return _svg(name, draw, 0.7 + _BAR * len(labels), about, paged=paged)


def stacked(
    name: str,
    labels: Sequence[str],
    parts: Mapping[str, Sequence[int]],
    about: str,
    *,
    paged: bool,
) -> Markup:
    """Lying bars of counts, part by part; each part has its own pattern besides its colour."""
    looks = ({"color": ACCENT}, {"color": ACCENT_MID, "hatch": "///"}, {"color": "none"})

    def draw(axes: Any) -> None:
        left = [0] * len(labels)
        for look, (part, counts) in zip(looks, parts.items(), strict=True):
            axes.barh(
                range(len(labels)),
                counts,
                left=left,
                height=0.62,
                label=part,
                edgecolor=MUTED,
                **look,
            )
            left = [a + b for a, b in zip(left, counts, strict=True)]
        axes.set_yticks(range(len(labels)), [_short(label) for label in labels])
        axes.invert_yaxis()
        axes.xaxis.get_major_locator().set_params(integer=True)
        _quiet(axes)
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, borderpad=0)

    return _svg(name, draw, 1.0 + _BAR * len(labels), about, paged=paged)


def against(
    name: str,
    points: Sequence[tuple[float, float, int]],
    axes_names: tuple[str, str],
    about: str,
    *,
    paged: bool,
) -> Markup:
    """How sure (across) against how often right (up), both in per cent; size by count."""

    def draw(axes: Any) -> None:
        axes.plot([0, 100], [0, 100], color=MUTED, linewidth=1, linestyle=(0, (4, 4)))
        most = max((count for *_place, count in points), default=1)
        for sure, right, count in points:
            axes.scatter(sure, right, s=40 + 260 * count / most, color=ACCENT, alpha=0.9)
            axes.annotate(
                str(count), (sure, right), textcoords="offset points", xytext=(0, 12), ha="center"
            )
        axes.set(xlim=(-4, 104), ylim=(-4, 112), xlabel=axes_names[0], ylabel=axes_names[1])
        axes.set_xticks(range(0, 101, 25))
        axes.set_yticks(range(0, 101, 25))

    return _svg(name, draw, 4.2, about, paged=paged, width=5.4)


def _quiet(axes: Any) -> None:
    axes.tick_params(length=0)
    axes.spines["bottom"].set_visible(False)
    axes.grid(axis="x", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)


def _short(label: str, most: int = 44) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _svg(  # noqa: PLR0913  # what a drawing is made of
    name: str,
    draw: Callable[[Any], None],
    height: float,
    about: str,
    *,
    paged: bool,
    width: float = _WIDTH,
) -> Markup:
    import matplotlib as mpl  # noqa: PLC0415  # half a second to import
    from matplotlib.figure import Figure  # noqa: PLC0415

    settings: Any = {**_SETTINGS, "svg.hashsalt": name}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        file = io.StringIO()
        figure.savefig(
            file, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return _inline(file.getvalue(), name, about, paged=paged)


def _inline(svg: str, name: str, about: str, *, paged: bool) -> Markup:
    """Matplotlib's file as a part of a page: no header, ids of its own, the page's colours."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{name}-\1"', svg)
    svg = re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", svg)
    svg = re.sub(r"font-family: [^;\"]+", f"font-family: {FONT}", svg)
    if not paged:
        for colour, variable in _COLOURS.items():
            svg = svg.replace(colour, variable)
    label = escape(about)
    return Markup(svg.replace("<svg ", f'<svg class="plot" role="img" aria-label="{label}" ', 1))  # noqa: S704  # drawn here; labels are matplotlib's own escaped text
