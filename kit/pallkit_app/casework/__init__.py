"""What an author does with a case: begin it, look at it from above, try it, sign it.

Everything here works on the files of a case folder and on the same engine as the player; none
of it decides anything clinical.
"""

from __future__ import annotations

from pathlib import Path

from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit_app.compile import content_root

__all__ = ["case_folder"]


def case_folder(case_id: str, root: Path | None = None) -> Path:
    """The folder of a case below ``root``, else in this PallKit's own case bank.

    Raises :class:`ContentError` when there is none of that id.
    """
    folder = (root or content_root()) / "casebank/cases" / case_id
    if not (folder / "case.yaml").is_file() or folder.parent.name != "cases":
        raise ContentError(
            _("There is no case “{id}” in the case bank. See: pallkit case list.", id=case_id)
        )
    return folder
