"""The words of the check before handing in."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _
from pallkit.preflight import Standing

LABELS: Mapping[str, Message] = {
    "widget": _("Check before handing in"),
    "check": _("Check again"),
    "checked": _("Checked {time}.", time="{time}"),
    "tasks": _("The tasks"),
    "findings": _("What else was found"),
    "to_mend": _("must be mended"),
    "to_look_at": _("have a look"),
    "files": _("What is handed in"),
    "mend": _("Repair the notebook"),
    "mend_help": _(
        "A copy of the notebook is saved first. Save the notebook before you repair it, and do "
        "not write in it until you have loaded it again."
    ),
    "undo": _("Undo the repair"),
}

STANDINGS: Mapping[Standing, Message] = {
    "answered": _("answered"),
    "begun": _("begun"),
    "withdrawn": _("taken back"),
    "unreadable": _("cannot be read"),
    "missing": _("not answered"),
}
