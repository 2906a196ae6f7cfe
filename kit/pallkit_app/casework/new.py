"""Begin a case from a template: every file it needs, with every text left to be written."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.compile import content_root, in_checkout

TEMPLATES = files(__package__) / "templates"
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 60
_PLACEHOLDER = "the-case-id"


def templates() -> tuple[str, ...]:
    """The names of the templates there are."""
    return tuple(sorted(one.name for one in TEMPLATES.iterdir() if one.is_dir()))


def check_new_id(case_id: str) -> None:
    """Raise :class:`ContentError` for an id that cannot be a case's."""
    refuse_identity_numbers(case_id)
    if not _ID.fullmatch(case_id) or len(case_id) > _LONGEST:
        raise ContentError(
            _("“{id}” cannot be an id. Use a-z, 0-9 and hyphens, at most 60.", id=case_id[:80])
        )


def free_folder(case_id: str, root: Path | None = None) -> Path:
    """The folder of a case that is to be, below ``root`` or else this checkout.

    Raises :class:`ContentError` where there is one already, and in an installed PallKit, whose
    case bank is not the author's to write in.
    """
    if root is None and not in_checkout():
        raise ContentError(
            _("A case is written in a copy of the PallKit repository, and this is an installation.")
        )
    folder = (root or content_root()) / "casebank/cases" / case_id
    if folder.exists():
        raise ContentError(
            _("There is a case “{id}” already: {path}", id=case_id, path=str(folder))
        )
    return folder


def new_case(case_id: str, template: str, root: Path | None = None) -> Path:
    """Write a new case folder below ``root`` (else this checkout) and answer where it is.

    Raises :class:`ContentError` for an id that cannot be one, an unknown template, a case
    that exists, and an installed PallKit, whose case bank is not the author's to write in.
    """
    check_new_id(case_id)
    if template not in templates():
        raise ContentError(
            _(
                "There is no template “{name}”. Use one of: {known}.",
                name=template,
                known=", ".join(templates()),
            )
        )
    folder = free_folder(case_id, root)
    folder.mkdir(parents=True)
    for source in (TEMPLATES / template).iterdir():
        text = source.read_text(encoding="utf-8").replace(_PLACEHOLDER, case_id)
        (folder / source.name).write_text(text, encoding="utf-8")
    return folder
