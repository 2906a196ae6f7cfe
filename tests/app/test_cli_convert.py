"""``pallkit omeq`` and ``pallkit convert``: the real program, its output and its exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from pallkit.about import WATERMARK
from pallkit.i18n import LANGUAGES, Language, render

HDIR = ("--set", "helsedirektoratet")
KLB = ("--set", "klb-2008")


def pallkit(*arguments: str, lang: Language = "nb") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PALLKIT_LANG": lang, "PYTHONIOENCODING": "utf-8"},
        timeout=60,
        check=False,
    )


def answer(*arguments: str, status: int = 0, lang: Language = "nb") -> dict[str, Any]:
    done = pallkit(*arguments, "--json", lang=lang)
    assert done.returncode == status, done.stderr
    assert done.stderr == ""
    found = json.loads(done.stdout)
    assert {"oral_morphine", "target", "steps", "warnings", "refusal"} <= set(found)
    return dict(found)


def test_counts_two_doses_as_oral_morphine() -> None:
    found = answer("omeq", "oksykodon po 40 mg/d", "fentanyl td 25 µg/t", *HDIR)
    assert found["oral_morphine"] == {"low": 112, "point": 120, "high": 140}
    assert found["refusal"] is None
    ratios = [step["ratio"] for step in found["steps"]]
    assert ratios == ["1,5 (1,3–2)", None, "100", None]
    assert {step["source"] for step in found["steps"]} == {"helsedirektoratet-omeq"}


def test_changes_a_dose_and_takes_half_off() -> None:
    found = answer("convert", "oksykodon po 60 mg/d", "--to", "morfin po", *HDIR, "--reduce", "50%")
    assert found["oral_morphine"] == {"low": 78, "point": 90, "high": 120}
    target = found["target"]
    assert (target["low"], target["point"], target["high"]) == (39, 45, 60)
    assert target["unit"] == "mg/24 h"
    assert found["label"] == "etter 50 % reduksjon"


def test_shows_only_the_equivalent_when_no_reduction_is_chosen() -> None:
    done = pallkit("convert", "oksykodon po 60 mg/d", "--to", "morfin po", *HDIR)
    assert done.returncode == 0
    assert "Svar: morfin po 90 (78–120) mg/24 t" in done.stdout
    assert "før reduksjon, ikke en startdose" in done.stdout


def test_a_range_rule_gives_no_point() -> None:
    found = answer(
        "convert",
        "oksykodon po 60 mg/d",
        *("--to", "morfin po", *HDIR, "--reduce", "nord-norge-2024"),
    )
    target = found["target"]
    assert (target["low"], target["point"], target["high"]) == (54.6, None, 96)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_read_carries_purpose_limits_and_the_teaching_only_line(lang: Language) -> None:
    done = pallkit("convert", "morfin po 60 mg x 2", "--to", "morfin sc", *KLB, lang=lang)
    assert done.returncode == 0
    labels = {"nb": ("Formål:", "Ikke til:"), "nn": ("Formål:", "Ikkje til:")}
    for label in labels.get(lang, ("Purpose:", "Not to be used for:")):
        assert label in done.stdout
    assert render(WATERMARK, lang) in done.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        pytest.param(
            ("convert", "morfin sc 40 mg/d", "--to", "morfin po", *KLB),
            "one_way",
            "ikke tilbake",
            id="sc to po is not printed",
        ),
        pytest.param(
            ("convert", "morfin po 120 mg/d", "--to", "morfin sc", *KLB, "--reduce", "25%"),
            "reduction_needs_rule",
            "krysstoleranse",
            id="a percentage off a change of route",
        ),
        pytest.param(
            ("omeq", "metadon po 20 mg/d", *HDIR), "locked", "Låst: metadon", id="methadone"
        ),
        pytest.param(
            ("omeq", "morfin sc 20 mg/d", *HDIR), "not_in_set", "ikke noe tall", id="no injections"
        ),
    ],
)
def test_a_refusal_has_a_reason_a_remedy_and_exit_1(
    arguments: tuple[str, ...], code: str, reason: str
) -> None:
    found = answer(*arguments, status=1)
    assert found["refusal"]["code"] == code
    assert reason in found["refusal"]["message"]
    assert found["refusal"]["remedy"]
    assert found["oral_morphine"] is None
    assert found["target"] is None
    spoken = pallkit(*arguments)
    assert spoken.returncode == 1
    assert reason in spoken.stdout


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        pytest.param(("omeq", "morfin po 1.000 mg/d", *HDIR), "kan leses på to måter", id="1.000"),
        pytest.param(("omeq", "morfin po 10 mg", *HDIR), "hvor ofte", id="one dose"),
        pytest.param(("omeq", "morfin po 60 mg/d"), "Velg en omregningstabell", id="no set"),
        pytest.param(("omeq", *HDIR), "minst én dose", id="no dose"),
        pytest.param(("omeq", "morfin po 60 mg/d", "--set", "x"), "ingen omregningstabell", id="x"),
        pytest.param(("convert", "morfin po 60 mg/d", *HDIR), "--to", id="no target"),
        pytest.param(
            ("convert", "morfin po 60 mg/d", "--to", "oksykodon po", *HDIR, "--reduce", "50"),
            "mangler prosenttegn",
            id="a reduction without its sign",
        ),
        pytest.param(("omeq", "01019012345", *HDIR), "11 siffer", id="an identity number"),
    ],
)
def test_what_could_not_be_read_is_one_line_and_exit_2(
    arguments: tuple[str, ...], reason: str
) -> None:
    done = pallkit(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert reason in done.stderr
    assert "12345" not in done.stderr


def test_asking_for_json_does_not_change_how_a_fault_is_told() -> None:
    done = pallkit("omeq", "morfin po 1,000 mg/d", *HDIR, "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_mistyped_drug_gets_a_suggestion_and_no_answer() -> None:
    done = pallkit("omeq", "oksykodn po 60 mg/d", *HDIR)
    assert done.returncode == 2
    assert "Mente du oksykodon" in done.stderr


def test_doses_as_needed_count_as_often_as_they_were_given() -> None:
    found = answer("omeq", "morfin po 20 mg x 2", "morfin po 10 mg ved behov, gitt 3 ganger", *HDIR)
    assert found["oral_morphine"]["point"] == 70
    none = pallkit("omeq", "morfin po 10 mg ved behov", *HDIR)
    assert none.returncode == 2
    assert "ingen er gitt" in none.stderr


def test_a_specialist_can_show_that_more_morphine_gives_less_methadone() -> None:
    asked = ("convert", "morfin po 299 mg/d", "--to", "metadon po", *HDIR)
    assert answer(*asked, status=1)["refusal"]["code"] == "locked"
    shown = answer(*asked, "--demonstration")
    assert round(shown["target"]["point"], 1) == 49.8
    assert any("299 mg" in text and "37,5" in text for text in shown["warnings"])


def test_a_reduced_answer_is_rounded_down_to_tablets_that_exist() -> None:
    asked = ("convert", "morfin po 100 mg x 2", "--to", "oksykodon po", "--set", "nhs-ggc-2018")
    assert "styrker" not in pallkit(*asked).stdout
    done = pallkit(*asked, "--reduce", "nhs-ggc-2018")
    assert "Til styrker som finnes: Rundet ned fra 66,7" in done.stdout
    assert "30 mg, 2 ganger i døgnet" in done.stdout
