"""From what was typed to what the engine takes; what cannot be read is told at its field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import NamedTuple, TypeVar

from pallkit.doses import (
    Dose,
    Preparation,
    Route,
    daily_doses,
    drugs,
    preparation_text,
    read_dose,
    read_preparation,
    read_regimen,
)
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, _
from pallkit.opioids import RatioSet, Reduction, ratio_set, read_reduction
from pallkit.privacy import refuse_identity_numbers
from pallkit.pump import (
    Bolus,
    Mixture,
    Part,
    PumpLimits,
    Settings,
    diluent,
    known_drugs,
    product,
    read_bolus,
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_press,
    read_rate,
    read_volume,
)
from pallkit.pump.settings import above_zero
from pallkit_widgets.pump_calculator import choices
from pallkit_widgets.pump_calculator.forms import Form
from pallkit_widgets.shared.fields import FieldError, with_unit

T = TypeVar("T")
Reader = Callable[[str], Decimal]


class _Figure(NamedTuple):
    """How a field with one number in it is read: the unit that stands beside it, its name."""

    read: Reader
    unit: str
    name: Message


_FIGURES = {
    "concentration": _Figure(read_concentration, "mg/mL", _("The concentration")),
    "reservoir": _Figure(read_volume, "mL", _("The reservoir")),
    "bolus": _Figure(read_bolus, "mg", _("The bolus")),
    "lockout": _Figure(read_minutes, "min", _("The lock-out")),
    "limit": _Figure(read_hour_limit, "mg", _("The hour limit")),
    "hours": _Figure(read_minutes, "h", _("The time the reservoir is to last")),
    "lowest": _Figure(read_rate, "mL/h", _("The lowest rate")),
    "highest": _Figure(read_rate, "mL/h", _("The highest rate")),
    "step": _Figure(read_rate, "mL/h", _("The smallest step")),
    "strength": _Figure(read_concentration, "mg/mL", _("The strength")),
    "amount": _Figure(read_bolus, "mg", _("The amount")),
}


class Doses(NamedTuple):
    """What «from mouth to pump» is asked about."""

    doses: tuple[Dose, ...]
    to: Preparation
    sets: tuple[RatioSet, ...]
    reduction: Reduction | None


def read_pump(form: Form, lang: Language) -> Settings:
    """The settings in the form. Raises :class:`FieldError`."""
    drug = form["drug"]
    if drug not in drugs():
        raise FieldError("drug", _("Choose a drug."))
    _needed("dose", form["dose"], _("Write the dose for 24 hours."))
    name = preparation_text(Preparation(drug, Route.SUBCUTANEOUS), lang)
    dose: Dose = at("dose", read_dose, f"{name} {with_unit(form['dose'], 'mg/24 h')}")
    amount = at("dose", lambda _text: dose.daily().amount, "")
    at("dose", lambda _text: above_zero(amount, _("The dose")), "")
    chosen = form["product"] or None
    if chosen is not None:
        at("product", product, chosen)
    hours = _figure(form, "hours")
    return Settings(
        dose=dose,
        concentration=_wanted(form, "concentration", _("Write the concentration.")),
        reservoir=_wanted(form, "reservoir", _("Write what the reservoir holds.")),
        bolus=_bolus(form),
        limits=at("lowest", lambda _text: _limits(form), ""),
        hang=None if hours is None else hours / 60,
        product=chosen,
    )


def read_mixture(form: Form) -> tuple[tuple[Part, ...], Decimal, str | None, Decimal | None]:
    """The parts, mL in the reservoir, the diluent and the hours it runs."""
    rows = [
        (number, row)
        for number, row in enumerate(form["parts"], start=1)
        if any(text.strip() for text in row.values())
    ]
    if not rows:
        raise FieldError("part-1-drug", _("Choose at least one drug."))
    parts = tuple(_part(number, row) for number, row in rows)
    names = [part.drug for part in parts]
    for (number, _row), name in zip(rows, names, strict=True):
        if names.count(name) > 1 and names.index(name) < number - 1:
            field = f"part-{number}-drug"
            raise FieldError(field, _("The same drug stands twice. Write each drug once."))
    reservoir = _wanted(form, "reservoir", _("Write what the reservoir holds."))
    chosen = form["diluent"] or None
    if chosen is not None:
        at("diluent", diluent, chosen)
    hours = _figure(form, "hours")
    return parts, reservoir, chosen, None if hours is None else hours / 60


def read_button(form: Form, of: Mixture) -> tuple[Decimal, Decimal] | None:
    """One press in mL and its lock-out, where the mixture has a button."""
    if not form["bolus"].strip() and not form["lockout"].strip():
        return None
    _needed("bolus", form["bolus"], _("Write what one press gives."))
    volume = at("bolus", lambda text: read_press(text, of), with_unit(form["bolus"], "mL"))
    at("bolus", lambda _text: above_zero(volume, _("The bolus")), "")
    lockout = _wanted(form, "lockout", _("Write the lock-out."))
    if of.rate is None:
        message = _("Write how long the reservoir is to last: the rate follows from it.")
        raise FieldError("hours", message)
    return volume, lockout


def read_start(form: Form) -> Doses:
    """The doses by mouth, the pump's drug, the ratio sets and what is taken off."""
    _needed("doses", form["doses"], _("Write what is given now, one medicine a line."))
    lines = at("doses", read_regimen, form["doses"])
    doses = daily_doses(lines)
    if not doses:
        message = _("Nothing has been given, so there is nothing to convert.")
        raise FieldError("doses", message)
    for dose in doses:
        at("doses", partial(_daily, dose), "")
    targets = {one.drug: one for one in choices.targets()}
    if form["to"] not in targets:
        raise FieldError("to", _("Choose the drug in the pump."))
    known = choices.set_ids()
    sets = [one for one in known if one in form["sets"]]
    if not sets:
        raise FieldError("sets", _("Choose at least one conversion table."))
    return Doses(doses, targets[form["to"]], tuple(map(ratio_set, sets)), _reduction(form))


def at(field: str, read: Callable[[str], T], text: str) -> T:
    """What ``read`` makes of ``text``; what it refuses is about ``field``."""
    try:
        refuse_identity_numbers(text)
        return read(text)
    except FieldError:
        raise
    except PallkitError as error:
        raise FieldError(field, error.message) from None


def read_link_preparation(text: str) -> Preparation:
    """A drug with its route, or a drug alone: in a pump that is under the skin."""
    try:
        return read_preparation(text)
    except PallkitError:
        return read_preparation(f"{text} sc")


def _daily(dose: Dose, _text: str) -> Dose:
    """The dose, if it says how often it is given."""
    dose.daily()
    return dose


def _part(number: int, row: Form) -> Part:
    if row["drug"] not in known_drugs():
        raise FieldError(f"part-{number}-drug", _("Choose a drug."))
    amount = _wanted(row, "amount", _("Write how much goes into the reservoir."), number)
    strength = _wanted(row, "strength", _("Write the strength of the ampoules."), number)
    return Part(row["drug"], amount, strength)


def _bolus(form: Form) -> Bolus | None:
    if not any(form[key].strip() for key in ("bolus", "lockout", "limit")):
        return None
    return Bolus(
        amount=_wanted(form, "bolus", _("Write what one press gives.")),
        lockout=_wanted(form, "lockout", _("Write the lock-out.")),
        hour_limit=_figure(form, "limit"),
    )


def _limits(form: Form) -> PumpLimits | None:
    found = {key: _figure(form, key) for key in ("lowest", "highest", "step")}
    return None if not any(found.values()) else PumpLimits(**found)


def _reduction(form: Form) -> Reduction | None:
    text = form["reduce"].strip()
    return None if not text else at("reduce", read_reduction, with_unit(text, "%"))


def _wanted(form: Form, key: str, message: Message, number: int | None = None) -> Decimal:
    found = _figure(form, key, number)
    if found is None:
        raise FieldError(key if number is None else f"part-{number}-{key}", message)
    return found


def _figure(form: Form, key: str, number: int | None = None) -> Decimal | None:
    field = key if number is None else f"part-{number}-{key}"
    figure = _FIGURES[key]
    if not form[key].strip():
        return None
    value = at(field, figure.read, with_unit(form[key], figure.unit))
    at(field, lambda _text: above_zero(value, figure.name), "")
    return value


def _needed(field: str, text: str, message: Message) -> None:
    if not text.strip():
        raise FieldError(field, message)
