"""What a note is told by: the answer, the invented patient, and what is left behind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.doses import read_dose, read_preparation
from pallkit.i18n import LANGUAGES, Language, render
from pallkit.opioids import (
    Conversion,
    Omeq,
    Situation,
    all_notes,
    convert,
    notes,
    omeq,
    ratio_set,
    situation_of,
)
from pallkit.opioids.notes import Flag

TABLE = "helsedirektoratet"


def ids(of: Situation) -> set[str]:
    return {note.id for note in notes(of)}


def test_a_situation_has_all_that_is_known_of_the_patient() -> None:
    doses = [read_dose("morfin po 30 mg x 2"), read_dose("morfin po 10 mg x 3")]
    counted = omeq(doses, ratio_set(TABLE))
    assert isinstance(counted, Omeq)
    flags: frozenset[Flag] = frozenset({"frail", "driving"})
    found = situation_of(counted, gfr=Decimal(29), flags=flags, as_needed=3)
    assert found == Situation(
        given=(read_preparation("morfin po"),),
        to=None,
        oral_morphine=counted.oral_morphine,
        gfr=Decimal(29),
        flags=flags,
        as_needed=3,
    )
    assert len({found, situation_of(counted, gfr=Decimal(29), flags=flags, as_needed=3)}) == 1
    assert {"renal", "frail", "driving", "rescue-often"} <= ids(found)


def test_a_change_has_what_is_changed_to() -> None:
    done = convert(
        [read_dose("fentanyl td 25 µg/t")], read_preparation("morfin po"), ratio_set(TABLE)
    )
    assert isinstance(done, Conversion)
    assert situation_of(done).to == read_preparation("morfin po")


@pytest.mark.parametrize(
    ("given", "to", "told"),
    [
        pytest.param(["fentanyl td"], "morfin po", True, id="the patch is left"),
        pytest.param(["fentanyl td", "morfin po"], "morfin po", True, id="one stays, it is left"),
        pytest.param(["fentanyl td", "morfin po"], "fentanyl td", False, id="the patch stays"),
        pytest.param(["fentanyl td"], None, False, id="nothing changes"),
    ],
)
def test_what_stays_is_not_left_behind(given: list[str], to: str | None, *, told: bool) -> None:
    of = Situation(
        given=tuple(read_preparation(text) for text in given),
        to=None if to is None else read_preparation(to),
    )
    assert ("from-fentanyl-patch" in ids(of)) is told


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_note_carries_each_sources_words_to_the_page(lang: Language) -> None:
    note = next(note for note in all_notes() if len(note.says) > 1)
    assert note.to_json(lang) == {
        "id": note.id,
        "topic": note.topic,
        "says": [
            {"text": render(one.text, lang), "sources": list(one.sources)} for one in note.says
        ],
    }


def test_the_same_situation_has_the_same_notes() -> None:
    of = Situation((read_preparation("morfin po"),))
    assert len({notes(of), notes(of)}) == 1
