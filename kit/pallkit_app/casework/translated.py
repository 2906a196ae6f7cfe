"""Which bokmål text each translation was made of, so that a changed one is not forgotten.

``translated.yaml`` in a case folder holds, for each language and each text, a short hash of the
bokmål text and of the translation, as they were when somebody last said they agree (``pallkit
case translated``). A bokmål text that has changed since, while its translation has not, is
stale. Where both have changed, the author has most likely translated; the record is then old.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pallkit.i18n import LANGUAGES
from pallkit_app.compile.strict_yaml import Document, Place, load

RECORD = "translated.yaml"
FROM = "nb"
_HEAD = (
    "# Skrevet av «pallkit case translated»: hvilken bokmålstekst hver oversettelse er laget av.\n"
    "# Written by that command: which bokmål text each translation was made of.\n"
)
_LENGTH = 8
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Change:
    """A text that is not as it was recorded: ``stale`` where only the bokmål one changed."""

    place: Place
    kind: Literal["stale", "unrecorded"]


def record(folder: Path) -> Path:
    """Write down that every translation of a case agrees with its bokmål text, as they are."""
    documents = {
        lang: load(folder / f"{lang}.yaml")
        for lang in LANGUAGES
        if (folder / f"{lang}.yaml").is_file()
    }
    lines = [_HEAD]
    for lang in LANGUAGES:
        if lang != FROM and lang in documents and FROM in documents:
            lines.append(f"{lang}:\n")
            pairs = _pairs(documents[FROM].value, documents[lang].value)
            lines += [f'  "{name(place)}": "{one} {other}"\n' for place, one, other in pairs]
    path = folder / RECORD
    path.write_text("".join(lines), encoding="utf-8")
    return path


def changes(recorded: Document, lang: str, source: object, translation: object) -> Iterator[Change]:
    """Every text that is not as recorded; nothing where the language was never recorded."""
    whole = recorded.value
    known: Any = whole.get(lang) if isinstance(whole, Mapping) else None
    if not isinstance(known, Mapping):
        return
    for place, one, other in _pairs(source, translation):
        before = str(known.get(name(place), "")).split()
        if before == [one, other]:
            continue
        stale = len(before) == 2 and before[0] != one and before[1] == other
        yield Change(place, "stale" if stale else "unrecorded")


def name(place: Place) -> str:
    """The place as it is written in the record: ``steps.vei.text``."""
    return ".".join(map(str, place))


def _pairs(source: object, translation: object) -> Iterator[tuple[Place, str, str]]:
    made = dict(_texts(translation, ()))
    for place, text in _texts(source, ()):
        if place in made:
            yield place, _hash(text), _hash(made[place])


def _texts(value: object, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _texts(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*place, index))
    elif isinstance(value, str):
        yield place, value


def _hash(text: str) -> str:
    # Line breaks and the like change no meaning.
    plain = _SPACE.sub(" ", text).strip()
    return hashlib.sha256(plain.encode()).hexdigest()[:_LENGTH]
