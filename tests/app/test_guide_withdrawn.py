"""The leader's guide says first that a case is withdrawn, or should have been looked over."""

from __future__ import annotations

from pathlib import Path

from tests.kit.rich_bank import RICH, rich_bank

from pallkit_app.guide.view import make_guide


def test_the_guide_of_a_withdrawn_and_overdue_case_says_so_before_anything_else(
    tmp_path: Path,
) -> None:
    gone = {"on": "2026-01-01", "instead": "finnes-ikke"}
    with rich_bank(tmp_path / "bank", withdrawn=gone, review_by="2026-05-01"):
        notice = make_guide(RICH, "nb").notice
    assert notice.startswith("Dette kasuset ble trukket tilbake 1. januar 2026.")
    assert "1. mai 2026" in notice
    assert "Utkast" in notice
