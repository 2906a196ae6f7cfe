"""An invented case bank for the player, and folders to keep logs in."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.kit.sample_case import sample_case

from pallkit import content

CASE = "prove"


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    """The real tables, and one case: a fork, two doses, a reflection."""
    folder = tmp_path / "compiled"
    content.case_ids()  # compiled anew if need be
    shutil.copytree(Path(content.__file__).parent / "_compiled", folder)
    case = folder / "cases" / CASE
    case.mkdir()
    (case / "case.json").write_text(json.dumps(sample_case()), encoding="utf-8")
    (case / "nb.json").write_text(json.dumps(PROSE), encoding="utf-8")
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    index.update(cases=[*index["cases"], CASE], edition="prøve")
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")
    with content.reading(folder):
        yield folder


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "svar.jsonl"


PROSE = {
    "title": "Åse, 74 år, svelger ikke",
    "summary": "Hva gjør du?",
    "goals": ["Regne om."],
    "patient": "Åse er **oppdiktet**.",
    "regimen": {"depot": "Depottablett", "behov": "Ved behov", "pumpe": "I pumpe"},
    "guide": {"before": "Les.", "silent": "Vent.", "closing": "Takk.", "questions": {}},
    "steps": {
        "mote": {"title": "Du møter Åse", "text": "Hun ligger i senga."},
        "vei": {
            "title": "Veien videre",
            "text": "Hun svelger ikke.",
            "ask": "Hva gjør du?",
            "options": {
                "ring": {"label": "Ringer legen", "feedback": "Legen svarer."},
                "vent": {"label": "Venter til i morgen", "feedback": "Natta blir lang."},
            },
        },
        "natt": {"title": "Natta", "text": "Hun har vondt."},
        "tanker": {"title": "Tanker", "text": "Tenk.", "ask": "Hva lærte du?", "expert": "Ring."},
        "regn": {
            "title": "Regn om",
            "text": "KLB 2008.",
            "ask": "Hvor mye?",
            "hint": "Legg sammen først.",
            "outcomes": {"right": "Stemmer.", "too_low": "For lite.", "too_high": "For mye!"},
        },
        "sjettedel": {
            "title": "Behovsdosen",
            "text": "En sjettedel.",
            "ask": "Hvor mye?",
            "outcomes": {"right": "Stemmer.", "too_low": "For lite.", "too_high": "For mye!"},
        },
        "samling": {"title": "Samling", "text": "Det går bedre."},
        "slutt": {"title": "Slutt", "text": "Takk for nå."},
    },
}
