"""A case as a SCORM 1.2 package: a static player in one page, for any learning platform.

Nothing of ours runs on a server: the case is unrolled (:mod:`..unrolled`) to JSON, and the
player in ``player/`` walks it and shows it with the case player's own scripts and styles. The
package is one SCO. It asks no host for anything and has no inline script, so it works under
``default-src 'self'``; opened without a platform it plays, and says that nothing is recorded.

The score is 0 to 100: the points of the most that could be had on the way taken, as in the
debrief. ``passed`` and ``failed`` are not used: a case is to be talked about, not stood at.
"""

from __future__ import annotations

from pathlib import Path

from pallkit import cases
from pallkit.cases.values import Level
from pallkit.i18n import Language
from pallkit_app.exchange.loss import Loss, Losses
from pallkit_app.exchange.scorm.files import page_files
from pallkit_app.exchange.scorm.losses import NOTES, STEPS, WHOLE
from pallkit_app.exchange.scorm.manifest import MANIFEST, manifest
from pallkit_app.exchange.scorm.model import static_model
from pallkit_app.exchange.unrolled import unroll
from pallkit_app.exchange.zipping import write_zip

__all__ = ["write"]

LOSS = "loss.txt"
"""Where the report lies in the package."""


def write(case_id: str, lang: Language, out: Path, *, level: Level | None = None) -> Loss:
    """Write the case as ``out``, and say what it lost; in bokmål where it is not in ``lang``.

    Raises :class:`pallkit.errors.ContentError` for a case that has no finite graph, and
    :class:`pallkit.errors.PallkitError` where ``out`` cannot be written.
    """
    case, texts = cases.load(case_id), cases.prose(case_id, lang)
    graph = unroll(case, level)
    loss = _loss(case, texts)
    files = page_files(static_model(graph, texts, lang), texts, lang)
    files[LOSS] = loss.to_text(lang)
    names = sorted(files)
    head = manifest(case, texts, graph.level, lang, names)
    write_zip(out, {MANIFEST: head, **{name: files[name] for name in names}})
    return loss


def _loss(case: cases.Case, texts: cases.Prose) -> Loss:
    losses = Losses()
    losses.tell(case, texts, whole=WHOLE, steps=STEPS)
    for note in NOTES:
        losses.note(note)
    return losses.report("SCORM 1.2", case.id, version=case.version, draft=case.draft)
