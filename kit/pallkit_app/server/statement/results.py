"""The results of the accessibility tests: read for the statement, written by the tests."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

RESULTS = Path(__file__).parent / "results.json"


@dataclass(frozen=True, slots=True)
class Check:
    """One kind of test: when it was run, and how it went.

    ``whole`` is false where it looked at a sample of what it can look at; ``looked_at`` is how
    many pages and states that was.
    """

    on: date
    whole: bool
    tests: int
    failed: int
    looked_at: int

    @property
    def holds(self) -> bool:
        """Something was tested, and nothing failed."""
        return self.tests > 0 and self.failed == 0


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, with which tools, by the name of the check."""

    tools: Mapping[str, str]
    checks: Mapping[str, Check]

    @property
    def on(self) -> date:
        """The day of the oldest of them."""
        return min(check.on for check in self.checks.values())

    @property
    def whole(self) -> bool:
        """Whether each of them looked at all there is."""
        return all(check.whole for check in self.checks.values())


def read_results(path: Path = RESULTS) -> Results:
    """Read a file of results; a missing date or check is an error, not a guess."""
    raw = json.loads(path.read_text(encoding="utf-8"))
    checks = {
        name: Check(**{**each, "on": date.fromisoformat(each["on"])})
        for name, each in raw["checks"].items()
    }
    return Results(raw["tools"], checks)


def write_results(results: Results, path: Path) -> None:
    """Write the file that :func:`read_results` reads, so that a change of it can be read, too."""
    checks = {
        name: asdict(check) | {"on": check.on.isoformat()}
        for name, check in sorted(results.checks.items())
    }
    raw = {"tools": dict(results.tools), "checks": checks}
    path.write_text(json.dumps(raw, indent=2) + "\n", encoding="utf-8")
