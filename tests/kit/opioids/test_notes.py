"""Safety and timing notes: shown when they belong, with every source's own words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pallkit import content
from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import LANGUAGES
from pallkit.opioids import (
    Conversion,
    Omeq,
    Range,
    Situation,
    all_notes,
    convert,
    notes,
    omeq,
    ratio_set,
    situation_of,
)
from pallkit.opioids.notes import Flag


def situation(
    given: str, to: str | None = None, *flags: Flag, gfr: int | None = None, omeq: int | None = None
) -> Situation:
    return Situation(
        given=(read_preparation(given),),
        to=None if to is None else read_preparation(to),
        oral_morphine=None if omeq is None else Range.exactly(Decimal(omeq)),
        gfr=None if gfr is None else Decimal(gfr),
        flags=frozenset(flags),
    )


def shown(of: Situation) -> set[str]:
    return {note.id for note in notes(of)}


@pytest.mark.parametrize(
    ("of", "note"),
    [
        pytest.param(situation("morfin po", gfr=59), "renal", id="GFR 59"),
        pytest.param(situation("morfin po", None, "renal"), "renal", id="GFR not known"),
        pytest.param(situation("morfin po", None, "liver"), "liver", id="liver"),
        pytest.param(situation("morfin po", None, "frail"), "frail", id="frail"),
        pytest.param(situation("morfin po", None, "naive"), "naive-start", id="naive"),
        pytest.param(
            situation("morfin po", "fentanyl td", "naive"),
            "naive-patch",
            id="a patch too soon",
        ),
        pytest.param(situation("metadon po"), "methadone", id="methadone"),
        pytest.param(situation("kodein po"), "cyp2d6", id="codeine"),
        pytest.param(situation("morfin po", "tramadol po"), "cyp2d6", id="to tramadol"),
        pytest.param(situation("morfin po", None, "driving"), "driving", id="driving"),
        pytest.param(situation("morfin po", None, "driving", omeq=301), "driving-300", id="301 mg"),
        pytest.param(situation("morfin po", None, "increase"), "increase", id="one step up"),
        pytest.param(situation("morfin po", omeq=200), "high-dose", id="from 200 mg"),
        pytest.param(situation("morfin po"), "laxative", id="everybody"),
        pytest.param(situation("morfin po", "fentanyl td"), "to-fentanyl-patch", id="to a patch"),
        pytest.param(situation("fentanyl td", "morfin po"), "from-fentanyl-patch", id="from one"),
        pytest.param(situation("fentanyl td", None, "dying"), "dying-with-patch", id="dying"),
        pytest.param(situation("morfin po", "morfin sc"), "oral-to-sc", id="to a driver"),
    ],
)
def test_a_note_is_shown_when_it_belongs(of: Situation, note: str) -> None:
    assert note in shown(of)


@pytest.mark.parametrize(
    ("of", "note"),
    [
        pytest.param(situation("morfin po", gfr=60), "renal", id="GFR 60"),
        pytest.param(situation("morfin po"), "renal", id="GFR not asked about"),
        pytest.param(situation("morfin po", "fentanyl td"), "naive-patch", id="not naive"),
        pytest.param(situation("fentanyl iv", None, "dying"), "dying-with-patch", id="no patch"),
        pytest.param(situation("morfin po", None, "driving", omeq=300), "driving-300", id="300 mg"),
        pytest.param(situation("morfin po", omeq=199), "high-dose", id="below 200 mg"),
        pytest.param(situation("fentanyl td"), "from-fentanyl-patch", id="nothing changes"),
        pytest.param(situation("morfin sc", "morfin po"), "oral-to-sc", id="the other way"),
        pytest.param(situation("morfin po"), "cyp2d6", id="morphine"),
    ],
)
def test_a_note_is_not_shown_when_it_does_not(of: Situation, note: str) -> None:
    assert note not in shown(of)


def test_where_sources_differ_each_says_its_own() -> None:
    by_id = {note.id: note for note in all_notes()}
    renal = " ".join(one.text.en for one in by_id["renal"].says)
    assert all(threshold in renal for threshold in ("60", "50", "30"))
    assert len({one.sources for one in by_id["renal"].says}) == 6
    waits = [one.text.nb for one in by_id["driving"].says]
    assert any("én uke" in text for text in waits)
    assert any("to uker" in text for text in waits)


@pytest.mark.parametrize(("given", "told"), [(0, False), (1, False), (2, True), (6, True)])
def test_many_doses_as_needed_are_told(given: int, *, told: bool) -> None:
    of = Situation((read_preparation("morfin po"),), as_needed=given)
    assert ("rescue-often" in shown(of)) is told


def test_timing_and_safety_can_be_asked_for_apart() -> None:
    of = situation("morfin po", "fentanyl td")
    assert {note.topic for note in notes(of, "timing")} == {"timing"}
    assert {note.topic for note in notes(of, "safety")} == {"safety"}


def test_every_source_of_a_note_is_in_the_bibliography_and_every_text_in_all_languages() -> None:
    known = {source["id"] for source in content.table("sources")}
    for note in all_notes():
        assert note.says
        for one in note.says:
            assert one.sources
            assert set(one.sources) <= known
        texts = [note.to_json(lang)["says"] for lang in LANGUAGES]
        assert all(says["text"] for text in texts for says in text)


def test_an_answer_has_its_own_situation() -> None:
    table = ratio_set("helsedirektoratet")
    counted = omeq([read_dose("oksykodon po 80 mg x 2")], table)
    assert isinstance(counted, Omeq)
    assert "high-dose" in shown(situation_of(counted))
    changed = convert([read_dose("fentanyl td 25 µg/t")], read_preparation("morfin po"), table)
    assert isinstance(changed, Conversion)
    assert "from-fentanyl-patch" in shown(situation_of(changed))


@given(gfr=st.decimals(0, 120, places=1), omeq=st.decimals("0.1", 900, places=1))
def test_a_lower_gfr_never_hides_a_note(gfr: Decimal, omeq: Decimal) -> None:
    preparation = read_preparation("morfin po")
    worse, better = (
        shown(Situation((preparation,), None, Range.exactly(omeq), value))
        for value in (gfr, gfr + 1)
    )
    assert better <= worse
