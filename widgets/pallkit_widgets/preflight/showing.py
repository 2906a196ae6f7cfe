"""A report of the check as the browser shows it, in the reader's language."""

from __future__ import annotations

from typing import Any

from pallkit.i18n import Language, _, render
from pallkit.preflight import Remark, Report, TaskState
from pallkit_widgets.preflight.labels import STANDINGS


def report_view(report: Report, lang: Language) -> dict[str, Any]:
    """All of it: the overall line, the tasks, what else was found, and what is handed in."""
    others = [one for one in report.remarks if not one.task]
    return {
        "ready": report.ready,
        "headline": render(report.headline, lang),
        "deadline": render(report.deadline, lang),
        "checked_at": report.checked_at.isoformat(timespec="seconds"),
        "tasks": [_task_view(one, report, lang) for one in report.tasks],
        "remarks": [_remark_view(one, lang) for one in others],
        "files": [render(one, lang) for one in report.what_is_handed_in],
        "mendable": bool(report.damage.mending),
    }


def _task_view(task: TaskState, report: Report, lang: Language) -> dict[str, Any]:
    remedies = (one.remedy for one in report.remarks if one.task == task.id)
    why = [render(one, lang) for one in (task.why, *remedies) if one is not None]
    return {
        "title": task.title,
        "standing": task.standing,
        "word": render(STANDINGS[task.standing], lang),
        "why": " ".join(why),
    }


def _remark_view(remark: Remark, lang: Language) -> dict[str, Any]:
    remedy = remark.remedy or _("It can be repaired: use the button below.")
    return {
        "weight": remark.weight,
        "text": render(remark.text, lang),
        "remedy": render(remedy, lang),
    }
