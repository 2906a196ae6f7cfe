"""Texts that a package does not have, marked as the templates mark them: “SKRIV:”.

The linter knows the mark, so that nothing of this is taken for finished.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pallkit.i18n import Language, Message, _, render

MARK = "SKRIV:"


@dataclass(frozen=True, slots=True)
class Unwritten:
    """The words for what is missing, in the language of the texts."""

    lang: Language

    @property
    def text(self) -> str:
        """A paragraph."""
        return self._marked(_("what happens here"))

    @property
    def title(self) -> str:
        """A heading."""
        return self._marked(_("a short heading"))

    @property
    def ask(self) -> str:
        """The question at a choice: it has words of its own, since every choice needs one."""
        return render(_("What do you do?"), self.lang)

    @property
    def go_on(self) -> str:
        """The label of a link without one."""
        return render(_("Continue"), self.lang)

    def _marked(self, what: Message) -> str:
        return f"{MARK} {render(what, self.lang)}"

    def missing(self, what: Message) -> str:
        """The mark, and what is to be written."""
        return self._marked(what)


def whole_texts(  # noqa: PLR0913  # the parts of a prose file
    of: Unwritten,
    *,
    title: str,
    summary: str,
    goals: list[str],
    patient: str,
    regimen: dict[str, str],
    esas: bool,
    steps: dict[str, Any],
) -> dict[str, Any]:
    """A prose file with everything it must have; ``esas``: the symptoms are to be set."""
    made: dict[str, Any] = {
        "title": " ".join(title.split())[:200] or of.title,
        "summary": " ".join(summary.split())[:1000] or of.missing(_("one or two sentences")),
        "goals": goals or [of.missing(_("what one should be able to do afterwards"))] * 2,
        "patient": patient or of.missing(_("who the invented patient is")),
    }
    if esas:
        made["esas_note"] = of.missing(_("the symptoms are not from the package: set them"))
    if regimen:
        made["regimen"] = regimen
    return {
        **made,
        "steps": steps,
        "guide": {
            "before": of.missing(_("what the leader prepares and reads aloud")),
            "silent": of.missing(_("what the leader asks when the table is silent")),
            "closing": of.missing(_("how the group ends")),
        },
    }
