"""The debrief sheet: what each choice gave, what to talk about, and what to do on Monday."""

from __future__ import annotations

from pallkit.cases.steps import PlainStep
from pallkit.i18n import Language
from pallkit_app.guide.view import make_guide
from pallkit_app.handouts.common import page

SURE = ("50–60", "60–70", "70–80", "80–90", "90–100")
"""The bands of certainty, in per cent, that answers are counted in."""


def debrief_html(case_id: str, lang: Language, *, paged: bool = False) -> str:
    """Write the debrief sheet of a case as HTML.

    Raises :class:`pallkit.errors.ContentError` when there is no such case.
    """
    guide = make_guide(case_id, lang)
    deciding = [
        step for step in guide.steps if not isinstance(guide.case.by_id[step.id], PlainStep)
    ]
    return page(
        "debrief",
        guide,
        paged=paged,
        deciding=deciding,
        asked=[step for step in guide.steps if step.questions],
        noted=[step for step in guide.steps if step.expert],
        sure=SURE if any(step.certainty for step in guide.steps) else (),
    )
