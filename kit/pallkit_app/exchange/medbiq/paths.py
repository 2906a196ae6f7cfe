"""The graph of a package as steps and the ways between them.

A node that only tells what followed an answer (its id is ``step--answer``, one link in, at
most one out) is not a step: its text is the answer's feedback.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pallkit.i18n import _
from pallkit_app.exchange.loss import Losses
from pallkit_app.exchange.medbiq.model import Link, Node, VirtualPatient
from pallkit_app.exchange.medbiq.names import FOLLOWS, KIND
from pallkit_app.exchange.medbiq.slugs import slug, unlike
from pallkit_app.exchange.package import shown


@dataclass(frozen=True, slots=True)
class Onward:
    """One way out of a step. ``after`` is the node that tells what followed, if any."""

    label: str
    links: tuple[Link, ...]
    after: Node | None
    next: str | None


@dataclass(slots=True)
class Place:
    """A node that becomes a step. ``kind`` and ``most`` are told by our own ids only."""

    node: Node
    step: str
    kind: str = ""
    most: int = 0
    ways: list[Onward] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)


class Paths:
    """The steps of a package in its own order, the first one first."""

    def __init__(self, patient: VirtualPatient, losses: Losses) -> None:
        self._losses = losses
        self._nodes = self._kept(patient)
        self._links = self._between(patient.links)
        self._sent = [rule.redirect for one in patient.counters for rule in one.rules]
        self.first = self._opening(patient)
        self._out: dict[str, list[Link]] = {id_: [] for id_ in self._nodes}
        self._into: dict[str, list[Link]] = {id_: [] for id_ in self._nodes}
        for link in self._links:
            self._out[link.a].append(link)
            self._into[link.b].append(link)
        self.places = self._places()
        self.ours = any(place.kind for place in self.places.values())

    def condition_of(self, node: str) -> str | None:
        """What says in a case that a node has been visited; None for what is not there."""
        if node in self.places:
            return f"seen.{self.places[node].step}"
        found = FOLLOWS.fullmatch(node)
        if found and found[1] in self.places:
            return f"chose.{self.places[found[1]].step} == {found[2]}"
        return None

    def _kept(self, patient: VirtualPatient) -> dict[str, Node]:
        kept: dict[str, Node] = {}
        for node in patient.nodes:
            # OpenLabyrinth lists the nodes of a section a second time, without ids.
            if node.id and node.id not in kept:
                kept[node.id] = node
        return kept

    def _between(self, links: Sequence[Link]) -> list[Link]:
        found = []
        for link in links:
            if link.a not in self._nodes or link.b not in self._nodes:
                self._losses.add(None, "dropped", "link", _("a link to or from no node"))
            elif not link.display:
                what = _("a link that was hidden: “{label}”", label=shown(link.label))
                self._losses.add(None, "dropped", "link", what)
            else:
                found.append(link)
                if link.weighting is not None:
                    what = _("chance: every link is shown, and the learner chooses")
                    self._losses.add(None, "simplified", "chance", what)
        return found

    def _opening(self, patient: VirtualPatient) -> str:
        if patient.opens in self._nodes:
            return str(patient.opens)
        return next(iter(self._nodes), "")

    def _places(self) -> dict[str, Place]:
        reached = self._reached()
        for id_, node in self._nodes.items():
            if id_ not in reached:
                what = _("a node that no way leads to: “{label}”", label=shown(node.label or id_))
                self._losses.add(None, "dropped", "node", what)
        nodes = [node for id_, node in self._nodes.items() if id_ in reached]
        nodes = [node for node in nodes if not self._follows(node)]
        nodes.sort(key=lambda node: node.id != self.first)
        ids = unlike(slug(node.id, "node") for node in nodes)
        found = {node.id: self._place(node, id_) for node, id_ in zip(nodes, ids, strict=True)}
        for place in found.values():
            place.ways = [self._onward(link) for link in self._out[place.node.id]]
            for way in place.ways:
                if way.next is not None:
                    found[way.next].sources.add(place.node.id)
        return found

    def _place(self, node: Node, step: str) -> Place:
        told = KIND.fullmatch(node.shows)
        if told is None or told[3] != node.id:
            return Place(node, step)
        return Place(node, step, told[1], int(told[2] or 0))

    def _onward(self, link: Link) -> Onward:
        there = self._nodes[link.b]
        if not self._follows(there):
            return Onward(link.label, (link,), None, link.b)
        out = self._out[there.id]
        return Onward(link.label, (link, *out), there, out[0].b if out else None)

    def _follows(self, node: Node) -> bool:
        told = FOLLOWS.fullmatch(node.id)
        if told is None or told[1] not in self._nodes or node.id == self.first:
            return False
        into, out = self._into[node.id], self._out[node.id]
        alone = len(into) == 1 and into[0].a == told[1] and len(out) <= 1
        leads = not out or FOLLOWS.fullmatch(out[0].b) is None
        return alone and leads and not node.actions and node.when is None

    def _reached(self) -> set[str]:
        redirects: dict[str, set[str]] = {}
        for node in self._nodes.values():
            if node.redirect in self._nodes:
                redirects.setdefault(node.id, set()).add(str(node.redirect))
        reached = {self.first, *(one for one in self._sent if one in self._nodes)}
        waiting = sorted(reached)
        while waiting:
            here = waiting.pop()
            ahead = {link.b for link in self._out.get(here, ())} | redirects.get(here, set())
            new = {one for one in ahead if one not in reached}
            reached |= new
            waiting += sorted(new)
        return reached & self._nodes.keys()


def choices(places: Mapping[str, Place]) -> set[str]:
    """The nodes where something is decided, by what leads on from them alone."""
    return {
        id_
        for id_, place in places.items()
        if (place.kind == "choice" and place.ways) or (not place.kind and len(place.ways) > 1)
    }
