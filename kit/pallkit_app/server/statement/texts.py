"""The statement in words: how it was tested, what is known to be missing, what nobody knows."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Message, _

CHECKS: Mapping[str, Message] = {
    "axe": _(
        "axe was run on the pages and on the states of the tools, in light and dark colours, with "
        "all its rules for WCAG 2.1 A and AA."
    ),
    "keyboard": _(
        "Everything was come to with Tab and again with Shift and Tab, the focus was measured in "
        "pixels, and each tool was used with the keyboard alone."
    ),
    "names": _(
        "The role, name and state of each control were read from the browser's accessibility "
        "tree, and compared with a list of what they are to be called."
    ),
    "said": _(
        "Results, refusals and trouble were listened for: each is told once, and the focus goes "
        "to where one reads on."
    ),
    "contrast": _(
        "The contrast of text, fields, charts and marks was computed, in light and dark colours."
    ),
    "layout": _(
        "The pages were shown at a width of 320 pixels, at 200 percent, with letters twice as "
        "large, with more space in the text, held sideways, and without movement."
    ),
    "language": _(
        "The language of each page and its parts, its title and its menu were read in three "
        "languages."
    ),
}
"""How it was tested, by the name of the check."""

KNOWN: Mapping[str, Message] = {
    "2.2.1": _(
        "The server lets go of a page that has not been used for a while, without asking first. "
        "Whoever runs the server sets for how long."
    ),
    "3.1.2": _(
        "Titles of sources and tables in English or Swedish stand on Norwegian pages without "
        "being marked as English or Swedish, so a screen reader reads them as Norwegian."
    ),
}
"""What is known not to meet a criterion."""

UNTESTED = (
    _("No page has been tried with a screen reader (NVDA, JAWS, VoiceOver or TalkBack)."),
    _("No page has been tried with voice control, a switch or a screen magnifier."),
    _("No person with a disability has tried the pages."),
    _("Only Chromium was used: not Firefox or Safari, and no real phone."),
    _("The films, web pages and documents that the pages link to belong to others."),
    _(
        "JupyterLab, where course participants solve assignments, and the pages for those who "
        "mark them are not part of this statement. JupyterLab has faults of its own that we do "
        "not control."
    ),
)
"""What nobody has tested."""
