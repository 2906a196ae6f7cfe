"""One row of a table: which of its figures counts, how it is read, and what makes it no row."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Route
from pallkit.i18n import render
from pallkit.opioids import Direction, Range, Row
from pallkit.opioids.rows import Band, Printed

PAIR = Printed(Decimal("6.6"), Decimal(10))
LOW, HIGH = Decimal("1.3"), Decimal(2)


def made(*ratio: str, **more: object) -> Row:
    return row("oxycodone", Route.ORAL, Direction.BOTH, *ratio, **more)


def for_a_band(gives: str, low: str, high: str, **more: object) -> Row:
    band = Band(Decimal(low), Decimal(high))
    plain = replace(made("1"), direction=Direction.FROM_ORAL_MORPHINE_ONLY)
    return replace(plain, ratio=None, gives=Decimal(gives), band=band, **more)  # type: ignore[arg-type]  # the fields are the test's


def in_a_band(ratio: str, way: Direction) -> Row:
    return row("oxycodone", Route.ORAL, way, ratio, band=Band(Decimal(30), Decimal(60)))


@pytest.mark.parametrize(
    ("found", "per_dose", "worth"),
    [
        pytest.param(made("1.5"), "1", ("1.5", "1.5", "1.5"), id="a ratio"),
        pytest.param(made("1.5", "1.3", "2"), "1", ("1.3", "1.5", "2"), id="in a spread"),
        pytest.param(made("1.5", low=LOW), "1", ("1.3", "1.5", "1.5"), id="with a low end only"),
        pytest.param(made("1.5", high=HIGH), "1", ("1.5", "1.5", "2"), id="with a high end only"),
        pytest.param(made(low=LOW, high=HIGH), "1", ("1.3", None, "2"), id="only a spread"),
        pytest.param(made(printed=PAIR), "6.6", ("10", "10", "10"), id="only a printed pair"),
        pytest.param(made("1.5", printed=PAIR), "1", ("1.5", "1.5", "1.5"), id="ratio over pair"),
        pytest.param(
            made(low=LOW, high=HIGH, printed=PAIR), "1", ("1.3", None, "2"), id="spread over pair"
        ),
        pytest.param(for_a_band("12", "45", "59"), "12", ("45", None, "59"), id="for a band"),
        pytest.param(
            for_a_band("12", "45", "59", printed=PAIR),
            "12",
            ("45", None, "59"),
            id="band over pair",
        ),
        pytest.param(
            in_a_band("2", Direction.FROM_ORAL_MORPHINE_ONLY), "1", ("2", "2", "2"), id="in a band"
        ),
    ],
)
def test_which_figure_counts(found: Row, per_dose: str, worth: tuple[str, str | None, str]) -> None:
    low, point, high = worth
    middle = None if point is None else Decimal(point)
    assert found.per_dose == Decimal(per_dose)
    assert found.worth == Range(Decimal(low), middle, Decimal(high))


@pytest.mark.parametrize(
    ("found", "read"),
    [
        (made("1.5"), "1,5"),
        (made("1.5", "1.3", "2"), "1,5 (1,3–2)"),
        (made(printed=PAIR), "6,6 = 10 mg"),
        (for_a_band("12", "45", "59"), "12 = 45–59 mg"),
    ],
)
def test_is_read_as_it_is_printed(found: Row, read: str) -> None:
    assert render(found.message, "nb") == read


@pytest.mark.parametrize(
    ("figures", "why"),
    [
        pytest.param({}, "no ratio, no printed pair and no spread", id="nothing"),
        pytest.param({"low": LOW}, "no ratio, no printed pair and no spread", id="a low end"),
        pytest.param({"high": HIGH}, "no ratio, no printed pair and no spread", id="a high end"),
        pytest.param({"gives": HIGH}, "needs both ends", id="one dose for no band"),
        pytest.param(
            {"gives": HIGH, "band": Band(Decimal(30))}, "needs both ends", id="for an open band"
        ),
        pytest.param({"ratio": Decimal(0)}, "above 0", id="a ratio of 0"),
        pytest.param({"low": Decimal(0), "high": HIGH}, "above 0", id="a spread from 0"),
        pytest.param({"printed": Printed(Decimal(0), HIGH)}, "above 0", id="a pair of nothing"),
        pytest.param({"printed": Printed(HIGH, Decimal(0))}, "above 0", id="a pair worth nothing"),
        pytest.param(
            {"gives": Decimal(0), "band": Band(LOW, HIGH)}, "above 0", id="a band that gives 0"
        ),
    ],
)
def test_a_row_that_cannot_be_calculated_with_is_refused(
    figures: dict[str, object], why: str
) -> None:
    with pytest.raises(ValueError, match=f"oxycodone: .*{why}"):
        made(**figures)


def test_a_printed_line_holds_for_its_own_amount_and_for_nothing_wider() -> None:
    line = replace(made(printed=PAIR), direction=Direction.LOOKUP_ONLY)
    assert line.holds(Range.exactly(Decimal(10)))
    assert not line.holds(Range(Decimal(9), Decimal(10), Decimal(11)))
    assert not replace(line, printed=None, ratio=Decimal(2)).holds(Range.exactly(Decimal(10)))


def test_goes_to_morphine_and_back_by_the_printed_pair() -> None:
    pair = made(printed=PAIR)
    assert pair.morphine(Range.exactly(Decimal("3.3"))) == Range.exactly(Decimal(5))
    assert pair.amount(Range.exactly(Decimal(5))) == Range.exactly(Decimal("3.3"))


@pytest.mark.parametrize("way", [way for way in Direction if way.counts])
def test_a_band_of_oral_morphine_never_counts_a_dose_whose_morphine_is_not_known_yet(
    way: Direction,
) -> None:
    with pytest.raises(ValueError, match="goes from oral morphine only"):
        in_a_band("5", way)
