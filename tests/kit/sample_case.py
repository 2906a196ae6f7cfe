"""A small invented case for tests: one fork, a detour, two dose steps, a gather, two ends."""

from __future__ import annotations

from typing import Any

ESAS = {
    "pain": 6,
    "tiredness": 5,
    "drowsiness": 2,
    "nausea": 3,
    "appetite": 6,
    "breathlessness": 1,
    "depression": 2,
    "anxiety": 4,
    "wellbeing": 5,
}


def sample_case() -> dict[str, Any]:
    """The case as compiled JSON, anew each time so that a test may change it."""
    return {
        "id": "prove",
        "version": 1,
        "invented": True,
        "reviewed": None,
        "topics": ["smerte"],
        "level": "A",
        "minutes": 20,
        "sources": ["klb-2008"],
        "start": {
            "clock": "0 h",
            "place": "home",
            "esas": dict(ESAS),
            "regimen": [
                {"id": "depot", "dose": "morfin po 30 mg x 2", "use": "fixed"},
                {"id": "behov", "dose": "morfin po 10 mg", "use": "as_needed", "given": 3},
            ],
        },
        "first": "mote",
        "steps": [
            {"id": "mote", "kind": "info", "minutes": 2, "next": "vei"},
            {
                "id": "vei",
                "kind": "choice",
                "minutes": 5,
                "options": [
                    {
                        "id": "ring",
                        "best": True,
                        "score": {"safety": 2, "collaboration": 1},
                        "effects": {"clock": "+30 min"},
                        "next": "regn",
                    },
                    {
                        "id": "vent",
                        "score": {"safety": -1},
                        "danger": True,
                        "effects": {"clock": "+12 h", "esas": {"pain": 3}},
                        "next": "natt",
                    },
                ],
            },
            {
                "id": "natt",
                "kind": "info",
                "effects": {"place": "hospital", "clock": "+2 h"},
                "next": "tanker",
            },
            {"id": "tanker", "kind": "reflect", "next": "samling"},
            {
                "id": "regn",
                "kind": "dose",
                "task": {
                    "convert": "all",
                    "to": "morfin sc",
                    "set": "klb-2008",
                    "reduce": "none",
                },
                "answer_unit": "mg/24 t",
                "tolerance": "5 %",
                "outcomes": {
                    "right": {
                        "score": {"safety": 3},
                        "effects": {
                            "clock": "+4 h",
                            "esas": {"pain": -4},
                            "regimen": {
                                "stop": ["depot", "behov"],
                                "start": [
                                    {
                                        "id": "pumpe",
                                        "dose": {"answer_to": "regn"},
                                        "use": "fixed",
                                    }
                                ],
                            },
                        },
                        "next": "sjettedel",
                    },
                    "too_low": {
                        "effects": {"clock": "+4 h", "esas": {"pain": 1}},
                        "next": "sjettedel",
                    },
                    "too_high": {
                        "danger": True,
                        "effects": {"clock": "+4 h", "esas": {"drowsiness": 6}},
                        "next": "sjettedel",
                    },
                },
            },
            {
                "id": "sjettedel",
                "kind": "dose",
                "task": {"fraction_of": "regn", "rule": "one-sixth"},
                "answer_unit": "mg",
                "tolerance": "10 %",
                "outcomes": {
                    "right": {"score": {"safety": 1}, "next": "samling"},
                    "too_low": {"next": "samling"},
                    "too_high": {"danger": True, "next": "samling"},
                },
            },
            {"id": "samling", "kind": "gather", "next": "slutt"},
            {"id": "slutt", "kind": "info", "next": None},
        ],
    }
