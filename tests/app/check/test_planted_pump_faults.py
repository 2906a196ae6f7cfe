"""What is planted in the pump's table and its ampoules is found by its own rule, and only by it."""

# ruff: noqa: E501  # one plant a line, so that the list reads as a table

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.check.test_planted_faults import Plant, faults

PUMP = "casebank/pump.yaml"
PRODUCTS = "casebank/products.yaml"

PLANTS = [
    Plant("strict-yaml", "a lock-out that stands twice", PUMP, "lockout: {at_least: 7,", "lockout: {at_least: 7, at_least: 8,"),
    Plant("table-schema", "a misspelt key", PUMP, "as_needed:", "as_neded:"),
    Plant("table-schema", "a lock-out without its source", PUMP, "high: 11, source: ovingskilde}", "high: 11}"),
    Plant("table-schema", "a lock-out that falls", PUMP, "at_least: 7,", "at_least: 10,"),
    Plant("table-schema", "a part of 24 hours that divides by 0", PUMP, "divide_by: 8", "divide_by: 0"),
    Plant("table-schema", "an hour limit in words", PUMP, "hour_limit: {low: 2,", "hour_limit: {low: two,"),
    Plant("table-schema", "a volume of 0 under the skin", PUMP, "dose: {most: 8,", "dose: {most: 0,"),
    Plant("table-schema", "a mixture of one drug", PUMP, "drugs: [morphine, roligin]", "drugs: [morphine]"),
    Plant("table-schema", "a mixture with a drug nobody has named", PUMP, "drugs: [morphine, roligin]", "drugs: [morphine, roligine]"),
    Plant("table-schema", "a verdict of perhaps", PUMP, "verdict: compatible", "verdict: perhaps"),
    Plant("table-schema", "silence as a verdict", PUMP, "    verdict: incompatible\n", ""),
    Plant("table-schema", "a diluent that is not there", PUMP, "diluent: saltvann", "diluent: sukkervann"),
    Plant("table-schema", "a caution for nobody", PUMP, "  - drug: roligin\n    source", "  - drug: uroligin\n    source"),
    Plant("table-schema", "an ampoule of 0 mg/mL", PUMP, "strengths: [3]", "strengths: [0]"),
    Plant("table-schema", "strengths that fall", PUMP, "strengths: [3]", "strengths: [3, 2]"),
    Plant("table-schema", "a stability without its words", PUMP, "        says: {nb: Fem timer., nn: Fem timar., en: Five hours.}\n", ""),
    Plant("table-schema", "a stability of 0 hours", PUMP, "hours: 5", "hours: 0"),
    Plant("table-schema", "a statement with no nynorsk", PUMP, "nn: Dei kan blandast., ", ""),
    Plant("table-schema", "a range whose most is under its low", PUMP, "most: 3}", "most: 0.5}"),
    Plant("table-schema", "a dose as needed that falls", PUMP, "low: 0.5, high: 1, hours", "low: 0.5, high: 0.1, hours"),
    Plant("table-schema", "how often said in two ways", PUMP, "hours: 2}", "hours: 2, times: 4}"),
    Plant("table-schema", "the table as a list", PUMP, "", "- 1\n"),
    Plant("unknown-source", "a mixture by hearsay", PUMP, "verdict: compatible\n    source: ovingskilde", "verdict: compatible\n    source: hukommelsen"),
    Plant("unknown-source", "a dose as needed by hearsay", PUMP, "as_needed:\n  - {drug: roligin, source: ovingskilde", "as_needed:\n  - {drug: roligin, source: hukommelsen"),
    Plant("unknown-source", "a volume under the skin by hearsay", PUMP, "most: 8, source: ovingskilde", "most: 8, source: hukommelsen"),
    Plant("ampoules-agree", "another strength to round by than to fill from", PRODUCTS, "strengths: [3]", "strengths: [4]"),
    Plant("ampoules-agree", "a strength more to round by", PRODUCTS, "strengths: [3]", "strengths: [3, 6]"),
    Plant("ampoules-agree", "another strength to fill from", PUMP, "strengths: [3]", "strengths: [30]"),
    Plant("ampoules-agree", "an ampoule nobody fills from", PRODUCTS, "  drug: morphine\n", "  drug: mildin\n"),
    Plant("table-schema", "a tablet of nothing", PRODUCTS, "  strengths: [5]\n", ""),
]  # fmt: skip


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{p.rule}: {p.name}" for p in PLANTS])
def test_a_fault_is_found_by_its_own_rule_and_by_no_other(bank: Path, plant: Plant) -> None:
    plant.put_into(bank)
    assert {finding.rule for finding in faults(bank)} == {plant.rule}
    assert faults(bank, without=plant.rule) == []


def test_a_tablet_is_no_ampoule_and_need_not_be_in_the_pump_s_table(bank: Path) -> None:
    Plant("", "", PRODUCTS, "  strengths: [5]\n", "  strengths: [5, 10]\n").put_into(bank)
    assert faults(bank) == []


def test_an_ampoule_from_another_source_is_another_fact(bank: Path) -> None:
    sources = "casebank/sources.yaml"
    text = (bank / sources).read_text(encoding="utf-8")
    second = text.replace("id: ovings", "id: reserve")
    (bank / sources).write_text(text + second, encoding="utf-8")
    old = "  strengths: [3]\n  source: ovingskilde\n"
    Plant("", "", PRODUCTS, old, old.replace("ovingskilde", "reservekilde")).put_into(bank)
    found = faults(bank)
    assert {finding.rule for finding in found} == {"ampoules-agree"}
    assert found[0].spot.file == PRODUCTS
    assert found[0].spot.line is not None
