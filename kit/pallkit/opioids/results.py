"""What a conversion answers: steps that can be followed, or a refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal
from html import escape
from typing import Any

from pallkit.about import WATERMARK
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids.ranges import Range

Json = dict[str, Any]

CHOSEN = "chosen"
"""Stands for a source where the figure was chosen by whoever asked."""

WORKED_OUT = "worked_out"
"""Stands for a source where a step is only arithmetic with figures from earlier steps."""

NO_SOURCE = "no_source"
"""Stands for a source where a step says that something is not known."""

STAND_INS: dict[str, Message] = {
    CHOSEN: _("chosen by you"),
    WORKED_OUT: _("worked out"),
    NO_SOURCE: _("no source seen"),
}
"""What a reader is told in place of a source."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation: what was done, the ratio used, and who prints it.

    ``source`` is an id in ``casebank/sources.yaml``, or one of :data:`STAND_INS`.
    """

    text: Message
    ratio: Message | None
    source: str

    @property
    def points(self) -> int:
        """What the step is worth in a marking scheme: 2 with a ratio, 1 with a sum, else 0."""
        if self.ratio is not None:
            return 2
        return 1 if "=" in self.text.msgid or "{total}" in self.text.msgid else 0

    def to_json(self, lang: Language) -> Json:
        """``{"text", "ratio", "source"}``; ``ratio`` is None where none was used."""
        ratio = None if self.ratio is None else render(self.ratio, lang)
        return {"text": render(self.text, lang), "ratio": ratio, "source": self.source}


@dataclass(frozen=True, slots=True)
class Receipt:
    """The steps in order: what the learner reads, and what an answer is marked by."""

    steps: tuple[Step, ...] = ()

    def __add__(self, other: Receipt) -> Receipt:
        return Receipt(self.steps + other.steps)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources used, each once."""
        return tuple(dict.fromkeys(s.source for s in self.steps if s.source not in STAND_INS))

    def to_json(self, lang: Language) -> list[Json]:
        """The steps as ``{"text", "ratio", "source"}``."""
        return [step.to_json(lang) for step in self.steps]

    def to_text(self, lang: Language) -> str:
        """The steps as numbered lines, each with its source."""
        return "\n".join(
            f"{place}. {render(step.text, lang)}  [{_source(step, lang)}]"
            for place, step in enumerate(self.steps, start=1)
        )

    def to_html(self, lang: Language) -> str:
        """The steps as an ordered list for a page; every text is escaped."""
        return f'<ol class="pk-receipt">{"".join(_item(step, lang) for step in self.steps)}</ol>'

    def marking(self, lang: Language) -> list[Json]:
        """The marking scheme: a line for each step that can be right or wrong by itself.

        ``{"number", "text", "ratio", "source", "points"}``; ``number`` is the step's in the
        receipt. A step with a ratio or a reduction is worth 2 points, for choosing and for using
        it; a change of unit or a sum 1; a step that only tells why is not marked.
        """
        return [
            {"number": number, **step.to_json(lang), "points": step.points}
            for number, step in enumerate(self.steps, start=1)
            if step.points
        ]

    def to_marking(self, lang: Language) -> str:
        """The marking scheme as lines to tick off, with the sum at the end."""
        lines = self.marking(lang)
        told = [
            render(_("[  ] {points} p: {text}", points=line["points"], text=line["text"]), lang)
            for line in lines
        ]
        total = sum(int(line["points"]) for line in lines)
        return "\n".join([*told, render(_("Sum: {points} p", points=total), lang)])


def _item(step: Step, lang: Language) -> str:
    said = [escape(render(step.text, lang))]
    if step.ratio is not None:
        ratio = render(_("Ratio: {ratio}", ratio=step.ratio), lang)
        said.append(f'<span class="pk-ratio">{escape(ratio)}</span>')
    said.append(f"<cite>{escape(_source(step, lang))}</cite>")
    return f"<li>{' '.join(said)}</li>"


def _source(step: Step, lang: Language) -> str:
    return render(STAND_INS.get(step.source, step.source), lang)


@dataclass(frozen=True, slots=True)
class Refusal:
    """No answer, and why: never 0, never a guess.

    ``code`` is stable for programs: locked, not_in_set, one_way, comparison_only,
    survey_only, counting_only, printed_rows_only, outside_bands, over_cap,
    reduction_needs_rule, nothing_to_reduce, rule_does_not_cover, no_total, fixed_start,
    no_rescue_rule.
    """

    code: str
    message: Message
    remedy: Message

    def to_json(self, lang: Language) -> Json:
        """The same shape as an answer's, with nothing in it but the refusal."""
        return answer_json(
            lang,
            refusal={
                "code": self.code,
                "message": render(self.message, lang),
                "remedy": render(self.remedy, lang),
            },
        )

    def to_text(self, lang: Language) -> str:
        """The reason and the remedy, a line each."""
        return f"{render(self.message, lang)}\n{render(self.remedy, lang)}"


def answer_json(lang: Language, **parts: object) -> Json:
    """An answer for machines and views, with every key present."""
    empty: Json = {
        "doses": [],
        "oral_morphine": None,
        "target": None,
        "label": None,
        "steps": [],
        "warnings": [],
        "refusal": None,
        "ratio_set": None,
    }
    return {**empty, **parts, "watermark": render(WATERMARK, lang)}


def range_json(value: Range | None) -> Json:
    """``{"low", "point", "high"}`` as JSON numbers; null where there is none."""
    if value is None:
        return {"low": None, "point": None, "high": None}
    return {
        "low": json_number(value.low),
        "point": None if value.point is None else json_number(value.point),
        "high": json_number(value.high),
    }


def json_number(value: Decimal) -> int | float:
    """A whole number as int, else a float of at most ten significant digits."""
    rounded = Context(prec=10).plus(value)
    return int(rounded) if rounded == rounded.to_integral_value() else float(rounded)


def warnings_json(warnings: tuple[Message | Words, ...], lang: Language) -> list[str]:
    """The warnings in ``lang``."""
    return [render(warning, lang) for warning in warnings]
