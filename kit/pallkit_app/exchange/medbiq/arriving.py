"""A virtual patient as a case: steps, points and texts, and what was not understood.

What the package does not say (symptoms, the group leader's guide, which option is best where
points do not tell) is left for the author: as a text that begins with “SKRIV:”, or told of.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pallkit.cases.conditions import read_condition
from pallkit.cases.steps import ON
from pallkit.cases.values import ESAS_ITEMS
from pallkit.errors import ContentError
from pallkit.i18n import Language, _
from pallkit_app.exchange.loss import Losses
from pallkit_app.exchange.medbiq.asked import visited
from pallkit_app.exchange.medbiq.counting import Change, Counting
from pallkit_app.exchange.medbiq.model import VirtualPatient
from pallkit_app.exchange.medbiq.names import FOLLOWS
from pallkit_app.exchange.medbiq.paths import Onward, Paths, Place, choices
from pallkit_app.exchange.medbiq.person import place_of, who_is
from pallkit_app.exchange.medbiq.slugs import slug, unlike
from pallkit_app.exchange.medbiq.telling import Telling, Told
from pallkit_app.exchange.medbiq.unwritten import Unwritten, whole_texts

Raw = dict[str, Any]
_MINUTES = 3
"""For each step, until the author says otherwise."""
_LONGEST_LABEL = 300


@dataclass(frozen=True, slots=True)
class Arrived:
    """A case as its files will have it: the structure, and the texts in one language."""

    case: Raw
    texts: Raw


def arrive(patient: VirtualPatient, case_id: str, lang: Language, losses: Losses) -> Arrived:
    """The standard's part of a package as a case."""
    return _Arriving(patient, case_id, lang, losses).arrived()


@dataclass(slots=True)
class _Written:
    """One step: its structure, and its texts."""

    step: Raw
    texts: Raw = field(default_factory=dict)


class _Arriving:
    """Builds the steps in the order of the package."""

    def __init__(
        self, patient: VirtualPatient, case_id: str, lang: Language, losses: Losses
    ) -> None:
        self._patient, self._id, self._losses = patient, case_id, losses
        self._paths = Paths(patient, losses)
        self._counting = Counting(patient.counters, losses)
        self._telling = Telling(patient, losses, ours=self._paths.ours)
        self._unwritten = Unwritten(lang)
        self._decided = choices(self._paths.places)
        self._deciding = set(self._decided)
        self._deciding |= {one.node.id for one in self._paths.places.values() if self._pays(one)}
        self._rules = list(self._counting.rules())

    def arrived(self) -> Arrived:
        places = self._paths.places
        if not places:
            raise ContentError(_("The package has no node to begin at."))
        written = [self._step(place) for place in places.values()]
        self._tell_strange()
        return Arrived(self._case(written), self._texts(written))

    def _case(self, written: list[_Written]) -> Raw:
        places, start = self._paths.places, self._counting.start()
        missing = [item for item in ESAS_ITEMS if item not in start]
        if missing:
            what = _("the package has no symptoms (ESAS-r): they are 0 until you set them")
            self._losses.add(None, "simplified", "esas", what)
        return {
            "id": self._id,
            "version": 1,
            "invented": True,
            "reviewed": None,
            "topics": [],
            "level": "A",
            "minutes": _MINUTES * len(written),
            "sources": [],
            "start": {
                "clock": f"{self._counting.minutes} min",
                "place": place_of(self._patient.patient),
                "esas": {item: start.get(item, 0) for item in ESAS_ITEMS},
                "regimen": self._telling.opening.regimen,
            },
            "first": places[self._paths.first].step,
            "steps": [one.step for one in written],
        }

    def _texts(self, written: list[_Written]) -> Raw:
        opening, of = self._telling.opening, self._unwritten
        regimen = {str(one["id"]): str(one["dose"]) for one in opening.regimen}
        return whole_texts(
            of,
            title=self._patient.title,
            summary=self._patient.description,
            goals=opening.goals,
            patient=opening.patient or who_is(self._patient.patient, of.lang, self._losses),
            regimen=regimen,
            esas=not self._counting.start(),
            steps={one.step["id"]: one.texts for one in written},
        )

    def _step(self, place: Place) -> _Written:
        told = self._telling.told(place.node, place.step)
        self._tell_node(place)
        made = _Written({"id": place.step, "kind": "info", "minutes": _MINUTES})
        made.texts = {
            "title": self._title(place),
            "text": told.text or self._unwritten.text,
        }
        if place.kind == "consult":
            self._consult(place, told, made)
        elif place.node.id in self._deciding:
            self._choice(place, told, made)
        else:
            self._plain(place, told, made)
        return made

    def _plain(self, place: Place, told: Told, made: _Written) -> None:
        way = place.ways[0] if place.ways else Onward("", (), None, None)
        expert = told.expert
        if way.after is not None:
            expert = expert or self._telling.told(way.after, place.step).text
        kind = place.kind if place.kind in {"info", "gather", "reflect"} else ""
        if expert:
            kind = "reflect"
            made.texts |= {"ask": told.ask or self._unwritten.ask, "expert": expert}
        if kind == "reflect" and not expert:
            made.texts |= {"ask": told.ask or self._unwritten.ask, "expert": self._unwritten.text}
        made.step["kind"] = kind or ("gather" if len(place.sources) > 1 else "info")
        change = self._change(place, way)
        made.step |= {**change.effects(), **self._turns(way, change), "next": self._next(way)}

    def _choice(self, place: Place, told: Told, made: _Written) -> None:
        ways = place.ways or [Onward("", (), None, None)]
        if told.expert:
            made.texts["text"] += f"\n\n{told.expert}"
        if told.hint:
            self._losses.add(place.step, "dropped", "hint")
        ids = unlike(self._option_id(way, n) for n, way in enumerate(ways, start=1))
        changes = [self._change(place, way) for way in ways]
        options, labels = [], {}
        for id_, way, change in zip(ids, ways, changes, strict=True):
            option: Raw = {"id": id_, **change.judged(), **change.effects()}
            options.append({**option, **self._asked(way, change), "next": self._next(way)})
            feedback = self._telling.told(way.after, place.step).text if way.after else ""
            label = way.label[:_LONGEST_LABEL] or self._unwritten.go_on
            labels[id_] = {"label": label, **({"feedback": feedback} if feedback else {})}
        self._mark_best(place, options)
        made.step |= {"kind": "choice", "options": options}
        made.texts |= {"ask": told.ask or self._unwritten.ask, "options": labels}

    def _consult(self, place: Place, told: Told, made: _Written) -> None:
        back = [one for one in place.ways if one.after is not None and one.next == place.node.id]
        on = next((one for one in place.ways if one not in back), Onward("", (), None, None))
        questions, labels = [], {}
        for way in back:
            assert way.after is not None  # noqa: S101  # what `back` is made of
            found = FOLLOWS.fullmatch(way.after.id)
            id_ = found[2] if found else ON
            who = next((item.id.rpartition(".")[2] for item in self._shown(way.after.shows)), "")
            change = self._change(place, way)
            question = {"id": id_, "who": slug(who, "colleague")}
            questions.append({**question, **change.judged(), **change.effects()})
            answer = self._telling.told(way.after, place.step).text or self._unwritten.text
            labels[id_] = {"label": way.label[:_LONGEST_LABEL], "feedback": answer}
        made.step |= {"kind": "consult", "most": min(place.most or 1, len(questions) or 1)}
        made.step |= {"questions": questions, "next": self._next(on)}
        made.texts |= {"ask": told.ask or self._unwritten.ask, "options": labels}

    def _change(self, place: Place, way: Onward) -> Change:
        """What a way does: its own links, this node where it decides, the next where it cannot."""
        made = self._counting.change(action for link in way.links for action in link.actions)
        here = place.node
        if here.actions and (here.id in self._deciding or not self._pushed(place)):
            made.add(self._counting.change(here.actions))
        there = self._paths.places.get(way.next or "")
        if there is not None and self._pushed(there):
            made.add(self._counting.change(there.node.actions))
        return made

    def _pays(self, place: Place) -> bool:
        """Whether a node with one way on must be a decision, since only decisions give points."""
        if place.kind or place.node.id in self._deciding:
            return False
        links = [action for way in place.ways for link in way.links for action in link.actions]
        if self._counting.change(links).points:
            return True
        return self._counting.change(place.node.actions).points and not self._pushed(place)

    def _pushed(self, place: Place) -> bool:
        """Whether what coming here does is done by the decisions that lead here."""
        node = place.node
        if not node.actions or node.id == self._paths.first or len(place.ways) > 1 or place.kind:
            return False
        return bool(place.sources) and place.sources <= self._decided

    def _asked(self, way: Onward, change: Change) -> Raw:
        """Under what condition an option is offered, or leads elsewhere."""
        there = self._paths.places.get(way.next or "")
        turns = self._turns(way, change)
        if turns or there is None or there.node.when is None:
            return turns
        when = visited(there.node.when, self._paths.condition_of)
        return {"when": when} if when is not None and _readable(when) else {}

    def _turns(self, way: Onward, change: Change) -> Raw:
        found = []
        for rule in self._rules:
            place = self._paths.places.get(rule.node)
            if place is not None and change.touches(rule.about):
                found.append((f"{rule.when} and not seen.{place.step}", rule.node))
        there = self._paths.places.get(way.next or "")
        if there is not None and there.node.when is not None and there.node.redirect is not None:
            when = visited(there.node.when, self._paths.condition_of)
            found.append((f"not {when}" if when else "", there.node.redirect))
        turns = [
            {"when": when, "next": self._paths.places[node].step}
            for when, node in found
            if node in self._paths.places and _readable(when)
        ]
        return {"turns": turns} if turns else {}

    def _mark_best(self, place: Place, options: list[Raw]) -> None:
        totals = [sum(one.get("score", {}).values()) for one in options if not one.get("danger")]
        if totals and (max(totals) > min(totals) or len(totals) < len(options) or len(totals) == 1):
            for one in options:
                if not one.get("danger") and sum(one.get("score", {}).values()) == max(totals):
                    one["best"] = True
            return
        what = _("no points tell which option is best: mark it")
        self._losses.add(place.step, "simplified", "best", what)

    def _option_id(self, way: Onward, number: int) -> str:
        found = FOLLOWS.fullmatch(way.after.id) if way.after is not None else None
        return found[2] if found else slug(way.label, f"option-{number}")

    def _next(self, way: Onward) -> str | None:
        return None if way.next is None else self._paths.places[way.next].step

    def _shown(self, id_: str) -> Any:
        return self._patient.shown.get(id_, ())

    def _title(self, place: Place) -> str:
        return place.node.label[:_LONGEST_LABEL] or self._unwritten.title

    def _tell_node(self, place: Place) -> None:
        node = place.node
        if node.timer:
            self._losses.add(place.step, "dropped", "timer", _("a timer"))
        if node.when is not None:
            what = _("a condition for coming here: see that it does what the author meant")
            self._losses.add(place.step, "simplified", "when", what)
        if node.id in self._deciding and len(place.ways) < 2 and not place.kind:
            what = _("points without a choice: a choice with one option gives them")
            self._losses.add(place.step, "simplified", "score", what)

    def _tell_strange(self) -> None:
        for name in self._patient.strange:
            what = _("another program's own “{name}”", name=name)
            self._losses.add(None, "dropped", "extension", what)


def _readable(when: str) -> bool:
    try:
        read_condition(when)
    except ContentError:
        return False
    return True
