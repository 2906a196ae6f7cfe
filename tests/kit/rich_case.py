"""An invented case with every kind of step, for tests: no real case needs all at once."""

from __future__ import annotations

from typing import Any

from tests.kit.sample_case import ESAS


def rich_case() -> dict[str, Any]:
    """The case as compiled JSON, anew each time so that a test may change it."""
    return {
        "id": "rik",
        "version": 1,
        "invented": True,
        "reviewed": None,
        "topics": ["smerte"],
        "level": "A",
        "levels": ["A", "C"],
        "minutes": 40,
        "sources": ["klb-2008"],
        "certainty": True,
        "consequences": {
            "opioid": [
                {"below": "0.5", "effects": {"esas": {"pain": 2}}},
                {
                    "at_least": "1.5",
                    "effects": {
                        "esas": {"drowsiness": 4},
                        "vitals": {"respiratory_rate": -6},
                        "consciousness": "rousable",
                    },
                },
            ]
        },
        "start": {
            "clock": "0 h",
            "place": "home",
            "esas": dict(ESAS),
            "vitals": {"respiratory_rate": 16, "temperature": 372},
            "frame": "weeks",
            "people": [
                {"id": "kona", "role": "partner", "worry": 6, "wish": "hjemme"},
                {"id": "tolken", "role": "interpreter"},
            ],
            "tasks": ["ring-lege"],
            "regimen": [{"id": "depot", "dose": "morfin po 30 mg x 2", "use": "fixed"}],
        },
        "first": "sporre",
        "steps": [
            {
                "id": "sporre",
                "kind": "consult",
                "most": 2,
                "questions": [
                    {
                        "id": "om-natten",
                        "who": "kona",
                        "score": {"communication": 1},
                        "effects": {"clock": "+10 min", "learn": ["vaker"]},
                    },
                    {
                        "id": "om-ord",
                        "who": "tolken",
                        "effects": {"people": {"kona": {"worry": -2, "told": ["prognose"]}}},
                    },
                    {"id": "om-natten-igjen", "who": "kona", "when": "knows.vaker"},
                ],
                "next": "tegn",
            },
            {
                "id": "tegn",
                "kind": "multi",
                "picks": [
                    {"id": "pust", "right": True, "score": {"safety": 1}},
                    {"id": "sovn", "right": True},
                    {"id": "naloxon", "danger": True},
                    {"id": "sukker"},
                ],
                "outcomes": {
                    "all": {"score": {"safety": 2}, "next": "tall"},
                    "some": {"score": {"safety": 1}, "next": "tall"},
                    "wrong": {"next": "tall"},
                },
            },
            {
                "id": "tall",
                "kind": "estimate",
                "of": "pain",
                "outcomes": {
                    "right": {"score": {"symptom_relief": 1}, "next": "rekke"},
                    "too_low": {"next": "rekke"},
                    "too_high": {"next": "rekke"},
                },
            },
            {
                "id": "rekke",
                "kind": "order",
                "items": ["se", "spor", "ring", "skriv"],
                "outcomes": {
                    "right": {"score": {"time": 2}, "next": "regn"},
                    "near": {"score": {"time": 1}, "next": "regn"},
                    "wrong": {"next": "regn"},
                },
            },
            {
                "id": "regn",
                "kind": "dose",
                "task": {
                    "convert": "all",
                    "to": "morfin sc",
                    "set": "nhs-ggc-2018",
                    "reduce": "none",
                },
                "answer_unit": "mg/24 t",
                "tolerance": "5 %",
                "consequence": "opioid",
                "outcomes": {
                    name: {"score": {"safety": points}, "next": "pumpe"}
                    for name, points in (("right", 3), ("too_low", 0), ("too_high", -3))
                },
            },
            {
                "id": "pumpe",
                "kind": "pump",
                "task": {"pump_for": "regn", "concentration": "10 mg/ml", "reservoir": "100 ml"},
                "tolerance": "5 %",
                "outcomes": {name: {"next": "plan"} for name in ("right", "too_low", "too_high")},
            },
            {
                "id": "plan",
                "kind": "document",
                "form": "palliative_plan",
                "fields": [
                    {"id": "mal", "kind": "text", "required": True},
                    {
                        "id": "sted",
                        "kind": "choice",
                        "options": ["hjemme", "sykehus"],
                        "right": "hjemme",
                    },
                    {"id": "lest", "kind": "tick"},
                ],
                "outcomes": {
                    "complete": {
                        "score": {"collaboration": 2},
                        "effects": {"tasks": {"close": ["ring-lege"]}, "frame": "days"},
                        "next": "vei",
                    },
                    "incomplete": {"next": "vei"},
                },
            },
            {
                "id": "vei",
                "kind": "choice",
                "options": [
                    {"id": "vanlig", "best": True, "score": {"safety": 1}, "next": "samling"},
                    {
                        "id": "for-spesialist",
                        "when": "level == C",
                        "effects": {"esas": {"pain": -1}},
                        "also": [{"when": "pain >= 5", "effects": {"esas": {"anxiety": 2}}}],
                        "turns": [{"when": "respiratory_rate < 12 or danger", "next": "slutt"}],
                        "next": "samling",
                    },
                ],
            },
            {"id": "samling", "kind": "gather", "next": "slutt"},
            {"id": "slutt", "kind": "info", "next": None},
        ],
    }
