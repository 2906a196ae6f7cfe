"""Every rule on what is withdrawn, replaced or signed finds what is planted for it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.app.check.test_planted_faults import CASE, NB, NN, SET, USED_SET, faults

from pallkit_app.check import check

WHY = "why: {nb: Feil., nn: Gale., en: Wrong.}"
GONE = f'withdrawn: {{on: "2026-01-01", {WHY}}}\n'
EN = "casebank/cases/prove/en.yaml"
KEY = "courses/lite/key/oppgave.yaml"
TASKS = """tasks:
  - {id: kasus, kind: case, points: 1, case: prove, danger_most: 1}
  - id: regn
    right: {set: reservetabell}
"""


def add(bank: Path, file: str, lines: str) -> None:
    path = bank / file
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def only(bank: Path, rule: str, file: str, *, warning: bool = False) -> int:
    """The one finding is by this rule, in this file; answers its line."""
    [finding] = [one for one in check(bank) if one.rule != "no-english"]
    assert (finding.rule, finding.spot.file, finding.warning) == (rule, file, warning)
    assert finding.remedy is not None
    assert [one for one in check(bank, without={rule}) if one.rule != "no-english"] == []
    return finding.spot.line or 0


@pytest.mark.parametrize("newer", ["finnes-ikke", "reservetabell"])
def test_a_set_replaced_by_none_there_is_or_by_itself(bank: Path, newer: str) -> None:
    add(bank, SET, f"superseded_by: {newer}\n")
    assert only(bank, "replaced-set", SET) == 16


def test_sets_that_replace_each_other_are_both_found(bank: Path) -> None:
    add(bank, SET, "superseded_by: ovingstabell\n")
    add(bank, USED_SET, "superseded_by: reservetabell\n")
    assert {one.spot.file for one in faults(bank)} == {SET, USED_SET}
    assert {one.rule for one in faults(bank)} == {"replaced-set"}


@pytest.mark.parametrize("instead", ["finnes-ikke", "reservetabell"])
def test_a_withdrawn_set_that_sends_the_reader_nowhere(bank: Path, instead: str) -> None:
    add(bank, SET, f'withdrawn:\n  on: "2026-01-01"\n  {WHY}\n  instead: {instead}\n')
    assert only(bank, "withdrawn-set", SET) == 19


def test_a_withdrawn_set_that_sends_the_reader_to_another(bank: Path) -> None:
    third = (bank / SET).read_text(encoding="utf-8").replace("reservetabell", "tredje")
    (bank / "casebank/ratio_sets/tredje.yaml").write_text(third + GONE, encoding="utf-8")
    add(bank, SET, f'withdrawn: {{on: "2026-01-01", {WHY}, instead: tredje}}\n')
    only(bank, "withdrawn-set", SET)


def test_a_case_that_counts_by_a_withdrawn_set(bank: Path) -> None:
    add(bank, USED_SET, GONE)
    lines = (bank / CASE).read_text(encoding="utf-8").splitlines()
    line = only(bank, "set-in-force", CASE)
    assert "set: ovingstabell" in lines[line - 1]
    [finding] = check(bank)
    assert finding.spot.step == "regn"


def test_a_case_that_counts_by_a_replaced_set_is_a_warning(bank: Path) -> None:
    add(bank, USED_SET, "superseded_by: reservetabell\n")
    only(bank, "set-in-force", CASE, warning=True)


def withdraw_case(bank: Path, instead: str = "null") -> None:
    add(bank, CASE, f'withdrawn: {{on: "2026-01-01", instead: {instead}}}\n')
    for file in (NB, NN, EN):
        add(bank, file, f"withdrawn: Vi vet mer nå ({file[-7:]}).\n")


def test_a_withdrawn_case_may_keep_its_withdrawn_set(bank: Path) -> None:
    withdraw_case(bank)
    add(bank, USED_SET, GONE)
    assert check(bank) == []


def test_a_key_that_asks_for_a_withdrawn_case_or_set(bank: Path) -> None:
    (bank / KEY).write_text(TASKS, encoding="utf-8")
    before = check(bank)
    withdraw_case(bank)
    add(bank, SET, GONE)
    found = [one for one in check(bank) if one not in before]
    assert [(one.rule, str(one.spot), one.warning) for one in found] == [
        ("withdrawn-use", f"{KEY}:2", True),
        ("withdrawn-use", f"{KEY}:4", True),
    ]
    assert [one for one in check(bank, without={"withdrawn-use"}) if one not in before] == []


def test_a_notebook_that_plays_a_withdrawn_case_names_its_cell(bank: Path) -> None:
    path = bank / "courses/lite/source/oppgave/oppgave.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][-1] |= {"cell_type": "code", "source": 'CasePlayer("prove")'}
    path.write_text(json.dumps(notebook), encoding="utf-8")
    before = check(bank)
    withdraw_case(bank)
    [found] = [one for one in check(bank) if one not in before]
    assert str(found.spot) == f"{path.relative_to(bank).as_posix()}#{len(notebook['cells'])}"


def test_content_whose_day_of_review_has_passed_is_a_warning(bank: Path) -> None:
    add(bank, SET, 'review_by: "2026-01-01"\n')
    assert only(bank, "review-by", SET, warning=True) == 16


def test_a_signed_set_changed_in_place_is_a_fault_against_the_base(bank: Path) -> None:
    add(bank, SET, 'version: 1\nreviewed: {by: A, role: B, on: "2026-01-01", version: 1}\n')
    for words in (
        ["init", "--quiet", "--initial-branch", "hoved"],
        ["add", "casebank"],
        ["-c", "user.name=A", "-c", "user.email=a@b.no", "commit", "--quiet", "-m", "Signed"],
    ):
        subprocess.run(["git", "-C", str(bank), *words], check=True)
    add(bank, SET, GONE)
    assert check(bank, base="hoved") == []
    path = bank / SET
    text = path.read_text(encoding="utf-8").replace("publisher: Nobody", "publisher: Somebody")
    path.write_text(text, encoding="utf-8")
    [found] = check(bank, base="hoved")
    assert (found.rule, str(found.spot)) == ("published-set", f"{SET}:16")
    assert check(bank, base="hoved", without={"published-set"}) == []
    path.write_text(text.replace("version: 1\n", "version: 2\n"), encoding="utf-8")
    assert check(bank, base="hoved") == []
