"""Lazy messages, rendered in the reader's language at the edge.

A message is an English msgid and its parameters. It becomes text only when it is shown,
in the language of the page it is shown on: two learners in one process may read
different languages, so there is no process-wide locale.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Literal, get_args

Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "nb"

# Each package carries the catalogue of its own texts, so that a text lives beside its code.
CATALOGUES = ("pallkit", "pallkit_widgets", "pallkit_grading", "pallkit_app")


@dataclass(frozen=True, slots=True)
class Words:
    """A text that content carries in every language: a drug's name, a ratio set's purpose.

    Content is translated where it is written, not in a catalogue, so that its author
    sees all languages side by side.
    """

    nb: str
    nn: str
    en: str


@dataclass(frozen=True, slots=True)
class Message:
    """A msgid and its parameters, not yet in any language.

    A parameter is text, a number, content's own words or another message; numbers get the
    reader's decimal sign when rendered. Two equal messages are interchangeable.
    """

    msgid: str
    params: tuple[tuple[str, str | int | Decimal | Words | Message], ...] = ()

    def __str__(self) -> str:
        return render(self, "en")


def _(msgid: str, /, **params: str | int | Decimal | Words | Message) -> Message:
    """Mark ``msgid`` for translation and hold its parameters.

    The name is gettext's convention: Babel finds the texts of the catalogues by it.
    """
    return Message(msgid, tuple(params.items()))


def render(text: Message | Words | str, lang: Language) -> str:
    """Write ``text`` in ``lang``; English where a translation is missing."""
    if isinstance(text, str):
        return text
    if isinstance(text, Words):
        return str(getattr(text, lang))
    template = _translate(text.msgid, lang)
    return template.format(**{name: _shown(value, lang) for name, value in text.params})


def number(value: Decimal | int, lang: Language) -> str:
    """Write a number plainly, with the decimal comma of nb and nn; never an exponent."""
    plain = format(value, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain if lang == "en" else plain.replace(".", ",")


def language(code: object) -> Language:
    """Read a language code from outside; anything unknown is the default, bokmål."""
    return code if code in LANGUAGES else DEFAULT


def _shown(value: str | int | Decimal | Words | Message, lang: Language) -> str:
    if isinstance(value, Message | Words):
        return render(value, lang)
    if isinstance(value, Decimal):
        return number(value, lang)
    return str(value)


@lru_cache(maxsize=4096)
def _translate(msgid: str, lang: Language) -> str:
    if lang == "en" or not msgid:
        return msgid
    for package in CATALOGUES:
        found = _catalogue(package, lang).gettext(msgid)
        if found != msgid:
            return found
    return msgid


@lru_cache
def _catalogue(package: str, lang: Language) -> gettext.NullTranslations:
    # find_spec, not import: rendering a dose must not pull in the server or Jupyter.
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        return gettext.NullTranslations()
    folder = Path(spec.submodule_search_locations[0]) / "locale"
    return gettext.translation(package, folder, [lang], fallback=True)
