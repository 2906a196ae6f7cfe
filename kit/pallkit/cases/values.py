"""The coded values of a case: places, symptoms, vital signs, axes of the score."""

from __future__ import annotations

from typing import Literal, get_args

Place = Literal["home", "nursing_home", "hospital", "municipal_ward", "gp_office", "hospice"]
EsasItem = Literal[
    "pain",
    "tiredness",
    "drowsiness",
    "nausea",
    "appetite",
    "breathlessness",
    "depression",
    "anxiety",
    "wellbeing",
]
Vital = Literal["respiratory_rate", "pulse", "systolic", "saturation", "temperature"]
"""Breaths and beats a minute, mmHg, per cent, and tenths of a degree Celsius (375 is 37.5)."""

Consciousness = Literal["alert", "drowsy", "rousable", "unrousable"]
Frame = Literal["unknown", "years", "months", "weeks", "days", "hours"]
"""How long those who treat the patient expect there to be left."""

Role = Literal[
    "partner",
    "child",
    "parent",
    "sibling",
    "grandchild",
    "friend",
    "interpreter",
    "colleague",
]
Axis = Literal["symptom_relief", "safety", "communication", "collaboration", "time"]
Use = Literal["fixed", "as_needed"]
Level = Literal["A", "B", "C"]
OutcomeName = Literal["right", "too_low", "too_high"]

PLACES: tuple[Place, ...] = get_args(Place)
ESAS_ITEMS: tuple[EsasItem, ...] = get_args(EsasItem)
VITALS: tuple[Vital, ...] = get_args(Vital)
CONSCIOUSNESS: tuple[Consciousness, ...] = get_args(Consciousness)
FRAMES: tuple[Frame, ...] = get_args(Frame)
ROLES: tuple[Role, ...] = get_args(Role)
AXES: tuple[Axis, ...] = get_args(Axis)
LEVELS: tuple[Level, ...] = get_args(Level)
OUTCOMES: tuple[OutcomeName, ...] = get_args(OutcomeName)

HIGHEST = 10
"""The top of every scale that begins at 0: a symptom, a worry, an estimate."""

VITAL_BOUNDS: dict[Vital, tuple[int, int]] = {
    "respiratory_rate": (0, 60),
    "pulse": (0, 220),
    "systolic": (0, 260),
    "saturation": (0, 100),
    "temperature": (300, 430),
}
"""Where a vital sign stops: bounds of the notation, not of what is normal."""
