"""The columns of a table of doses: what is read, what is added, and what each holds."""

from __future__ import annotations

from pallkit.i18n import Message, _

GIVEN = ("drug", "route", "amount", "unit")
ADDED = ("oral_morphine_low", "oral_morphine_point", "oral_morphine_high", "reason")

COLUMNS: dict[str, Message] = {
    "drug": _("the drug, by any name PallKit knows: morfin, oxycodone, Durogesic, N02AB03"),
    "route": _("the route: po, sc, iv, im, sl, plaster, buccal, nasal or rectal"),
    "amount": _("a number: 40, 2,5 or 2.5"),
    "unit": _("the unit and the time: mg/24 t, mg/d, µg/t"),
    "oral_morphine_low": _("the lowest the source allows, mg oral morphine/24 h"),
    "oral_morphine_point": _("the source's main figure; empty where it prints only a spread"),
    "oral_morphine_high": _("the highest the source allows"),
    "reason": _("why the row has no answer, as a code; empty where it has one"),
}
