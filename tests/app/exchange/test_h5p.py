"""A case becomes an H5P Branching Scenario that plays like it, and says what it lost."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.app.exchange.full_case import FULL, full_bank
from tests.app.exchange.h5p_player import END, play_all
from tests.app.exchange.h5p_semantics import PACKAGE, SCENARIO, faults
from tests.kit.rich_bank import RICH
from tests.kit.rich_case import rich_case

from pallkit import cases
from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, Language
from pallkit_app.exchange.features import used
from pallkit_app.exchange.h5p import contents, write
from pallkit_app.exchange.loss import Loss
from pallkit_app.exchange.package import read_package
from pallkit_app.exchange.unrolled import Edge, unroll
from pallkit_app.guide.effects import all_words

REAL = ("smerte-kan-ikke-svelge", "pusten", "kvalme-og-tarm", "uenighet")


@pytest.fixture
def rich(tmp_path: Path) -> Iterator[None]:
    """Of cases only the one with every kind of step, and the one with every feature."""
    with full_bank(tmp_path / "compiled"):
        yield


MADE: dict[tuple[str, Language], tuple[bytes, Loss]] = {}
"""Each package once: unrolling a case takes a second."""


def written(folder: Path, case: str, lang: Language = "nb") -> tuple[dict[str, Any], Loss]:
    if (case, lang) not in MADE:
        loss = write(case, lang, folder / "case.h5p")
        MADE[case, lang] = read_package(folder / "case.h5p")["content/content.json"], loss
    content, loss = MADE[case, lang]
    return json.loads(content), loss


@pytest.mark.parametrize("case", REAL)
def test_every_way_through_plays_as_in_the_engine_with_the_same_points(
    case: str, tmp_path: Path, *, whole: bool
) -> None:
    content, _loss = written(tmp_path, case)
    play_all(cases.load(case), content, Random(1), 2000 if whole else 40)  # noqa: S311


@pytest.mark.usefixtures("rich")
def test_every_kind_of_step_plays_as_in_the_engine(tmp_path: Path, *, whole: bool) -> None:
    content, _loss = written(tmp_path, FULL)
    play_all(cases.load(FULL), content, Random(1), 2000 if whole else 100)  # noqa: S311


@pytest.mark.usefixtures("rich")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_conforms_to_what_the_libraries_describe(lang: Language, tmp_path: Path) -> None:
    content, _loss = written(tmp_path, RICH, lang)
    assert list(faults(SCENARIO, content)) == []


@pytest.mark.parametrize("case", REAL)
def test_real_cases_conform_and_every_aim_exists(case: str, tmp_path: Path) -> None:
    content, _loss = written(tmp_path, case)
    assert list(faults(SCENARIO, content)) == []
    made = content["branchingScenario"]["content"]
    aims = [one["nextContentId"] for one in made if "nextContentId" in one]
    for one in made:
        alternatives = one["type"]["params"].get("branchingQuestion", {}).get("alternatives", [])
        assert all(each["nextContentId"] > 0 for each in alternatives)  # else points are lost
        aims += [each["nextContentId"] for each in alternatives]
    assert set(aims) == {END, *range(1, len(made))}  # each is reached


def test_the_semantics_here_find_planted_faults(tmp_path: Path) -> None:
    content, _loss = written(tmp_path, REAL[0])
    scenario = content["branchingScenario"]
    scenario["extra"] = 1
    scenario["content"][0]["type"]["params"]["text"] += "<table></table>"
    scenario["content"][1]["nextContentId"] = "2"
    del scenario["title"]
    assert len(list(faults(SCENARIO, content))) == 4


def test_the_package_describes_itself_as_the_platforms_ask(tmp_path: Path) -> None:
    write(REAL[0], "nn", tmp_path / "case.h5p")
    files = read_package(tmp_path / "case.h5p")
    assert list(files) == ["h5p.json", "content/content.json", "content/loss.txt"]
    told = json.loads(files["h5p.json"])
    for name, pattern in PACKAGE.items():
        assert re.fullmatch(pattern, told[name]), name
    assert set(told) == {*PACKAGE, "embedTypes", "authors", "preloadedDependencies"}
    named = {one["machineName"] for one in told["preloadedDependencies"]}
    assert {told["mainLibrary"], "H5P.BranchingQuestion", "H5P.AdvancedText"} <= named
    assert "Øving på oppdikta pasientar" in told["authorComments"]
    assert files["content/loss.txt"].decode().startswith("Dette mista «smerte-kan-ikke-svelge»")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_says_on_the_first_and_the_last_page_what_it_is(lang: Language, tmp_path: Path) -> None:
    content, _loss = written(tmp_path, REAL[0], lang)
    scenario = content["branchingScenario"]
    purpose = {"nb": "oppdiktede", "nn": "oppdikta", "en": "invented"}[lang]
    for told in (
        scenario["startScreen"]["startScreenSubtitle"],
        scenario["endScreens"][0]["endScreenSubtitle"],
        scenario["content"][0]["type"]["params"]["text"],
        scenario["content"][-1]["type"]["params"]["text"],
    ):
        assert purpose in told
        assert {"nb": "Utkast", "nn": "Utkast", "en": "Draft"}[lang] in told


@pytest.mark.usefixtures("rich")
def test_is_the_same_bytes_every_time(tmp_path: Path) -> None:
    write(RICH, "nb", tmp_path / "one.h5p")
    write(RICH, "nb", tmp_path / "two.h5p")
    assert (tmp_path / "one.h5p").read_bytes() == (tmp_path / "two.h5p").read_bytes()


def test_wrong_doses_are_those_of_known_mistakes(tmp_path: Path) -> None:
    content, _loss = written(tmp_path, REAL[0])
    asked = [
        {each["text"]: each["feedback"]["subtitle"] for each in alternatives}
        for one in content["branchingScenario"]["content"]
        if (alternatives := one["type"]["params"].get("branchingQuestion", {}).get("alternatives"))
    ]
    doses = next(one for one in asked if "30 mg/24 t" in one)
    assert "Behovsdosene er ikke tatt med." in doses["20 mg/24 t"]
    assert 3 <= len(doses) <= 5


@pytest.mark.usefixtures("rich")
def test_the_report_names_every_feature_that_is_not_carried(tmp_path: Path) -> None:
    _content, loss = written(tmp_path, FULL)
    case, texts = cases.load(FULL), cases.prose(FULL, "nb")
    told = {(line.step, line.feature) for line in loss.lines}
    silent = {feature for step, feature in used(case, texts) if (step, feature) not in told}
    assert silent == {"patient", "feedback", "info", "gather", "choice", "consult"}


@pytest.mark.usefixtures("rich")
def test_what_the_report_calls_kept_as_text_is_there(tmp_path: Path) -> None:
    content, _loss = written(tmp_path, FULL)
    text = json.dumps(content, ensure_ascii=False)
    start = ("Smerte 6", "37,2 °C", "Kari (partner)", "Ring fastlegen", "Uker", "morfin po 30 mg")
    more = ("Utregningen", "1. morfin po 30 mg x 2", "At det ble sent.", "Hint: 1, 2, 3")
    assert [told for told in (*start, *more) if told not in text] == []


@pytest.mark.usefixtures("rich")
def test_every_change_of_every_step_that_can_happen_is_told_in_words(tmp_path: Path) -> None:
    content, _loss = written(tmp_path, FULL)
    case, texts = cases.load(FULL), cases.prose(FULL, "nb")
    told = json.dumps(content, ensure_ascii=False)
    possible = [effects for edge in _edges(case) for effects in edge.effects]
    words = {word for effects in possible for word in all_words(effects, texts, "nb")}
    assert len(words) > 10
    assert [word for word in sorted(words) if word not in told] == []


def _edges(case: cases.Case) -> Iterator[Edge]:
    for node in unroll(case).nodes:
        yield from (edge for edge in node.edges if edge.key in node.ways.values() or not node.ways)


@pytest.mark.usefixtures("rich")
def test_what_a_case_says_is_escaped() -> None:
    hostile = "<img src=x onerror=alert(1)> & <b>"
    prose = cases.prose(RICH, "nb")
    assert "<img" not in json.dumps(content_with(prose, hostile), ensure_ascii=False)


def content_with(prose: cases.Prose, hostile: str) -> dict[str, Any]:
    from dataclasses import replace  # noqa: PLC0415

    from pallkit_app.exchange.h5p.params import content_json  # noqa: PLC0415

    steps = {
        id_: replace(
            one,
            title=hostile,
            text=hostile,
            ask=hostile,
            options={
                key: replace(each, label=hostile, feedback=hostile)
                for key, each in one.options.items()
            },
            outcomes=dict.fromkeys(one.outcomes, hostile),
        )
        for id_, one in prose.steps.items()
    }
    texts = replace(prose, title=hostile, summary=hostile, patient=hostile, steps=steps)
    case = cases.load(RICH)
    made = contents.Contents(unroll(case), texts, "nb").all()
    content = content_json(case, texts, made)
    assert list(faults(SCENARIO, content)) == []
    return content


def test_a_case_with_too_many_pages_is_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "MOST_CONTENTS", 30)
    with pytest.raises(ContentError, match=r"more than 30 pages") as refused:
        write(REAL[0], "nb", tmp_path / "case.h5p")
    assert "\n" not in str(refused.value)
    assert not (tmp_path / "case.h5p").exists()


@pytest.mark.usefixtures("rich")
def test_the_rich_case_is_packed_at_the_level_asked_for(tmp_path: Path) -> None:
    write(RICH, "nb", tmp_path / "a.h5p")
    write(RICH, "nb", tmp_path / "c.h5p", level="C")
    sizes = [len(read_package(tmp_path / f"{one}.h5p")["content/content.json"]) for one in "ac"]
    assert sizes[1] > sizes[0]  # the specialist's option is there
    assert rich_case()["levels"] == ["A", "C"]
