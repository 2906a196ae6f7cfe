"""A play-through as xAPI statements, after MedBiquitous' virtual patient profile.

Source: *Experience API Virtual Patient Profile*, MedBiquitous Learning Experience Working
Group, 2016 (CC BY). Verbs and types are its own. It asks for a recipe id in every statement
but prints none; :data:`PROFILE`, the address its verbs lie under, stands for it.

Only the decisions that stand are told, not those taken back. What was written in free text
stays in the answer log: it can hold what should not leave. Who played is the pseudonym that
was given. The ids follow from the content, so sending the same play-through twice is harmless.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pallkit import __version__
from pallkit.about import INTENDED_PURPOSE
from pallkit.answers import Log, decisions
from pallkit.cases import Case, Debrief, Passage, Prose, debrief
from pallkit.cases.steps import ChoiceStep, ConsultStep, EstimateStep, MultiStep, OrderStep, Step
from pallkit.errors import LogError
from pallkit.i18n import _, render

Statement = dict[str, Any]

PROFILE = "http://w3id.org/xapi/medbiq"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_ADL = "http://adlnet.gov/expapi/verbs/"
_VERBS = {
    "initialized": f"{_ADL}initialized",
    "completed": f"{_ADL}completed",
    "suspended": f"{_ADL}suspended",
    "experienced": f"{_ADL}experienced",
    "responded": f"{_ADL}responded",
    "arrived": f"{PROFILE}/verbs/arrived",
    "updated": f"{PROFILE}/verbs/updated",
}
_SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
_NODE = "http://activitystrea.ms/schema/1.0/node"
_QUESTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
_INTERACTIONS = {
    "choice": "choice",
    "consult": "choice",
    "estimate": "numeric",
    "multi": "choice",
    "order": "sequencing",
}


@dataclass(frozen=True, slots=True)
class Player:
    """Who played, and where: ``address`` is the server's, and every id begins with it."""

    address: str
    pseudonym: str

    def agent(self, name: str | None = None) -> dict[str, Any]:
        """The xAPI actor; ``name`` when it is not the learner but the player program."""
        account = {"homePage": self.address, "name": name or self.pseudonym}
        return {"objectType": "Agent", "account": account}


def statements(case: Case, texts: Prose, log: Log, task: str, player: Player) -> list[Statement]:
    """Tell the play-through of ``task`` in ``log``, in order.

    Raises :class:`LogError` when no decision of it stands.
    """
    made = decisions(log, task)
    if not made:
        raise LogError(_("The log holds no decisions of “{task}”.", task=task))
    # The decisions are the log's own objects: by them each finds the time it was made.
    times = {id(entry.value): entry.at for entry in log.records}
    moments = [times[id(one)] for one in made]
    telling = _Telling(case, texts, player, f"{task} {' '.join(moments)}")
    done = debrief(case, made)
    return [*telling.all(done, moments)]


def json_lines(made: list[Statement]) -> str:
    """One statement a line, as learning record stores take them in."""
    return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in made)


class _Telling:
    """One play-through of one case, told statement by statement."""

    def __init__(self, case: Case, texts: Prose, player: Player, seed: str) -> None:
        self._case, self._texts, self._player = case, texts, player
        self._home = f"{player.address.rstrip('/')}/xapi"
        self._activity = f"{self._home}/cases/{case.id}"
        self._registration = uuid5(NAMESPACE_URL, f"{self._activity} {player.pseudonym} {seed}")
        self._count = 0

    def all(self, done: Debrief, moments: list[str]) -> Iterator[Statement]:
        yield self._tell("initialized", self._case_object(), moments[0])
        for passage, at in zip(done.passages, moments, strict=True):
            yield from self._passage(passage, at)
        verb = "suspended" if done.end.step else "completed"
        yield self._tell(verb, self._case_object(), moments[-1], result=self._result(done))

    def _passage(self, passage: Passage, at: str) -> Iterator[Statement]:
        step = self._case.by_id[passage.event.step]
        node = self._node(step)
        yield self._tell("arrived", node, at)
        if passage.event.choice is None:
            yield self._tell("experienced", node, at)
        else:
            yield self._tell(
                "responded", self._question(step), at, result=self._response(passage, step)
            )
        if passage.after.score != passage.before.score:
            counters = {"extensions": self._own(counters=dict(passage.after.score))}
            actor = self._player.agent("pallkit")
            yield self._tell("updated", node, at, actor=actor, result=counters)

    def _tell(
        self,
        verb: str,
        about: dict[str, Any],
        at: str,
        *,
        result: dict[str, Any] | None = None,
        actor: dict[str, Any] | None = None,
    ) -> Statement:
        self._count += 1
        told: Statement = {
            "id": str(uuid5(self._registration, str(self._count))),
            "timestamp": at,
            "actor": actor or self._player.agent(),
            "verb": {"id": _VERBS[verb], "display": {"en-US": verb}},
            "object": {"objectType": "Activity", **about},
            "context": self._context(),
        }
        return told if result is None else {**told, "result": result}

    def _context(self) -> dict[str, Any]:
        return {
            "registration": str(self._registration),
            "platform": f"PallKit {__version__}",
            "language": self._texts.lang,
            "revision": str(self._case.version),
            "contextActivities": {
                "parent": [{"id": self._activity}],
                "category": [{"id": PROFILE}],
            },
            "extensions": self._own(
                purpose=render(INTENDED_PURPOSE, self._texts.lang),
                draft=self._case.draft,
                licence=LICENCE,
                invented=True,
            ),
        }

    def _own(self, **values: object) -> dict[str, object]:
        return {f"{self._home}/extensions/{key}": value for key, value in values.items()}

    def _said(self, text: str) -> Mapping[str, str]:
        return {self._texts.lang: text}

    def _case_object(self) -> dict[str, Any]:
        texts = self._texts
        about = {"name": self._said(texts.title), "description": self._said(texts.summary)}
        return {"id": self._activity, "definition": {"type": _SIMULATION, **about}}

    def _node(self, step: Step) -> dict[str, Any]:
        name = self._said(self._texts.steps[step.id].title)
        return {
            "id": f"{self._activity}/steps/{step.id}",
            "definition": {"type": _NODE, "name": name},
        }

    def _question(self, step: Step) -> dict[str, Any]:
        written = self._texts.steps[step.id]
        definition: dict[str, Any] = {
            "type": _QUESTION,
            "name": self._said(written.title),
            "description": self._said(written.ask),
            "interactionType": _INTERACTIONS.get(step.kind, "other"),
        }
        if isinstance(step, ChoiceStep | ConsultStep | MultiStep | OrderStep):
            definition["choices"] = [
                {"id": id_, "description": self._said(one.label)}
                for id_, one in written.options.items()
            ]
        right = _right(step)
        if right:
            definition["correctResponsesPattern"] = right
        return {"id": f"{self._activity}/steps/{step.id}/question", "definition": definition}

    def _response(self, passage: Passage, step: Step) -> dict[str, Any]:
        event = passage.event
        result: dict[str, Any] = {
            "extensions": self._own(outcome=event.choice, danger=event.danger, sure=event.sure)
        }
        if not isinstance(
            step, ConsultStep
        ):  # a question to a colleague is neither right nor wrong
            result["success"] = event.best
        if event.picked:
            result["response"] = "[,]".join(event.picked)
        elif isinstance(step, ChoiceStep | ConsultStep):
            result["response"] = event.choice
        elif event.given is not None:
            result["response"] = event.given
        return result

    def _result(self, done: Debrief) -> dict[str, Any]:
        points = self._own(
            points=dict(done.end.score),
            best=dict(done.best_score),
            dangers=[passage.event.step for passage in done.dangers],
        )
        result: dict[str, Any] = {"completion": done.end.step is None, "extensions": points}
        if any(done.best_score.values()):  # xAPI wants a maximum above the score's minimum
            raw, most = sum(done.end.score.values()), sum(done.best_score.values())
            result["score"] = {"raw": raw, "max": most}
        return result


def _right(step: Step) -> list[str]:
    if isinstance(step, ChoiceStep):
        return [option.id for option in step.options if option.best]
    if isinstance(step, MultiStep):
        return ["[,]".join(pick.id for pick in step.picks if pick.right)]
    if isinstance(step, OrderStep):
        return ["[,]".join(step.items)]
    if isinstance(step, EstimateStep) and step.low is not None and step.high is not None:
        return [f"{step.low}[:]{step.high}"]
    return []
