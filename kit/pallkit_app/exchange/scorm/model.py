"""The whole of an unrolled case as JSON for the static player: numbers, ways and texts.

The player in ``player/`` follows edges, applies effects within each scale, and puts together
the same description of what is shown that :func:`pallkit.cases.view.player_view` makes; the
tests hold the two against each other. Texts with a changing part carry it as ``{name}``.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from pallkit.cases import names
from pallkit.cases.effects import AnswerTo, Effects, RegimenEntry
from pallkit.cases.model import ESAS_ITEMS
from pallkit.cases.prose import Prose
from pallkit.cases.state import PumpSolution, Solution, State
from pallkit.cases.values import AXES, HIGHEST, VITAL_BOUNDS, VITALS, Vital
from pallkit.cases.view import player_view
from pallkit.cases.view_debrief import GO_ON, SAFETY_FIRST, SHOWN_AXES
from pallkit.cases.view_parts import TEACHING_RULE, sources_view
from pallkit.cases.view_patient import CHARTED
from pallkit.doses import Dose, Quantity, dose_text, read_dose
from pallkit.i18n import Language, Message, _, render
from pallkit_app.exchange.scorm.steps import Steps
from pallkit_app.exchange.scorm.templates import filled, told
from pallkit_app.exchange.unrolled import Edge, Node, Unrolled
from pallkit_widgets import CasePlayer
from pallkit_widgets.shared.sources import name_sources

FORMAT = 1
"""Of this JSON. A package carries its player along, so there is never an older one."""

Json = dict[str, Any]
_NEVER = date.min
_AMOUNT = Decimal(7919)  # stands for an amount while a dose is put into words


def static_model(graph: Unrolled, texts: Prose, lang: Language) -> Json:
    """Everything the player needs; ``mark`` tells this very model from any other."""
    model = _Model(graph, texts, lang).all()
    told_so_far = json.dumps(model, sort_keys=True, ensure_ascii=False)
    return {**model, "mark": hashlib.sha256(told_so_far.encode()).hexdigest()[:8]}


class _Numbered:
    """Things that come again and again, each kept once."""

    def __init__(self) -> None:
        self.all: list[Json] = []
        self._numbers: dict[str, int] = {}

    def number(self, one: Json) -> int:
        key = json.dumps(one, sort_keys=True)
        if key not in self._numbers:
            self._numbers[key] = len(self.all)
            self.all.append(one)
        return self._numbers[key]


class _Model:
    def __init__(self, graph: Unrolled, texts: Prose, lang: Language) -> None:
        self._graph, self._case = graph, graph.case
        self._texts, self._lang = texts, lang
        self._effects, self._edges, self._solutions = _Numbered(), _Numbered(), _Numbered()

    def all(self) -> Json:
        lang, case = self._lang, self._case
        widget = CasePlayer(case.id, lang, self._graph.level)
        nodes = [self._node(node) for node in self._graph.nodes]
        return {
            "format": FORMAT,
            "lang": self._texts.lang,
            "ui_lang": lang,
            "case": self._about(),
            "overdue": self._overdue(),
            "labels": widget.view["labels"],
            "texts": self._words(),
            "scales": self._scales(),
            "people": self._people(),
            "tasks": dict(self._texts.tasks),
            "medicines": dict(self._texts.regimen),
            "start": self._start(self._graph.nodes[0].state),
            "steps": Steps(self._graph, self._texts, lang).all(),
            "nodes": nodes,
            "edges": self._edges.all,
            "effects": self._effects.all,
            "solutions": self._solutions.all,
            "sources": sources_view(_all_sources(case.sources, case.steps)),
        }

    def _about(self) -> Json:
        view = player_view(self._case.id, (), self._lang, level=self._graph.level, today=_NEVER)
        about: Json = view["case"]
        return about

    def _overdue(self) -> Json | None:
        """What is said from the day after ``review_by``: by the browser's own calendar."""
        if self._case.review_by is None:
            return None
        view = player_view(self._case.id, (), self._lang, level=self._graph.level, today=date.max)
        return {"after": self._case.review_by.isoformat(), "text": view["case"]["overdue"]}

    def _node(self, node: Node) -> Json:
        made: Json = {
            "step": node.step,
            "edges": {edge.key: [self._edge(edge), edge.next] for edge in node.edges},
        }
        if node.ways:
            made |= {"ways": dict(node.ways), "best": node.best}
        if node.most:
            made["most"] = dict(node.most)
        if node.solution is not None:
            made["solution"] = self._solution(node.step, node.solution)
        return made

    def _edge(self, edge: Edge) -> int:
        made: Json = {
            "choice": edge.choice,
            "score": dict(edge.score),
            "effects": [self._effects.number(self._effect(one)) for one in edge.effects],
        }
        flags = {"best": edge.best, "danger": edge.danger}
        return self._edges.number({**made, **{name: True for name, on in flags.items() if on}})

    def _effect(self, effects: Effects) -> Json:
        made: Json = {
            "clock": effects.clock,
            "esas": dict(effects.esas),
            "vitals": dict(effects.vitals),
            "consciousness": effects.consciousness,
            "place": effects.place,
            "frame": effects.frame,
            "people": {
                one: {"worry": change.worry, "wish": change.wish}
                for one, change in effects.people.items()
                if change.worry or change.wish
            },
            "open": list(effects.tasks.open),
            "close": list(effects.tasks.close),
            "stop": list(effects.regimen.stop),
            "start": [self._entry(entry) for entry in effects.regimen.start],
        }
        return {key: value for key, value in made.items() if value}

    def _entry(self, entry: RegimenEntry) -> Json:
        made: Json = {"id": entry.id, "use": entry.use, "given": entry.given}
        if isinstance(entry.dose, AnswerTo):
            return {**made, "answer_to": entry.dose.answer_to}
        return {**made, "dose": dose_text(read_dose(entry.dose), self._lang)}

    def _solution(self, step_id: str, solution: Solution | PumpSolution) -> int:
        low, high = solution.bounds
        tolerance: Decimal = self._case.by_id[step_id].tolerance  # type: ignore[union-attr]  # only doses and pumps have solutions
        made: Json = {
            "low": _plain(low),
            "high": _plain(high),
            "least": _plain(low * (1 - tolerance)),
            "most": _plain(high * (1 + tolerance)),
            "receipt": name_sources(solution.receipt.to_json(self._lang), self._lang),
        }
        if isinstance(solution, Solution):
            measure = solution.measure
            dose = Dose(solution.preparation, Quantity(_AMOUNT, measure.unit, measure.per))
            made["dose"] = dose_text(dose, self._lang).replace(str(_AMOUNT), "{amount}")
        return self._solutions.number(made)

    def _start(self, state: State) -> Json:
        return {
            "clock": state.clock,
            "place": state.place,
            "esas": dict(state.esas),
            "vitals": dict(state.vitals),
            "consciousness": state.consciousness,
            "frame": state.frame,
            "people": [{"id": p.id, "worry": p.worry, "wish": p.wish} for p in state.people],
            "tasks": list(state.tasks),
            "medicines": [self._entry(entry) for entry in self._case.start.regimen],
        }

    def _people(self) -> dict[str, Json]:
        return {
            one.id: {
                "name": self._texts.people[one.id].name,
                "role": render(names.ROLE[one.role], self._lang),
                "age": one.age,
                "about": self._texts.people[one.id].about,
                "wishes": dict(self._texts.people[one.id].wishes),
            }
            for one in self._case.start.people
        }

    def _scales(self) -> Json:
        lang = self._lang
        return {
            "highest": HIGHEST,
            "esas": [{"key": item, "label": render(names.ESAS[item], lang)} for item in ESAS_ITEMS],
            "vitals": {vital: self._vital(vital) for vital in VITALS},
            "points": AXES,
            "axes": [
                {"axis": axis, "label": render(names.AXIS[axis], lang)} for axis in SHOWN_AXES
            ],
        }

    def _vital(self, vital: Vital) -> Json:
        unit = names.vital(vital, int(_AMOUNT) * (10 if vital == "temperature" else 1), self._lang)
        return {
            "label": render(names.VITAL[vital], self._lang),
            "text": unit.replace(str(_AMOUNT), "{value}"),
            "bounds": VITAL_BOUNDS[vital],
            "chart": CHARTED[vital],
            "tenths": vital == "temperature",
        }

    def _words(self) -> Json:
        lang = self._lang

        def words(table: Any) -> dict[str, str]:
            return {key: render(message, lang) for key, message in table.items()}

        return {
            "place": words(names.PLACE),
            "consciousness": words(names.CONSCIOUSNESS),
            "frame": words(names.FRAME),
            "use": words(names.USE),
            "yes": told("Yes", lang),
            "no": told("No", lang),
            "go_on": render(GO_ON, lang),
            "score_note": render(SAFETY_FIRST, lang),
            "teaching_rule": render(TEACHING_RULE, lang),
            **filled(lang),
            **self._own(),
        }

    def _own(self) -> Json:
        """What only a package says."""
        own: dict[str, Message] = {
            "not_kept": _("(written, but not kept by the learning platform)"),
            "stale": _("What was saved does not fit this package. You begin again here."),
            "unread": _(
                "“{text}” cannot be read here. Write the amount as a number, in {unit}.",
                text="{text}",
                unit="{unit}",
            ),
            "danger": _("Dangerous: {what}", what="{what}"),
        }
        return {key: render(message, self._lang) for key, message in own.items()}


def _plain(number: Decimal) -> str:
    return format(number, "f")


def _all_sources(own: Iterable[str], steps: Iterable[Any]) -> list[str]:
    return list(dict.fromkeys([*own, *(source for step in steps for source in step.sources)]))
