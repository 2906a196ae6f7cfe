"""A case as an H5P Branching Scenario, with a report of what it lost.

The package holds content alone, as H5P platforms exchange it: the libraries that play it must
be installed on the platform. :data:`.params.LIBRARIES` are those it asks for.
"""

from __future__ import annotations

import json
from pathlib import Path

from pallkit import cases
from pallkit.cases.values import Level
from pallkit.i18n import Language
from pallkit_app.exchange.h5p.contents import Contents
from pallkit_app.exchange.h5p.losses import (
    NO_BACK,
    STEPS,
    UNTRIED,
    WHOLE,
    needed_note,
    points_note,
)
from pallkit_app.exchange.h5p.params import LIBRARIES, content_json, package_json
from pallkit_app.exchange.loss import Loss, Losses
from pallkit_app.exchange.unrolled import unroll
from pallkit_app.exchange.zipping import write_zip

__all__ = ["write"]

LOSS = "content/loss.txt"
"""Where the report lies in the package: platforms let text files in among the content."""


def write(case_id: str, lang: Language, out: Path, *, level: Level | None = None) -> Loss:
    """Write the case as ``out``, and say what it lost; in bokmål where it is not in ``lang``.

    Raises :class:`pallkit.errors.ContentError` for a case that has no finite graph or is too
    large, and :class:`pallkit.errors.PallkitError` where ``out`` cannot be written.
    """
    case, texts = cases.load(case_id), cases.prose(case_id, lang)
    contents = Contents(unroll(case, level, figures=True), texts, texts.lang)
    loss = _loss(case, texts, contents.least())
    files = {
        "h5p.json": _json(package_json(case, texts)),
        "content/content.json": _json(content_json(case, texts, contents.all())),
        LOSS: loss.to_text(texts.lang),
    }
    write_zip(out, files)
    return loss


def _loss(case: cases.Case, texts: cases.Prose, least: int) -> Loss:
    losses = Losses()
    losses.tell(case, texts, whole=WHOLE, steps=STEPS)
    libraries = ", ".join(f"{name} {major}.{minor}" for name, major, minor in LIBRARIES)
    losses.note(needed_note(libraries))
    losses.note(points_note(-least))
    losses.note(NO_BACK)
    losses.note(UNTRIED)
    return losses.report("H5P Branching Scenario", case.id, version=case.version, draft=case.draft)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
