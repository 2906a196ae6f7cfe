"""The graph of a case as an author needs it: steps by id, forks, gathers, ends, unreached."""

from __future__ import annotations

from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from markupsafe import Markup, escape

from pallkit.about import WATERMARK
from pallkit.cases.model import Case, PlainStep, ways_on
from pallkit.i18n import Language, _, render
from pallkit_app.check.graph import reachable
from pallkit_app.guide import palette
from pallkit_app.guide.layout import Place, places, reading_order
from pallkit_app.guide.routes import best_path
from pallkit_app.guide.stepmap import Node, Way, map_svg

_SHAPES = {"fork": '{{"{}"}}', "gather": '[["{}"]]', "end": '(["{}"])', "step": '["{}"]'}


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from a step to another, with the ids of the choices that take it."""

    source: str
    target: str
    choices: tuple[str, ...]


def arrows(case: Case) -> tuple[Arrow, ...]:
    """Every way on, one arrow for each pair of steps; asking at a consult is none."""
    found: dict[tuple[str, str], list[str]] = {}
    for step in case.steps:
        for choice, aim in ways_on(step):
            if aim is not None and aim != step.id and aim in case.by_id:
                found.setdefault((step.id, aim), [])
                if choice is not None and choice not in found[step.id, aim]:
                    found[step.id, aim].append(choice)
    return tuple(Arrow(*pair, tuple(choices)) for pair, choices in found.items())


def shape_of(case: Case, step_id: str) -> str:
    """What a step is in the graph: fork, gather, end or step."""
    step = case.by_id[step_id]
    aims = {aim for _choice, aim in ways_on(step)}
    if aims == {None}:
        return "end"
    if step.kind == "gather":
        return "gather"
    return "fork" if len(aims - {step.id}) > 1 else "step"


def mermaid(case: Case, lang: Language) -> str:
    """The graph as Mermaid, which many wikis and GitHub draw."""
    number = {str(step.id): f"n{at}" for at, step in enumerate(case.steps, 1)}
    reached = reachable(case)
    lines = [f"%% {case.id}, {case.version}. {render(WATERMARK, lang)}", "flowchart TD"]
    for step in case.steps:
        label = f"{step.id}<br/>{step.kind}"
        if step.id not in reached:
            label += f"<br/>{render(_UNREACHED, lang)}"
        lines.append(f"  {number[step.id]}{_SHAPES[shape_of(case, step.id)].format(label)}")
    for arrow in arrows(case):
        label = f'-- "{", ".join(arrow.choices)}" ' if arrow.choices else ""
        lines.append(f"  {number[arrow.source]} {label}--> {number[arrow.target]}")
    lost = [number[step.id] for step in case.steps if step.id not in reached]
    if lost:
        lines += [
            "  classDef unreached stroke-dasharray: 4 4",
            f"  class {','.join(lost)} unreached",
        ]
    return "\n".join(lines) + "\n"


def svg(case: Case, lang: Language) -> str:
    """The graph as an SVG file; steps that nothing leads to stand below the others."""
    where = dict(places(case))
    below = max(place.row for place in where.values()) + 1
    lost = [str(step.id) for step in case.steps if step.id not in where]
    where |= {id_: Place(below, column) for column, id_ in enumerate(lost)}
    best = best_path(case)
    best_pairs = set(pairwise(best))
    nodes = [
        _node(case, id_, number, where[id_], _title(case, id_, lost=id_ in lost, lang=lang))
        for number, id_ in enumerate((*reading_order(case), *lost), 1)
    ]
    ways = [
        Way(
            one.source,
            one.target,
            best=(one.source, one.target) in best_pairs,
            labels=one.choices,
        )
        for one in arrows(case)
        if one.target in where
    ]
    return _file(case, map_svg(nodes, ways, title=str(case.id)), lang)


_UNREACHED = _("nothing leads here")


def _node(case: Case, id_: str, number: int, place: Place, title: str) -> Node:
    known: dict[str, Any] = {
        "id": id_,
        "number": number,
        "title": title,
        "place": place,
        "kind": case.by_id[id_].kind,
        "decides": not isinstance(case.by_id[id_], PlainStep),
        "end": shape_of(case, id_) == "end",
    }
    return Node(**{one.name: known[one.name] for one in fields(Node)})  # what the map asks for


def _title(case: Case, id_: str, *, lost: bool, lang: Language) -> str:
    if lost:
        return f"{id_} ({render(_UNREACHED, lang)})"
    return f"{id_} ({case.by_id[id_].kind})"


def _file(case: Case, drawn: Markup, lang: Language) -> str:
    mark = f"{case.id}, {case.version}. {render(WATERMARK, lang)}"
    foot = Markup('<text x="8" y="16" font-size="11" font-family="{}" fill="{}">{}</text></svg>')
    text = str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {escape(mark)} -->\n'
    marked = str(foot.format(palette.FONT, palette.MUTED, mark))
    return head + text.removesuffix("</svg>") + marked + "\n"
