"""``casebank/pump.yaml``: every figure is one that was read, and a wrong one is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pallkit import content
from pallkit.doses.structuring import structure
from pallkit.errors import ContentError
from pallkit.i18n import render
from pallkit.pump import PumpTable, printed, pump_table

FOUR = "glycopyrronium haloperidol midazolam"
# What the clinical notes hold, row by row: the drug, who says so, low, high, most in mg/24 h.
SEEN = {
    "lock-out": ("growthhouse-pca", 15, 20, 30),
    "hour limit": ("fast-fact-92", 3, 5),
    "nurse": ("klb-2008", 6, 60),
    "rate": ("fast-fact-28", 3),
    "dose": ("etg-sc-doser", 2),
    "mixing": {
        (f"{FOUR} morphine", "compatible", "klb-2008"),
        (f"{FOUR} oxycodone", "compatible", "york-2019"),
        ("cyclizine oxycodone", "incompatible", "cornwall-v5"),
        ("cyclizine hyoscine-butylbromide", "incompatible", "cornwall-v5"),
    },
    "diluting": {
        ("cyclizine", "sodium-chloride-9", "incompatible", "klb-barn"),
        ("cyclizine", "glucose-50", "compatible", "klb-barn"),
    },
    "products": {
        ("morphine", "medikamentskrin-helse-bergen", "10", ""),
        ("morphine", "helse-bergen-medikamentskrin", "20 40", ""),
        ("hydromorphone", "felleskatalogen-hydofon", "50", "48 24"),
        ("hydromorphone", "fass-hydromorphone-kalceks", "2 10 20 50", ""),
        ("midazolam", "spc-midazolam-panpharma", "1 5", ""),
        ("glycopyrronium", "klb-barn", "0.2", ""),
    },
    "ranges": {
        ("morphine", "cornwall-v5", "10", "20", "None"),
        ("midazolam", "cornwall-v5", "10", "30", "60"),
        ("midazolam", "hdir-handlingsprogram-2015", "2", "4", "None"),
        ("midazolam", "klb-2008", "None", "None", "20"),
        ("haloperidol", "cornwall-v5", "2.5", "5", "10"),
        ("haloperidol", "cornwall-v5", "3", "5", "10"),
        ("haloperidol", "klb-2008", "None", "None", "10"),
        ("cyclizine", "cornwall-v5", "150", "150", "150"),
        ("metoclopramide", "cornwall-v5", "30", "60", "80"),
        ("levomepromazine", "cornwall-v5", "6.25", "25", "25"),
        ("levomepromazine", "cornwall-v5", "12.5", "25", "100"),
        ("hyoscine-hydrobromide", "cornwall-v5", "1.2", "2.4", "2.4"),
        ("hyoscine-butylbromide", "cornwall-v5", "60", "100", "120"),
        ("glycopyrronium", "cornwall-v5", "0.6", "1.2", "1.2"),
        ("glycopyrronium", "klb-2008", "None", "None", "2.4"),
    },
    # one dose as needed: low, high, every so many hours, so many times in 24 hours
    "as needed": {
        ("morphine", "cornwall-v5", "2.5", "5", "1", "None"),
        ("midazolam", "cornwall-v5", "2.5", "5", "1", "None"),
        ("haloperidol", "cornwall-v5", "1.5", "3", "None", "2"),
        ("cyclizine", "cornwall-v5", "50", "50", "None", "3"),
        ("metoclopramide", "cornwall-v5", "10", "10", "None", "4"),
        ("levomepromazine", "cornwall-v5", "6.25", "6.25", "None", "3"),
        ("levomepromazine", "cornwall-v5", "12.5", "25", "None", "None"),
        ("hyoscine-hydrobromide", "cornwall-v5", "0.4", "0.4", "4", "None"),
        ("hyoscine-butylbromide", "cornwall-v5", "20", "20", "4", "None"),
        ("glycopyrronium", "cornwall-v5", "0.2", "0.2", "4", "None"),
    },
}


def figures(table: PumpTable) -> dict[str, object]:
    lockout, limit, nurse = table.lockout, table.hour_limit, table.nurse_given
    return {
        "lock-out": (lockout.source, lockout.at_least, lockout.low, lockout.high),
        "hour limit": (limit.source, limit.low, limit.high),
        "nurse": (nurse.source, nurse.divide_by, nurse.every),
        "rate": (table.site.rate.source, table.site.rate.most),
        "dose": (table.site.dose.source, table.site.dose.most),
        "mixing": {(named(row.drugs), row.verdict, row.source) for row in table.mixing},
        "diluting": {(one.drug, one.diluent, one.verdict, one.source) for one in table.diluting},
        "products": {
            (
                one.drug,
                one.source,
                " ".join(map(str, one.strengths)),
                " ".join(str(row.hours) for row in one.keeps),
            )
            for one in table.products
        },
        "ranges": {
            (one.drug, one.source, str(one.low), str(one.high), str(one.most))
            for one in table.ranges
        },
        "as needed": {
            (one.drug, one.source, str(one.low), str(one.high), str(one.hours), str(one.times))
            for one in table.as_needed
        },
    }


def named(drugs: tuple[str, ...]) -> str:
    *others, last = sorted(drugs, key=lambda name: (name in {"morphine", "oxycodone"}, name))
    return " ".join([*others, last])


def test_every_figure_is_one_that_was_seen() -> None:
    assert figures(pump_table()) == SEEN


PLANTED: dict[str, Callable[[PumpTable], PumpTable]] = {
    "a lock-out of 10": lambda one: replace(
        one, lockout=replace(one.lockout, at_least=Decimal(10))
    ),
    "a fifth for a sixth": lambda one: replace(
        one, nurse_given=replace(one.nurse_given, divide_by=Decimal(5))
    ),
    "yes for no": lambda one: replace(
        one, mixing=(*one.mixing[:2], replace(one.mixing[2], verdict="compatible"), one.mixing[3])
    ),
    "a drug too many": lambda one: replace(
        one,
        mixing=(
            replace(one.mixing[0], drugs=(*one.mixing[0].drugs, "cyclizine")),
            *one.mixing[1:],
        ),
    ),
    "72 hours for 48": lambda table: replace(
        table,
        products=tuple(
            replace(
                row,
                keeps=tuple(replace(one, hours=Decimal(72)) for one in row.keeps),
            )
            for row in table.products
        ),
    ),
    "ten times a range": lambda one: replace(
        one, ranges=(*one.ranges[1:], replace(one.ranges[0], high=Decimal(200)))
    ),
    "the doses of 24 hours as one": lambda one: replace(
        one, as_needed=(replace(one.as_needed[0], low=Decimal(10), high=Decimal(20)),)
    ),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_wrong_figure_planted_in_the_table_is_found(fault: str) -> None:
    assert figures(PLANTED[fault](pump_table())) != SEEN


def test_every_source_is_in_the_bibliography() -> None:
    known = {source["id"] for source in content.table("sources")}

    def sources(value: object) -> set[str]:
        if isinstance(value, dict):
            own = {str(value["source"])} if "source" in value else set()
            return own.union(*map(sources, value.values()))
        return set().union(*map(sources, value)) if isinstance(value, list) else set()

    assert sources(content.table("pump")) <= known


@pytest.mark.parametrize(
    "break_it",
    [
        pytest.param(lambda raw: raw["mixing"][0].update(drugs=["morphine"]), id="one drug"),
        pytest.param(
            lambda raw: raw["mixing"][0]["drugs"].append("aspirin"), id="a drug without a name"
        ),
        pytest.param(lambda raw: raw["mixing"][0].update(verdict="perhaps"), id="perhaps"),
        pytest.param(lambda raw: raw["diluting"][0].update(diluent="milk"), id="no such diluent"),
        pytest.param(lambda raw: raw["lockout"].pop("source"), id="no source"),
        pytest.param(lambda raw: raw["lockout"].update(at_least=15.5), id="a float"),
        pytest.param(lambda raw: raw["lockout"].update(at_least=25), id="25 ≤ 20"),
        pytest.param(lambda raw: raw["nurse_given"].update(divide_by=0), id="divided by 0"),
        pytest.param(lambda raw: raw["products"][0].update(strengths=[0]), id="no strength"),
        pytest.param(lambda raw: raw["ranges"][0].update(high=1), id="low above high"),
        pytest.param(lambda raw: raw["as_needed"][0].update(high=1), id="5 above 1 as needed"),
        pytest.param(lambda raw: raw["as_needed"][0].update(times=6), id="how often in two ways"),
        pytest.param(lambda raw: raw["as_needed"][0].update(hours=0), id="every 0 hours"),
        pytest.param(lambda raw: raw["as_needed"][0].update(drug="milk"), id="as needed of what"),
        pytest.param(lambda raw: raw.update(pumps=[]), id="a field the format does not have"),
    ],
)
def test_refuses_a_table_that_breaks_the_format(break_it: Callable[[Any], object]) -> None:
    raw = content.table("pump")
    break_it(raw)
    with pytest.raises(ContentError, match=r"pump\.yaml does not fit its format"):
        structure(raw, PumpTable, where="pump.yaml")


@pytest.mark.parametrize(
    ("drug", "says"),
    [
        ("morphine", ["10–20 mg/24 h", "2.5–5 mg every hour"]),
        ("haloperidol", ["2.5–5 mg/24 h, at most 10 mg/24 h", "1.5–3 mg 2 times in 24 hours"]),
        ("cyclizine", ["150 mg/24 h, at most 150 mg/24 h", "50 mg 3 times in 24 hours"]),
        ("glycopyrronium", ["at most 2.4 mg/24 h", "0.2 mg every 4 hours"]),
        ("levomepromazine", ["12.5–25 mg"]),
    ],
)
def test_says_what_a_source_prints_and_no_more_than_that(drug: str, says: list[str]) -> None:
    said = [render(row.message, "en") for row in printed(drug)]
    assert set(says) <= set(said)


def test_a_drug_no_source_was_seen_for_has_nothing_printed() -> None:
    assert printed("oxycodone") == ()
