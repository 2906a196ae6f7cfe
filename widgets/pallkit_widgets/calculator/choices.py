"""What can be chosen in the calculator, by the names the reader knows."""

from __future__ import annotations

from typing import Any

from pallkit.doses import Preparation, Route, drug, preparation_text
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import ratio_set, ratio_set_ids, reduction_rules

_ROUTES: dict[Route, Message] = {
    Route.ORAL: _("by mouth (po)"),
    Route.SUBCUTANEOUS: _("under the skin (sc)"),
    Route.INTRAVENOUS: _("in a vein (iv)"),
    Route.INTRAMUSCULAR: _("in a muscle (im)"),
    Route.TRANSDERMAL: _("patch (td)"),
    Route.SUBLINGUAL: _("under the tongue (sl)"),
    Route.BUCCAL: _("in the cheek (buccal)"),
    Route.NASAL: _("in the nose (nasal)"),
    Route.RECTAL: _("in the rectum"),
}
_PATCH_EXAMPLE = _("For example 25 µg/h")
_EXAMPLE = _("For example 20 mg x 2, or 40 mg/24 h")


def preparations() -> tuple[Preparation, ...]:
    """Every preparation any of our ratio sets has a row for, oral morphine first."""
    found = {one: None for set_id in ratio_set_ids() for one in ratio_set(set_id).preparations()}
    return tuple({Preparation("morphine", Route.ORAL): None} | found)


def drugs_view(lang: Language) -> list[dict[str, Any]]:
    """The drugs, and for each the routes that any set knows it by."""
    by_drug: dict[str, list[Route]] = {}
    for one in preparations():
        by_drug.setdefault(one.drug, []).append(one.route)
    drugs = [
        {
            "id": id_,
            "label": render(drug(id_).name, lang),
            "routes": [_route_view(route, lang) for route in routes],
        }
        for id_, routes in by_drug.items()
    ]
    return sorted(drugs, key=lambda entry: (entry["id"] != "morphine", str(entry["label"])))


def targets_view(lang: Language) -> list[dict[str, str]]:
    """What can be changed to."""
    return [{"id": code(one), "label": preparation_text(one, lang)} for one in preparations()]


def sets_view(lang: Language) -> list[dict[str, str]]:
    """The ratio sets; one whose original was not read is for whoever asks for it."""
    return [ratio_set(set_id).to_json(lang) for set_id in ratio_set_ids()]


def rules_view(lang: Language) -> list[dict[str, str]]:
    """The named rules for a lower start."""
    return [{"id": rule.id, "label": render(rule.title, lang)} for rule in reduction_rules()]


def code(preparation: Preparation) -> str:
    """A preparation as the browser names it: «morphine oral»."""
    return f"{preparation.drug} {preparation.route.value}"


def _route_view(route: Route, lang: Language) -> dict[str, str]:
    example = _PATCH_EXAMPLE if route is Route.TRANSDERMAL else _EXAMPLE
    return {
        "id": route.value,
        "label": render(_ROUTES[route], lang),
        "example": render(example, lang),
    }
