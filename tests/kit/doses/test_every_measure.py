"""Every measure that an amount can be counted in has a code and a text."""

from __future__ import annotations

from pallkit.doses import MEASURES, Measure
from pallkit.doses.quantities import MG_PER_DOSE
from pallkit.i18n import render


def test_every_measure_is_told_in_the_language_of_the_reader() -> None:
    assert {code: render(one.message, "nb") for code, one in MEASURES.items()} == {
        "mg": "mg",
        "mg/24 h": "mg/24 t",
        "mg/h": "mg/t",
        "µg": "µg",
        "µg/24 h": "µg/24 t",
        "µg/h": "µg/t",
    }
    assert [render(one.message, "en") for one in MEASURES.values()] == list(MEASURES)


def test_one_dose_is_counted_in_milligrams() -> None:
    assert Measure("mg", "dose") == MG_PER_DOSE
