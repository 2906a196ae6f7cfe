"""What was true when it was written down: translations of their bokmål, signed answers."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from pallkit.errors import ContentError
from pallkit_app.casework.translated import record
from pallkit_app.check import Finding, check

FOLDER = Path("casebank/cases/prove")


def change(bank: Path, file: str, old: str, new: str) -> None:
    path = bank / FOLDER / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(bank: Path, **how: str) -> list[tuple[str, str | None, bool]]:
    without = {how["without"]} if "without" in how else set()
    findings: list[Finding] = check(bank, without=without, base=how.get("base"))
    return [(one.rule, one.spot.step, one.warning) for one in findings]


@pytest.fixture
def recorded(bank: Path) -> Path:
    record(bank / FOLDER)
    return bank


def test_translations_just_recorded_are_up_to_date(recorded: Path) -> None:
    assert found(recorded) == []


def test_a_bokmal_text_that_changed_alone_leaves_its_translations_stale(recorded: Path) -> None:
    change(recorded, "nb.yaml", "text: Hun sover.", "text: Hun er våken.")
    assert found(recorded) == [
        ("stale-translation", "slutt", True),  # English is wished for only
        ("stale-translation", "slutt", False),
    ]
    assert found(recorded, without="stale-translation") == []


def test_a_translation_made_anew_asks_only_to_be_recorded(recorded: Path) -> None:
    change(recorded, "nb.yaml", "text: Hun sover.", "text: Hun er våken.")
    change(recorded, "nn.yaml", "text: Ho søv.", "text: Ho er vaken.")
    assert ("translation-record", None, True) in found(recorded)
    assert not [one for one in found(recorded) if not one[2]]
    record(recorded / FOLDER)
    assert found(recorded) == []


def test_a_line_broken_elsewhere_is_no_change(recorded: Path) -> None:
    change(recorded, "nb.yaml", "text: Hun sover.", "text: Hun  sover.")
    assert found(recorded) == []


def git(bank: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(bank), "-c", "user.name=A", "-c", "user.email=a@b.no", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def published(bank: Path) -> Path:
    """The bank with its case signed, in a repository of its own."""
    signed = 'reviewed: {by: Kari, role: lege, on: "2026-01-01", version: 1}'
    change(bank, "case.yaml", "reviewed: null", signed)
    git(bank, "init", "--quiet", "--initial-branch", "hoved")
    git(bank, "add", "casebank")
    git(bank, "commit", "--quiet", "-m", "Signed")
    return bank


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{safety: 2}\n        effects", "{safety: 1}\n        effects"),
        ("tolerance: 5 %", "tolerance: 10 %"),
        ("danger: true\n        effects: {clock: +12 h", "effects: {clock: +12 h"),
        ("clock: 0 h", "clock: 1 h"),
    ],
)  # fmt: skip
def test_a_signed_case_changed_in_place_is_a_fault_against_the_base(
    published: Path, old: str, new: str
) -> None:
    assert found(published, base="hoved") == []
    change(published, "case.yaml", old, new)
    assert [rule for rule, _step, _warning in found(published, base="hoved")] == [
        "published-answer"
    ]
    assert found(published) == []
    assert found(published, base="hoved", without="published-answer") == []


def test_a_new_version_or_another_signature_may_differ(published: Path) -> None:
    change(published, "case.yaml", "by: Kari", "by: Per")
    assert found(published, base="hoved") == []
    change(published, "case.yaml", "tolerance: 5 %", "tolerance: 10 %")
    change(published, "case.yaml", "version: 1\ninvented", "version: 2\ninvented")
    assert found(published, base="hoved") == []


@pytest.mark.parametrize("base", ["finnes-ikke", "--output=x", "hoved"])
def test_a_base_that_git_does_not_know_is_refused(bank: Path, base: str) -> None:
    git(bank, "init", "--quiet", "--initial-branch", "hoved")
    with pytest.raises(ContentError, match="git knows no"):
        check(bank, base=base)
