"""The words of the practice tasks."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

LABELS: Mapping[str, Message] = {
    "widget": _("Practice tasks"),
    "task_of": _("Task {number} of {count}", number="{number}", count="{count}"),
    "set": _("Level {level} · task set “{seed}”", level="{level}", seed="{seed}"),
    "progress": _("The tasks of this set"),
    "score": _(
        "{tried} of {count} tried, {right} right",
        tried="{tried}",
        count="{count}",
        right="{right}",
    ),
    "answer": _("Your answer"),
    "pick": _("Which answer is right?"),
    "check": _("Check"),
    "choices": _("Show four answers to choose from"),
    "write": _("Write the answer myself"),
    "next": _("Next task"),
    "you_answered": _("You answered"),
    "right_answer": _("The right answer"),
    "again": _("Try again, or open the calculation."),
    "done": _("All tasks are tried"),
    "mistakes": _("What went wrong on the way"),
    "once_more": _("Go back to what was not right"),
    "another": _("New tasks"),
    "print": _("Print the tasks"),
    "settings": _("Level and task set"),
    "level": _("Level"),
    "seed": _("Task set"),
    "seed_help": _("The same word gives the same tasks to everybody in the group."),
    "fetch": _("Fetch these tasks"),
    "about_table": _("About the table"),
    "purpose": _("Made for"),
    "not_for": _("Not for"),
    "to_source": _("Open the source"),
    "new_window": _("opens in a new window"),
    "not_kept": _("Nothing is kept: the tasks are for practice only."),
}

KIND_NAMES: Mapping[str, Message] = {
    "counting": _("Count as oral morphine"),
    "switching": _("Change to another opioid"),
    "rescue": _("A rescue dose"),
    "to-pump": _("From the mouth to a pump"),
    "pump-rate": _("The pump's rate"),
    "pump-reservoir": _("How long the reservoir lasts"),
    "pump-bolus": _("The most in any hour"),
    "mixture": _("A mixture"),
}
LEVEL_NAMES: Mapping[str, Message] = {
    "A": _("A: basic"),
    "B": _("B: extended"),
    "C": _("C: specialist"),
}
STATES: Mapping[str, Message] = {
    "open": _("Task {number}: not tried"),
    "right": _("Task {number}: right"),
    "mended": _("Task {number}: right after another try"),
    "wrong": _("Task {number}: not right yet"),
}
"""How a task stands, as it is read aloud."""
