"""The hour as a picture: one bar a step, on a scale of the whole session."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from pallkit_app.guide import palette


@dataclass(frozen=True, slots=True)
class Bar:
    """A step's place in the hour: ``start`` and ``minutes`` from the first step's start."""

    start: int
    minutes: int


def scale(total: int) -> int:
    """The minutes the picture spans: the session, up to a whole quarter of an hour."""
    return -(-total // 15) * 15


def bar_svg(bar: Bar, *, span: int, decides: bool = False, free: bool = False) -> Markup:
    """Draw one bar on its own strip, with a thin line each quarter of an hour.

    ``decides`` is a step where the tables choose or calculate; ``free`` is time no step
    takes. Positions are percentages, so the bar follows the page's width. The minutes
    stand as text beside it: the picture is decoration.
    """
    lines = Markup("").join(
        Markup('<line x1="{0}%" x2="{0}%" y1="0" y2="22" stroke="{1}" stroke-width="1"/>').format(
            _percent(at, span), palette.LINE
        )
        for at in range(0, span + 1, 15)
    )
    return _STRIP.format(
        name="bar",
        height=22,
        inside=lines
        + Markup(
            '<rect x="{x}%" width="{width}%" y="4" height="14" rx="3" fill="{fill}"{frame}/>'
        ).format(
            x=_percent(bar.start, span),
            width=_percent(bar.minutes, span),
            fill=palette.PAPER if free else palette.ACCENT if decides else palette.ACCENT_MID,
            frame=_DASHED if free else "",
        ),
    )


def ruler_svg(span: int) -> Markup:
    """Draw the scale above the bars: 0, 15, 30 … minutes."""
    marks = Markup("").join(
        Markup(
            '<text x="{x}%" y="12" text-anchor="{anchor}" font-size="11" font-family="{font}" '
            'fill="{fill}">{at}</text>'
        ).format(
            x=_percent(at, span),
            at=at,
            anchor="start" if at == 0 else "end" if at == span else "middle",
            font=palette.FONT,
            fill=palette.MUTED,
        )
        for at in range(0, span + 1, 15)
    )
    return _STRIP.format(name="ruler", height=16, inside=marks)


def meter_svg(score: int) -> Markup:
    """Draw an ESAS-r score, 0-10, as a filled rail."""
    return _STRIP.format(
        name="meter",
        height=10,
        inside=Markup(
            '<rect width="100%" height="10" rx="5" fill="{rail}"/>'
            '<rect width="{share}%" height="10" rx="5" fill="{fill}"/>'
        ).format(rail=palette.RAIL, share=score * 10, fill=palette.ACCENT_MID),
    )


_STRIP = Markup(
    '<svg class="{name}" width="100%" height="{height}" aria-hidden="true" focusable="false">'
    "{inside}</svg>"
)
_DASHED = Markup(' stroke="{}" stroke-width="1" stroke-dasharray="4 3"').format(palette.MUTED)


def _percent(minutes: int, span: int) -> str:
    return f"{minutes * 100 / span:.2f}"
