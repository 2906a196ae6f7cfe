"""What goes into a reservoir, and what may be mixed: silence is never «compatible»."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import combinations

import pytest

from pallkit.errors import ConversionError, DoseError
from pallkit.opioids import CHOSEN, Refusal
from pallkit.pump import (
    Mixture,
    Verdict,
    compatibility,
    in_diluent,
    known_drugs,
    mix,
    pump_table,
    read_part,
)

Code = Callable[[object], str]

THREE = ("morfin 60 mg (10 mg/mL)", "midazolam 10 mg (5 mg/mL)", "haloperidol 3 mg (5 mg/mL)")


def mixed(*texts: str, volume: str = "20", **more: object) -> Mixture | Refusal:
    parts = [read_part(text) for text in texts]
    return mix(parts, reservoir=Decimal(volume), **more)  # type: ignore[arg-type]  # a test's shorthand


def answered(*texts: str, **more: object) -> Mixture:
    done = mixed(*texts, **more)  # type: ignore[arg-type]  # a test's shorthand
    assert isinstance(done, Mixture), done
    return done


def test_adds_up_the_drugs_and_fills_up_the_rest() -> None:
    done = answered(*THREE)  # 6 + 2 + 0.6 = 8.6 mL, and 11.4 mL to 20 mL
    assert [part.volume for part in done.parts] == [6, 2, Decimal("0.6")]
    assert (done.drugs, done.fill_up) == (Decimal("8.6"), Decimal("11.4"))


def test_runs_a_syringe_over_its_time() -> None:
    done = answered("morfin 60 mg (10 mg/mL)", volume="22", hours=Decimal(24))
    assert done.rate is not None
    assert done.rate.quantize(Decimal("0.001")) == Decimal("0.917")  # 22 ÷ 24


def test_a_strength_is_the_products_or_else_the_learners() -> None:
    sources = {part.drug: part.source for part in answered(*THREE).parts}
    assert sources == {
        "morphine": "medikamentskrin-helse-bergen",
        "midazolam": "spc-midazolam-panpharma",
        "haloperidol": CHOSEN,
    }
    assert read_part("midazolam 10 mg (2 mg/mL)").source == CHOSEN


def test_refuses_what_does_not_fit(refused: Code) -> None:
    assert refused(mixed(*THREE, volume="8.5")) == "over_reservoir"
    assert answered(*THREE, volume="8.6").fill_up == 0


@pytest.mark.parametrize(
    ("drugs", "verdict", "source"),
    [
        pytest.param("morphine midazolam haloperidol", "compatible", "klb-2008", id="KLB's"),
        pytest.param(
            "morphine midazolam haloperidol glycopyrronium", "compatible", "klb-2008", id="all four"
        ),
        pytest.param("morphine midazolam", "compatible", "klb-2008", id="some of the four"),
        pytest.param("oxycodone midazolam haloperidol", "compatible", "york-2019", id="York's"),
        pytest.param("cyclizine oxycodone", "incompatible", "cornwall-v5", id="printed as no"),
        pytest.param(
            "cyclizine oxycodone midazolam", "incompatible", "cornwall-v5", id="no with a third"
        ),
        pytest.param(
            "cyclizine hyoscine-butylbromide", "incompatible", "cornwall-v5", id="the other no"
        ),
        pytest.param("morphine oxycodone", "not_known", "no_source", id="two that go with others"),
        pytest.param(
            "morphine midazolam levomepromazine", "not_known", "no_source", id="one too many"
        ),
        pytest.param("hydromorphone midazolam", "not_known", "no_source", id="Hydofon alone"),
    ],
)
def test_says_only_what_a_source_says(drugs: str, verdict: str, source: str) -> None:
    found = compatibility(drugs.split())
    assert (found.verdict, found.source) == (verdict, source)


def test_whatever_no_row_names_is_not_known() -> None:
    rows = [set(row.drugs) for row in pump_table().mixing]
    for pair in combinations(known_drugs(), 2):
        printed = any(set(pair) <= row for row in rows)
        assert (compatibility(pair).verdict is not Verdict.NOT_KNOWN) is printed, pair


def test_cyclizine_goes_in_glucose_and_not_in_saline(refused: Code) -> None:
    one = "syklizin 150 mg (50 mg/mL)"
    assert refused(mixed(one, diluent="sodium-chloride-9")) == "incompatible"
    done = answered(one, diluent="glucose-50")
    assert [found.verdict for found in done.diluting] == ["compatible"]
    assert in_diluent("morphine", "glucose-50").verdict == "not_known"


def test_not_known_is_told_as_such_and_not_as_yes() -> None:
    done = answered("morfin 60 mg (10 mg/mL)", "levomepromazin 6.25 mg (25 mg/mL)")
    assert done.mixing is not None
    assert done.mixing.verdict == "not_known"
    assert "does not mean that it may be mixed" in str(done.notes[0].text)
    assert done.to_json("nn")["mixture"]["mixing"]["text"] == "ikkje kjent"


def test_refuses_a_mixture_that_a_source_says_no_to(refused: Code) -> None:
    answer = mixed("oksykodon 30 mg (10 mg/mL)", "syklizin 150 mg (50 mg/mL)")
    assert refused(answer) == "incompatible"
    assert "cornwall-v5" in str(answer.message if isinstance(answer, Refusal) else "")


def test_methadone_is_left_to_specialists(refused: Code) -> None:
    assert refused(mixed("metadon 10 mg (10 mg/mL)")) == "locked"


def test_a_caution_goes_with_a_mixture_and_not_with_the_drug_alone() -> None:
    alone = answered("glykopyrronium 0.6 mg (0.2 mg/mL)")
    assert [note.source for note in alone.notes] == []
    both = answered("morfin 10 mg (10 mg/mL)", "glykopyrronium 0.6 mg (0.2 mg/mL)")
    assert [note.source for note in both.notes] == ["nord-norge-doende"]


def test_sources_that_differ_on_the_most_in_24_hours_are_both_heard() -> None:
    def heard(hours: int) -> list[str]:
        done = answered("midazolam 35 mg (5 mg/mL)", hours=Decimal(hours))
        return [note.source for note in done.notes]

    assert heard(24) == ["klb-2008"]  # 35 mg: above 20, below 60
    assert heard(12) == ["cornwall-v5", "klb-2008"]  # 70 mg in 24 hours
    assert heard(48) == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("midazolam 10 mg", "lacks the strength"),
        ("midazolam 10 mg (5 mg/mL) sc", "lacks the strength"),
        ("midazolm 10 mg (5 mg/mL)", "Did you mean midazolam"),
        ("aspirin 10 mg (5 mg/mL)", "generic name"),
        ("midazolam 10 mg x 2 (5 mg/mL)", "not how often"),
        ("midazolam 10 mg/d (5 mg/mL)", "length of time"),
        ("midazolam 10 mg (5 mg)", "not a concentration"),
        ("midazolam 0 mg (5 mg/mL)", "above 0"),
        ("", "lacks the strength"),
    ],
)
def test_a_part_has_a_drug_an_amount_and_a_strength(text: str, reason: str) -> None:
    with pytest.raises(DoseError, match=reason):
        read_part(text)


def test_nothing_and_the_same_twice_are_slips() -> None:
    with pytest.raises(DoseError, match="nothing to mix"):
        mix([], reservoir=Decimal(20))
    with pytest.raises(DoseError, match="stands twice"):
        mixed("morfin 10 mg (10 mg/mL)", "morphine 10 mg (20 mg/mL)")
    with pytest.raises(ConversionError, match="two drugs or more"):
        compatibility(["morphine", "morphine"])
    with pytest.raises(ConversionError, match="sodium-chloride-9"):
        mixed("morfin 10 mg (10 mg/mL)", diluent="saltvann")
