"""A figure in a table of ours is exact, or it is refused with where and why."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest

from pallkit.doses.structuring import structure
from pallkit.errors import ContentError


@dataclass(frozen=True)
class Figure:
    """One figure with a name."""

    name: str
    value: Decimal

    def __post_init__(self) -> None:
        if self.value == 13:
            message = "13 brings bad luck"
            raise ValueError(message)


def figure(value: object) -> Decimal:
    return structure({"name": "one", "value": value}, Figure, where="figures.yaml").value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        pytest.param(3, Decimal(3), id="a whole number"),
        pytest.param("1.50", Decimal("1.50"), id="a decimal number, as it is written"),
        pytest.param("-2", Decimal(-2), id="below 0"),
        pytest.param("3/4", Decimal("0.75"), id="a fraction"),
        pytest.param("10/8", Decimal("1.25"), id="a fraction above 1"),
    ],
)
def test_a_figure_is_read_exactly(raw: object, value: Decimal) -> None:
    assert str(figure(raw)) == str(value)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(1.5, id="a float has been rounded already"),
        pytest.param(True, id="yes is not 1"),
        pytest.param("1,5", id="a comma"),
        pytest.param("1/0", id="by nothing"),
        pytest.param("NaN", id="not a number"),
        pytest.param("1e3", id="a power"),
        pytest.param("", id="nothing"),
        pytest.param(["1"], id="a list"),
        pytest.param(None, id="no value"),
    ],
)
def test_what_is_no_plain_number_is_refused(raw: object) -> None:
    with pytest.raises(ContentError, match=r"figures\.yaml does not fit its format: .*1\.5"):
        figure(raw)


def test_a_value_s_own_check_says_what_it_said() -> None:
    with pytest.raises(ContentError, match="13 brings bad luck"):
        figure(13)


def test_two_faults_are_both_told() -> None:
    with pytest.raises(ContentError) as caught:
        structure({"value": "x", "extra": 1}, Figure, where="figures.yaml")
    told = str(caught.value)
    assert "'x' is not a plain number such as 1.5" in told
    assert "name" in told
    assert "extra" in told
    assert told.count("; ") == 2


def test_a_list_where_a_mapping_is_expected_is_said_to_be_one() -> None:
    with pytest.raises(ContentError, match=r"figures\.yaml .*a mapping of keys is expected"):
        structure([1], Figure, where="figures.yaml")
