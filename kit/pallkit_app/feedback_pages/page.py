"""A feedback page as one HTML file that asks nothing of any network and runs nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from pallkit import __version__, content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.i18n import Language, _, number, render
from pallkit.opioids.results import CHOSEN, STAND_INS, Step
from pallkit.privacy import holds_identity_number
from pallkit_app.feedback_pages.labels import ALL_GRADED, FORMATIVE, ONE_GROUP, labels
from pallkit_app.paper import generator, pages_of, styles
from pallkit_grading.book.history import GRADER
from pallkit_grading.feedback_data import Feedback, TaskFeedback
from pallkit_grading.manual import FORMGRADER, Happened

KIND = "feedback"
"""Stands in every feedback page, so that a later run knows the file for one of ours."""

_HERE, _GUIDE = "pallkit_app.feedback_pages", "pallkit_app.guide"
_PAGES = pages_of(_HERE)
_WITHHELD = _("[Not shown: this looks like an identity number.]")
_IN_THE_TASK = _("given in the task")
_FEW, _LONG = 40, 600
"""Letters of an answer that is set large, and of one that may be parted in print."""


def feedback_html(feedback: Feedback, *, paged: bool = False) -> str:
    """Write the feedback on one hand-in as HTML, complete with its styles.

    ``paged`` is for a maker of PDFs that fills page margins. Everything a trainee or a leader
    wrote is text on the page, whatever it looks like; only the case's own texts are markup.
    """
    lang = feedback.lang
    margins = [(_GUIDE, "paged.css")] if paged else []
    css = styles((_HERE, "sheet.css"), *margins, (_HERE, "feedback.css"))
    cited = _cited(feedback)
    return _PAGES.get_template("feedback.html.j2").render(
        css=css,
        f=feedback,
        lang=lang,
        l=labels(lang),
        graded=feedback.assignment.graded,
        tasks=[_task_view(task, feedback, cited) for task in feedback.tasks],
        total=_total(feedback),
        status=_status(feedback),
        handed_in=_when(feedback.handed_in, feedback),
        late=_late(feedback),
        group=render(ONE_GROUP, lang) if feedback.in_group else "",
        told=_told(feedback),
        history=[_history_view(entry, feedback) for entry in feedback.history],
        appeal=_appeal(feedback),
        sources=[_source(id_) for id_ in cited],
        generator=generator(KIND),
        version=__version__,
        purpose=render(INTENDED_PURPOSE, lang),
        watermark=render(WATERMARK, lang),
    )


def _task_view(task: TaskFeedback, feedback: Feedback, cited: Mapping[str, int]) -> dict[str, Any]:
    lang = feedback.lang
    answer = "" if task.answer is None else _safe(render(task.answer, lang), lang)
    return {
        "id": task.id,
        "title": task.title,
        "state": task.state,
        "chip": _chip(task, feedback),
        "tone": _tone(task),
        "points": "–" if task.points is None else number(task.points, lang),
        "most": number(task.most, lang),
        "share": _share(task),
        "answer": answer,
        "list": {"picked": "ul", "in_order": "ol", None: ""}[task.listed],
        "shape": _shape(task, answer),
        "lines": [_safe(render(line, lang), lang) for line in task.lines],
        "flags": [_safe(render(line, lang), lang) for line in task.flags],
        "question": [render(line, lang) for line in task.question],
        "right": _right(task, answer, lang),
        "receipt": [_step_view(step, lang, cited) for step in task.receipt],
        "rubric": [
            {
                "title": render(row.title, lang),
                "text": None if row.text is None else render(row.text, lang),
                "points": "–" if row.points is None else number(row.points, lang),
                "most": number(row.most, lang),
            }
            for row in task.rubric
        ],
        "comments": [_safe(text, lang) for text in task.comments],
        "note": None if task.note is None else render(task.note, lang),
        "case": _case_view(task),
    }


def _chip(task: TaskFeedback, feedback: Feedback) -> str:
    """What a task came to in a few words."""
    lang, words = feedback.lang, labels(feedback.lang)
    if task.state == "not_graded":
        return words["not_graded"]
    if task.points is None:
        return words["waits"]
    if not feedback.assignment.graded:
        return ""
    return render(_("{got} of {most} points", got=task.points, most=task.most), lang)


def _tone(task: TaskFeedback) -> str:
    if task.points is None:
        return "wait"
    return "good" if task.points >= task.most else ""


def _share(task: TaskFeedback) -> int:
    if not task.points or task.most <= 0:
        return 0
    return int(min(Decimal(1), max(Decimal(0), task.points / task.most)) * 100)


def _right(task: TaskFeedback, answer: str, lang: Language) -> str:
    """The right answer, where it is not what stands there already."""
    right = "" if task.right is None else render(task.right, lang)
    return "" if right == answer and not task.receipt else right


def _told(feedback: Feedback) -> list[str]:
    """What the leader was told, with the tasks' titles where the leader read their names."""
    lines = [_safe(one[feedback.lang], feedback.lang) for one in feedback.told]
    for task in feedback.tasks:
        for opening, closing in ("«»", "“”"):
            name, title = (f"{opening}{one}{closing}" for one in (task.id, task.title))
            lines = [line.replace(name, title) for line in lines]
    return lines


def _shape(task: TaskFeedback, answer: str) -> str:
    """How an answer is set: code as it was typed, a few words large, much text to be parted."""
    if len(answer) > _LONG:
        return "code long" if task.code else "long"
    if task.code:
        return "code"
    return "number" if task.right is not None and len(answer) <= _FEW else ""


def _case_view(task: TaskFeedback) -> Mapping[str, Any] | None:
    """The debrief; what it has as HTML is the case's own text, made safe where it was made."""
    if task.case is None:
        return None
    path = [
        {
            **passage,
            "chosen": _safe(str(passage["chosen"]), task.case.lang),
            "feedback": Markup(passage["feedback_html"]),  # noqa: S704  # to_html's safe HTML
        }
        for passage in task.case.debrief["path"]
        if passage["chosen"] or passage["feedback_html"]
    ]
    dangers = [
        {**danger, "chosen": _safe(danger["chosen"], task.case.lang)}
        for danger in task.case.debrief["dangers"]
    ]
    return {
        "title": task.case.title,
        "lang": task.case.lang,
        "scores": task.case.debrief["score"],
        "note": task.case.debrief["score_note"],
        "dangers": dangers,
        "path": path,
    }


def _step_view(step: Step, lang: Language, cited: Mapping[str, int]) -> Mapping[str, Any]:
    """A step of a receipt, with the number of its source in the page's list or words for it."""
    ratio = None if step.ratio is None else render(_("Ratio: {ratio}", ratio=step.ratio), lang)
    stand_in = _IN_THE_TASK if step.source == CHOSEN else STAND_INS.get(step.source)
    return {
        "text": render(step.text, lang),
        "ratio": ratio,
        "source": cited.get(step.source),
        "stand_in": None if stand_in is None else render(stand_in, lang),
    }


def _cited(feedback: Feedback) -> Mapping[str, int]:
    """The sources of every receipt, numbered in the order they are met."""
    known = {source["id"] for source in content.table("sources")}
    met = dict.fromkeys(
        step.source for task in feedback.tasks for step in task.receipt if step.source in known
    )
    return {source: place for place, source in enumerate(met, 1)}


def _source(id_: str) -> Mapping[str, Any]:
    return next(one for one in content.table("sources") if one["id"] == id_)


def _total(feedback: Feedback) -> str:
    """The sum, or how much is graded so far where that is not all."""
    lang, total = feedback.lang, feedback.total
    if total is None:
        return ""
    return render(_("{got} of {most}", got=total, most=feedback.most), lang)


def _status(feedback: Feedback) -> str:
    lang, missing = feedback.lang, feedback.missing
    if not missing:
        return render(ALL_GRADED if feedback.assignment.graded else FORMATIVE, lang)
    names = _listed([task.title for task in missing])
    return render(_("Not graded yet: {tasks}.", tasks=names), lang)


def _listed(names: Sequence[str]) -> str:
    return "; ".join(names)


def _late(feedback: Feedback) -> Mapping[str, str] | None:
    if feedback.late is None or not feedback.assignment.graded:
        return None
    rule = feedback.late.rule
    return {
        "points": number(feedback.late.points, feedback.lang),
        "rule": "" if rule is None else render(rule, feedback.lang),
    }


def _history_view(one: Happened, feedback: Feedback) -> Mapping[str, str]:
    words, lang = labels(feedback.lang), feedback.lang
    titles = {task.id: task.title for task in feedback.tasks}
    points = "–" if one.points is None else number(one.points, lang)
    if one.points is not None and one.most is not None:
        points = render(_("{got} of {most}", got=one.points, most=one.most), lang)
    people = {GRADER: words["by_program"], FORMGRADER: words["by_leader"]}
    kind = words.get(f"kind_{one.kind}", "")
    reason = _safe(one.words, lang)
    return {
        "at": _when(one.at, feedback),
        "task": titles.get(one.task, one.task),
        "points": points,
        "grader": people.get(one.person, one.person),
        "reason": f"{kind}: {reason}" if kind and reason else kind or reason,
    }


def _appeal(feedback: Feedback) -> str:
    """How to ask for a new look, with whom the course names for it."""
    controller = feedback.course.controller
    where = (
        _("Write to {contact}.", contact=controller.contact)
        if controller and controller.contact and not controller.contact.startswith("[")
        else _("Write to the course leader.")
    )
    return render(
        _(
            "You may ask for a new look at any task. Say which task it is and what you think was "
            "overlooked. {where} A person then looks at it, and the answer is kept with the "
            "points, whether they change or not.",
            where=where,
        ),
        feedback.lang,
    )


def _when(at: datetime | None, feedback: Feedback) -> str:
    """A moment on the course's clock, as people write it."""
    if at is None:
        return ""
    local = at.astimezone(ZoneInfo(feedback.course.timezone))
    if feedback.lang == "en":
        return f"{local:%Y-%m-%d %H:%M}"
    return f"{local.day}.{local.month}.{local.year} kl. {local:%H.%M}"


def _safe(text: str, lang: Language) -> str:
    """A person's text without what must stand on no page; the page escapes the rest.

    Letters that steer the reader's screen, such as those that turn the writing, are left out.
    """
    plain = "".join(one for one in text if one.isprintable() or one in "\n\t")
    withheld = render(_WITHHELD, lang)
    return "\n".join(
        withheld if holds_identity_number(line) else line for line in plain.split("\n")
    )
