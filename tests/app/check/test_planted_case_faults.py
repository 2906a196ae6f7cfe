"""Every rule on the kinds of step, conditions and effects finds what is planted for it."""

# ruff: noqa: E501  # one plant a line, so that the list reads as a table

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.check.test_planted_faults import Plant, faults

from pallkit_app.check import check

CASE = "casebank/cases/rik/case.yaml"

PLANTS = [
    Plant("condition-name", "a fact nobody learns", CASE, "knows.vaker", "knows.vakar", "samling"),
    Plant("condition-name", "something nobody is told", CASE, "told.kona.prognose", "told.kona.prognosen", "samling"),
    Plant("condition-name", "a person who is not there", CASE, "worry.kona > 8", "worry.kone > 8", "samling"),
    Plant("condition-name", "the wish of one without wishes", CASE, "wish.kona", "wish.tolken", "samling"),
    Plant("condition-name", "a step that is not there", CASE, "seen.vent", "seen.venting", "samling"),
    Plant("condition-name", "a choice where nothing is chosen", CASE, "chose.vei == kjor", "chose.vent == kjor", "samling"),
    Plant("condition-name", "what was asked last, at a consult", CASE, "chose.vei == kjor", "chose.sporre == om-ord", "samling"),
    Plant("condition-name", "the dose of a step without a consequence", CASE, "ratio.regn", "ratio.pumpe", "samling"),
    Plant("condition-name", "a vital sign the case does not have", CASE, "respiratory_rate < 10", "pulse < 10", "samling"),
    Plant("condition-name", "a medicine that never is", CASE, "not on.fast", "not on.pumpe", "samling"),
    Plant("condition-name", "a task that never is", CASE, "and open.ring-lege", "and open.ring-prest", "samling"),
    Plant("condition-name", "an axis there is none of", CASE, "points.time", "points.tid", "samling"),
    Plant("condition-word", "an option that is not there", CASE, "chose.vei == kjor", "chose.vei == kjore", "samling"),
    Plant("condition-word", "a place that is none", CASE, "place == home", "place == hjemme", "samling"),
    Plant("condition-word", "a wish she never has", CASE, "wish.kona == vite", "wish.kona == reise", "samling"),
    Plant("condition-word", "a level it does not open at", CASE, "level != B", "level != C", "vei"),
    Plant("unknown-state", "a person who is not there", CASE, "effects: {people: {kona: {worry: 2}}}", "effects: {people: {kone: {worry: 2}}}", "kveld"),
    Plant("unknown-state", "a vital sign the case does not have", CASE, "vitals: {respiratory_rate: -1}", "vitals: {pulse: -1}", "vei"),
    Plant("unknown-state", "a consequence for a sign it does not have", CASE, "vitals: {respiratory_rate: -8}", "vitals: {saturation: -8}"),
    Plant("unknown-state", "a task that was never open", CASE, "close: [ring-lege]", "close: [ring-prest]", "plan"),
    Plant("unknown-state", "a medicine that was never there", CASE, "stop: [fast]", "stop: [behov]", "vei"),
    Plant("consult-questions", "more to ask than there are questions", CASE, "most: 2", "most: 3", "sporre"),
    Plant("consult-questions", "somebody who is not there", CASE, "who: colleague", "who: presten", "sporre"),
    Plant("multi-picks", "a box both right and dangerous", CASE, "{id: pust, right: true,", "{id: pust, right: true, danger: true,", "tegn"),
    Plant("estimate-scale", "a spread that falls", CASE, "low: 6\n    high: 8", "low: 8\n    high: 6", "tall"),
    Plant("estimate-scale", "a spread off the scale", CASE, "high: 8", "high: 12", "tall"),
    Plant("estimate-scale", "a spread that holds everything", CASE, "low: 6\n    high: 8", "low: 0\n    high: 10", "tall"),
    Plant("estimate-scale", "half a spread", CASE, "    low: 6\n", "", "tall"),
    Plant("estimate-scale", "two answers to compare with", CASE, "low: 6", "of: pain\n    low: 6", "tall"),
    Plant("document-fields", "a right option that is none", CASE, "right: hjemme}", "right: heime}", "plan"),
    Plant("document-fields", "a right answer to a box to tick", CASE, "{id: lest, kind: tick}", "{id: lest, kind: tick, right: hjemme}", "plan"),
    Plant("people-ids", "two of the people with one id", CASE, "{id: tolken, role: interpreter}", "{id: tolken, role: interpreter}\n    - {id: tolken, role: friend}"),
    Plant("consequence-bands", "bands that overlap", CASE, "below: 3,", "below: 4,"),
    Plant("consequence-bands", "a band that holds nothing", CASE, "at_least: 1.5,", "at_least: 3,"),
    Plant("consequence-bands", "two open bands", CASE, "{at_least: 3, effects", "{effects"),
    Plant("right-is-best", "an order that need not be right", CASE, "near: {score: {time: 1}", "near: {score: {time: 2}", "rekke"),
    Plant("right-is-best", "half a form that pays", CASE, "incomplete: {next: vei}", "incomplete: {score: {safety: 3}, next: vei}", "plan"),
    Plant("right-is-best", "a wrong box that pays", CASE, "{id: sukker}", "{id: sukker, score: {safety: 3}}", "tegn"),
    Plant("right-is-best", "a wrong rate that pays", CASE, "right: {score: {safety: 1}, next: plan}", "right: {next: plan}", "pumpe"),
    Plant("danger-pays", "the best answer, and dangerous", CASE, "right: {score: {time: 2}", "right: {danger: true, score: {time: 2}", "rekke"),
    Plant("danger-pays", "an option that pays more than the best", CASE, "{id: ga,", "{id: ga, score: {time: 2},", "kveld"),
    Plant("figure-range", "a vital sign off its scale", CASE, "vitals: {respiratory_rate: 16}", "vitals: {respiratory_rate: 160}"),
    Plant("figure-range", "an age of 170", CASE, "age: 70", "age: 170"),
    Plant("figure-range", "a worry of 11", CASE, "worry: 6", "worry: 11"),
    Plant("figure-range", "a change of worry off its scale", CASE, "worry: -2", "worry: -20", "sporre"),
    Plant("figure-range", "four points for a box", CASE, "right: true, score: {safety: 1}", "right: true, score: {safety: 4}", "tegn"),
    Plant("figure-range", "a consequence off the scale", CASE, "esas: {pain: 2}", "esas: {pain: 20}"),
]  # fmt: skip


def test_the_case_with_every_kind_of_step_has_no_finding(rich_bank: Path) -> None:
    assert [str(finding.line) for finding in check(rich_bank)] == []


@pytest.mark.parametrize("plant", PLANTS, ids=[f"{p.rule}: {p.name}" for p in PLANTS])
def test_a_fault_is_found_by_its_own_rule_and_by_no_other(rich_bank: Path, plant: Plant) -> None:
    plant.put_into(rich_bank)
    found = faults(rich_bank)
    assert {finding.rule for finding in found} == {plant.rule}
    assert plant.step is None or plant.step in {finding.spot.step for finding in found}
    assert all(finding.spot.line for finding in found)
    assert faults(rich_bank, without=plant.rule) == []


# These take a text, a name or a way with them, which other rules tell of as well.
@pytest.mark.parametrize(
    ("rule", "step", "old", "new"),
    [
        ("consult-questions", "sporre", "id: om-ord", "id: on"),
        ("consult-questions", "sporre", "id: om-ord", "id: om-natten"),
        ("multi-picks", "tegn", "{id: sukker}", "{id: pust, right: true}"),
        ("multi-picks", "tegn", "{id: pust, right: true, score: {safety: 1}}\n      - {id: sovn, right: true}", "{id: pust}"),
        ("multi-picks", "tegn", "      - {id: sukker}\n      - {id: naloxon, danger: true}\n", ""),
        ("order-items", "rekke", "[se, spor, ring]", "[se, spor]"),
        ("order-items", "rekke", "[se, spor, ring]", "[se]"),
        ("order-items", "rekke", "[se, spor, ring]", "[se, spor, spor]"),
        ("document-fields", "plan", "[hjemme, sykehus]", "[hjemme]"),
        ("document-fields", "plan", "[hjemme, sykehus]", "[]"),
        ("document-fields", "plan", "- {id: mal, kind: text, required: true}\n      - {id: sted, kind: choice, options: [hjemme, sykehus], right: hjemme}", "- {id: mal, kind: text}"),
        ("consequence-name", "regn", "consequence: opioid", "consequence: opiat"),
        ("withdrawn-instead", None, "minutes: 40", 'minutes: 40\nwithdrawn: {on: "2026-01-01", instead: rikt}'),
        ("consequence-name", None, "    consequence: opioid\n", ""),
    ],
)  # fmt: skip
def test_a_fault_that_brings_others_is_found_and_left_out_with_its_rule(
    rich_bank: Path, rule: str, step: str | None, old: str, new: str
) -> None:
    Plant(rule, "", CASE, old, new).put_into(rich_bank)
    assert (rule, step) in {(finding.rule, finding.spot.step) for finding in faults(rich_bank)}
    assert rule not in {finding.rule for finding in faults(rich_bank, without=rule)}


@pytest.mark.parametrize(
    ("words", "old", "new"),
    [
        ("The case has 22 steps.", "  - id: vent\n", "".join(f"  - {{id: s{n}, kind: info, next: vent}}\n" for n in range(9)) + "  - id: vent\n"),
        ("another state: 1.", "next: samling}\n      - {id: ga, effects: {people: {kona: {worry: 2}}}, next: vent}", "next: vent}\n      - {id: ga, effects: {people: {kona: {worry: 2}}}, next: vent}"),
        ("No gather step has two roads", "kind: gather", "kind: info"),
        ("builds on 2 sources", "[ovingskilde, ovingsbok, ovingsside]", "[ovingskilde, ovingsbok]"),
    ],
)  # fmt: skip
def test_a_case_of_an_unusual_size_is_a_warning_only(
    rich_bank: Path, words: str, old: str, new: str
) -> None:
    Plant("", "", CASE, old, new).put_into(rich_bank)
    found = [finding for finding in check(rich_bank) if finding.rule == "case-size"]
    assert all(finding.warning for finding in found)
    assert any(words in str(finding.line) for finding in found)
    assert not [one for one in check(rich_bank, without={"case-size"}) if one.rule == "case-size"]
