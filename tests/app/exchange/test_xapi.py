"""A play-through becomes xAPI statements of the MedBiquitous virtual patient profile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from tests.grading.logs import CASE, best_decisions, log_of, write_log

from pallkit import cases
from pallkit.errors import LogError
from pallkit_app.exchange.xapi import PROFILE, Player, Statement, json_lines, statements

PLAYER = Player("https://example.org/pallkit/", "deltaker-7")
HOME = "https://example.org/pallkit/xapi"


def told(path: Path, *entries: tuple[str, str, object], case: str = CASE) -> list[Statement]:
    log = log_of(path / "svar.jsonl", *entries)
    return statements(cases.load(case), cases.prose(case, "nn"), log, case, PLAYER)


def whole(case: str = CASE) -> list[tuple[str, str, object]]:
    return [("decision", case, decision) for decision in best_decisions(case)]


def verbs(made: list[Statement]) -> list[str]:
    return [one["verb"]["display"]["en-US"] for one in made]


@pytest.fixture
def best(tmp_path: Path) -> list[Statement]:
    return told(tmp_path, *whole())


def test_begins_arrives_at_every_step_and_completes(best: list[Statement]) -> None:
    arrived = [one for one in best if one["verb"]["display"]["en-US"] == "arrived"]
    steps = [decision["step"] for decision in best_decisions()]
    assert verbs(best)[0] == "initialized"
    assert [one["object"]["id"].rsplit("/", 1)[1] for one in arrived] == steps
    assert verbs(best)[-1] == "completed"
    assert best[-1]["result"]["completion"] is True


def test_the_best_way_scores_the_most_there_is_and_no_danger(best: list[Statement]) -> None:
    result = best[-1]["result"]
    assert result["score"]["raw"] == result["score"]["max"] > 0
    assert result["extensions"][f"{HOME}/extensions/dangers"] == []


def test_the_score_told_is_the_score_of_the_replay(best: list[Statement]) -> None:
    state, _events = cases.replay(cases.load(CASE), best_decisions())
    updated = [one for one in best if one["verb"]["display"]["en-US"] == "updated"]
    counters = updated[-1]["result"]["extensions"][f"{HOME}/extensions/counters"]
    assert counters == state.score == best[-1]["result"]["extensions"][f"{HOME}/extensions/points"]
    assert {one["actor"]["account"]["name"] for one in updated} == {"pallkit"}


@pytest.mark.parametrize("case", ["pusten", "uenighet", "smertepumpen-hjemme"])
def test_every_kind_of_step_is_told_well_formed(case: str, tmp_path: Path) -> None:
    made = told(tmp_path, *whole(case), case=case)
    lines = json_lines(made).splitlines()
    assert [json.loads(line) for line in lines] == made
    assert len({one["id"] for one in made}) == len(made)
    for one in made:
        _well_formed(one)


def _well_formed(one: dict[str, Any]) -> None:
    """What xAPI 1.0.3 and the profile ask of every statement."""
    UUID(one["id"])
    assert one["timestamp"].endswith("Z")
    assert set(one["actor"]["account"]) == {"homePage", "name"}
    assert one["object"]["objectType"] == "Activity"
    assert one["object"]["id"].startswith(f"{HOME}/cases/")
    assert one["context"]["contextActivities"]["category"] == [{"id": PROFILE}]
    for key in [*one["context"]["extensions"], *one.get("result", {}).get("extensions", {})]:
        assert key.startswith(f"{HOME}/extensions/")
    definition = one["object"]["definition"]
    if "choices" in definition:
        ids = {choice["id"] for choice in definition["choices"]}
        for pattern in definition.get("correctResponsesPattern", []):
            assert set(pattern.split("[,]")) <= ids


def test_says_that_it_is_a_draft_whose_it_is_and_what_it_is_for(best: list[Statement]) -> None:
    for one in best:
        own = one["context"]["extensions"]
        assert own[f"{HOME}/extensions/draft"] is cases.load(CASE).draft
        assert own[f"{HOME}/extensions/licence"].startswith("https://creativecommons.org/")
        assert "oppdikta pasientar" in own[f"{HOME}/extensions/purpose"]
        assert one["context"]["revision"] == str(cases.load(CASE).version)


def test_a_case_that_is_not_played_to_its_end_is_suspended(tmp_path: Path) -> None:
    made = told(tmp_path, *whole()[:3])
    assert verbs(made)[-1] == "suspended"
    assert made[-1]["result"]["completion"] is False


def test_what_was_taken_back_is_not_told(tmp_path: Path) -> None:
    first, second, *_rest = whole()
    once = told(tmp_path / "a", first) if (tmp_path / "a").mkdir() is None else []
    (tmp_path / "b").mkdir()
    assert len(told(tmp_path / "b", first, second, ("undo", CASE, None))) == len(once)


def test_free_text_stays_in_the_log(tmp_path: Path) -> None:
    words = "dette skrev jeg for meg selv"
    entries = [
        ("decision", CASE, {**decision, "text": words} if set(decision) == {"step"} else decision)
        for _kind, _task, decision in whole()
        if isinstance(decision, dict)
    ]
    assert words not in json_lines(told(tmp_path, *entries))


def test_the_same_play_through_has_the_same_ids(tmp_path: Path) -> None:
    log = log_of(tmp_path / "svar.jsonl", *whole())
    case, texts = cases.load(CASE), cases.prose(CASE, "nb")
    assert statements(case, texts, log, CASE, PLAYER) == statements(case, texts, log, CASE, PLAYER)


def test_a_log_of_something_else_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LogError, match="holds no decisions of"):
        told(tmp_path, ("decision", "another-task", {"step": "x"}))


def pallkit(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pallkit_app", "export", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PALLKIT_LANG": "nn", "PYTHONIOENCODING": "utf-8"},
        timeout=120,
        check=False,
    )


def test_the_command_writes_one_statement_a_line(tmp_path: Path) -> None:
    log = write_log(tmp_path / "svar.jsonl", *whole())
    out = tmp_path / "ut.jsonl"
    done = pallkit(CASE, "--to", "xapi", "-o", str(out), "--log", str(log))
    assert done.returncode == 0, done.stderr
    made = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert verbs(made)[-1] == "completed"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (("--to", "word"), "«word» er ikkje eit format"),
        (("--to", "xapi", "--learner", "01019012345"), "fødselsnummer"),
        (("--to", "xapi", "--address", "min-server"), "«min-server» er inga adresse"),
    ],
)
def test_the_command_says_in_one_line_why_not(
    wrong: tuple[str, ...], why: str, tmp_path: Path
) -> None:
    done = pallkit(CASE, *wrong, "-o", str(tmp_path / "ut.jsonl"))
    assert done.returncode == 2
    assert why in done.stderr
    assert len(done.stderr.splitlines()) == 1
