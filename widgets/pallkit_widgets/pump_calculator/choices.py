"""What can be chosen in the pump calculator, by the names the reader knows."""

from __future__ import annotations

from typing import Any

from pallkit.doses import Preparation, Route, drug, preparation_text
from pallkit.i18n import Language, number, render
from pallkit.opioids import ratio_set, ratio_set_ids, reduction_rules
from pallkit.pump import known_drugs, products_of, pump_table


def targets() -> tuple[Preparation, ...]:
    """What a ratio set can change a dose to under the skin, morphine first."""
    found = {
        one: None
        for set_id in ratio_set_ids()
        for one in ratio_set(set_id).preparations()
        if one.route is Route.SUBCUTANEOUS
    }
    return tuple({Preparation("morphine", Route.SUBCUTANEOUS): None} | found)


def set_ids() -> tuple[str, ...]:
    """The ratio sets that have anything under the skin, last those no longer in force."""
    found = (
        one
        for one in ratio_set_ids()
        if any(row.route is Route.SUBCUTANEOUS for row in ratio_set(one).preparations())
    )
    return tuple(sorted(found, key=lambda one: not ratio_set(one).in_force))


def view(lang: Language) -> dict[str, Any]:
    """Every list of the three forms."""
    return {
        "pump_drugs": [
            {"id": id_, "label": render(drug(id_).name, lang), "products": _products(id_, lang)}
            for id_ in _pump_drugs()
        ],
        "mixture_drugs": [
            {"id": id_, "label": render(name, lang), "strengths": _strengths(id_, lang)}
            for id_, name in known_drugs().items()
            if id_ in _in_mixtures()
        ],
        "diluents": [
            {"id": one.id, "label": render(one.name, lang)} for one in pump_table().diluents
        ],
        "targets": [{"id": one.drug, "label": preparation_text(one, lang)} for one in targets()],
        "sets": [ratio_set(one).to_json(lang) for one in set_ids()],
        "rules": [{"id": rule.id, "label": render(rule.title, lang)} for rule in reduction_rules()],
    }


def _pump_drugs() -> list[str]:
    """Methadone is among them: that it is locked is an answer worth having."""
    return list(dict.fromkeys([*(one.drug for one in targets()), "methadone"]))


def _in_mixtures() -> set[str]:
    return {*_pump_drugs(), *(one.id for one in pump_table().drugs)}


def _products(drug_id: str, lang: Language) -> list[dict[str, str]]:
    return [{"id": one.id, "label": render(one.name, lang)} for one in products_of(drug_id)]


def _strengths(drug_id: str, lang: Language) -> list[str]:
    found = {strength for one in products_of(drug_id) for strength in one.strengths}
    return [number(strength, lang) for strength in sorted(found)]
