"""What the accessibility tests ask of a page, in its own language: a function a file."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def script(name: str) -> str:
    """The function in ``name``.js, as Playwright's ``evaluate`` takes it."""
    return (Path(__file__).parent / "scripts" / f"{name}.js").read_text("utf-8")
