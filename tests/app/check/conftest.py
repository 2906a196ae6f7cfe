from __future__ import annotations

import shutil
from pathlib import Path

import pytest

GOOD_BANK = Path(__file__).parent / "good_bank"


@pytest.fixture
def bank(tmp_path: Path) -> Path:
    """A copy of a small bank without a fault, to plant one in."""
    copy = tmp_path / "bank"
    shutil.copytree(GOOD_BANK, copy, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    return copy
