"""The statement as data: each criterion with what is claimed of it and how that is known."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from pallkit.i18n import Message
from pallkit_app.server.statement.names import NAMES
from pallkit_app.server.statement.results import Results, read_results
from pallkit_app.server.statement.texts import CHECKS, KNOWN, UNTESTED

Claim = Literal["met", "partly", "none"]
CRITERIA = Path(__file__).parent / "criteria.toml"
READ = "read"  # shown by having been looked through, not by a test


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion of WCAG 2.1, and what is claimed of it."""

    number: str
    level: str
    claim: Claim
    shown_by: tuple[str, ...]

    @property
    def name(self) -> Message:
        """What WCAG calls it."""
        return NAMES[self.number]

    @property
    def missing(self) -> Message | None:
        """What is known not to meet it."""
        return KNOWN.get(self.number)


@dataclass(frozen=True, slots=True)
class Statement:
    """Everything the page of accessibility shows."""

    criteria: tuple[Criterion, ...]
    read_on: date
    results: Results

    def claimed(self, claim: Claim) -> tuple[Criterion, ...]:
        """The criteria of which this is claimed."""
        return tuple(each for each in self.criteria if each.claim == claim)

    @property
    def whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return not self.claimed("partly")

    @property
    def checks(self) -> tuple[tuple[Message, int], ...]:
        """How it was tested, and how many pages and states each test looked at."""
        found = self.results.checks
        return tuple(
            (text, found[name].looked_at) for name, text in CHECKS.items() if name in found
        )

    @property
    def untested(self) -> tuple[Message, ...]:
        """What nobody has tested."""
        return UNTESTED

    @property
    def tools(self) -> Mapping[str, str]:
        """What it was tested with, and which version."""
        return self.results.tools


def statement() -> Statement:
    """Read what is claimed and what was found."""
    raw = tomllib.loads(CRITERIA.read_text(encoding="utf-8"))
    criteria = tuple(
        Criterion(number, each["level"], each["claim"], tuple(each["shown_by"]))
        for number, each in raw["criteria"].items()
    )
    return Statement(criteria, raw["read"]["on"], read_results())


def contradictions(told: Statement) -> list[str]:
    """Where the statement says more than the results: one line a criterion and reason."""
    found = []
    for each in told.criteria:
        if each.claim == "partly":
            if each.missing is None:
                found.append(f"{each.number} is met in part, and nothing says what is missing")
            continue
        if each.missing is not None:
            found.append(f"{each.number} is claimed, and something is known to be missing")
        if not each.shown_by:
            found.append(f"{each.number} is claimed, and nothing shows it")
        for name in each.shown_by:
            check = told.results.checks.get(name)
            if name != READ and (check is None or not check.holds):
                found.append(f"{each.number} is claimed, and {name} does not show it: {check}")
    return found
