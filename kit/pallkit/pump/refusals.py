"""What a pump is not set to, each with its reason and what to do instead.

The codes are stable for programs: locked, not_subcutaneous, rescue_as_bolus,
lockout_too_short, hour_limit_below_basal, pump_cannot_run, over_reservoir, incompatible.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pallkit.doses import Preparation, Route, preparation_message
from pallkit.i18n import Message, Words, _
from pallkit.opioids import Refusal
from pallkit.pump.rows import Lockout, NurseGiven
from pallkit.pump.settings import Bolus, PumpLimits
from pallkit.pump.units import mg, mg_per_hour, minutes, ml, ml_per_hour


def not_subcutaneous(preparation: Preparation) -> Refusal:
    """The sources here are about pumps under the skin; for a vein none was seen at all."""
    if preparation.route is Route.INTRAVENOUS:
        return Refusal(
            "not_subcutaneous",
            _(
                "No source was seen for a pain pump into a vein, so {preparation} is not worked "
                "out: its lock-out, ceiling and stability would be guesses.",
                preparation=preparation_message(preparation),
            ),
            _("Use the hospital's own procedure, or practise with a pump under the skin (sc)."),
        )
    return Refusal(
        "not_subcutaneous",
        _(
            "{preparation} does not go in this pump. The sources here are about pumps that give "
            "under the skin (sc).",
            preparation=preparation_message(preparation),
        ),
        _("Convert the dose to an sc dose first, by a named ratio set."),
    )


def rescue_as_bolus(bolus: Bolus, nurse: NurseGiven, per_day: Decimal) -> Refusal | None:
    """The bolus is the rescue dose that a nurse gives, and can be had more often than hers."""
    if bolus.lockout >= nurse.every or not nurse.reached_by(bolus.amount, per_day):
        return None
    return Refusal(
        "rescue_as_bolus",
        _(
            "A bolus of {bolus} is a nurse-given rescue dose: 1/{number} of 24 hours is {part}, "
            "four hours of what the pump gives all the time. With a lock-out of {lockout} it "
            "would be given as if it were a pump bolus.",
            bolus=mg(bolus.amount),
            number=nurse.divide_by,
            part=mg(nurse.part_of(per_day)),
            lockout=minutes(bolus.lockout),
        ),
        _(
            "Keep the two apart: the nurse's dose at most every {every}, and a much smaller "
            "bolus on the button.",
            every=minutes(nurse.every),
        ),
    )


def lockout_too_short(bolus: Bolus, rule: Lockout) -> Refusal:
    """Below what the source allows under the skin."""
    return Refusal(
        "lockout_too_short",
        _(
            "A lock-out of {lockout} is too short under the skin. The source says not below "
            "{least}.",
            lockout=minutes(bolus.lockout),
            least=minutes(rule.at_least),
        ),
        _("Choose {low}–{high} min, which the source prefers.", low=rule.low, high=rule.high),
    )


def hour_limit_below_basal(limit: Decimal, per_hour: Decimal) -> Refusal:
    """The ceiling is lower than what runs all the time."""
    return Refusal(
        "hour_limit_below_basal",
        _(
            "An hour limit of {limit} is below the {rate} that the pump gives all the time.",
            limit=mg(limit),
            rate=mg_per_hour(per_hour),
        ),
        _("The limit counts everything. Leave room in it for the boluses too."),
    )


def cannot_run(rate: Decimal, limits: PumpLimits) -> Refusal | None:
    """The rate, in mL/h, is outside what the learner says the pump runs; None when it is not."""
    reason = _why_not(rate, limits)
    if reason is None:
        return None
    return Refusal(
        "pump_cannot_run",
        reason,
        _("Choose another concentration, or look again in the pump's own manual."),
    )


def _why_not(rate: Decimal, limits: PumpLimits) -> Message | None:
    if limits.lowest is not None and rate < limits.lowest:
        return _(
            "The pump cannot run {rate}: its lowest rate is {limit}.",
            rate=ml_per_hour(rate),
            limit=ml_per_hour(limits.lowest),
        )
    if limits.highest is not None and rate > limits.highest:
        return _(
            "The pump cannot run {rate}: its highest rate is {limit}.",
            rate=ml_per_hour(rate),
            limit=ml_per_hour(limits.highest),
        )
    if limits.step is not None and rate % limits.step:
        return _between_steps(rate, limits.step, limits)
    return None


def _between_steps(rate: Decimal, step: Decimal, limits: PumpLimits) -> Message:
    """The rates on either side are offered only where the pump runs them."""
    ends = replace(limits, step=None)
    below = rate // step * step
    beside = [one for one in (below, below + step) if one > 0 and _why_not(one, ends) is None]
    texts = {"rate": ml_per_hour(rate), "step": ml_per_hour(step)}
    if not beside:
        return _(
            "The pump cannot run {rate}: it goes in steps of {step}, and no such step near it is "
            "within its limits.",
            **texts,
        )
    if len(beside) == 1:
        return _(
            "The pump cannot run {rate}: it goes in steps of {step}, to {nearest}.",
            **texts,
            nearest=ml_per_hour(beside[0]),
        )
    return _(
        "The pump cannot run {rate}: it goes in steps of {step}, to {below} or {above}.",
        **texts,
        below=ml_per_hour(beside[0]),
        above=ml_per_hour(beside[1]),
    )


def over_reservoir(needed: Decimal, reservoir: Decimal, what: Message) -> Refusal:
    """What has to be in the reservoir does not fit."""
    return Refusal(
        "over_reservoir",
        _(
            "{what} is {needed}, and the reservoir holds {reservoir}.",
            what=what,
            needed=ml(needed),
            reservoir=ml(reservoir),
        ),
        _("Choose a stronger solution, a larger reservoir or a shorter time between changes."),
    )


def incompatible(says: Message | Words, source: str) -> Refusal:
    """A source says that it is not to be mixed."""
    return Refusal(
        "incompatible",
        _("{says} (Source: {source}.)", says=says, source=source),
        _("Give one of them another way, or choose another drug or diluent."),
    )


def not_mixed_here(name: Words) -> Refusal:
    """A locked drug is not for a pump that is worked out here."""
    return Refusal(
        "locked",
        _("Locked: {drug}. Only specialists give it by pump.", drug=name),
        _("Leave the calculation to a specialist in pain or palliative medicine."),
    )
