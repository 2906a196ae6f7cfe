"""A virtual patient as the standard tells it: nodes, links, counters, and what nodes show.

Neither PallKit's case nor XML: :mod:`.leaving` and :mod:`.arriving` go between this and a
case, :mod:`.writing` and :mod:`.reading` between this and the files of a package.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from xml.etree.ElementTree import Element  # built here; parsed by exchange.markup

Operator = Literal["+", "-", "="]
Relation = Literal["eq", "neq", "leq", "lt", "geq", "gt"]
Word = Literal["And", "Or", "Nand", "Nor"]


@dataclass(frozen=True, slots=True)
class CounterRule:
    """Where a counter's value sends the player: to the node ``redirect``, with a message."""

    relation: Relation
    value: int
    redirect: str | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Counter:
    """A number the player keeps and, where it is visible, shows."""

    id: str
    label: str
    start: int = 0
    visible: bool = True
    rules: tuple[CounterRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """What a node visited or a link followed does to a counter."""

    counter: str
    operator: Operator
    value: int


@dataclass(frozen=True, slots=True)
class Visited:
    """A condition: the ``nodes`` and ``parts`` joined by ``word``; a node holds when visited."""

    word: Word
    nodes: tuple[str, ...] = ()
    parts: tuple[Visited, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the activity. ``shows`` is the id of what it shows.

    ``when`` must hold for the node to be entered; else the player goes to ``redirect``.
    """

    id: str
    label: str
    shows: str
    actions: tuple[Action, ...] = ()
    when: Visited | None = None
    redirect: str | None = None
    message: str = ""
    timer: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A way from the node ``a`` to the node ``b``. ``weighting`` is for chance, in per cent."""

    a: str
    b: str
    label: str = ""
    actions: tuple[Action, ...] = ()
    display: bool = True
    weighting: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a node shows: a ``kind`` of the patient's data, and its id there.

    ``kind`` is an element's name (VPDText, InterviewItem …), “resource” for a file of the
    package, or “” for a path that was not understood.
    """

    kind: str
    id: str
    display: str = "immediately"


@dataclass(frozen=True, slots=True)
class Text:
    """A text: an XHTML ``div``, and what sort of text it is."""

    div: Element
    sort: str = "narrative"


@dataclass(frozen=True, slots=True)
class Fields:
    """Any other of the patient's data: its parts by name, in the order of the standard."""

    kind: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Patient:
    """Who the patient is, as far as the package tells. ``traits`` are title and description."""

    name: str = ""
    age: str = ""
    sex: str = ""
    traits: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extension:
    """PallKit's own case, as JSON, beside the standard's telling of it.

    ``native`` is the digest of that telling when the package was written.
    """

    case: str
    texts: Mapping[str, str]
    native: str = ""


@dataclass(frozen=True, slots=True)
class VirtualPatient:
    """The whole package. The first node is the one it opens at, unless ``opens`` says."""

    title: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    shown: Mapping[str, tuple[Item, ...]]
    texts: Mapping[str, Text]
    fields: Mapping[str, Fields] = field(default_factory=dict)
    counters: tuple[Counter, ...] = ()
    patient: Patient = Patient()
    lang: str = ""
    description: str = ""
    extension: Extension | None = None
    opens: str | None = None
    strange: tuple[str, ...] = ()
