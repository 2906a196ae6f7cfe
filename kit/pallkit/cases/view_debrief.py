"""The debrief as plain data: the path, the score, and the branches not taken."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pallkit.cases import names
from pallkit.cases.debrief import Alternative, Debrief, Passage, debrief
from pallkit.cases.judging import level_of
from pallkit.cases.model import ESAS_ITEMS, Case
from pallkit.cases.play import Decision, begin
from pallkit.cases.prose import Prose
from pallkit.cases.steps import BEST, ON, MultiStep
from pallkit.cases.values import AXES, Axis, Level
from pallkit.cases.view_effects import effects_text
from pallkit.cases.view_parts import feedback_html, said_of, sources_view
from pallkit.i18n import Language, _, render
from pallkit.texts import to_html

GO_ON = _("Go on without asking more")
SAFETY_FIRST = _(
    "Safety stands first. A dangerous act counts as dangerous whatever the points, and a dose "
    "that is a little off weighs less than one that harms."
)
SHOWN_AXES: tuple[Axis, ...] = ("safety", *(axis for axis in AXES if axis != "safety"))


def debrief_view(
    case: Case,
    decisions: Sequence[Decision],
    texts: Prose,
    lang: Language,
    level: Level | None = None,
) -> dict[str, Any]:
    """Describe a finished case: what was chosen, what it gave, what else there was."""
    done = debrief(case, decisions, level)
    start = begin(case, level_of(decisions) or level)
    return {
        "certainty": certainty_view(done, texts, lang),
        "score": _score_view(done, lang),
        "score_note": render(SAFETY_FIRST, lang),
        "dangers": [
            {
                "title": texts.steps[passage.event.step].title,
                "chosen": _dangerous(case, passage, texts, lang),
            }
            for passage in done.dangers
        ],
        "path": [_passage_view(case, passage, texts, lang) for passage in done.passages],
        "end": {
            "clock": names.clock(done.end.clock, lang),
            "place": render(names.PLACE[done.end.place], lang),
            "esas": [
                {
                    "key": item,
                    "label": render(names.ESAS[item], lang),
                    "start": start.esas[item],
                    "end": done.end.esas[item],
                }
                for item in ESAS_ITEMS
            ],
        },
        "sources": sources_view(_all_sources(case)),
    }


def certainty_view(done: Debrief, texts: Prose, lang: Language) -> dict[str, Any] | None:
    """How sure the learner was against how often it was right; None where nobody was asked.

    ``steps`` are the decisions, ``groups`` the same by degree of certainty: how many, and how
    many of them right.
    """
    said = [one.event for one in done.passages if one.event.sure is not None]
    if not said:
        return None
    groups = sorted({event.sure for event in said if event.sure is not None})
    right = sum(event.best for event in said)
    mean = sum(event.sure or 0 for event in said) // len(said)
    summary = _(
        "You were {mean} % sure on average, and right in {right} of {count}.",
        mean=mean,
        right=right,
        count=len(said),
    )
    return {
        "summary": render(summary, lang),
        "steps": [
            {"title": texts.steps[one.step].title, "sure": one.sure, "right": one.best}
            for one in said
        ],
        "groups": [
            {
                "sure": sure,
                "count": sum(one.sure == sure for one in said),
                "right": sum(one.best for one in said if one.sure == sure),
            }
            for sure in groups
        ],
    }


def _score_view(done: Debrief, lang: Language) -> list[dict[str, Any]]:
    return [
        {
            "axis": axis,
            "label": render(names.AXIS[axis], lang),
            "points": done.end.score.get(axis, 0),
            "max": done.best_score.get(axis, 0),
        }
        for axis in SHOWN_AXES
        if axis in done.best_score or axis in done.end.score
    ]


def _passage_view(case: Case, passage: Passage, texts: Prose, lang: Language) -> dict[str, Any]:
    event = passage.event
    return {
        **said_of(event, case.by_id[event.step], texts, lang),
        "title": texts.steps[event.step].title,
        "clock": names.clock(passage.before.clock, lang),
        "chosen": _chosen(passage, texts, lang),
        "feedback_html": feedback_html(event, texts),
        "effects_text": effects_text(passage.before, passage.after, lang),
        "alternatives": [
            _alternative_view(passage, other, texts, lang) for other in passage.alternatives
        ],
    }


def _chosen(passage: Passage, texts: Prose, lang: Language) -> str:
    event = passage.event
    if event.choice == ON and event.kind == "consult":
        return render(GO_ON, lang)
    if event.kind in {"choice", "consult"}:
        return texts.steps[event.step].options[str(event.choice)].label
    if event.kind in BEST:
        name = render(names.outcome(event.kind, str(event.choice)), lang)
        if event.given is None:
            return name
        return f"{event.given} ({name[0].lower()}{name[1:]})"
    return event.text or ""


def _dangerous(case: Case, passage: Passage, texts: Prose, lang: Language) -> str:
    """What was dangerous in a decision: of things ticked, only those that were."""
    event, step = passage.event, case.by_id[passage.event.step]
    if isinstance(step, MultiStep):
        ticked = [pick.id for pick in step.picks if pick.danger and pick.id in event.picked]
        if ticked:
            return ", ".join(texts.steps[step.id].options[one].label for one in ticked)
    return _chosen(passage, texts, lang)


def _alternative_view(
    passage: Passage, other: Alternative, texts: Prose, lang: Language
) -> dict[str, Any]:
    written = texts.steps[passage.event.step]
    option = written.options.get(other.choice)
    feedback = option.feedback if option else written.outcomes.get(other.choice, "")
    if option:
        label = option.label
    elif passage.event.kind == "consult":
        label = render(GO_ON, lang)
    else:
        label = render(names.outcome(passage.event.kind, other.choice), lang)
    leads_to = texts.steps[other.after.step].title if other.after.step else None
    return {
        "label": label,
        "best": other.best,
        "danger": other.danger,
        "feedback_html": to_html(feedback),
        "effects_text": effects_text(passage.before, other.after, lang),
        "leads_to": leads_to,
        "end_text": effects_text(passage.before, other.end, lang),
    }


def _all_sources(case: Case) -> list[str]:
    used = [*case.sources, *(source for step in case.steps for source in step.sources)]
    return list(dict.fromkeys(used))
