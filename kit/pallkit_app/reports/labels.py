"""The report's own words."""

from __future__ import annotations

from collections.abc import Mapping

from pallkit.i18n import Language, Message, _, render
from pallkit_app.reports.figures import ENOUGH, FEWEST

_LABELS: Mapping[str, Message] = {
    "report": _("Course report"),
    "skip": _("Skip to the contents"),
    "page": _("Page"),
    "of": _("of"),
    "made": _("Made"),
    "figure": _("Figure"),
    "trainees": _("Trainees"),
    "hand_ins": _("Hand-ins graded"),
    "waiting": _("Not graded yet"),
    "missing_count": _("Missing"),
    "personal": _("Personal data"),
    "status": _("Hand-ins"),
    "status_help": _(
        "Missing, not graded and graded are three different things: nobody has 0 points for "
        "what is missing or not graded."
    ),
    "status_plot": _("How many have handed in, assignment by assignment"),
    "one_by_one": _("Trainee by trainee"),
    "assignment": _("Assignment"),
    "trainee": _("Trainee"),
    "missing": _("missing"),
    "not_graded": _("not graded"),
    "graded": _("graded"),
    "goals": _("Learning goals"),
    "goals_help": _(
        "The share of the points in the tasks that belong to a goal, of what is graded. "
        "Assignments without points are not counted."
    ),
    "goals_plot": _("Mean share of the points, goal by goal"),
    "no_goals": _("No graded task names a learning goal yet."),
    "goal": _("Learning goal"),
    "heading": _("Heading"),
    "mean": _("Mean"),
    "below": _("Below half"),
    "by_trainee": _("Goal by trainee"),
    "by_trainee_help": _("The numbers are those of the goals above. A dash: not graded."),
    "tasks": _("The hardest tasks"),
    "tasks_help": _(
        "The share of the points that was given, of all graded hand-ins. The hardest stand first."
    ),
    "tasks_plot": _("Mean share of the points in the hardest tasks"),
    "task": _("Task"),
    "share": _("Share of the points"),
    "graded_count": _("Graded"),
    "tells": _("Tells apart"),
    "tells_help": _(
        "“Tells apart” is the correlation between the task and the rest of its assignment: near "
        "0 or below, look at the task. It is worked out from {enough} graded hand-ins on.",
        enough=ENOUGH,
    ),
    "no_tasks": _("Nothing is graded yet."),
    "mistakes": _("Kinds of mistakes"),
    "mistakes_help": _(
        "Counted where exactly one known mistake leads to the number that was answered. Of other "
        "wrong numbers nothing is guessed."
    ),
    "mistake": _("Mistake"),
    "all": _("All"),
    "no_group": _("No group"),
    "no_mistakes": _("No known kind of mistake was found."),
    "dangers": _("Dangerous answers"),
    "dangers_help": _("How many gave an answer that would have been dangerous, task by task."),
    "no_dangers": _("None."),
    "calibration": _("Sure and right"),
    "calibration_help": _(
        "How sure the trainees said they were of an answer, against how often such answers were "
        "right. On the dashed line the two are the same; below it they were surer than they were "
        "right."
    ),
    "calibration_plot": _("How often answers were right, by how sure the trainees were"),
    "no_calibration": _("Nobody was asked how sure they were yet."),
    "band": _("How sure (0–10)"),
    "answers": _("Answers"),
    "sure": _("Sure, mean"),
    "right": _("Right"),
    "about": _("About this report"),
    "about_text": _(
        "Points are the gradebook's. The same tasks in bokmål and nynorsk are counted together."
    ),
}

NAMED = _(
    "This report names persons and how they do. Keep it where the course's other personal data "
    "are kept, and delete it when it has served its purpose."
)
ANONYMOUS = _(
    "Without names. Figures about fewer than {few} persons are left out. Still, whoever knows a "
    "small group may recognise persons in it: do not publish it without looking through it.",
    few=FEWEST,
)


def only_few(count: int) -> Message:
    """What is said of a report about a course with ``count`` trainees, when they are few."""
    return _(
        "There are only {count} trainees in the course. A report about so few is personal data "
        "whether names are in it or not.",
        count=count,
    )


def labels(lang: Language) -> Mapping[str, str]:
    """The words of the report in ``lang``."""
    return {name: render(text, lang) for name, text in _LABELS.items()}
