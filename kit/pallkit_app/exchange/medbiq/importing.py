"""A package of the standard becomes a case folder, or nothing is written.

Our own packages hold the whole case as an extension. It is read as any stranger's file: it
must keep to the case format, be playable, and hold no identity number; and it comes in
unsigned. Any other package is read by the standard alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pallkit.cases.model import structure
from pallkit.cases.prose import structure_prose
from pallkit.errors import ContentError
from pallkit.i18n import DEFAULT, LANGUAGES, Language, _, render
from pallkit_app.casework.new import check_new_id, free_folder
from pallkit_app.exchange.loss import Loss, Losses
from pallkit_app.exchange.medbiq.arriving import arrive
from pallkit_app.exchange.medbiq.model import Extension, VirtualPatient
from pallkit_app.exchange.medbiq.names import INVENTED
from pallkit_app.exchange.medbiq.reading import TRUST, Trust, read_medbiq
from pallkit_app.exchange.medbiq.sound import refuse_texts, refuse_unplayable
from pallkit_app.exchange.medbiq.writing import digest
from pallkit_app.exchange.medbiq.yaml_text import to_yaml
from pallkit_app.exchange.package import refused

REPORT = "import.txt"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A case that has been let in: its structure, its texts by language, and what was lost."""

    case: dict[str, Any]
    texts: Mapping[Language, dict[str, Any]]
    loss: Loss
    says_invented: bool = True

    def report(self, lang: Language) -> str:
        """What did not come in, as lines of text."""
        head = render(_("What of “{case}” did not come in", case=self.loss.case), lang)
        _first, *rest = self.loss.to_text(lang).split("\n")
        return "\n".join([head, *rest])


def read_case(
    path: Path, case_id: str, *, lang: Language | None = None, trust: Trust = TRUST
) -> Incoming:
    """Read a package as a case that can be played.

    ``lang`` is the language of the texts, where the package does not tell or tells wrong.
    Raises :class:`pallkit.errors.PallkitError`, one line, for what is not let in.
    """
    patient = read_medbiq(path, trust)
    losses = Losses()
    if patient.extension is not None:
        made = _own(patient, patient.extension, case_id, path.name, losses)
    else:
        made = _standard(patient, case_id, lang or _spoken(patient.lang), losses)
    refuse_texts([made.case, made.texts])
    case = structure(made.case)
    for language, texts in made.texts.items():
        structure_prose({**texts, "lang": language})
    refuse_unplayable(case, made.texts)
    return made


def import_case(  # noqa: PLR0913  # the command's own options
    path: Path,
    case_id: str,
    *,
    lang: Language | None = None,
    root: Path | None = None,
    invented: bool = False,
    trust: Trust = TRUST,
) -> tuple[Path, Incoming]:
    """Write the case folder below ``root`` (else this checkout) and answer where it is.

    Nothing is written where anything is refused, and no case is written over. A package that
    does not say that its patient is invented needs the author to say so.
    """
    check_new_id(case_id)
    folder = free_folder(case_id, root)
    made = read_case(path, case_id, lang=lang, trust=trust)
    if not made.says_invented and not invented:
        raise ContentError(
            _(
                "PallKit takes only invented patients, and this package does not say that its "
                "patient is invented. If you know that it is, add --invented."
            )
        )
    files = {"case.yaml": to_yaml(made.case, "case.yaml")}
    for language, texts in made.texts.items():
        files[f"{language}.yaml"] = to_yaml(texts, f"{language}.yaml")
    files[REPORT] = made.report(lang or DEFAULT)
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder, made


def _own(
    patient: VirtualPatient, extension: Extension, case_id: str, name: str, losses: Losses
) -> Incoming:
    case = _json(extension.case, name)
    texts = {
        lang: _json(extension.texts[lang], name) for lang in LANGUAGES if lang in extension.texts
    }
    case |= {"id": case_id, "reviewed": None}
    if DEFAULT not in texts:
        raise refused(name, _("its case has no texts in bokmål"))
    if digest(patient) != extension.native:
        losses.note(
            _("Something in the package was changed after PallKit wrote it. That was not read.")
        )
    losses.note(_("The case is a draft here: sign it again when a clinician has read it."))
    loss = losses.report("PallKit", case_id, version=1, draft=True)
    return Incoming(case, texts, loss, says_invented=case.get("invented") is True)


def _standard(patient: VirtualPatient, case_id: str, lang: Language, losses: Losses) -> Incoming:
    made = arrive(patient, case_id, lang, losses)
    texts: dict[Language, dict[str, Any]] = {lang: made.texts}
    if lang != DEFAULT:  # without which no case opens
        texts[DEFAULT] = made.texts
        losses.note(_("The texts in nb.yaml are not in bokmål: translate them."))
    losses.note(_("What is to be written begins with “SKRIV:”. “pallkit check” finds it."))
    loss = losses.report("PallKit", case_id, version=1, draft=True)
    says = INVENTED in patient.patient.traits
    return Incoming(made.case, texts, loss, says_invented=says)


def _json(text: str, name: str) -> dict[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise refused(name, _("its PallKit case cannot be read"))
    return cast("dict[str, Any]", value)


def _spoken(code: str) -> Language:
    """The language a package says it is in; «no» is bokmål, and so is what we do not know."""
    found = code.strip().lower().partition("-")[0]
    return next((lang for lang in LANGUAGES if lang == found), DEFAULT)
