"""Mixtures, drops, patches that are changed, trade names, and medicine lists."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from pallkit.doses import (
    Dose,
    RegimenLine,
    daily_doses,
    dose_text,
    drugs,
    read_dose,
    read_line,
    read_preparation,
    read_quantity,
    read_regimen,
)
from pallkit.errors import DoseError
from pallkit.i18n import LANGUAGES, Language, render


@pytest.mark.parametrize(
    ("text", "daily"),
    [
        pytest.param("morfin po mikstur 2 mg/mL 5 mL x 4", "40 mg/d", id="2 × 5 × 4"),
        pytest.param("morfin mikstur 2 mg/ml 5 ml x 4 po", "40 mg/d", id="the route last"),
        pytest.param("morfin po 2 mg per mL 5 mL hver 6. time", "40 mg/d", id="per mL"),
        pytest.param("morfin sc 10 mg/mL 0,5 mL x 4", "20 mg/d", id="an injection"),
        pytest.param("fentanyl nasal 100 µg/mL 1 mL x 3", "300 µg/d", id="µg/mL"),
        pytest.param(
            "morfin po 20 mg/mL dråper 10 dråper 20 dråper/mL x 6", "60 mg/d", id="20 × 10 ÷ 20 × 6"
        ),
        pytest.param(
            "morphine po 20 mg/mL 10 drops 20 drops per mL x 6", "60 mg/d", id="in English"
        ),
        pytest.param("morfin po 5 mL 2 mg/mL x 4", "40 mg/d", id="the volume first"),
    ],
)
def test_a_volume_and_a_strength_make_a_dose(text: str, daily: str) -> None:
    expected = read_quantity(daily)
    assert read_dose(text).daily().to(expected.measure) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("morfin po 5 mL x 4", "Write the strength", id="no strength"),
        pytest.param("morfin po 2 mg/mL x 4", "how much of it is given", id="no volume"),
        pytest.param("morfin po 20 mg/mL 10 dråper x 4", "How many drops make a mL", id="drops"),
        pytest.param("morfin po 10 dråper x 4", "Write the strength", id="drops alone"),
        pytest.param("morfin po 2 mg/mL 5 mL 5 mL x 4", "two ways", id="two volumes"),
        pytest.param("morfin po 2 mg/mL 4 mg/mL 5 mL", "two ways", id="two strengths"),
        pytest.param("morfin po 2 mg/mL 5 mL 20 dråper/mL", "two ways", id="drops for nothing"),
        pytest.param(
            "morfin po 2 mg/mL 5 mL 10 dråper 20 dråper/mL", "how much of it", id="mL and drops"
        ),
        pytest.param("morfin po 10 mg skiftes hver 72. time", "Only a patch", id="a tablet"),
        pytest.param("fentanyl td 25 µg/t skiftes", "changed every 72 h", id="changed when"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 0. time", "changed every", id="never"),
        pytest.param("fentanyl td 25 µg/t skiftes hver 900. time", "changed every", id="too late"),
    ],
)
def test_what_is_missing_is_asked_for_and_never_assumed(text: str, why: str) -> None:
    with pytest.raises(DoseError, match=why):
        read_dose(text)


@pytest.mark.parametrize(
    "text",
    [
        "fentanyl plaster 25 µg/t skiftes hver 72. time",
        "fentanyl plaster 25 µg/t byttes hvert 3. døgn",
        "fentanyl plaster 25 µg/t skiftast kvar 72. time",
        "fentanyl patch 25 µg/h changed every 72 h",
        "Durogesic depotplaster 25 mikrogram/time skiftes hver 72. time",
    ],
)
def test_a_patch_is_changed_every_so_many_hours(text: str) -> None:
    dose = read_dose(text)
    assert dose.change_hours == 72
    assert dose.daily() == read_dose("fentanyl td 25 µg/t").daily()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "text",
    [
        "morfin po 2 mg/mL 5 mL x 4",
        "morfin po 20 mg/mL 10 dråper 20 dråper/mL x 6",
        "fentanyl td 12 µg/t skiftes hver 72. time",
    ],
)
def test_reads_back_what_it_writes(text: str, lang: Language) -> None:
    dose = read_dose(text)
    assert read_dose(dose_text(dose, lang)) == dose


@pytest.mark.parametrize(
    ("name", "drug"),
    [
        ("Durogesic", "fentanyl"),
        ("norspan", "buprenorphine"),
        ("Reltebon Depot", "oxycodone"),
        ("Dolcontin", "morphine"),
        ("Hydofon", "hydromorphone"),
    ],
)
def test_a_trade_name_that_a_source_names_is_its_drug(name: str, drug: str) -> None:
    assert read_preparation(f"{name} po").drug == drug


def test_every_trade_name_says_which_source_names_it() -> None:
    assert all(brand.source for one in drugs().values() for brand in one.brands)


@pytest.mark.parametrize("route", ["epidural", "epiduralt", "intratekal", "spinal"])
def test_epidural_doses_are_refused(route: str) -> None:
    with pytest.raises(DoseError, match="not converted"):
        read_line(f"morfin {route} 4 mg/d")


def test_a_list_has_fixed_doses_and_doses_as_needed() -> None:
    lines = read_regimen(
        "Dolcontin po 30 mg x 2\n\nmorfin po 10 mg ved behov, gitt 3 ganger siste døgn;"
        "fentanyl td 12 µg/t skiftes hver 72. time; oksykodon po 5 mg ved behov"
    )
    assert [(line.use, line.given) for line in lines] == [
        ("fixed", 0),
        ("as_needed", 3),
        ("fixed", 0),
        ("as_needed", 0),
    ]
    doses = daily_doses(lines)
    assert [dose.daily().amount for dose in doses] == [60, 30, 12]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("given", [0, 1, 4])
def test_reads_back_a_line_as_it_is_told(given: int, lang: Language) -> None:
    line = RegimenLine(read_dose("morfin po 10 mg"), "as_needed", given)
    assert read_line(render(line.message, lang)) == line


@pytest.mark.parametrize(
    "text",
    [
        "morfin po 10 mg x 4 ved behov",
        "morfin po 60 mg/d ved behov",
        "morfin po 10 mg gitt 3 ganger",
        "morfin po 10 mg ved behov, gitt 60 ganger",
        "ved behov",
    ],
)
def test_a_line_that_can_be_misread_is_not_read(text: str) -> None:
    with pytest.raises(DoseError):
        read_line(text)


PIECES = st.sampled_from(
    [
        "morfin",
        "po",
        "2",
        "mg",
        "/",
        "mL",
        "5",
        "dråper",
        "x 4",
        "ved behov",
        "gitt",
        "3",
        "ganger",
        "skiftes",
        "hver",
        "72.",
        "time",
        "fentanyl",
        "td",
        "µg/t",
        ",",
        ";",
    ]
)


@given(st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=12).map(" ".join)))
def test_any_text_gives_a_list_or_a_dose_error(text: str) -> None:
    try:
        lines = read_regimen(text)
    except DoseError as error:
        for lang in LANGUAGES:
            event(render(error.message, lang)[-40:])
    else:
        assert all(isinstance(line.dose, Dose) for line in lines)


@given(
    strength=st.decimals("0.1", 100, places=1),
    volume=st.decimals("0.1", 20, places=1),
    times=st.integers(1, 12),
)
def test_a_volume_is_worth_what_its_milligrams_are(
    strength: Decimal, volume: Decimal, times: int
) -> None:
    by_volume = read_dose(f"morfin po {strength} mg/mL {volume} mL x {times}")
    assert by_volume.daily().amount == strength * volume * times
