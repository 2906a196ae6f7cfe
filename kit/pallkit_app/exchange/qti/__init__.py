"""A case as QTI 3 items, one for each step that asks something, with a report of what it lost.

Items do not branch and keep no state: each tells how things stand where it is met (see
:mod:`.arrivals`), and a test puts them in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from pallkit import cases
from pallkit.cases.values import Level
from pallkit.i18n import Language
from pallkit_app.exchange.loss import Loss, Losses
from pallkit_app.exchange.qti.arrivals import Arrival, arrivals
from pallkit_app.exchange.qti.items import Items
from pallkit_app.exchange.qti.losses import (
    LAST,
    NOT_MET,
    NUMBERS,
    POINTS,
    READ,
    STEPS,
    UNTRIED,
    WHOLE,
)
from pallkit_app.exchange.qti.package import (
    LOSS,
    MANIFEST,
    TEST,
    item_file,
    manifest_xml,
    sequence_xml,
)
from pallkit_app.exchange.zipping import write_zip

__all__ = ["write"]


def write(case_id: str, lang: Language, out: Path, *, level: Level | None = None) -> Loss:
    """Write the items as ``out``, and say what was lost; in bokmål where it is not in ``lang``.

    Raises :class:`pallkit.errors.ContentError` for a case that cannot be computed, and
    :class:`pallkit.errors.PallkitError` where ``out`` cannot be written.
    """
    case, texts = cases.load(case_id), cases.prose(case_id, lang)
    met = arrivals(case, level)
    items = Items(case, texts, texts.lang).all(met)
    loss = _loss(case, texts, met, items)
    files = {
        MANIFEST: manifest_xml(case, list(items)),
        TEST: sequence_xml(case, texts, texts.lang, list(items)),
        **{item_file(step): xml for step, xml in items.items()},
        LOSS: loss.to_text(texts.lang),
    }
    write_zip(out, files)
    return loss


def _loss(
    case: cases.Case, texts: cases.Prose, met: Mapping[str, Arrival], items: Mapping[str, str]
) -> Loss:
    told = {id_ for item in items for id_ in met[item].read}
    losses = Losses()
    plain = {id_: READ if id_ in told else LAST for id_ in met if id_ not in items}
    never = {str(step.id): NOT_MET for step in case.steps if step.id not in met}
    losses.tell(case, texts, whole=WHOLE, steps=STEPS, apart={**plain, **never})
    for note in (POINTS, NUMBERS, UNTRIED):
        losses.note(note)
    return losses.report("QTI 3", case.id, version=case.version, draft=case.draft)
