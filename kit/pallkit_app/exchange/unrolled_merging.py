"""Make one node of all nodes from which a case goes on alike.

Partition refinement: nodes that look alike by themselves are one class, and classes are split
until the nodes of a class lead, edge by edge, to the same classes.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from pallkit_app.exchange.unrolled import Edge, Node

Key = TypeVar("Key", bound=str)


def merged(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """The nodes without repetition, numbered anew; the first stays the first."""
    classes = _numbered([_alone(node) for node in nodes])
    while True:
        finer = _numbered(
            [(own, _aims(node, classes)) for own, node in zip(classes, nodes, strict=True)]
        )
        if len(set(finer)) == len(set(classes)):
            break
        classes = finer
    kept: dict[int, Node] = {}
    for own, node in zip(classes, nodes, strict=True):
        kept.setdefault(own, node)
    return tuple(
        replace(node, number=own, edges=tuple(_aimed(edge, classes) for edge in node.edges))
        for own, node in kept.items()
    )


def _numbered(signatures: Sequence[Hashable]) -> list[int]:
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(one, len(numbers)) for one in signatures]


def _alone(node: Node) -> Hashable:
    return (
        node.step,
        tuple(map(_edge, node.edges)),
        _pairs(node.ways),
        node.best,
        _pairs(node.most),
        node.solution,
        node.asked,
        node.spread,
    )


def _edge(edge: Edge) -> Hashable:
    # Effects are the case's own objects, so the same effects are the same object.
    return edge.key, edge.danger, _pairs(edge.score), tuple(map(id, edge.effects))


def _pairs(mapping: Mapping[Key, object]) -> Hashable:
    return tuple(sorted(mapping.items(), key=lambda pair: pair[0]))


def _aims(node: Node, classes: Sequence[int]) -> Hashable:
    return tuple(None if edge.next is None else classes[edge.next] for edge in node.edges)


def _aimed(edge: Edge, classes: Sequence[int]) -> Edge:
    return edge if edge.next is None else replace(edge, next=classes[edge.next])
