"""Arithmetic of the subcutaneous pump, for teaching: rate, reservoir, bolus, mixture.

Training on invented patients; not clinical decision support. Doses become mg/h and mL/h
with every step; what a source says of lock-out, stability and mixing comes from
``casebank/pump.yaml`` and is «not known» where no source was seen. What a pump must not
be set to is a :class:`pallkit.opioids.Refusal`.
"""

from __future__ import annotations

from pallkit.pump.boluses import Boluses
from pallkit.pump.compatibility import Compatibility, Verdict, compatibility, in_diluent
from pallkit.pump.mixture import Mixture, mix
from pallkit.pump.parts import Part, read_part
from pallkit.pump.pressing import Pressed, Share, press, read_press
from pallkit.pump.program import Program, program
from pallkit.pump.reading import (
    read_bolus,
    read_concentration,
    read_hour_limit,
    read_minutes,
    read_rate,
    read_volume,
)
from pallkit.pump.reservoir import NOT_KNOWN, Keeping, Life
from pallkit.pump.results import Note, refusal_json
from pallkit.pump.rows import AsNeeded, DayRange, Diluent, Product
from pallkit.pump.settings import Bolus, PumpLimits, Settings
from pallkit.pump.starting import Start, side_by_side, side_by_side_json, start
from pallkit.pump.table import (
    PumpTable,
    diluent,
    drug_name,
    known_drugs,
    printed,
    product,
    products_of,
    pump_table,
    read_drug,
)
from pallkit.pump.timeline import SPANS, Timeline, timeline

__all__ = [
    "NOT_KNOWN",
    "SPANS",
    "AsNeeded",
    "Bolus",
    "Boluses",
    "Compatibility",
    "DayRange",
    "Diluent",
    "Keeping",
    "Life",
    "Mixture",
    "Note",
    "Part",
    "Pressed",
    "Product",
    "Program",
    "PumpLimits",
    "PumpTable",
    "Settings",
    "Share",
    "Start",
    "Timeline",
    "Verdict",
    "compatibility",
    "diluent",
    "drug_name",
    "in_diluent",
    "known_drugs",
    "mix",
    "press",
    "printed",
    "product",
    "products_of",
    "program",
    "pump_table",
    "read_bolus",
    "read_concentration",
    "read_drug",
    "read_hour_limit",
    "read_minutes",
    "read_part",
    "read_press",
    "read_rate",
    "read_volume",
    "refusal_json",
    "side_by_side",
    "side_by_side_json",
    "start",
    "timeline",
]
