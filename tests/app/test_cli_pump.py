"""``pallkit pump``: the real program, its output and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from pallkit.about import WATERMARK
from pallkit.i18n import LANGUAGES, Language, render

SET = ("--dose", "morfin sc 144 mg/d", "--concentration", "10 mg/mL", "--reservoir", "100 mL")
BUTTON = ("--bolus", "2 mg", "--lockout", "20 min")


def pallkit(*arguments: str, lang: Language = "nb") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "pump", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PALLKIT_LANG": lang, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


def answer(*arguments: str, status: int = 0) -> Any:
    done = pallkit(*arguments, "--json")
    assert (done.returncode, done.stderr) == (status, "")
    return json.loads(done.stdout)


def test_works_out_a_pump_with_its_button() -> None:
    found = answer(*SET, *BUTTON)["program"]
    assert (found["mg_per_h"], found["ml_per_h"], found["ml_per_24h"]) == (6, 0.6, 14.4)
    assert found["bolus"]["most_mg_in_60_min"] == 12
    assert found["reservoir"]["shortest_hours"] == 83.33333333
    assert found["reservoir"]["keeps"]["text"] == "ikke kjent"


def test_compares_the_start_by_two_sets_and_names_them() -> None:
    found = answer(
        *("start", "morfin po 120 mg/d", "--to", "morfin sc"),
        *("--set", "klb-2008", "--set", "nhs-ggc-2018"),
    )
    starts = {one["ratio_set"]["id"]: one["start"]["mg_per_24h"]["point"] for one in found}
    assert starts == {"klb-2008": 40, "nhs-ggc-2018": 60}


def test_a_mixture_says_what_no_source_says() -> None:
    found = answer(
        *("mix", "morfin 60 mg (10 mg/mL)", "levomepromazin 6,25 mg (25 mg/mL)"),
        *("--reservoir", "20 mL", "--diluent", "water", "--for", "24 t"),
    )
    assert found["mixture"]["mixing"]["verdict"] == "not_known"
    assert found["mixture"]["fill_up_ml"] == 13.75
    assert {one["verdict"] for one in found["mixture"]["diluting"]} == {"not_known"}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_carries_the_steps_and_the_teaching_only_line(lang: Language) -> None:
    for arguments in (
        (*SET, *BUTTON),
        ("mix", "morfin 60 mg (10 mg/mL)", "--reservoir", "20 mL"),
        ("start", "morfin po 120 mg/d", "--to", "morfin sc", "--set", "klb-2008"),
    ):
        done = pallkit(*arguments, lang=lang)
        assert done.returncode == 0
        assert "\n1. " in done.stdout
        assert render(WATERMARK, lang) in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(
            (*SET, "--bolus", "24 mg", "--lockout", "20 min"), "rescue_as_bolus", id="144 ÷ 6"
        ),
        pytest.param(
            (*SET, "--bolus", "2 mg", "--lockout", "10 min"), "lockout_too_short", id="10 min"
        ),
        pytest.param((*SET, "--lowest-rate", "1 mL/t"), "pump_cannot_run", id="0.6 < 1"),
        pytest.param((*SET, "--for", "10 døgn"), "over_reservoir", id="144 mL"),
        pytest.param(
            (
                *("mix", "oksykodon 10 mg (10 mg/mL)", "syklizin 50 mg (50 mg/mL)"),
                *("--reservoir", "20 mL"),
            ),
            "incompatible",
            id="a source says no",
        ),
    ],
)
def test_a_refusal_has_a_reason_and_exit_1(arguments: tuple[str, ...], code: str) -> None:
    found = answer(*arguments, status=1)
    assert found["refusal"]["code"] == code
    assert (found["program"], found["mixture"]) == (None, None)
    spoken = pallkit(*arguments)
    assert spoken.returncode == 1
    assert "Avvist:" in spoken.stdout
    assert "I stedet:" in spoken.stdout


def test_one_set_that_refuses_does_not_silence_the_other() -> None:
    arguments = ("start", "morfin po 120 mg/d", "--to", "morfin sc", "--set", "helsedirektoratet")
    assert answer(*arguments, status=1)[0]["refusal"]["code"] == "not_in_set"
    both = answer(*arguments, "--set", "klb-2008")
    assert [one["start"] is None for one in both] == [True, False]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param((), "--dose", id="nothing at all"),
        pytest.param((*SET, "--bolus", "2 mg"), "--lockout", id="a bolus without a lock-out"),
        pytest.param((*SET[:4], "--reservoir", "100"), "ikke et volum", id="no unit"),
        pytest.param((*SET, "--product", "hydofone"), "hydofon", id="an unknown product"),
        pytest.param((*SET, "--product", "01019012345"), "11 siffer", id="an identity number"),
        pytest.param(("mix", "midazolam 10 mg", "--reservoir", "20 mL"), "styrken", id="strength"),
        pytest.param(("mix", "morfin 1 mg (1 mg/mL)"), "--reservoir", id="no reservoir"),
        pytest.param(("start", "morfin po 1 mg/d", "--to", "morfin sc"), "--set", id="no set"),
    ],
)
def test_what_could_not_be_read_is_one_line_and_exit_2(
    arguments: tuple[str, ...], reason: str
) -> None:
    done = pallkit(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert reason in done.stderr
    assert "12345" not in done.stderr
