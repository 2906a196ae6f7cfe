"""An invented ratio set: so that a new edition of a real table never breaks the arithmetic's tests.

The drugs are real names, because a dose must name one; every figure is made up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from pallkit.doses import Route
from pallkit.i18n import Words
from pallkit.opioids import Direction, RatioSet, Refusal, Row
from pallkit.opioids.ratio_sets import Reversible
from pallkit.opioids.rows import Band, Printed


def words(text: str) -> Words:
    return Words(text, text, text)


def row(drug: str, route: Route, direction: Direction, *ratio: str, **more: object) -> Row:
    figures = dict(zip(("ratio", "low", "high"), map(Decimal, ratio), strict=False))
    return Row(drug, (route,), "mg/24 h", direction, **figures, **more)  # type: ignore[arg-type]  # a test's shorthand


@pytest.fixture
def table() -> RatioSet:
    oral, sc, td = Route.ORAL, Route.SUBCUTANEOUS, Route.TRANSDERMAL
    band = Direction.FROM_ORAL_MORPHINE_ONLY
    return RatioSet(
        id="invented",
        source="invented-source",
        title="An invented table",
        publisher="Nobody",
        date=words("2026"),
        address="https://example.org",
        seen="original",
        purpose=words("testing"),
        not_for=words("anything else"),
        rights=words("free"),
        made_for="switching",
        rows=(
            row("tramadol", oral, Direction.BOTH, "0.5", "0.4", "0.8"),
            row("oxycodone", oral, Direction.BOTH, "2"),
            row("oxycodone", sc, Direction.BOTH, "4"),
            row("codeine", oral, Direction.TO_ORAL_MORPHINE, "0.1"),
            row("morphine", sc, band, "4", one_way=words("Because it is invented.")),
            row("tapentadol", oral, Direction.COMPARISON_ONLY, "0.3"),
            row("pethidine", oral, Direction.SURVEY_ONLY, low=Decimal(1), high=Decimal(2)),
            row("ketobemidone", oral, Direction.LOOKUP_ONLY, "1"),
            row("fentanyl", td, Direction.BOTH, "100", "80", "120"),
            row("buprenorphine", td, Direction.BOTH, "100"),
            row("diamorphine", sc, Direction.BOTH, printed=Printed(Decimal(3), Decimal(10))),
            row("hydrocodone", oral, Direction.BOTH, low=Decimal(1), high=Decimal("1.5")),
            row("hydromorphone", oral, band, "5", band=Band(Decimal(30), Decimal(89))),
            row("hydromorphone", oral, band, "8", band=Band(Decimal(90))),
            row("methadone", oral, band, "5", band=Band(Decimal(30), Decimal(89))),
        ),
    )


@pytest.fixture
def reversible(table: RatioSet) -> RatioSet:
    return replace(table, reversible=Reversible("invented-source", words("it says so")))


@pytest.fixture
def refused() -> Callable[[object], str]:
    def code(answer: object) -> str:
        assert isinstance(answer, Refusal), answer
        return answer.code

    return code
