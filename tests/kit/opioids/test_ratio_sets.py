"""Ratio sets as data: what a file may say, and what loading them costs."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest

from pallkit import content
from pallkit.doses.structuring import structure
from pallkit.errors import ContentError, ConversionError
from pallkit.opioids import RatioSet, Row, ratio_set, ratio_set_ids, reduction_rules, rescue_rule

ROW = {"drug": "oxycodone", "routes": ["oral"], "unit": "mg/24 h", "direction": "both"}


def load(**more: Any) -> Row:
    return structure({**ROW, **more}, Row, where="invented.yaml")


def test_keeps_the_printed_pair_and_not_its_quotient() -> None:
    row = load(printed={"dose": "6.6", "morphine": 10})
    assert row.per_dose == Decimal("6.6")
    assert row.worth.point == 10


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({}, id="no figure at all"),
        pytest.param({"ratio": 0}, id="a ratio of 0"),
        pytest.param({"ratio": 2, "low": 3}, id="low above the point"),
        pytest.param({"ratio": 1.5}, id="a float, already rounded"),
        pytest.param({"ratio": "1,5"}, id="a decimal comma"),
        pytest.param({"ratio": 2, "unit": "mg"}, id="a unit that is not for a time"),
        pytest.param({"ratio": 2, "direction": "any"}, id="a direction nobody prints"),
        pytest.param({"ratio": 2, "routes": ["epidural"]}, id="a route the kit does not know"),
        pytest.param({"ratio": 2, "rate": 3}, id="a field the format does not have"),
    ],
)
def test_refuses_a_row_that_breaks_the_format(more: dict[str, Any]) -> None:
    with pytest.raises(ContentError, match=r"invented\.yaml does not fit its format"):
        load(**more)


def test_names_the_sets_there_are_when_asked_for_another() -> None:
    with pytest.raises(ConversionError, match="helsedirektoratet"):
        ratio_set("helsedirektorat")


@pytest.mark.parametrize("name", ratio_set_ids())
def test_every_set_says_who_what_for_and_what_not_for(name: str) -> None:
    table = ratio_set(name)
    for words in (table.purpose, table.not_for, table.rights, table.date):
        assert words.nb
        assert words.nn
        assert words.en
    assert table.address.startswith("http")


def test_every_source_named_by_figures_is_in_the_bibliography() -> None:
    known = {source["id"] for source in content.table("sources")}
    tables = [ratio_set(name) for name in ratio_set_ids()]
    named = {table.source for table in tables}
    named |= {table.reversible.by for table in tables if table.reversible}
    named |= {source for rule in reduction_rules() for source in rule.sources}
    named |= set(rescue_rule("one-sixth").sources)
    for one in content.table("drugs"):
        named |= {patch["source"] for patch in one.get("patches", [])}
        named |= {one["patch_start"]["source"]} if "patch_start" in one else set()
    assert named <= known


def test_every_drug_with_a_ratio_is_known() -> None:
    known = {one["id"] for one in content.table("drugs")}
    for table in map(ratio_set, ratio_set_ids()):
        assert {row.drug for row in table.rows} <= known


def test_importing_the_engine_pulls_in_no_heavy_library() -> None:
    code = (
        "import sys, pallkit.opioids;"
        "print(*sorted({n.split('.')[0] for n in sys.modules} & "
        "{'pandas', 'numpy', 'yaml', 'IPython', 'ipywidgets', 'jupyter_server', 'babel', 'typer'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == ""


def test_no_import_of_the_engine_is_of_pandas_or_jupyter() -> None:
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-c", "import pallkit.opioids"],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    names = {line.rpartition("|")[2].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert "pallkit" in names
    heavy = {"pandas", "numpy", "jupyter_core", "ipywidgets", "traitlets", "yaml", "typer"}
    assert names & heavy == set()


def test_a_ratio_set_is_a_value(table: RatioSet) -> None:
    assert hash(table) == hash(table)
    assert table == table.__class__(**{name: getattr(table, name) for name in table.__slots__})
