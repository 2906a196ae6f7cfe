"""A trainee's own task above the field: the question that was drawn for this one alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pallkit.answers import shown_to
from pallkit.i18n import Language, render
from pallkit.opioids import Task
from pallkit.texts import to_html
from pallkit.variants import own_name, read_variant, variant_task, variant_text
from pallkit_widgets.shared.journal import Journal


@dataclass(frozen=True, slots=True)
class OwnTask:
    """Whom the task was drawn for, and the task."""

    trainee: str
    task: Task

    def unit(self, lang: Language) -> str:
        """What the answer is counted in."""
        return render(self.task.unit, lang)

    def html(self, lang: Language) -> str:
        """The question in words."""
        return to_html(variant_text(self.task, lang))


def own_task(task: str, settings: Mapping[str, object], journal: Journal | None) -> OwnTask:
    """Draw the task of the one whose log this is.

    While a notebook is graded, the one who runs it is not the trainee: then it is drawn for
    the one whom the log says it was shown to.
    """
    variant = read_variant(settings)
    names = shown_to(journal.open(), task) if journal and journal.closed else ()
    trainee = names[-1] if names else own_name(journal.path.parent if journal else None)
    return OwnTask(trainee, variant_task(task, trainee, variant))
