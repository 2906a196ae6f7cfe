"""Who the patient of a package is, as far as a case of ours may tell."""

from __future__ import annotations

import re

from pallkit.cases.values import PLACES
from pallkit.i18n import Language, _, render
from pallkit_app.exchange.loss import Losses
from pallkit_app.exchange.medbiq.markdown import escaped
from pallkit_app.exchange.medbiq.model import Patient

_YEARS = re.compile(r"P([0-9]{1,3})Y.*")
_PLACE = "place."


def who_is(who: Patient, lang: Language, losses: Losses) -> str:
    """A few words, with the first word of a name only, and no number but the age."""
    age = _YEARS.fullmatch(who.age)
    words = [who.name.split(" ")[0]] if who.name else []
    years = [render(_("{years} years", years=int(age[1])), lang)] if age else []
    traits = [". ".join(part for part in one if part) for one in who.traits.values()]
    if who.name:
        losses.add(None, "simplified", "patient", _("the patient's first name only"))
    told = [escaped(", ".join(words + years)), *(escaped(one) for one in traits)]
    return "\n\n".join(one for one in told if one)


def place_of(who: Patient) -> str:
    """Where the patient is, in packages of ours; else at home."""
    told = [one.removeprefix(_PLACE) for one in who.traits if one.startswith(_PLACE)]
    return next((one for one in told if one in PLACES), "home")
