"""The words of the answer box."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

LABELS: Mapping[str, Message] = {
    "widget": _("Answer"),
    "label": _("Your answer"),
    "save": _("Save the answer"),
    "saved": _(
        "Saved {time}. This is the answer that counts: {answer}", time="{time}", answer="{answer}"
    ),
    "saved_text": _("Saved {time}. This is the answer that counts.", time="{time}"),
    "none": _("Nothing is saved yet."),
    "none_left": _("You have taken your answer back. No answer counts now."),
    "changed": _("Changed since it was saved."),
    "earlier": _("All your answers ({number})", number="{number}"),
    "counts": _("counts"),
    "withdrawn": _("taken back"),
    "withdraw": _("Take back the answer that counts"),
    "tick_help": _("Tick everything you think is right. It may be several."),
    "order_help": _("Move the lines up and down until the order is right."),
    "move_up": _("Move up: {item}", item="{item}"),
    "move_down": _("Move down: {item}", item="{item}"),
    "moved": _(
        "{item}: now number {place} of {count}", item="{item}", place="{place}", count="{count}"
    ),
    "how_sure": _("How sure are you?"),
    "how_sure_help": _("You need not answer. 0 is a guess, 10 is quite sure. It gives no points."),
    "was_sure": _("sure: {number} of 10", number="{number}"),
    "not_kept": _("Nothing is kept here: this box has no answer log."),
}
