"""The words of the calculator."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

LABELS: Mapping[str, Message] = {
    "widget": _("Opioid calculator for practice"),
    "doses": _("What is given now"),
    "row": _("Drug {number}", number="{number}"),
    "drug": _("Drug"),
    "route": _("Route"),
    "dose": _("Dose"),
    "pick": _("Choose"),
    "add": _("Add another drug"),
    "remove": _("Remove"),
    "remove_row": _("Remove drug {number}", number="{number}"),
    "table": _("Conversion table"),
    "copies": _("Show the other tables, too: read from a copy, or not for calculating"),
    "to": _("Change to"),
    "only_count": _("Nothing. Only count as oral morphine"),
    "reduction": _("Reduction of the calculated dose"),
    "reduce_none": _("None. Show the equivalent only"),
    "reduce_number": _("A percentage"),
    "reduce_rule": _("A named rule"),
    "percent": _("Percentage"),
    "rule": _("Rule"),
    "reduction_help": _("Choosing how much is part of the exercise. There is no default."),
    "calculate": _("Calculate"),
    "answer": _("The answer"),
    "empty": _("Fill in what is given now, choose a table, and calculate."),
    "stale": _("The form has been changed. Calculate again."),
    "refused": _("No answer"),
    "equivalent": _("Together as oral morphine"),
    "low": _("Lowest"),
    "point": _("By the table's main figure"),
    "high": _("Highest"),
    "no_point": _("The source gives only a spread, no single figure."),
    "about_table": _("About the table"),
    "purpose": _("Made for"),
    "not_for": _("Not for"),
    "rights": _("Rights"),
    "seen": _("Seen"),
    "seen_original": _("The original was read."),
    "seen_copy": _("Read from a copy, not from the original."),
    "seen_second_hand": _("Known only from what others write about it."),
    "to_source": _("Open the source"),
    "new_window": _("opens in a new window"),
}
