"""The same doses by every table side by side, and tables that were added here."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.widgets.browser import send, shown
from tests.widgets.calculator_form import OXYCODONE, ask, form, row

from pallkit.opioids import ratio_set_ids
from pallkit_widgets import OpioidCalculator

MORPHINE = row("morphine", "oral", "30 mg x 2")

LOCAL = """\
id: {id}
source: {id}
title: Tabellen vår
publisher: Lokalsykehuset
date: {{nb: "2026", nn: "2026", en: "2026"}}
address: https://example.org/tabell
seen: original
made_for: switching
purpose: {{nb: Øving., nn: Øving., en: Practice.}}
not_for: {{nb: Pasienter., nn: Pasientar., en: Patients.}}
rights: {{nb: Våre., nn: Våre., en: Ours.}}
rows:
  - {{drug: oxycodone, routes: [oral], unit: mg/24 h, direction: both, ratio: 2}}
"""


def compared(**more: Any) -> dict[str, Any]:
    found: dict[str, Any] = ask(MORPHINE, kind="compare", **more)["comparison"]
    return found


def test_every_table_answers_or_says_why_not() -> None:
    found = compared(to="oxycodone oral")
    ids = [one["id"] for one in (*found["answers"], *found["refusals"])]
    assert sorted(ids) == sorted(ratio_set_ids())
    assert all(one["reason"] for one in found["refusals"])
    assert all(one["not_for"] for one in found["answers"])


def test_the_answers_stand_lowest_first_on_an_axis_that_holds_them_all() -> None:
    found = compared(to="oxycodone oral")
    middle = [
        (one["low"] + one["high"]) / 2 if one["point"] is None else one["point"]
        for one in found["answers"]
    ]
    assert middle == sorted(middle)
    assert found["ticks"][0]["at"] == 0
    assert found["ticks"][-1]["at"] >= found["spread"]["high"]
    assert "ganger det laveste" in found["summary"]


def test_what_was_read_from_a_copy_and_what_was_chosen_is_marked() -> None:
    found = compared(to="oxycodone oral")
    by_id = {one["id"]: one for one in found["answers"]}
    assert by_id["nhs-ggc-2018"]["mark"] == "lest fra kopi"
    assert by_id["helsedirektoratet"]["mark"] == ""
    assert [one["id"] for one in found["answers"] if one["chosen"]] == ["helsedirektoratet"]


def test_no_table_need_be_chosen_to_compare_them() -> None:
    view = ask(MORPHINE, kind="compare", table="")
    assert view["result"] is None
    assert len(view["comparison"]["answers"]) > 1


def test_where_no_table_answers_that_is_said() -> None:
    view = ask(row("methadone", "oral", "10 mg x 3"), kind="compare")
    assert view["comparison"]["answers"] == []
    assert view["comparison"]["summary"] == "Ingen av tabellene gir svar."


def test_a_table_that_was_added_here_is_in_the_list_and_marked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vaar.yaml").write_text(LOCAL.format(id="vaar"), encoding="utf-8")
    monkeypatch.setenv("PALLKIT_SETS", str(tmp_path))
    widget = OpioidCalculator()
    listed = {one["id"]: one for one in shown(widget)["sets"]}
    assert listed["vaar"]["mark"] == "øvingstabell"
    assert listed["vaar"]["listed"]
    message = {"type": "compare", "form": form(OXYCODONE, table="vaar")}
    view = send(widget, message)
    assert view["result"]["main"]["amount"] == "80 mg/24 t"
    assert view["result"]["ratio_set"]["local"]
    assert view["result"]["steps"][-1]["source"] == "Lokalsykehuset: Tabellen vår"
    assert any("Tabellen vår" in text for text in view["result"]["warnings"])
    assert "vaar" in [one["id"] for one in view["comparison"]["answers"] if one["local"]]


@pytest.mark.parametrize("broken", ["id: [", None])
def test_added_tables_that_cannot_be_read_leave_the_others_and_say_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str | None
) -> None:
    folder = tmp_path / "tabeller"
    if broken:
        folder.mkdir()
        (folder / "vaar.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setenv("PALLKIT_SETS", str(folder))
    view = shown(OpioidCalculator())
    assert "kan ikke leses" in view["notice"]
    assert str(tmp_path) not in str(view)
    assert len(view["sets"]) == len(ratio_set_ids())
