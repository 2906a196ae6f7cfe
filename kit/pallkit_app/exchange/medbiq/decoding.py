"""The three files of the standard, already read and valid, as a virtual patient."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from xml.etree.ElementTree import Element

from pallkit.i18n import _
from pallkit_app.exchange.markup import MOST_COUNT, read_count
from pallkit_app.exchange.medbiq.model import (
    Action,
    Counter,
    CounterRule,
    Extension,
    Item,
    Link,
    Node,
    Operator,
    Relation,
    VirtualPatient,
    Visited,
    Word,
)
from pallkit_app.exchange.medbiq.names import (
    DATA,
    MODEL,
    MODEL_FILE,
    OWN,
    SHOWN,
    q,
)
from pallkit_app.exchange.medbiq.patient_data import fields_of, patient_of, texts_of
from pallkit_app.exchange.package import refused, shown

_ID = re.compile(r".*\[@(?:id|identifier)\s?=\s?'([^']+)'\]\s*", re.DOTALL)
_DATA = re.compile(r"\s*/VirtualPatientData/(\w+)\[@id\s?=\s?'([^']+)'\]\s*")
_FILE = re.compile(r"\s*/manifest/resources/resource\[@identifier\s?=\s?'([^']+)'\]\s*")
_WORDS: tuple[Word, ...] = ("And", "Or", "Nand", "Nor")
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Counts:
    """The most a package may have of each thing.

    ``value`` is the largest number a counter may hold; ``text`` and ``texts`` are the most
    characters of one text and of all.
    """

    nodes: int = 2000
    links: int = 8000
    counters: int = 60
    text: int = 20_000
    texts: int = 1_000_000
    value: int = MOST_COUNT


COUNTS = Counts()
"""Far above any case a person can write, or play."""


def decoded(
    model: Element, shown_: Element, data: Element, *, counts: Counts, told: tuple[str, str, str]
) -> VirtualPatient:
    """Put the three together. ``told`` is title, language and description of the metadata.

    Raises :class:`pallkit.errors.ContentError` for a package larger than ``counts``.
    """
    reader = _Model(model, counts)
    title, lang, description = told
    nodes = tuple(reader.nodes())
    return VirtualPatient(
        title=title,
        lang=lang,
        description=description,
        counters=tuple(reader.counters()),
        nodes=nodes,
        links=tuple(reader.links()),
        shown={one.get("id", ""): tuple(_items(one)) for one in shown_.iter(q(SHOWN, "DAMNode"))},
        texts=texts_of(data, counts.text, counts.texts),
        fields=dict(fields_of(data)),
        patient=patient_of(data),
        extension=_extension(model),
        opens=_opens(model),
        strange=tuple(_strange(model, data)),
    )


class _Model:
    """Reads the activity model, within ``counts``."""

    def __init__(self, root: Element, counts: Counts) -> None:
        self._root, self._most = root, counts

    def counters(self) -> Iterator[Counter]:
        for one in self._bounded("Properties/Counters/Counter", self._most.counters):
            label = _said(one, "CounterLabel")
            yield Counter(
                id=one.get("id", ""),
                label=label,
                start=self._count(_said(one, "CounterInitValue"), label),
                visible=one.get("isVisible", "true") in {"true", "1"},
                rules=tuple(self._rules(one, label)),
            )

    def nodes(self) -> Iterator[Node]:
        for one in self._all("ActivityNode", self._most.nodes):
            rule = one.find(_path("Rules/ConditionalRule"))
            operator = rule.find(q(MODEL, "Operator")) if rule is not None else None
            yield Node(
                id=one.get("id", ""),
                label=" ".join(one.get("label", "").split()),
                shows=_pointed(_said(one, "Content")) or "",
                actions=tuple(self._actions(one.find(q(MODEL, "Rules")))),
                when=_condition(operator) if operator is not None else None,
                redirect=_pointed(_said(rule, "RuleRedirect")) if rule is not None else None,
                message=_said(rule, "RuleMessage") if rule is not None else "",
                timer=one.find(_path("Services/Timer")) is not None,
            )

    def links(self) -> Iterator[Link]:
        for one in self._bounded("Links/Link", self._most.links):
            weighting = _said(one, "Weighting")
            yield Link(
                a=_pointed(_said(one, "ActivityNodeA")) or "",
                b=_pointed(_said(one, "ActivityNodeB")) or "",
                label=" ".join(one.get("label", "").split()),
                actions=tuple(self._actions(one)),
                display=one.get("display", "true") in {"true", "1"},
                weighting=self._count(weighting, "Weighting") if weighting else None,
            )

    def _rules(self, counter: Element, label: str) -> Iterator[CounterRule]:
        for one in counter.iter(q(MODEL, "Rule")):
            yield CounterRule(
                relation=cast("Relation", _said(one, "Relation")),
                value=self._count(_said(one, "Value"), label),
                redirect=_pointed(_said(one, "RuleRedirect")),
                message=_said(one, "RuleMessage"),
            )

    def _actions(self, below: Element | None) -> Iterator[Action]:
        for one in below.findall(q(MODEL, "CounterActionRule")) if below is not None else ():
            if _said(one, "CounterRuleEnabled") == "off":
                continue
            counter = _pointed(_said(one, "CounterPath")) or ""
            value = self._count(_said(one, "CounterRuleValue"), counter)
            yield Action(counter, cast("Operator", _said(one, "CounterOperator")), value)

    def _count(self, text: str, what: str) -> int:
        most = self._most.value
        return read_count(text, shown(what), least=-most, most=most)

    def _bounded(self, path: str, most: int) -> list[Element]:
        return self._within(self._root.findall(_path(path)), path.rpartition("/")[2], most)

    def _all(self, name: str, most: int) -> list[Element]:
        return self._within(list(self._root.iter(q(MODEL, name))), name, most)

    def _within(self, found: list[Element], name: str, most: int) -> list[Element]:
        if len(found) > most:
            why = _("it has more than {most} of {name}", most=most, name=name)
            raise refused(MODEL_FILE, why)
        return found


def _condition(operator: Element) -> Visited | None:
    for word in _WORDS:
        found = operator.find(q(MODEL, word))
        if found is not None:
            return _joined(found, word, 0)
    return None


def _joined(here: Element, word: Word, depth: int) -> Visited:
    if depth > _DEEPEST:
        raise refused(MODEL_FILE, _("a condition in it is too deep"))
    nodes = [_pointed(one.text or "") or "" for one in here.findall(q(MODEL, "Operand"))]
    parts = [
        _joined(one, inner, depth + 1) for inner in _WORDS for one in here.findall(q(MODEL, inner))
    ]
    return Visited(word, tuple(nodes), tuple(parts))


def _items(node: Element) -> Iterator[Item]:
    found = node.findall(q(SHOWN, "DAMNodeItem"))
    for one in sorted(found, key=_order):
        path = one.findtext(q(SHOWN, "ItemPath")) or ""
        data, file = _DATA.fullmatch(path), _FILE.fullmatch(path)
        display = one.get("display", "immediately")
        if data:
            yield Item(data[1], data[2], display)
        else:
            yield Item("resource" if file else "", file[1] if file else path.strip(), display)


def _order(item: Element) -> int:
    text = item.findtext(q(SHOWN, "ItemOrder")) or "0"
    return read_count(text, "ItemOrder", least=-MOST_COUNT)


def _extension(model: Element) -> Extension | None:
    found = model.find(f"{q(MODEL, 'XtensibleInfo')}/{q(OWN, 'case')}")
    if found is None:
        return None
    texts = {one.get("lang", ""): one.text or "" for one in found.findall(q(OWN, "texts"))}
    structure = found.findtext(q(OWN, "structure")) or ""
    return Extension(structure, texts, found.get("native", ""))


def _opens(model: Element) -> str | None:
    """OpenLabyrinth says in its own extension which node is the root."""
    for one in model.iter():
        if one.tag.endswith("}OL_node") and one.get("mnodeType") == "root":
            return one.get("ID")
    return None


def _strange(model: Element, data: Element) -> Iterator[str]:
    """What other programs have put in the extensions: names only, to be told of."""
    seen: dict[str, None] = {}
    for root, space in ((model, MODEL), (data, DATA)):
        for below in root.findall(q(space, "XtensibleInfo")):
            for one in below:
                if not one.tag.startswith(f"{{{OWN}}}"):
                    seen.setdefault(shown(one.tag.rpartition("}")[2]))
    yield from seen
    if model.find(_path("Properties/Timer")) is not None:
        yield "Timer"


def _pointed(text: str) -> str | None:
    found = _ID.fullmatch(text)
    return found[1] if found else None


def _said(here: Element, name: str) -> str:
    return " ".join((here.findtext(q(MODEL, name)) or "").split())


def _path(names: str) -> str:
    return "/".join(q(MODEL, name) for name in names.split("/"))
