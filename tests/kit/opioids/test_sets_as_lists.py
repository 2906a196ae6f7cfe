"""Which sets are listed, what they hold, and what is said when a name is not known."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.kit.opioids.conftest import row

from pallkit.doses import Preparation, Route, read_dose, read_preparation
from pallkit.errors import ConversionError
from pallkit.opioids import (
    Conversion,
    Direction,
    Omeq,
    Range,
    RatioSet,
    Refusal,
    compare,
    omeq,
    ratio_set,
    ratio_set_ids,
    reduction_rule,
    reduction_rules,
    rescue_rule,
)
from pallkit.opioids.comparing import spread
from pallkit.opioids.ratio_sets import ORAL_MORPHINE, Cap

ORAL, SC = Route.ORAL, Route.SUBCUTANEOUS


@pytest.mark.parametrize(
    ("more", "listed"),
    [
        pytest.param({}, True, id="read in the original and in force"),
        pytest.param({"seen": "copy"}, False, id="read from a copy"),
        pytest.param({"seen": "second_hand"}, False, id="known second hand"),
        pytest.param({"superseded_by": "newer"}, False, id="replaced"),
        pytest.param({"made_for": "survey"}, False, id="a survey"),
        pytest.param({"local": True, "seen": "copy"}, True, id="a leader's own, whatever it is"),
        pytest.param({"made_for": "counting"}, True, id="for counting"),
    ],
)
def test_a_list_to_calculate_by_holds_what_is_in_force(
    table: RatioSet, more: dict[str, object], *, listed: bool
) -> None:
    found = replace(table, **more)  # type: ignore[arg-type]  # the fields are the test's
    assert found.listed is listed
    assert found.to_json("nb")["listed"] == ("yes" if listed else "")


@pytest.mark.parametrize(
    ("more", "warnings"),
    [
        ({"local": True}, ["“An invented table” is a practice table that was added here."]),
        ({"seen": "copy"}, ["Read from a copy, not from the original: An invented table."]),
        (
            {"seen": "second_hand"},
            ["Known only from what others write about it: An invented table."],
        ),
        ({"superseded_by": "newer"}, ["“An invented table” has been replaced by “newer”."]),
    ],
)
def test_what_is_wrong_with_a_set_is_said_with_every_answer(
    table: RatioSet, more: dict[str, object], warnings: list[str]
) -> None:
    marked = replace(table, **more)  # type: ignore[arg-type]  # the fields are the test's
    done = omeq([read_dose("morfin po 10 mg/d")], marked)
    assert isinstance(done, Omeq)
    assert [str(warning) for warning in done.warnings] == warnings


def test_a_cap_is_for_its_own_drug_and_routes(table: RatioSet) -> None:
    caps = (Cap("oxycodone", (SC,), Decimal(40)), Cap("fentanyl", (ORAL, SC), Decimal(1)))
    capped = replace(table, caps=caps)
    assert capped.cap(Preparation("oxycodone", SC)) == 40
    assert capped.cap(Preparation("oxycodone", ORAL)) is None
    assert capped.cap(Preparation("fentanyl", SC)) == 1
    assert capped.cap(Preparation("morphine", SC)) is None


def test_oral_morphine_is_in_every_set_by_the_sets_own_row_where_it_has_one(
    table: RatioSet,
) -> None:
    [hub] = table.rows_of(ORAL_MORPHINE)
    assert (hub.ratio, hub.direction, hub.unit) == (1, Direction.BOTH, "mg/24 h")
    own = row("morphine", ORAL, Direction.TO_ORAL_MORPHINE, "1")
    assert replace(table, rows=(own,)).rows_of(ORAL_MORPHINE) == (own,)
    assert table.rows_of(Preparation("morphine", Route.RECTAL)) == ()


def test_a_set_names_each_preparation_once_in_its_own_order(table: RatioSet) -> None:
    rows = (
        replace(row("oxycodone", SC, Direction.BOTH, "2"), routes=(SC, ORAL)),
        row("codeine", ORAL, Direction.TO_ORAL_MORPHINE, "0.1"),
        row("oxycodone", ORAL, Direction.BOTH, "2"),
    )
    assert replace(table, rows=rows).preparations() == (
        Preparation("oxycodone", SC),
        Preparation("oxycodone", ORAL),
        Preparation("codeine", ORAL),
    )


def test_a_name_like_a_sets_gives_the_nearest_and_one_unlike_all_gives_all() -> None:
    with pytest.raises(ConversionError, match=r"no ratio set “klb-208”\. Choose one of: klb-2008"):
        ratio_set("klb-208")
    every = ", ".join(ratio_set_ids())
    with pytest.raises(ConversionError, match=f"Choose one of: {every}"):
        ratio_set("zzzzzzzz")


def test_a_name_like_a_rules_gives_the_nearest_and_one_unlike_all_gives_all() -> None:
    with pytest.raises(ConversionError, match=r"or a rule: uppsala-2020\."):
        reduction_rule("uppsala")
    every = ", ".join(rule.id for rule in reduction_rules())
    with pytest.raises(ConversionError, match=f"or a rule: {every}"):
        reduction_rule("zzzzzzzz")
    with pytest.raises(ConversionError, match="one-sixth, one-sixth-to-one-tenth, ten-to-twenty"):
        rescue_rule("zzzzzzzz")


def test_sets_side_by_side_keep_their_order_and_their_refusals(table: RatioSet) -> None:
    other = replace(table, id="other", rows=(row("oxycodone", ORAL, Direction.BOTH, "1.5"),))
    empty = replace(table, id="empty", rows=())
    doses = [read_dose("oksykodon po 20 mg/d")]
    counted = compare(doses, (table, empty, other))
    assert [one.table.id for one in counted] == ["invented", "empty", "other"]
    assert isinstance(counted[1].answer, Refusal)
    assert [one.range for one in counted] == [
        Range.exactly(Decimal(40)),
        None,
        Range.exactly(Decimal(30)),
    ]
    assert spread(counted) == Range(Decimal(30), None, Decimal(40))


def test_changed_sets_side_by_side_are_in_the_measure_asked_for(table: RatioSet) -> None:
    other = replace(table, id="other", rows=(row("oxycodone", ORAL, Direction.BOTH, "1.5"),))
    doses = [read_dose("morfin po 60 mg/d")]
    to = read_preparation("oksykodon po")
    changed = compare(doses, (table, other), to=to, reduction=Decimal("0.5"))
    assert all(isinstance(one.answer, Conversion) for one in changed)
    assert [one.range for one in changed] == [
        Range.exactly(Decimal(15)),
        Range.exactly(Decimal(20)),
    ]


def test_where_no_set_answers_there_is_no_spread(table: RatioSet) -> None:
    refused = compare([read_dose("alfentanil sc 1 mg/d")], (table,))
    assert spread(refused) is None
    assert spread([]) is None


def test_a_spread_reaches_over_the_spreads_of_the_answers(table: RatioSet) -> None:
    counted = compare([read_dose("tramadol po 100 mg/d")], (table,))
    assert spread(counted) == Range(Decimal(40), None, Decimal(80))
