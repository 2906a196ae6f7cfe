from __future__ import annotations

import shutil
from pathlib import Path

import pytest

GOOD_BANK = Path(__file__).parent / "good_bank"
RICH_CASE = Path(__file__).parent / "rich_case"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A copy of a small bank without a fault, to plant one in."""
    copy = tmp_path / "bank"
    shutil.copytree(GOOD_BANK, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    return copy


@pytest.fixture
def rich_bank(bank: Path) -> Path:
    """The same with a second case, which has every kind of step."""
    shutil.copytree(RICH_CASE, bank / "casebank/cases/rik")
    return bank
