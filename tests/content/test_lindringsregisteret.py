"""The invented register of module 6 is what its program says, and its figures are the key's."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pallkit_app.compile import content_root
from pallkit_app.courses.reading import read_keys
from pallkit_grading.code_task import fits
from pallkit_grading.key import CodeTask

COURSE = content_root() / "courses" / "spesialist"
PROGRAM = COURSE / "registers" / "lindringsregisteret.py"
NAME = "lindringsregisteret.csv"
PLACES = [COURSE / "source" / f"kvalitet-og-forskning{lang}" / NAME for lang in ("", "-nn")]


@pytest.fixture(scope="module")
def tidy() -> pd.DataFrame:
    """Tidied here in our own way, not by the notebook's solution."""
    raw = pd.read_csv(PLACES[0], sep=";", na_values={"smerte_inn": "99", "smerte_dag3": "99"})
    raw["enhet"] = raw["enhet"].str.strip().str.title()
    return raw.drop_duplicates("pasient")


@pytest.fixture(scope="module")
def measured(tidy: pd.DataFrame) -> pd.DataFrame:
    known = tidy[tidy["smerte_inn"].ge(4) & tidy["smerte_dag3"].notna()]
    severe = known["smerte_inn"].ge(7).map({True: "sterk", False: "moderat"})
    return known.assign(lindret=known["smerte_dag3"].le(3), lag=severe)


@pytest.mark.parametrize("place", PLACES, ids=["nb", "nn"])
def test_the_program_makes_the_file_that_is_handed_out(place: Path, tmp_path: Path) -> None:
    runpy.run_path(str(PROGRAM))["write"](tmp_path)
    assert (tmp_path / NAME).read_bytes() == place.read_bytes()


def test_it_has_what_registers_have(tidy: pd.DataFrame) -> None:
    raw = pd.read_csv(PLACES[0], sep=";")
    assert len(raw) == 433
    assert len(raw.drop_duplicates()) == 424, "four of those entered twice are written otherwise"
    assert len(tidy) == 420
    assert raw["enhet"].nunique() > 4
    assert (raw[["smerte_inn", "smerte_dag3"]] == 99).any().all()
    assert raw[["smerte_inn", "smerte_dag3", "viktig"]].isna().any().all()


def test_the_order_of_two_units_turns_within_both_layers(measured: pd.DataFrame) -> None:
    overall = measured.groupby("enhet")["lindret"].mean()
    assert overall["Solhavn"] > overall["Fjordby"]
    layers = measured.groupby(["lag", "enhet"])["lindret"].mean()
    for layer in ("moderat", "sterk"):
        assert layers[layer, "Fjordby"] > layers[layer, "Solhavn"]
    assert overall.idxmax() == "Nordvik", "of nine patients"


def test_the_key_has_the_registers_figures(tidy: pd.DataFrame, measured: pd.DataFrame) -> None:
    counted = {
        "antall_pasienter": len(tidy),
        "mangler_smerte": int(tidy["smerte_inn"].isna().sum()),
        "enheter": sorted(set(tidy["enhet"])),
        "per_enhet": _table(measured, ["enhet"]),
        "per_lag": _table(measured, ["enhet", "lag"]),
    }
    tasks = read_keys(COURSE).tasks.values()
    checks = [check for task in tasks if isinstance(task, CodeTask) for check in task.checks]
    named = {str(check.value): check for check in checks if check.value is not None}
    assert set(named) == set(counted)
    assert {name: fits(named[name], value) for name, value in counted.items()} == dict.fromkeys(
        counted, True
    )


def test_the_numbers_asked_for_follow_from_it(tidy: pd.DataFrame, measured: pd.DataFrame) -> None:
    tasks: Any = read_keys(COURSE).tasks
    nordvik = (measured["enhet"] == "Nordvik").sum()
    assert float(tasks["register-en-pasient"].equals) == pytest.approx(100 / nordvik, abs=0.05)
    in_pain = tidy[(tidy["enhet"] == "Solhavn") & tidy["smerte_inn"].ge(4)]
    missing = in_pain["smerte_dag3"].isna().mean() * 100
    assert float(tasks["register-mangler"].equals) == pytest.approx(missing, abs=0.05)


def _table(measured: pd.DataFrame, by: list[str]) -> list[dict[str, Any]]:
    found = measured.groupby(by, as_index=False).agg(
        antall=("lindret", "size"), andel=("lindret", lambda part: 100 * part.mean())
    )
    rows: list[dict[str, Any]] = found.to_dict("records")
    return rows
