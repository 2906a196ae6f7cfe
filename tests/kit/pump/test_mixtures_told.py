"""What a mixture carries to the page, and what is no mixture at all."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pallkit.errors import DoseError
from pallkit.opioids import Refusal
from pallkit.pump import Mixture, compatibility, in_diluent, mix, read_part

TWO = ("morfin 60 mg (10 mg/mL)", "midazolam 10 mg (5 mg/mL)")


def mixture(*parts: str, volume: str = "20", **more: object) -> Mixture | Refusal:
    return mix([read_part(part) for part in parts], reservoir=Decimal(volume), **more)  # type: ignore[arg-type]  # a test's shorthand


def test_the_page_has_every_step_every_note_and_what_each_source_prints() -> None:
    done = mixture(*TWO, diluent="sodium-chloride-9", hours=Decimal(24))
    assert isinstance(done, Mixture)
    found = done.to_json("nn")
    assert found["steps"] == done.receipt.to_json("nn")
    assert [note["source"] for note in found["notes"]] == [note.source for note in done.notes]
    assert len(found["notes"]) == 1
    printed = found["mixture"]["parts"][1]["printed"]
    assert [row["source"] for row in printed] == [
        "cornwall-v5",
        "hdir-handlingsprogram-2015",
        "klb-2008",
        "cornwall-v5",
    ]
    assert [row["use"] for row in printed] == [
        "",
        "start ved hyperaktivt delir hos den døyande",
        "sjeldan meir",
        "",
    ]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        pytest.param({"volume": "0"}, "The reservoir", id="no reservoir"),
        pytest.param({"volume": "-20"}, "The reservoir", id="less than none"),
        pytest.param({"hours": Decimal(0)}, "The time the reservoir is to last", id="no time"),
        pytest.param({"hours": Decimal("NaN")}, "The time the reservoir", id="not a number"),
    ],
)
def test_a_reservoir_and_its_time_are_above_0(more: dict[str, object], what: str) -> None:
    with pytest.raises(DoseError, match=f"{what}.* must be a number above 0"):
        mixture(*TWO, **more)  # type: ignore[arg-type]  # a test's shorthand


def test_drugs_that_overflow_are_told_with_both_volumes() -> None:
    answer = mixture(*TWO, volume="7.9")
    assert isinstance(answer, Refusal)
    assert str(answer.message) == (
        "The volume of the drugs is 8 mL, and the reservoir holds 7.9 mL."
    )


def test_a_verdict_has_its_words_and_its_source() -> None:
    yes = compatibility(["midazolam", "morphine"])
    assert yes.to_json("en") == {
        "verdict": "compatible",
        "text": "may be mixed",
        "says": (
            "Morphine, midazolam, haloperidol and glycopyrronium may be mixed in one syringe for "
            "a pump."
        ),
        "source": "klb-2008",
    }
    no = in_diluent("cyclizine", "sodium-chloride-9")
    assert (str(no.verdict), no.to_json("en")["text"]) == ("incompatible", "may not be mixed")
    unknown = compatibility(["oxycodone", "morphine"])
    assert str(unknown.says) == "No source was seen for morphine, oxycodone together."
    diluted = in_diluent("morphine", "glucose-50")
    assert str(diluted.says).startswith("No source was seen for morphine in glucose")


def test_a_mixture_that_a_source_says_yes_to_needs_no_note() -> None:
    done = mixture(*TWO)
    assert isinstance(done, Mixture)
    assert done.notes == ()


@pytest.mark.parametrize(
    ("amount", "told"),
    [pytest.param("20", 0, id="the most itself"), pytest.param("20.1", 1, id="a little more")],
)
def test_the_most_in_24_hours_may_be_given_and_more_is_told(amount: str, told: int) -> None:
    done = mixture(f"midazolam {amount} mg (5 mg/mL)", hours=Decimal(24))
    assert isinstance(done, Mixture)
    assert len(done.notes) == told


def test_a_no_is_told_in_the_sources_words_and_with_its_name() -> None:
    answer = mixture("oksykodon 30 mg (10 mg/mL)", "syklizin 150 mg (50 mg/mL)")
    assert isinstance(answer, Refusal)
    assert str(answer.message).endswith(" (Source: cornwall-v5.)")
    assert not str(answer.message).startswith("cornwall")
