"""What of a case the standard cannot carry: dropped, simplified, or only to be read."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.cases import Case, Prose
from pallkit.i18n import _
from pallkit_app.exchange.features import used
from pallkit_app.exchange.loss import Fate, Loss, Losses

FORMAT = "MedBiquitous (ANSI/MEDBIQ VP.10.1)"

CARRIED = frozenset(
    {"info", "gather", "reflect", "choice", "score", "danger", "clock", "feedback", "hint",
     "expert", "patient"}
)  # fmt: skip
"""What another player does with a package as we do with the case."""

FATES: Mapping[str, Fate] = {
    "esas": "simplified",
    "consult": "simplified",
    "multi": "simplified",
    "estimate": "simplified",
    "order": "simplified",
    "dose": "simplified",
    "pump": "simplified",
    "document": "simplified",
    "catalogue": "simplified",
    "levels": "simplified",
    "when": "simplified",
    "review": "simplified",
    "sources": "kept as text",
    "goals": "kept as text",
    "place": "kept as text",
    "regimen": "kept as text",
}
"""The rest is dropped. Two features have another fate where they change."""

_WORDS = {
    "esas": _("symptoms are counters without a lowest and a highest value"),
    "consult": _("questions can be put again, and as many as one likes"),
    "multi": _("boxes to tick: a choice between an example of each outcome"),
    "estimate": _("a figure to estimate: a choice between right, lower and higher"),
    "order": _("things to order: a choice between an example of each outcome"),
    "dose": _("a dose to work out: a choice between the right dose and wrong ones"),
    "pump": _("a pump rate to work out: a choice between the right rate and wrong ones"),
    "document": _("a form: the learner says whether all of it is filled in"),
    "levels": _("the package is the case at one of its levels"),
    "when": _("options that depend on more than the level are always offered"),
    "review": _("metadata say draft or final, not who signed the case"),
    "catalogue": _("metadata hold title, summary and topics, not level and minutes"),
    "regimen": _("the medicines at the start"),
    "place": _("where the patient is at the start"),
}


def lost(case: Case, texts: Prose) -> Loss:
    """The report of an export of the case."""
    losses = Losses()
    for step, feature in used(case, texts):
        if feature in CARRIED or (step is not None and feature == "esas"):
            continue
        changed = step is not None and feature in {"place", "regimen"}
        fate = "dropped" if changed else FATES.get(feature, "dropped")
        losses.add(step, fate, feature, None if changed else _WORDS.get(feature))
    losses.note(
        _("PallKit reads the whole case back from the package; other programs play the rest.")
    )
    return losses.report(FORMAT, case.id, version=case.version, draft=case.draft)
