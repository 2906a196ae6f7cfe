"""The guide as one HTML file that asks nothing of any network."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, Message, _, render
from pallkit.texts import to_html
from pallkit_app.guide.labels import SILENT, labels
from pallkit_app.guide.plan import Bar, bar_svg, meter_svg, ruler_svg, scale
from pallkit_app.guide.schedule import HOUR, Slot, clock
from pallkit_app.guide.steps import GuideStep
from pallkit_app.guide.view import Guide, make_guide
from pallkit_app.paper import generator, pages_of, styles

KIND = "leader guide"
"""Stands in every guide, so that a later run knows the file for one of ours."""

_SEEN: Mapping[str, Message] = {
    "original": _("The publisher's own text was read."),
    "copy": _("Read from a copy, not checked against the original."),
    "second_hand": _("Not read; only what others write about it. Check it before you rely on it."),
}
_SEEN_HELP = _(
    "Under each source stands how it was seen when the case was written. Look up the source "
    "itself, in its newest edition, before you use a figure from it."
)

_HERE = "pallkit_app.guide"
_PAGES = pages_of(_HERE)


def guide_html(case_id: str, lang: Language, *, minutes: int = HOUR, paged: bool = False) -> str:
    """Write the leader guide of a case as HTML, complete with its styles.

    ``paged`` is for a maker of PDFs that fills page margins: it moves the line about what
    the guide is not for into the margin of every page, and numbers the pages. ``minutes`` is
    how long the session is. Raises :class:`pallkit.errors.ContentError` when there is no such
    case, and :class:`pallkit_app.paper.PaperError` when the session is too short for it.
    """
    guide = make_guide(case_id, lang, minutes)
    sheets = ["guide.css", "paged.css"] if paged else ["guide.css"]
    css = styles(*((_HERE, name) for name in sheets))
    return _PAGES.get_template("guide.html.j2").render(css=css, **_values(guide))


def _values(guide: Guide) -> dict[str, Any]:
    lang, text = guide.lang, guide.text
    return {
        "guide": guide,
        "case": guide.case,
        "text": text,
        "lang": lang,
        "l": labels(lang),
        "own": _own_language(guide),
        "fallback": _fallback(guide),
        "generator": generator(KIND),
        "version": __version__,
        "purpose": render(INTENDED_PURPOSE, lang),
        "watermark": render(WATERMARK, lang),
        "before": _paragraphs(text.guide.before),
        "silent": _paragraphs(text.guide.silent),
        "closing": _paragraphs(text.guide.closing),
        "patient": _paragraphs(text.patient),
        "esas_bar": meter_svg,
        "seen": {key: render(said, lang) for key, said in _SEEN.items()},
        "seen_help": render(_SEEN_HELP, lang),
        **_plan(guide),
    }


def _plan(guide: Guide) -> dict[str, Any]:
    lang, hour = guide.lang, guide.hour
    span = scale(hour.total)
    steps = {step.id: step for step in guide.steps}
    return {
        "plan_sentence": _plan_sentence(guide),
        "ruler": ruler_svg(span),
        "rows": [_row(slot, steps, span) for slot in hour.slots],
        "clock": clock,
        "total": hour.total,
        "detours": [step for step in guide.steps if not step.on_path],
        "moves": [render(move, lang) for move in SILENT],
        "range_sentence": render(
            _(
                "The quickest way through takes {shortest} minutes, the slowest {longest}.",
                shortest=hour.shortest,
                longest=hour.longest,
            ),
            lang,
        ),
    }


def _row(slot: Slot, steps: Mapping[str, GuideStep], span: int) -> Mapping[str, Any]:
    step = steps.get(slot.step)
    bar = Bar(slot.start, slot.minutes)
    decided = step is not None and step.decides
    return {
        "slot": slot,
        "step": step,
        "bar": bar_svg(bar, span=span, decides=decided, free=step is None),
    }


def _plan_sentence(guide: Guide) -> str:
    planned, hour = guide.hour.planned, guide.hour.total
    mine = sum(slot.minutes for slot in guide.hour.slots if slot.part == "step")
    if mine == planned:
        text = _(
            "The steps take {minutes} of the {hour} minutes of a group session, along the path "
            "of the best choices.",
            minutes=planned,
            hour=hour,
        )
    else:
        text = _(
            "The steps are meant to take {minutes} minutes along the path of the best choices. "
            "Here they have been cut to {mine}, so that the session ends after {hour}.",
            minutes=planned,
            mine=mine,
            hour=hour,
        )
    return render(text, guide.lang)


def _own_language(guide: Guide) -> Markup:
    """The attribute for what is not in the page's language; nothing where it is."""
    if guide.text.lang == guide.lang:
        return Markup("")
    return Markup(' lang="{}"').format(guide.text.lang)


def _fallback(guide: Guide) -> str:
    if guide.text.lang == guide.lang:
        return ""
    missing = _("The case is not written in this language yet, so it is in bokmål.")
    return render(missing, guide.lang)


def _paragraphs(markdown: str) -> Markup:
    return Markup(to_html(markdown))  # noqa: S704  # to_html answers safe HTML
