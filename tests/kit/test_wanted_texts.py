"""Every text that a case can come to show is asked for, wherever what shows it is written."""

from __future__ import annotations

from tests.kit.rich_case import rich_case

from pallkit.cases import structure
from pallkit.cases.wanted import needed_texts


def test_what_a_wrong_dose_brings_about_needs_its_words_too() -> None:
    raw = rich_case()
    raw["consequences"]["opioid"][0]["effects"] = {
        "tasks": {"open": ["ring-113"]},
        "people": {"kona": {"wish": "hjelp-na"}},
        "regimen": {"start": [{"id": "ekstra", "dose": "morfin sc 5 mg", "use": "as_needed"}]},
    }
    needed = set(needed_texts(structure(raw)))
    assert ("tasks", "ring-113") in needed
    assert ("people", "kona", "wishes", "hjelp-na") in needed
    assert ("regimen", "ekstra") in needed
