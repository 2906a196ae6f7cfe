"""From doses by mouth to a pump, by a named ratio set; several sets side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pallkit.doses import Dose, Preparation, Route
from pallkit.i18n import Language, _, render
from pallkit.opioids import (
    Conversion,
    Range,
    RatioSet,
    Receipt,
    Reduction,
    Refusal,
    Rescue,
    convert,
    rescue,
    rescue_rule,
)
from pallkit.opioids.results import Json, range_json, warnings_json
from pallkit.pump import refusals
from pallkit.pump.program import DAY, FORMULA_SOURCE
from pallkit.pump.results import answer_json, refusal_json, step

NURSE_RULE = "one-sixth"


@dataclass(frozen=True, slots=True)
class Start:
    """A pump's dose by one ratio set: mg/24 h in ``conversion.target``, and mg/h.

    ``rescue`` is the dose a nurse gives by hand, which is not the pump's bolus.
    """

    conversion: Conversion
    per_hour: Range
    rescue: Rescue | Refusal
    receipt: Receipt

    def to_json(self, lang: Language) -> Json:
        """The ratio set, mg/24 h, mg/h and the nurse's rescue dose, each with its spread."""
        single = self.rescue
        start = {
            "text": render(self.conversion.message, lang),
            "label": render(self.conversion.label, lang),
            "mg_per_24h": range_json(self.conversion.target),
            "mg_per_h": range_json(self.per_hour),
            "nurse_given_mg": None if isinstance(single, Refusal) else range_json(single.range),
            "warnings": warnings_json(self.conversion.warnings, lang),
            "ratio_set": self.conversion.table.to_json(lang),
        }
        return answer_json(lang, start=start, steps=self.receipt.to_json(lang))


def start(
    doses: Sequence[Dose],
    to: Preparation,
    ratio_set: RatioSet,
    reduction: Reduction | None = None,
) -> Start | Refusal:
    """Change ``doses`` to ``to`` (sc) by ``ratio_set``, and to mg/h.

    Raises what :func:`pallkit.opioids.convert` raises. Sources differ on mouth to skin:
    2:1 in Britain, 3:1 with KLB 2008. So the set is named, and :func:`side_by_side` shows
    more than one.
    """
    if to.route is not Route.SUBCUTANEOUS:
        return refusals.not_subcutaneous(to)
    done = convert(doses, to, ratio_set, reduction)
    if isinstance(done, Refusal):
        return done
    per_hour = done.target.over(Range.exactly(DAY))
    text = _("{day} mg/24 h ÷ 24 h = {hour} mg/h", day=done.target.message, hour=per_hour.message)
    steps = Receipt((step(text, _("mg/h = mg in 24 h ÷ 24"), FORMULA_SOURCE),))
    single = rescue(done.target, rescue_rule(NURSE_RULE), of=to)
    by_hand = single.receipt if isinstance(single, Rescue) else Receipt()
    return Start(done, per_hour, single, done.receipt + steps + by_hand)


def side_by_side(
    doses: Sequence[Dose],
    to: Preparation,
    ratio_sets: Sequence[RatioSet],
    reduction: Reduction | None = None,
) -> tuple[tuple[RatioSet, Start | Refusal], ...]:
    """The same doses by each set, in the order given: an answer or a refusal for each."""
    return tuple((one, start(doses, to, one, reduction)) for one in ratio_sets)


def side_by_side_json(
    answers: Sequence[tuple[RatioSet, Start | Refusal]], lang: Language
) -> list[Json]:
    """Each set's answer, or its refusal with the set's name."""
    return [
        {
            **(refusal_json(answer, lang) if isinstance(answer, Refusal) else answer.to_json(lang)),
            "ratio_set": table.to_json(lang),
        }
        for table, answer in answers
    ]
