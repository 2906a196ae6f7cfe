"""The tools that have a page of their own: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from pallkit.i18n import Message, _


@dataclass(frozen=True, slots=True)
class Tool:
    """A page with one widget.

    ``name`` is the last part of its address, and what reports of errors call it; ``menu``
    is its short name in the main menu.
    """

    name: str
    notebook: str
    menu: Message
    title: Message
    summary: Message

    @property
    def path(self) -> str:
        """The page's address below the server's own."""
        return f"/app/{self.name}"


TOOLS = (
    Tool(
        "kalkulator",
        "apps/calculator.ipynb",
        _("Calculator"),
        _("Opioid calculator"),
        _(
            "Type a regimen and see every step of the calculation, each with its ratio and "
            "its source. Where a source gives no answer, the calculator gives none either."
        ),
    ),
    Tool(
        "smertepumpe",
        "apps/pump.ipynb",
        _("Pain pump"),
        _("Pump calculator"),
        _(
            "Set up a pump for an invented patient: concentration, rate, bolus and lock-out, "
            "and how long the reservoir lasts."
        ),
    ),
    Tool(
        "omregningstabeller",
        "apps/ratio_sets.ipynb",
        _("Tables"),
        _("Conversion tables"),
        _(
            "Read the sources' tables as they stand, see where they differ, and what each of "
            "them may not be used for."
        ),
    ),
)
