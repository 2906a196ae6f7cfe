"""What can be chosen in the calculator, by the names the reader knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pallkit.doses import Preparation, Route, drug, drugs, preparation_text
from pallkit.i18n import Language, Message, _, render
from pallkit.opioids import (
    ORAL_MORPHINE,
    RatioSet,
    ratio_set,
    ratio_set_ids,
    reduction_rules,
    rescue_rules,
    standing_view,
)
from pallkit.opioids.notes import Flag

BRAND = "brand:"
"""Stands before a trade name that was chosen instead of a drug."""

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
_PATCH_EXAMPLE = _("The rate of the patch, for example 25")
_EXAMPLE = _("For example 20 mg x 2, or 40 mg/24 h")
_LIQUID_EXAMPLE = _("For example 20 mg x 2, or as a mixture 2 mg/mL 5 mL x 4")
FLAG_LABELS: dict[Flag, Message] = {
    "renal": _("Reduced renal function, value not known"),
    "liver": _("Liver failure"),
    "frail": _("Old or frail"),
    "naive": _("Not used to opioids"),
    "driving": _("Drives a car"),
    "increase": _("The dose is to be increased"),
    "dying": _("The last days of life"),
}


def preparations(added: Iterable[RatioSet] = ()) -> tuple[Preparation, ...]:
    """Every preparation any of the ratio sets has a row for, oral morphine first."""
    tables = [*(ratio_set(set_id) for set_id in ratio_set_ids()), *added]
    found = {one: None for table in tables for one in table.preparations()}
    return tuple({ORAL_MORPHINE: None} | found)


def find(name: str, route: str) -> Preparation | None:
    """The preparation of a drug's id or «brand:…» and a route; None for any other."""
    known = drugs()
    identity = brands().get(name.removeprefix(BRAND)) if name.startswith(BRAND) else name
    if identity not in known or route not in {one.value for one in Route}:
        return None
    return Preparation(identity, Route(route))


def brands() -> dict[str, str]:
    """Every trade name that a source of ours names, and its drug."""
    return {brand.name: one.id for one in drugs().values() for brand in one.brands}


def drugs_view(lang: Language, among: Iterable[Preparation]) -> list[dict[str, Any]]:
    """The drugs, and for each the routes that any set knows it by; then the trade names."""
    by_drug: dict[str, list[Route]] = {}
    for one in among:
        by_drug.setdefault(one.drug, []).append(one.route)
    routes = {id_: [_route_view(one, lang) for one in found] for id_, found in by_drug.items()}
    generic = [
        {"id": id_, "label": render(drug(id_).name, lang), "brand": False, "routes": ways}
        for id_, ways in routes.items()
    ]
    trade = [
        {
            "id": f"{BRAND}{name}",
            "label": f"{name} ({render(drug(id_).name, lang)})",
            "brand": True,
            "routes": routes[id_],
        }
        for name, id_ in sorted(brands().items())
        if id_ in routes
    ]
    return [*sorted(generic, key=lambda one: (one["id"] != "morphine", str(one["label"]))), *trade]


def targets_view(lang: Language, among: Iterable[Preparation]) -> list[dict[str, Any]]:
    """What can be changed to."""
    return [
        {
            "id": code(one),
            "label": preparation_text(one, lang),
            "patch": one.route is Route.TRANSDERMAL,
        }
        for one in among
    ]


def sets_view(lang: Language, tables: Iterable[RatioSet]) -> list[dict[str, Any]]:
    """The ratio sets, those not in force last; one whose original was not read must be asked for.

    ``standing`` is shown beside the choice: a link may name a set that is withdrawn. Who has
    used it stands on the set's own page.
    """
    ordered = sorted(tables, key=lambda table: not table.in_force)
    return [{**table.to_json(lang), "standing": _standing(table, lang)} for table in ordered]


def _standing(table: RatioSet, lang: Language) -> dict[str, Any]:
    view = standing_view(table, lang)
    if view["withdrawn"] is not None:
        view["withdrawn"]["used_in"] = []
    return view


def rules_view(lang: Language) -> list[dict[str, str]]:
    """The named rules for a lower start."""
    return [{"id": rule.id, "label": render(rule.title, lang)} for rule in reduction_rules()]


def rescue_view(lang: Language) -> list[dict[str, str]]:
    """The named rules for a rescue dose."""
    return [{"id": rule.id, "label": _sentence(rule.title, lang)} for rule in rescue_rules()]


def flags_view(lang: Language) -> list[dict[str, str]]:
    """What may be said of the invented patient."""
    return [{"id": flag, "label": render(text, lang)} for flag, text in FLAG_LABELS.items()]


def code(preparation: Preparation) -> str:
    """A preparation as the browser names it: «morphine oral»."""
    return f"{preparation.drug} {preparation.route.value}"


def _sentence(title: Any, lang: Language) -> str:
    text = render(title, lang)
    return text[:1].upper() + text[1:]


def _route_view(route: Route, lang: Language) -> dict[str, Any]:
    examples = {Route.TRANSDERMAL: _PATCH_EXAMPLE, Route.ORAL: _LIQUID_EXAMPLE}
    return {
        "id": route.value,
        "label": render(_ROUTES[route], lang),
        "example": render(examples.get(route, _EXAMPLE), lang),
        "patch": route is Route.TRANSDERMAL,
        "unit": render(Preparation("fentanyl", route).measure.message, lang),
    }
