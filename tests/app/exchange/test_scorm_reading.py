"""What is typed in a package is read as the engine reads it, or not at all."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from tests.app.exchange.static_player import ask

from pallkit.doses import read_measure, read_quantity, shown, with_unit
from pallkit.errors import PallkitError
from pallkit.i18n import number, render
from pallkit.privacy import holds_identity_number, refuse_identity_numbers
from pallkit.pump import read_rate
from pallkit_app.exchange.scorm.steps import units_of
from pallkit_app.exchange.scorm.templates import filled

TEXTS = {**filled("nb"), "unread": "{text} / {unit}"}
ASKED = ("mg/24 t", "mg", "µg/t", "ml/t")
NUMBERS = (
    *(
        "40",
        "2,5",
        "2.5",
        "0,125",
        "0.5",
        "0",
        "0,0",
        "1 000",
        "1 000,5",
        "1\u00a0000",
        "1\u202f000",
    ),
    *("1.000", "1,000", "1.234", "12,345", "999.999", "26,6667", "05", "007", ".5", ",5", "00,5"),
    *("1 00", "1 0000", "10 000", "1  000", "1.2.3", "1,,2", "1,", "1.", "1, 5", "1 ,5", " 40 "),
    *("1234567890", "123456789", "0,1234567890", "٣", "４０", "½", "1e3", "+5", "-5", "−5", "5-10"),
    *("", " ", "førti", "NaN", "∞", "40 ", "\t40\n", "1\n000", "3 1/2", "40 %", "0x10", "10^3"),
)
WRITTEN = (
    *("", " mg", "mg", " MG", " mg/24 t", " mg/24t", " mg / 24 t", " mg/24 h", " mg/døgn", " mg/d"),
    *(
        " mg per døgn",
        " mg daglig",
        " mg/t",
        " mg/24",
        " mg x 2",
        " mg x 1",
        " µg",
        " μg/t",
        " µg/t",
    ),
    *(
        " mcg/h",
        " mikrogram per time",
        " µg/24 t",
        " g",
        " ml",
        " ml/t",
        " mL/h",
        " ml/24 t",
        " ml",
    ),
    *(" mg/ml 2 ml", " morfin", "mg morfin sc", " mg mg", " mg.", "..mg", " milligram", " mg/dose"),
)


def engine(typed: str, unit: str) -> Decimal | str:
    """The amount in ``unit`` as the engine reads it, or why it does not."""
    try:
        refuse_identity_numbers(typed)
        text = with_unit(typed.strip(), unit)
        if unit == "ml/t":
            return read_rate(text)
        return read_quantity(text).to(read_measure(unit)).amount
    except PallkitError as error:
        return render(error.message, "nb")


def player(texts: list[tuple[str, str]], folder: Path) -> list[Any]:
    with_units = ask("reading.js", [["withUnit", typed, unit] for typed, unit in texts], folder)
    calls = [
        ["readAmount", text, {"units": list(units_of(unit)), "unit": unit}, TEXTS]
        for text, (_typed, unit) in zip(with_units, texts, strict=True)
    ]
    return ask("reading.js", calls, folder)


def hold_against_the_engine(texts: list[tuple[str, str]], folder: Path) -> int:
    """Whatever the player takes, the engine takes as the same; gives how many that were."""
    taken = 0
    for (typed, unit), answer in zip(texts, player(texts, folder), strict=True):
        if "decimal" in answer:
            taken += 1
            assert engine(typed, unit) == Decimal(answer["decimal"]), (typed, unit)
        else:
            assert answer["refused"], (typed, unit)
    return taken


def test_what_the_player_takes_the_engine_takes_as_the_same(tmp_path: Path) -> None:
    texts = [(f"{one}{more}", unit) for one in NUMBERS for more in WRITTEN for unit in ASKED]
    assert hold_against_the_engine(texts, tmp_path) > 300


def test_so_it_is_with_any_signs_at_all(tmp_path: Path, *, whole: bool) -> None:
    chance = random.Random("signs")  # noqa: S311  # a seeded walk, not a secret
    signs = "0123456789.,  \u00a0/xmgµtlhdø24-−"
    texts = [
        ("".join(chance.choices(signs, k=chance.randint(1, 9))), chance.choice(ASKED))
        for _count in range(40_000 if whole else 2_000)
    ]
    assert hold_against_the_engine(texts, tmp_path) > 100


@pytest.mark.parametrize("unit", ASKED)
def test_a_number_alone_is_refused_with_the_engines_own_words(unit: str, tmp_path: Path) -> None:
    alone = [(one, unit) for one in NUMBERS if with_unit(one.strip(), unit) != one.strip()]
    for (typed, _unit), answer in zip(alone, player(alone, tmp_path), strict=True):
        wanted = engine(typed, unit)
        if isinstance(wanted, Decimal):
            assert Decimal(answer["decimal"]) == wanted
        elif " / " not in answer["refused"]:  # else it is no number at all
            assert answer["refused"] == wanted


@pytest.mark.parametrize("unit", ASKED)
def test_every_way_to_write_a_unit_means_that_unit(unit: str) -> None:
    assert units_of(unit)
    for one in units_of(unit):
        assert engine(f"7 {one}", unit) == 7


def test_reads_a_table_of_texts_as_a_person_would_expect(tmp_path: Path) -> None:
    day = "mg/24 t"
    table = {
        ("40", day): "40",
        ("40 mg/24 t", day): "40",
        ("40mg/døgn", day): "40",
        ("26,7", day): "26.7",
        ("0,25 mL/t", "ml/t"): "0.25",
        ("25 μg/t", "µg/t"): "25",
        ("40 mg", day): None,
        ("20 mg x 2", day): None,
        ("1.000", day): None,
        ("40 mg/24 t", "mg"): None,
    }
    answers = player(list(table), tmp_path)
    assert [one.get("decimal") for one in answers] == list(table.values())
    assert answers[6]["refused"] == f"40 mg / {day}"
    assert "to måter" in answers[8]["refused"]


def test_divides_and_rounds_as_the_engine_does(tmp_path: Path) -> None:
    chance = random.Random("numbers")  # noqa: S311  # a seeded walk, not a secret
    pairs = [(_some(chance), _some(chance)) for _count in range(500)]
    pairs += [
        (Decimal(1), Decimal(3)),
        (Decimal(2), Decimal(3)),
        (Decimal("0.05"), Decimal("26.6")),
    ]
    divided = ask("numbers.js", [["over", _out(one), _out(by)] for one, by in pairs], tmp_path)
    rounded = ask("numbers.js", [["readable", _out(one / by)] for one, by in pairs], tmp_path)
    for (one, by), share, text in zip(pairs, divided, rounded, strict=True):
        assert share["decimal"] == number(one / by, "en")
        assert text["decimal"] == number(shown(one / by), "en")


def _some(chance: random.Random) -> Decimal:
    digits = chance.randint(1, 10 ** chance.randint(1, 14))
    return Decimal(digits).scaleb(-chance.randint(0, 9))


def _out(number_: Decimal) -> dict[str, str]:
    return {"decimal": format(number_, "f")}


def test_an_identity_number_is_refused_and_never_repeated(tmp_path: Path) -> None:
    texts = (
        "01019012345",
        "010190 12345",
        "Kari, 01.01.90-123 45",
        "０１０１９０１２３４５",
        "01\u00ad0190\u200b12345",
    )
    texts += ("10 20 30 40 50 60", "12 34 56", "1 000 000", "2026-11-22 13:30")
    answers = ask("reading.js", [["refuseIdentity", one, TEXTS] for one in texts], tmp_path)
    for text, answer in zip(texts, answers, strict=True):
        assert (answer is not None) is holds_identity_number(text), text
        assert answer is None or text not in answer["refused"]
