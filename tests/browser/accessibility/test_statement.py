"""The accessibility statement says what was found, and no more."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pallkit.i18n import render
from pallkit_app.server.statement import contradictions, statement
from pallkit_app.server.statement.names import NAMES
from pallkit_app.server.statement.results import RESULTS, read_results
from pallkit_app.server.statement.texts import CHECKS, KNOWN

HERE = Path(__file__).parent


def test_nothing_is_claimed_that_its_result_contradicts() -> None:
    assert contradictions(statement()) == []


def test_every_criterion_of_level_a_and_aa_is_there_once_and_has_a_name() -> None:
    told = statement().criteria
    assert [each.number for each in told] == list(NAMES)
    assert len(told) == 50
    assert {each.level for each in told} == {"A", "AA"}
    assert set(KNOWN) <= set(NAMES)


def test_each_check_that_is_told_of_is_one_that_is_run() -> None:
    stems = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert stems - {"statement"} == set(CHECKS)
    shown = {name for each in statement().criteria for name in each.shown_by}
    assert shown <= stems | {"read"}


def test_the_results_have_a_date_and_the_tools_they_were_had_with() -> None:
    results = statement().results
    assert all(date(2026, 11, 22) <= check.on for check in results.checks.values())
    assert statement().read_on <= results.on
    assert set(results.tools) == {"axe-core", "Chromium", "Playwright"}
    assert all(results.tools.values())


@pytest.mark.parametrize("part", ["on", "tools", "checks"])
def test_results_without_a_part_are_none(tmp_path: Path, part: str) -> None:
    raw = json.loads(RESULTS.read_text(encoding="utf-8"))
    del (raw["checks"]["axe"] if part == "on" else raw)[part]
    (tmp_path / "results.json").write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(KeyError, match=part):
        read_results(tmp_path / "results.json")


def test_a_failure_a_missing_check_and_a_fault_without_words_are_contradictions() -> None:
    told = statement()
    checks = dict(told.results.checks)
    failed = replace(checks["keyboard"], failed=1)
    broken = replace(told, results=replace(told.results, checks={**checks, "keyboard": failed}))
    assert any("2.1.1 is claimed, and keyboard" in each for each in contradictions(broken))
    del checks["said"]
    gone = replace(told, results=replace(told.results, checks=checks))
    assert any("4.1.3 is claimed, and said" in each for each in contradictions(gone))
    silent = tuple(
        replace(each, claim="partly") if each.number == "1.1.1" else each for each in told.criteria
    )
    assert contradictions(replace(told, criteria=silent)) == [
        "1.1.1 is met in part, and nothing says what is missing"
    ]
    bold = tuple(
        replace(each, claim="met") if each.number == "3.1.2" else each for each in told.criteria
    )
    assert contradictions(replace(told, criteria=bold)) == [
        "3.1.2 is claimed, and something is known to be missing",
        "3.1.2 is claimed, and nothing shows it",
    ]
    assert not replace(failed, tests=0, failed=0).holds


def test_all_of_it_is_written_in_bokmal_and_nynorsk() -> None:
    for text in (*NAMES.values(), *CHECKS.values(), *KNOWN.values(), *statement().untested):
        for lang in ("nb", "nn"):
            assert render(text, lang) != render(text, "en") or render(text, "en") == "Orientation"  # type: ignore[arg-type]  # languages
