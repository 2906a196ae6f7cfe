"""A finished conversion, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from pallkit.doses import Dose, Measure, Preparation, dose_text, preparation_message
from pallkit.i18n import Language, Message, Words, _, render
from pallkit.opioids.lowering import percent
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.results import Json, Receipt, answer_json, range_json, warnings_json


@dataclass(frozen=True, slots=True)
class Conversion:
    """Doses changed to ``to`` by one ratio set, with every step.

    ``target`` is the answer in ``measure``; ``equivalent`` the same before any reduction.
    ``taken_off`` is the fraction that was taken off, or None where nothing was.
    ``oral_morphine`` is all the doses in mg/24 h; None where the set cannot count a dose
    that is kept as it is.
    """

    doses: tuple[Dose, ...]
    to: Preparation
    table: RatioSet
    oral_morphine: Range | None
    equivalent: Range
    taken_off: Range | None
    target: Range
    measure: Measure
    receipt: Receipt
    warnings: tuple[Message | Words, ...] = ()

    @property
    def label(self) -> Message:
        """What the answer is: never a start dose until a reduction has been chosen."""
        if self.taken_off is None:
            return _("before reduction, not a start dose")
        return _("after a reduction of {percent} %", percent=percent(self.taken_off))

    @property
    def message(self) -> Message:
        """«morfin po 45 (39–60) mg/24 t»."""
        return _(
            "{preparation} {target} {measure}",
            preparation=preparation_message(self.to),
            target=self.target.message,
            measure=self.measure.message,
        )

    def to_json(self, lang: Language) -> Json:
        """The answer with its steps. ``unit`` is the same in every language; ``text`` is not."""
        return answer_json(
            lang,
            oral_morphine=range_json(self.oral_morphine),
            target={
                **range_json(self.target),
                "unit": str(self.measure),
                "text": render(self.message, lang),
            },
            doses=[dose_text(dose, lang) for dose in self.doses],
            label=render(self.label, lang),
            steps=self.receipt.to_json(lang),
            warnings=warnings_json(self.warnings, lang),
            ratio_set=self.table.to_json(lang),
        )


def unique(*groups: tuple[Message | Words, ...]) -> tuple[Message | Words, ...]:
    """Join groups of warnings, each warning once."""
    return tuple(dict.fromkeys(warning for group in groups for warning in group))
