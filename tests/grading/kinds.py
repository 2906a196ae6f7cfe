"""A task of every kind, for the tests of how each is judged."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.grading.logs import log_of

from pallkit_grading.judge import judge
from pallkit_grading.judgement import Judgement
from pallkit_grading.key import Key, Task, structure_key, structure_sheet


def words(text: str) -> dict[str, str]:
    return {lang: f"{text} ({lang})" for lang in ("nb", "nn", "en")}


RAW: Mapping[str, dict[str, Any]] = {
    "dose": {
        "unit": "mg/24 t",
        "points": 3,
        "right": {
            "doses": ["oksykodon po 30 mg x 2"],
            "to": "morfin po",
            "set": "helsedirektoratet",
            "reduce": "50 %",
        },
        "tolerance": "2 %",
        "hint": words("Begin with the oxycodone"),
    },
    "variant": {
        "kind": "dose",
        "points": 2,
        "variant": {"level": "B"},
        "tolerance": "5 %",
        "partial": [{"points": 1, "mistake": "forgot-reduction", "hint": words("Reduce")}],
    },
    "number": {
        "points": 2,
        "equals": "12.5",
        "tolerance": "2 %",
        "unit": {"nb": "ml/t", "nn": "ml/t", "en": "mL/h"},
        "partial": [
            {"points": 1, "equals": 300, "hint": words("By the hour")},
            {"points": "0.5", "range": [10, 15], "hint": words("Rounded")},
        ],
        "danger": {"at_least": 25, "below": "0.1", "most": 0},
        "hint": words("Divide by 24"),
    },
    "choice": {
        "points": 2,
        "options": [
            {"id": "ring", "right": True},
            {"id": "vent", "right": False, "points": 1, "hint": words("Too late")},
            {"id": "doble", "right": False, "danger": True, "hint": words("Never double")},
        ],
    },
    "several": {
        "kind": "choice",
        "points": 3,
        "several": True,
        "danger_most": "0.5",
        "options": [
            {"id": "a", "right": True},
            {"id": "b", "right": True},
            {"id": "c", "right": True},
            {"id": "d", "right": False, "hint": words("Not d")},
            {"id": "e", "right": False, "danger": True, "hint": words("Not e")},
        ],
    },
    "ranking": {
        "points": 3,
        "order": ["stopp", "ring", "skriv"],
        "first_most": 1,
        "danger_first": ["skriv"],
        "hint": words("Safety first"),
    },
    "code": {
        "points": 4,
        "checks": [
            {"points": 1, "value": "andel", "equals": "0.25", "hint": words("The share")},
            {
                "points": 1,
                "call": "omeq",
                "with": [60, "1.5"],
                "equals": 90,
                "hint": words("Calls"),
            },
            {
                "points": 2,
                "value": "tabell",
                "rows": [{"enhet": "A", "antall": 12}, {"enhet": "B", "antall": 7}],
                "hint": words("The table"),
            },
        ],
    },
    "text": {"points": 4, "look_for": [words("A plan")]},
    "case": {"points": 4, "case": "smerte-kan-ikke-svelge", "danger_most": 2},
}


def task_of(kind: str, **changes: Any) -> Task:
    """The task of a kind, with some of its key changed."""
    (task,) = structure_sheet({"tasks": [raw_of(kind, **changes)]}).tasks
    return task


def raw_of(kind: str, **changes: Any) -> dict[str, Any]:
    return {"id": kind, "kind": kind, **RAW[kind], **changes}


def key_of_all() -> Key:
    raws = [raw_of(kind) for kind in RAW]
    return structure_key({"tasks": {raw["id"]: raw for raw in raws}, "assignments": {}})


def judged(
    folder: Path, task: Task, *answers: str, trainee: str | None = None, shown_to: str | None = None
) -> Judgement:
    """The judgement on these answers, given one after the other."""
    opened: object = None if shown_to is None else {"trainee": shown_to}
    given = [("answer", task.id, answer) for answer in answers]
    log = log_of(folder / "svar.jsonl", ("opened", task.id, opened), *given)
    return judge(task, log, trainee=trainee)
