"""Write a case as a package of the standard."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from pallkit import cases, content
from pallkit.cases.values import Level
from pallkit.errors import DecisionError
from pallkit.i18n import LANGUAGES, Language, _
from pallkit_app.exchange.loss import Loss
from pallkit_app.exchange.medbiq.leaving import leave
from pallkit_app.exchange.medbiq.losing import lost
from pallkit_app.exchange.medbiq.manifest import manifest, metadata
from pallkit_app.exchange.medbiq.model import Extension, VirtualPatient
from pallkit_app.exchange.medbiq.names import (
    LOSS_FILE,
    MANIFEST_FILE,
    METADATA_FILE,
)
from pallkit_app.exchange.medbiq.writing import digest, to_files
from pallkit_app.exchange.zipping import write_zip


def write(case_id: str, lang: Language, out: Path, *, level: Level | None = None) -> Loss:
    """Write the case to ``out``; the same case gives the same bytes.

    Raises :class:`pallkit.errors.PallkitError` for an unknown case, a level it does not open
    at, and a file that cannot be written.
    """
    files, loss = package(case_id, lang, level=level)
    write_zip(out, files)
    return loss


def package(
    case_id: str, lang: Language, *, level: Level | None = None, whole: bool = True
) -> tuple[dict[str, bytes], Loss]:
    """The files of the package by name. Without ``whole`` our own extension is left out."""
    case, texts = cases.load(case_id), cases.prose(case_id, lang)
    if level is not None and level not in case.open_levels:
        raise DecisionError(_("The case does not open at level {level}.", level=level))
    patient = leave(case, texts, level or case.level, _titles())
    files = to_files(_extended(patient, case_id) if whole else patient)
    loss = lost(case, texts)
    topics = content.table("topics")
    named = [topics[one][texts.lang] for one in case.topics if one in topics]
    files |= {
        METADATA_FILE: metadata(case, texts, named),
        LOSS_FILE: loss.to_text(texts.lang).encode(),
    }
    return {MANIFEST_FILE: manifest(case, files), **files}, loss


def _extended(patient: VirtualPatient, case_id: str) -> VirtualPatient:
    found = {lang: content.prose(case_id, lang) for lang in LANGUAGES}
    texts = {str(lang): _json(raw) for lang, raw in found.items() if raw is not None}
    extension = Extension(_json(content.case(case_id)), texts, digest(patient))
    return replace(patient, extension=extension)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":"))


def _titles() -> dict[str, str]:
    return {one["id"]: one["title"] for one in content.table("sources")}
