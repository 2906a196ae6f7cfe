"""YAML where a value is what it looks like.

Plain YAML reads ``no`` as False, ``12:30`` as 750, ``010`` as 8, and lets the later of
two equal keys win without a word. In a file of doses that is not acceptable, so:

========================  =======================================================
``true`` ``false``         the only truth values
``null`` ``~`` (nothing)   the only nothing
``0`` ``12`` ``-3``        a whole number, without leading zeros
anything else              text, decimals too: ``2.5`` stays exact for ``Decimal``
========================  =======================================================

A duplicate key, an anchor, an alias, a tag, or a text cut short by a comma inside ``{ }``
is an error that names its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from pallkit.errors import ContentError
from pallkit.i18n import Message, _

Key = str | int
Place = tuple[Key, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE = re.compile(r"-?[1-9][0-9]*|0")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_DEEPEST = 40


class YamlError(ContentError):
    """A file is not strict YAML. ``file`` and ``line`` say where, ``problem`` why."""

    def __init__(self, file: str, line: int, problem: Message) -> None:
        super().__init__(_("{file}:{line}: {problem}", file=file, line=line, problem=problem))
        self.file = file
        self.line = line
        self.problem = problem


@dataclass(frozen=True)
class Document:
    """A value and the line where each part of it stands.

    ``lines`` maps a place, such as ``("steps", 2, "next")``, to its line from 1.
    """

    value: object
    lines: dict[Place, int] = field(repr=False)

    def line(self, place: Place) -> int:
        """Return the line of ``place``, or of the nearest thing around it."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)


def load(path: Path, name: str | None = None) -> Document:
    """Read a file; ``name`` is what errors call it, else its path."""
    shown = name or str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise YamlError(shown, line, _("This is not UTF-8 text. Save the file as UTF-8.")) from None
    return parse(text, shown)


def parse(text: str, name: str) -> Document:
    """Read one YAML document from ``text``."""
    try:
        return _Builder(name, text).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problem = _(
            "This is not valid YAML ({problem}). Check the indentation, colons and quotes here.",
            problem=error.problem or "?",
        )
        raise YamlError(name, line, problem) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise YamlError(
            name, line, _("There is an invisible control character here. Remove it.")
        ) from None


class _Builder:
    """Builds a value from the parser's events, which still show anchors, tags and quotes."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines: dict[Place, int] = {}
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Document:
        value: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._error(event, _("A file holds one document. Remove the “---” here."))
                value = self._value(next(self._events), ())
        return Document(value, self._lines)

    def _value(self, event: yaml.Event, place: Place) -> object:
        self._refuse_cleverness(event, place)
        self._lines.setdefault(place, _line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(place)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place)
        return _scalar(event)

    def _mapping(self, place: Place) -> dict[str, object]:
        made: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            self._refuse_cleverness(event, place)
            if not isinstance(event, yaml.ScalarEvent) or not event.value:
                raise self._error(event, _("A key must be one word of text."))
            key = event.value
            if key in made:
                first = self._lines[(*place, key)]
                raise self._error(
                    event,
                    _(
                        "“{key}” stands twice here; first on line {first}. Keep one of them.",
                        key=key,
                        first=first,
                    ),
                )
            self._lines[(*place, key)] = _line(event)
            value = next(self._events)
            self._refuse_lost_text(event, value)
            made[key] = self._value(value, (*place, key))
        return made

    def _sequence(self, place: Place) -> list[object]:
        made: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            made.append(self._value(event, (*place, len(made))))
        return made

    def _refuse_cleverness(self, event: yaml.Event, place: Place) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            raise self._error(
                event, _("“*{name}” is a YAML alias. Write the value out.", name=str(anchor))
            )
        if anchor:
            problem = _("“&{name}” is a YAML anchor. Put the text in quotes.", name=str(anchor))
            raise self._error(event, problem)
        if tag:
            problem = _("“{tag}” is a YAML tag. Put the text in quotes.", tag=str(tag))
            raise self._error(event, problem)
        if len(place) > _DEEPEST:
            raise self._error(event, _("This is nested too deeply."))

    def _refuse_lost_text(self, key: yaml.ScalarEvent, value: yaml.Event) -> None:
        """Refuse ``{text: One, two}``: a comma ended the text, and the rest became a key."""
        if (_end(key), "") == (_start(value), getattr(value, "value", None)):
            problem = _(
                "“{text}” has no “:”. A comma inside {{ }} ends a text: put the whole text in "
                "quotes.",
                text=key.value,
            )
            raise self._error(key, problem)

    def _error(self, event: yaml.Event, problem: Message) -> YamlError:
        return YamlError(self._name, _line(event), problem)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _start(event: yaml.Event) -> tuple[int, int] | None:
    mark = event.start_mark
    return (mark.line, mark.column) if mark else None


def _end(event: yaml.Event) -> tuple[int, int] | None:
    mark = event.end_mark
    return (mark.line, mark.column) if mark else None


def _scalar(event: yaml.Event) -> str | int | bool | None:
    assert isinstance(event, yaml.ScalarEvent)  # noqa: S101  # all that is left in a parse
    text: str = event.value
    if not event.implicit[0]:  # quoted or block text is text
        return text
    if text in _WORDS:
        return _WORDS[text]
    return int(text) if _WHOLE.fullmatch(text) else text
