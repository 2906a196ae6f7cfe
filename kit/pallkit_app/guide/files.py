"""The guide on disk: HTML or PDF by the file's name."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from pallkit import content
from pallkit.i18n import Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.guide.page import KIND, guide_html
from pallkit_app.guide.schedule import HOUR
from pallkit_app.paper import PaperError, check_target, is_paged, write


def write_guide(
    case_id: str, lang: Language, path: Path, *, minutes: int = HOUR, force: bool = False
) -> None:
    """Write the leader guide of a case to ``path``, ending in .html or .pdf.

    ``minutes`` is how long the session is.

    An existing file is replaced if it is a guide of ours, or with ``force``; it is
    replaced in one piece, so that an interrupted run leaves the old guide.
    Raises :class:`PaperError`, or :class:`pallkit.errors.ContentError` for the case.
    """
    refuse_identity_numbers(case_id)
    foreign = _(
        "“{path}” exists and is not a leader guide. Choose another name, or use --force.",
        path=str(path),
    )
    check_target(path, kind=KIND, foreign=foreign, force=force)
    refuse_unknown(case_id)
    write(guide_html(case_id, lang, minutes=minutes, paged=is_paged(path)), path)


def refuse_unknown(case_id: str) -> None:
    """Refuse a case that is not there, with the nearest that is. Raises :class:`PaperError`."""
    known = content.case_ids()
    if case_id in known:
        return
    near = get_close_matches(case_id, known, n=1, cutoff=0.4)
    if near:
        raise PaperError(
            _("There is no case “{id}”. Did you mean “{near}”?", id=case_id, near=near[0])
        )
    raise PaperError(
        _("There is no case “{id}”. The cases are: {all}.", id=case_id, all=", ".join(known))
    )
