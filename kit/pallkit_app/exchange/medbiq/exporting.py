"""Write a case as a package of the standard."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from pallkit import cases, content
from pallkit.cases.values import Level
from pallkit.errors import DecisionError, PallkitError
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

_MADE = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a package: the earliest a zip can tell, so that bytes repeat."""


def write(case_id: str, lang: Language, out: Path, *, level: Level | None = None) -> Loss:
    """Write the case to ``out``; the same case gives the same bytes.

    Raises :class:`PallkitError` for an unknown case, a level it does not open at, and a
    file that cannot be written.
    """
    files, loss = package(case_id, lang, level=level)
    try:
        out.write_bytes(zipped(files))
    except OSError:
        raise PallkitError(_("“{file}” cannot be written.", file=out.name)) from None
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


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip, with neither times nor owners in it."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, data)
    return held.getvalue()


def _extended(patient: VirtualPatient, case_id: str) -> VirtualPatient:
    found = {lang: content.prose(case_id, lang) for lang in LANGUAGES}
    texts = {str(lang): _json(raw) for lang, raw in found.items() if raw is not None}
    extension = Extension(_json(content.case(case_id)), texts, digest(patient))
    return replace(patient, extension=extension)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=False, separators=(",", ":"))


def _titles() -> dict[str, str]:
    return {one["id"]: one["title"] for one in content.table("sources")}
