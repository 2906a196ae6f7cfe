"""The words of the table browser."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

_FRAME: Mapping[str, Message] = {
    "widget": _("Conversion tables and where they come from"),
    "tab_tables": _("The tables"),
    "tab_drug": _("One drug in every table"),
    "search": _("Search for a drug"),
    "search_help": _("Any name it goes by, for example kodein, Durogesic or N02AB03"),
    "search_go": _("Search"),
    "search_clear": _("Show everything"),
    "see_across": _("See {drug} in every table", drug="{drug}"),
    "back": _("All the tables"),
    "print": _("Print"),
    "copy_link": _("Copy the link"),
    "copied": _("The link has been copied."),
    "copy_by_hand": _("Copy this address"),
    "new_window": _("opens in a new window"),
    "methadone": _("Show the methadone rows, as a demonstration"),
    "methadone_why": _(
        "They are shown to be seen, never to calculate by: methadone's strength against "
        "morphine depends on the dose, it accumulates over days, and only specialists change "
        "to or from it."
    ),
}
_TABLE: Mapping[str, Message] = {
    "rows": _("The rows"),
    "scroll": _("The rows of the table; scroll sideways to see all of them"),
    "number": _("Row"),
    "drug": _("Drug and route"),
    "printed": _("As printed (dose = oral morphine)"),
    "pair": _("Printed pair"),
    "ratio": _("mg oral morphine for 1 unit of the drug"),
    "low": _("Lowest"),
    "point": _("Main figure"),
    "high": _("Highest"),
    "spread": _("Spread"),
    "spread_help": _(
        "The spread is drawn against each row's own main figure: the middle line is that "
        "figure, the outer lines are half of it and twice it. A long bar means that the same "
        "dose may be worth very different amounts."
    ),
    "unit": _("Unit"),
    "band": _("Holds for oral morphine, mg/24 h"),
    "direction": _("May be used"),
    "nothing": _("–"),
    "findings": _("What is odd in this table"),
    "no_findings": _(
        "None of what PallKit looks for: gaps, overlaps, falls, and pairs that do not recompute."
    ),
    "more_findings": _("{count} more findings", count="{count}"),
    "fault": _("Fault"),
    "sources": _("Sources"),
    "about": _("About the table"),
    "used_in": _("It was used in:"),
}
_ACROSS: Mapping[str, Message] = {
    "pick": _("Drug and route"),
    "choose": _("Choose a drug"),
    "empty": _("Choose a drug to see what each table says that it is worth."),
    "axis": _("mg oral morphine for 1 {unit}", unit="{unit}"),
    "lacking": _("Tables without a figure for it ({count})", count="{count}"),
    "compare_only": _(
        "A picture for seeing that sources differ, not a table to calculate by. What was made "
        "for counting is not thereby for changing opioids."
    ),
    "survey": _("a survey: what people use, never calculated with"),
    "open_set": _("Open the table"),
}
LABELS: Mapping[str, Message] = {**_FRAME, **_TABLE, **_ACROSS}

MADE_FOR: Mapping[str, Message] = {
    "counting": _("Made for counting"),
    "switching": _("Made for changing opioids"),
    "equivalence": _("Made to show equivalence"),
    "survey": _("A survey"),
}
SEEN: Mapping[str, Message] = {
    "original": _("The original was read"),
    "copy": _("Read from a copy"),
    "second_hand": _("Known second hand"),
}
