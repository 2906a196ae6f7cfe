"""What stands in the forms, as a line for the page's address that a leader can write by hand.

``pump=morfin 60 mg/d|strength=10 mg/mL|reservoir=100 mL|bolus=2 mg|lockout=20 min``
``mix=morfin 60 mg (10 mg/mL);midazolam 10 mg (5 mg/mL)|reservoir=20 mL|for=24 h``
``oral=morfin po 30 mg x 2;morfin po 10 mg prn, given 3|to=morfin|sets=klb-2008``

The first word says which form it is. In Norwegian a link is written with Norwegian words,
and both are read whatever the language of the page.
"""

from __future__ import annotations

import re
from typing import Any

from pallkit.doses import Route
from pallkit.errors import PallkitError
from pallkit.i18n import Language, Message, _, render
from pallkit.privacy import refuse_identity_numbers
from pallkit.pump import drug_name, read_drug
from pallkit.pump.refusals import not_subcutaneous
from pallkit_widgets.pump_calculator import choices
from pallkit_widgets.pump_calculator.forms import MOST_PARTS, Form, Section, checked, empty
from pallkit_widgets.pump_calculator.reading import read_link_preparation
from pallkit_widgets.shared.fields import with_unit

LONGEST = 800
# The words of a link: in English, and in Norwegian. Each is read in any language.
_HEAD: dict[Section, tuple[str, str]] = {
    "pump": ("pump", "pumpe"),
    "mixture": ("mix", "blanding"),
    "start": ("oral", "munn"),
}
_WORDS = {
    "concentration": ("strength", "konsentrasjon"),
    "reservoir": ("reservoir", "reservoar"),
    "product": ("product", "produkt"),
    "bolus": ("bolus", "bolus"),
    "lockout": ("lockout", "sperretid"),
    "limit": ("limit", "grense"),
    "hours": ("for", "varer"),
    "lowest": ("low", "lavest"),
    "highest": ("high", "høyest"),
    "step": ("step", "trinn"),
    "diluent": ("diluent", "fortynning"),
    "to": ("to", "til"),
    "sets": ("sets", "tabeller"),
    "reduce": ("reduce", "minus"),
}
_HEADS = {word: section for section, words in _HEAD.items() for word in words}
_FIELDS = {
    **{word: field for field, words in _WORDS.items() for word in (*words, field)},
    "styrke": "concentration",
    "set": "sets",
    "tabell": "sets",
}
# A field shows its unit beside it, so a link's «10 mg/mL» stands there as «10», and is written
# with its unit again: what a leader reads in a link says what it is.
_UNITS = {
    "dose": ("mg/d", "mg/24 t", "mg/24 h", "mg/døgn"),
    "concentration": ("mg/mL",),
    "strength": ("mg/mL",),
    "reservoir": ("mL",),
    "amount": ("mg",),
    "limit": ("mg",),
    "lockout": ("min",),
    "hours": ("h", "t"),
    **dict.fromkeys(("lowest", "highest", "step"), ("mL/h", "mL/t")),
}
_NUMBER = re.compile(r"[\d\s.,]+")
_DRUG_AND_DOSE = re.compile(r"(?P<drug>[^\d]+?)\s+(?P<dose>\d.*)")
_PART = re.compile(r"(?P<drug>[^\d()]+?)\s+(?P<amount>\d[^()]*?)\s*\((?P<strength>[^()]+)\)")


class LinkError(PallkitError):
    """The address holds no form of ours; the message says why."""


def written(section: Section, form: Form, lang: Language) -> str:
    """The form as a line; empty where it cannot be one."""
    own = 0 if lang == "en" else 1
    parts = [f"{_HEAD[section][own]}={_main(section, form, lang)}"]
    for key, value in form.items():
        if key not in _WORDS:
            continue
        text = ",".join(value) if key == "sets" else _with_unit(section, key, value)
        if key == "to":
            text = _name(text, lang)
        if text:
            parts.append(f"{_WORDS[key][own]}={text}")
    line = "|".join(parts)
    try:
        return line if read(line) else ""
    except PallkitError:  # a text with one of our signs in it
        return ""


def read(line: str) -> tuple[Section, dict[str, Any]]:
    """The form that ``line`` holds. Raises :class:`LinkError` and never guesses."""
    if len(line) > LONGEST:
        raise LinkError(_("It is longer than {most} characters.", most=LONGEST))
    refuse_identity_numbers(line)
    first, *others = line.split("|")
    head, equals, main = first.partition("=")
    section = _HEADS.get(head.strip().casefold())
    if section is None or not equals:
        raise LinkError(_("It must begin with pump=, mix= or oral=."))
    form = empty(section)
    for other in others:
        key, equals, value = other.partition("=")
        field = _FIELDS.get(key.strip().casefold())
        if field not in form or not equals:
            raise LinkError(_("“{text}” is not known here.", text=other.strip()[:40]))
        form[field] = _listed(value) if field == "sets" else _bare(section, field, value)
    form |= _read_main(section, main)
    if form.get("to"):
        form["to"] = _read_target(form["to"])
    return section, dict(checked(section, form))


def _main(section: Section, form: Form, lang: Language) -> str:
    if section == "pump":
        return f"{_name(form['drug'], lang)} {_with_unit(section, 'dose', form['dose'])}"
    if section == "mixture":
        rows = [row for row in form["parts"] if any(text.strip() for text in row.values())]
        return ";".join(
            f"{_name(row['drug'], lang)} {_with_unit(section, 'amount', row['amount'])} "
            f"({_with_unit(section, 'strength', row['strength'])})"
            for row in rows
        )
    lines = (line.strip() for line in re.split(r"[\n;]", form["doses"]))
    return ";".join(line for line in lines if line)


def _read_main(section: Section, main: str) -> dict[str, Any]:
    if section == "start":
        return {"doses": "\n".join(_listed(main, ";"))}
    if section == "pump":
        found = _DRUG_AND_DOSE.fullmatch(main.strip())
        if found is None:
            raise LinkError(_unread(main))
        preparation = read_link_preparation(found["drug"])
        if preparation.route is not Route.SUBCUTANEOUS:
            raise LinkError(not_subcutaneous(preparation).message)
        return {"drug": preparation.drug, "dose": _bare(section, "dose", found["dose"])}
    parts = [_read_part(text) for text in _listed(main, ";")]
    if not 0 < len(parts) <= MOST_PARTS:
        raise LinkError(_("A mixture has 1 to {most} drugs.", most=MOST_PARTS))
    return {"parts": parts}


def _read_part(text: str) -> dict[str, str]:
    found = _PART.fullmatch(text)
    if found is None:
        raise LinkError(_unread(text))
    return {
        "drug": read_drug(found["drug"]),
        "amount": _bare("mixture", "amount", found["amount"]),
        "strength": _bare("mixture", "strength", found["strength"]),
    }


def _read_target(text: str) -> str:
    drug = read_link_preparation(text).drug
    if drug not in {one.drug for one in choices.targets()}:
        raise LinkError(_unread(text))
    return drug


def _units(section: Section, field: str) -> tuple[str, ...]:
    if field == "bolus":  # of a mixture it may be mg of one of its drugs
        return ("mL",) if section == "mixture" else ("mg",)
    if field == "reduce":
        return ("%",)
    return _UNITS.get(field, ())


def _bare(section: Section, field: str, text: str) -> str:
    """The text without the unit that stands beside its field, if a number is left."""
    text = text.strip()
    for unit in _units(section, field):
        start = text[: -len(unit)].strip()
        if text.casefold().endswith(unit.casefold()) and _NUMBER.fullmatch(start):
            return start
    return text


def _with_unit(section: Section, field: str, text: str) -> str:
    units = _units(section, field)
    return with_unit(text, units[0] if units else None)


def _unread(text: str) -> Message:
    return _("“{text}” could not be read.", text=text.strip()[:40])


def _listed(text: str, sign: str = ",") -> list[str]:
    return [part.strip() for part in text.split(sign) if part.strip()]


def _name(drug: str, lang: Language) -> str:
    return render(drug_name(drug), lang)
