"""The right answer does not give itself away, and the bank's own answers do not."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from pallkit_app.check import check
from pallkit_app.compile import content_root
from pallkit_app.compile.strict_yaml import load

CASE = "uenighet"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A copy of the bank, and in it the folder of a case with several choices."""
    shutil.copytree(content_root() / "casebank", tmp_path / "casebank")
    return tmp_path / "casebank" / "cases" / CASE


def changed(file: Path, change: Callable[[Any], None]) -> None:
    value = load(file).value
    change(value)
    file.write_text(yaml.safe_dump(value, allow_unicode=True, sort_keys=False), encoding="utf-8")


def found(case: Path) -> set[str]:
    mine = {"best-place", "best-length", "plain-label"}
    return {finding.rule for finding in check(case)} & mine


def test_the_case_as_it_is_gives_nothing_away(case: Path) -> None:
    assert found(case) == set()


def test_a_best_option_that_always_stands_first_is_told(case: Path) -> None:
    def best_first(value: Any) -> None:
        for step in value["steps"]:
            if step["kind"] == "choice":
                step["options"].sort(key=lambda option: not option.get("best", False))

    changed(case / "case.yaml", best_first)
    assert found(case) == {"best-place"}


def test_a_best_option_that_is_always_the_longest_is_told(case: Path) -> None:
    best = {
        option["id"]
        for step in load(case / "case.yaml").value["steps"]
        if step["kind"] == "choice"
        for option in step["options"]
        if option.get("best")
    }

    def wordy(value: Any) -> None:
        for step in value["steps"].values():
            for id_, option in step.get("options", {}).items():
                if id_ in best:
                    option["label"] += " fordi det er det eneste som er riktig her" * 3

    changed(case / "nb.yaml", wordy)
    assert found(case) == {"best-length"}


@pytest.mark.parametrize("label", ["Ring *nå*", "Ring **lege**", "Se [her](x)", "`ring`"])
def test_markdown_in_a_label_is_told(case: Path, label: str) -> None:
    def marked(value: Any) -> None:
        step = next(one for one in value["steps"].values() if "options" in one)
        next(iter(step["options"].values()))["label"] = label

    changed(case / "nn.yaml", marked)
    assert found(case) == {"plain-label"}


def test_a_line_with_a_star_or_an_underscore_in_a_word_is_no_markdown(case: Path) -> None:
    def plain(value: Any) -> None:
        step = next(one for one in value["steps"].values() if "options" in one)
        next(iter(step["options"].values()))["label"] = "2 * 5 mg, se plan_2"

    changed(case / "nb.yaml", plain)
    assert found(case) == set()
