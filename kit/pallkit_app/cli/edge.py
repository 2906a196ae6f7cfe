"""The edge of the command line: its one language, chosen when the program starts."""

from __future__ import annotations

import os
from functools import cache

from pallkit.i18n import DEFAULT, LANGUAGES, Language, Message, render


@cache
def cli_language() -> Language:
    """``PALLKIT_LANG``, else nn or en when the terminal's locale says so, else bokmål."""
    chosen = os.environ.get("PALLKIT_LANG") or _locale()
    for lang in LANGUAGES:
        if chosen.startswith(lang):
            return lang
    return DEFAULT


def say(text: Message | str) -> str:
    """Render ``text`` in the language of the command line."""
    return render(text, cli_language())


def tame(line: str) -> str:
    """``line`` without what steers a terminal: names in it come from files."""
    return "".join(letter if letter.isprintable() else " " for letter in line)


def _locale() -> str:
    return os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
