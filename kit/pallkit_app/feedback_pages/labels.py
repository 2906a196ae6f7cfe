"""The feedback page's own words."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Language, Message, _, render

_LABELS: Mapping[str, Message] = {
    "feedback": _("Feedback"),
    "skip": _("Skip to the contents"),
    "page": _("Page"),
    "of": _("of"),
    "for": _("To"),
    "course": _("Course"),
    "points": _("Points"),
    "handed_in": _("Handed in"),
    "status": _("Status"),
    "late": _("Taken off for being late"),
    "tasks": _("The tasks"),
    "task": _("Task"),
    "total": _("Sum"),
    "seen": _("What was seen in the hand-in"),
    "seen_help": _("This is all that the course leader was told about your hand-in."),
    "answer": _("Your answer"),
    "no_answer": _("Nothing was answered."),
    "said": _("About the answer"),
    "question": _("Your question"),
    "right": _("The right answer"),
    "receipt": _("How it is worked out"),
    "rubric": _("How the text was graded"),
    "criterion": _("Criterion"),
    "level": _("Your level"),
    "not_chosen": _("No level yet"),
    "comment": _("From the course leader"),
    "note": _("Why"),
    "look_out": _("Look at this one more time"),
    "waits": _("Waits for the course leader"),
    "not_graded": _("Not graded"),
    "scores": _("What your way gave"),
    "axis": _("Axis"),
    "dangers": _("Dangerous acts on the way"),
    "path": _("Your way through the case"),
    "danger": _("Dangerous"),
    "good": _("Best choice"),
    "history": _("How the points were given"),
    "history_help": _(
        "Every score is kept, with who gave it and when. The last one of each task counts."
    ),
    "when": _("When"),
    "who": _("By whom"),
    "why": _("Reason"),
    "by_program": _("PallKit, automatically"),
    "by_leader": _("The course leader"),
    "kind_settled": _("Two graders, settled"),
    "kind_appeal": _("Asked for a new look"),
    "kind_outcome": _("Answer to that"),
    "appeal": _("If you think something is wrong"),
    "sources": _("Sources"),
    "about": _("About this page"),
    "answers_only": _("Read from your answers. Tests and program text are not shown here."),
}

ONE_GROUP = _("Handed in as a group: everyone in the group gets the same.")
FORMATIVE = _("Feedback without points: this assignment is for practice.")
ALL_GRADED = _("Everything is graded.")


def labels(lang: Language) -> Mapping[str, str]:
    """The words of the page in ``lang``."""
    return {name: render(text, lang) for name, text in _LABELS.items()}
