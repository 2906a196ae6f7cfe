"""``pallkit check`` as an author runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CASE = Path("casebank/cases/prove/case.yaml")


def pallkit_check(*arguments: str | Path, lang: str = "en") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "check", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PALLKIT_LANG": lang},
    )


def misspell_a_step(bank: Path) -> int:
    """Misspell the step after «natt» and answer the line it stands on."""
    path = bank / CASE
    text = path.read_text(encoding="utf-8").replace("next: natt", "next: nattevakt")
    path.write_text(text, encoding="utf-8")
    return text[: text.index("nattevakt")].count("\n") + 1


def test_content_without_a_fault_exits_0(bank: Path) -> None:
    done = pallkit_check(bank)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Faults: 0. Warnings: 0." in done.stderr


def test_a_fault_is_one_line_with_file_line_step_reason_and_remedy(bank: Path) -> None:
    line = misspell_a_step(bank)
    done = pallkit_check(bank)
    assert done.returncode == 1
    assert done.stdout == (
        f"{CASE}:{line}: step “vei”: “nattevakt” is not a step of this case. Write the id of "
        "one of the steps, or null where the case ends. [unknown-step]\n"
    )


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nb", "steg «vei»: «nattevakt» er ikke et steg i dette kasuset."),
        ("nn", "steg «vei»: «nattevakt» er ikkje eit steg i dette kasuset."),
    ],
)
def test_an_author_reads_it_in_their_own_norwegian(bank: Path, lang: str, words: str) -> None:
    misspell_a_step(bank)
    assert words in pallkit_check(bank, lang=lang).stdout


def test_a_rule_can_be_left_out(bank: Path) -> None:
    misspell_a_step(bank)
    assert pallkit_check(bank, "--without", "unknown-step").returncode == 0


def test_one_case_can_be_checked_alone(bank: Path) -> None:
    misspell_a_step(bank)
    assert pallkit_check(bank / "casebank/cases/prove").returncode == 1
    assert pallkit_check(bank / CASE).returncode == 1
    assert pallkit_check(bank / "casebank/ratio_sets").returncode == 0


def test_a_warning_does_not_fail_the_check(bank: Path) -> None:
    (bank / "casebank/cases/prove/en.yaml").unlink()
    done = pallkit_check(bank)
    assert done.returncode == 0
    assert "warning: The case is not written in English" in done.stdout


def test_the_rules_can_be_listed() -> None:
    done = pallkit_check("--list")
    assert done.returncode == 0
    assert "unreachable-step" in done.stdout
    assert "Every step can be reached from the first." in done.stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--without", "no-such-rule"], "There is no rule “no-such-rule”"),
        (["/no/such/folder"], "There is no case bank in “/no/such/folder”"),
    ],
)
def test_what_cannot_be_run_exits_2_with_one_line(arguments: list[str], words: str) -> None:
    done = pallkit_check(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert len(done.stderr.splitlines()) == 1
