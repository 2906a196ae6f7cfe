"""Tables that are not a list of ratios: printed lines, bands with one dose, caps, purpose."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row, words

from pallkit.doses import Route, read_dose, read_preparation
from pallkit.i18n import LANGUAGES, render
from pallkit.opioids import Conversion, Direction, Omeq, RatioSet, Refusal, convert, omeq
from pallkit.opioids.bands import falls
from pallkit.opioids.ratio_sets import Cap, Reversible
from pallkit.opioids.rows import Band, Printed

ORAL, TD = Route.ORAL, Route.TRANSDERMAL
ONE_WAY, LOOKUP = Direction.FROM_ORAL_MORPHINE_ONLY, Direction.LOOKUP_ONLY


def line(dose: str, morphine: str) -> object:
    return row("oxycodone", ORAL, LOOKUP, printed=Printed(Decimal(dose), Decimal(morphine)))


def band(low: str, high: str | None, ratio: str, drug: str = "hydromorphone") -> object:
    ends = Band(Decimal(low), None if high is None else Decimal(high))
    return row(drug, ORAL, ONE_WAY, ratio, band=ends)


@pytest.fixture
def with_rows(table: RatioSet) -> Callable[..., RatioSet]:
    return lambda *rows, **more: replace(table, rows=rows, **more)


def change(table: RatioSet, dose: str, to: str, *, demo: bool = False) -> Conversion | Refusal:
    return convert([read_dose(dose)], read_preparation(to), table, demonstration=demo)


def test_a_printed_line_answers_with_its_dose(with_rows: Callable[..., RatioSet]) -> None:
    table = with_rows(line("30", "60"), line("50", "90"))
    done = change(table, "morfin po 30 mg x 2", "oksykodon po")
    assert isinstance(done, Conversion)
    assert done.target.low == done.target.high == 30


@pytest.mark.parametrize("amount", ["59,9", "60,1", "75", "200"])
def test_between_the_lines_nothing_is_calculated_and_the_lines_are_named(
    with_rows: Callable[..., RatioSet], amount: str
) -> None:
    table = with_rows(line("30", "60"), line("50", "90"))
    refusal = change(table, f"morfin po {amount} mg/d", "oksykodon po")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "printed_rows_only"
    assert "for 60, 90 mg oral morphine/24 h" in str(refusal.message)


def test_a_printed_line_is_never_read_backwards(
    with_rows: Callable[..., RatioSet], refused: Callable[[object], str]
) -> None:
    table = with_rows(line("30", "60"))
    assert refused(omeq([read_dose("oksykodon po 30 mg/d")], table)) == "printed_rows_only"
    assert refused(change(table, "oksykodon po 30 mg/d", "morfin po")) == "printed_rows_only"


@pytest.mark.parametrize(("amount", "patch"), [("45", 12), ("59", 12), ("60", 25), ("134", 25)])
def test_a_band_may_print_one_dose(
    with_rows: Callable[..., RatioSet], amount: str, patch: int
) -> None:
    table = with_rows(
        *(
            replace(
                row("fentanyl", TD, ONE_WAY, "1"),
                ratio=None,
                unit="µg/h",
                gives=Decimal(gives),
                band=Band(Decimal(low), Decimal(high)),
            )
            for gives, low, high in ((12, 45, 59), (25, 60, 134))
        )
    )
    done = change(table, f"morfin po {amount} mg/d", "fentanyl td")
    assert isinstance(done, Conversion)
    assert done.target.point == patch
    assert "lies in" in str(done.receipt.steps[-1].text)
    gap = change(table, "morfin po 59,5 mg/d", "fentanyl td")
    assert isinstance(gap, Refusal)
    assert gap.code == "outside_bands"


def test_an_answer_above_the_tables_own_cap_is_refused(
    with_rows: Callable[..., RatioSet],
) -> None:
    cap = Cap("oxycodone", (ORAL,), Decimal(40))
    table = with_rows(line("30", "60"), line("50", "90"), caps=(cap,))
    assert isinstance(change(table, "morfin po 60 mg/d", "oksykodon po"), Conversion)
    refusal = change(table, "morfin po 90 mg/d", "oksykodon po")
    assert isinstance(refusal, Refusal)
    assert refusal.code == "over_cap"
    assert "50 mg/24 h" in str(refusal.message)
    assert "at most 40 mg/24 h" in str(refusal.message)


def test_an_answer_at_the_cap_itself_is_given(with_rows: Callable[..., RatioSet]) -> None:
    cap = Cap("oxycodone", (ORAL,), Decimal(50))
    table = with_rows(line("50", "90"), caps=(cap,))
    assert isinstance(change(table, "morfin po 90 mg/d", "oksykodon po"), Conversion)
    with_own = convert(
        [read_dose("morfin po 90 mg/d"), read_dose("oksykodon po 1 mg/d")],
        read_preparation("oksykodon po"),
        table,
    )
    assert isinstance(with_own, Refusal)
    assert with_own.code == "over_cap"


def test_bands_that_meet_at_the_same_dose_do_not_fall(with_rows: Callable[..., RatioSet]) -> None:
    table = with_rows(band("30", "60", "6"), band("61", "120", "6.1"))
    assert falls(table.rows) == ()


def test_a_counting_table_is_not_for_changing_until_somebody_has_signed(table: RatioSet) -> None:
    counting = replace(table, made_for="counting")
    dose = "oksykodon po 20 mg/d"
    assert isinstance(omeq([read_dose(dose)], counting), Omeq)
    for to in ("morfin po", "tramadol po"):
        refusal = change(counting, dose, to)
        assert isinstance(refusal, Refusal)
        assert refusal.code == "counting_only"
    signed = replace(counting, reversible=Reversible("invented-source", words("it says so")))
    done = change(signed, dose, "morfin po")
    assert isinstance(done, Conversion)
    assert any(
        "made for counting and is used here for changing: it says so" in str(step.text)
        for step in done.receipt.steps
    )


def test_the_learner_is_told_where_more_gives_less(with_rows: Callable[..., RatioSet]) -> None:
    table = with_rows(band("90", "299", "6"), band("300", "599", "8"), band("600", None, "8"))
    said = "More gives less here: 299 mg oral morphine/24 h is 49.8 mg/24 h, but 300 mg is 37.5"
    for amount in ("150", "400"):
        done = change(table, f"morfin po {amount} mg/d", "hydromorfon po")
        assert isinstance(done, Conversion)
        assert any(said in str(warning) for warning in done.warnings)
    above = change(table, "morfin po 700 mg/d", "hydromorfon po")
    assert isinstance(above, Conversion)
    assert above.warnings == ()


def test_two_bands_for_one_amount_are_not_chosen_between(
    with_rows: Callable[..., RatioSet],
) -> None:
    table = with_rows(band("30", "90", "5"), band("90", "200", "6"))
    refusal = change(table, "morfin po 90 mg/d", "hydromorfon po")
    assert isinstance(refusal, Refusal)
    assert "More than one row" in str(refusal.message)


def test_falls_are_found_among_printed_lines_too() -> None:
    rows = [line("30", "60"), line("25", "90"), line("80", "150")]
    [fall] = falls(rows)  # type: ignore[arg-type]  # the helper's rows are rows
    assert (fall.before.amount, fall.after.amount) == (30, 25)


def test_methadone_opens_for_a_demonstration_one_way_only(
    with_rows: Callable[..., RatioSet], refused: Callable[[object], str]
) -> None:
    table = with_rows(band("30", "89", "5", "methadone"))
    assert refused(change(table, "morfin po 60 mg/d", "metadon po")) == "locked"
    done = change(table, "morfin po 60 mg/d", "metadon po", demo=True)
    assert isinstance(done, Conversion)
    assert done.target.point == 12
    assert any("demonstration for specialists" in str(warning) for warning in done.warnings)
    assert refused(change(table, "morfin po 29 mg/d", "metadon po", demo=True)) == "outside_bands"
    assert refused(change(table, "metadon po 12 mg/d", "morfin po", demo=True)) == "locked"


@pytest.mark.parametrize(
    ("more", "mark"),
    [
        ({"seen": "copy"}, "lest fra kopi"),
        ({"seen": "second_hand"}, "kjent på annen hånd"),
        ({"local": True}, "øvingstabell"),
        ({}, ""),
    ],
)
def test_a_set_carries_its_mark(table: RatioSet, more: dict[str, object], mark: str) -> None:
    marked = replace(table, **more)  # type: ignore[arg-type]  # the fields are the test's
    assert marked.to_json("nb")["mark"] == mark
    assert bool(marked.warnings) is bool(mark)
    for lang in LANGUAGES:
        assert all(render(warning, lang) for warning in marked.warnings)


def test_a_replaced_set_names_its_successor_and_is_not_listed(table: RatioSet) -> None:
    old = replace(table, superseded_by="invented-2027")
    assert not old.listed
    assert "invented-2027" in str(old.warnings[0])
