"""How heavy a Norwegian text is to read. Warnings only.

LIX is the mean number of words in a sentence plus the percentage of words longer than six
letters (C. H. Björnsson, Läsbarhet, 1968): about 40 is a newspaper's prose, above 45 an
authority's, above 55 a law's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.prose import REQUIRED
from pallkit_app.check.wording import strings

HEAVIEST = 45
LONGEST = 260
_ENOUGH = 60  # words; of fewer, a figure for the whole says little
_LONG_WORD = 6
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_STOP = re.compile(r"[.!?:]+[»”\"*)]*(?:\s|$)|\n\s*(?:\n|[-*] |\d+\. )")


@rule("heavy-text", _("A Norwegian text is easy to read: its LIX is not above 45."))
def heavy_texts(bank: Bank) -> Iterator[Finding]:
    """Learners read on a phone, between two patients."""
    for files, _case in bank.sound_cases:
        for lang in REQUIRED:
            for place, text in strings(files.prose(lang), ()):
                figure = lix(text)
                if figure is not None and figure > HEAVIEST:
                    yield Finding(
                        files.spot(lang, place),
                        _("The text is heavy to read: LIX {figure}.", figure=figure),
                        _("Write shorter sentences and shorter words."),
                        warning=True,
                    )


@rule("long-text", _("A text has at most 260 words."))
def long_texts(bank: Bank) -> Iterator[Finding]:
    """More than that is two steps, or something to leave out."""
    for files, _case in bank.sound_cases:
        for lang in REQUIRED:
            for place, text in strings(files.prose(lang), ()):
                count = len(_WORD.findall(text)) if len(text) > LONGEST else 0
                if count > LONGEST:
                    yield Finding(
                        files.spot(lang, place),
                        _("The text has {count} words.", count=count),
                        _("Shorten it, or let it be two steps."),
                        warning=True,
                    )


def lix(text: str) -> int | None:
    """The readability index of a text, rounded; None where it is too short to have one."""
    words = _WORD.findall(text)
    if len(words) < _ENOUGH:
        return None
    sentences = max(1, len(_STOP.findall(text.strip() + "\n")))
    heavy = sum(len(word) > _LONG_WORD for word in words)
    return round(len(words) / sentences + 100 * heavy / len(words))
