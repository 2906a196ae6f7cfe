"""Ampoules stand in two tables: to round a dose by, and to fill a pump from. They agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pallkit.i18n import _
from pallkit_app.check.bank import Bank, Spot
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place

PRODUCTS = "casebank/products.yaml"
PUMP = "casebank/pump.yaml"


@rule("ampoules-agree", _("An ampoule in products.yaml is in pump.yaml too, by the same source."))
def ampoules_that_disagree(bank: Bank) -> Iterator[Finding]:
    """One strength read in one place is one fact: two files must not tell it in two ways."""
    if {PRODUCTS, PUMP} & {*bank.broken, *bank.broken_tables}:
        return  # a broken file has its own rule
    in_pump = {fact for _place, fact in _facts(bank, "pump", ("products",))}
    document = bank.table("products")
    for place, fact in _facts(bank, "products", ()):
        if fact not in in_pump:
            drug, strength, source = fact
            yield Finding(
                Spot(PRODUCTS, document.line(place)),
                _(
                    "{drug} {strength} mg/mL by the source “{source}” is not in pump.yaml.",
                    drug=drug,
                    strength=strength,
                    source=source,
                ),
                _("Let the two files tell of the ampoule in the same way."),
            )


def _facts(bank: Bank, table: str, above: Place) -> Iterator[tuple[Place, tuple[str, str, str]]]:
    value: Any = bank.table(table).value
    for key in above:
        value = value.get(key) if isinstance(value, dict) else None
    for index, entry in enumerate(value if isinstance(value, list) else []):
        if isinstance(entry, Mapping) and entry.get("form", "ampoule") == "ampoule":
            for strength in entry["strengths"]:
                named = (str(entry["drug"]), str(strength), str(entry["source"]))
                yield (*above, index, "strengths"), named
