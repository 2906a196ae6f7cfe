"""What a case loses on its way to another platform, told line by line.

No other format holds a whole case. An exporter says what it left out (dropped), what it made
plainer (simplified), and what can be read there but no longer does anything (kept as text).
Each line is about a feature of the case format, so that a test can hold the report against
:func:`pallkit_app.exchange.features.used`: what the case has and the format does not carry
must be named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Literal, get_args

from pallkit.about import INTENDED_PURPOSE
from pallkit.cases import Case, Prose
from pallkit.cases.view_notices import DRAFT
from pallkit.i18n import Language, Message, _, render
from pallkit_app.exchange.features import FEATURES, used

Fate = Literal["dropped", "simplified", "kept as text"]
FATES: tuple[Fate, ...] = get_args(Fate)

_FATES = {
    "dropped": _("Dropped"),
    "simplified": _("Simplified"),
    "kept as text": _("Kept as text"),
}

Fared = tuple[Fate, Message | None] | None
"""What becomes of a feature, and in what way where that must be said; None: it is kept."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that did not come along whole. ``step`` is None for the case as a whole.

    ``feature`` is the machine's name for it, one of :data:`..features.FEATURES`.
    """

    step: str | None
    fate: Fate
    feature: str
    what: Message


@dataclass(frozen=True, slots=True)
class Loss:
    """The report of one export. ``notes`` are what the receiving platform needs to know.

    Lines stand by step in the order they came, the case as a whole first; in a step by
    fate. The same line about the same step stands once.
    """

    format: str
    case: str
    version: int
    draft: bool
    lines: tuple[Line, ...] = ()
    notes: tuple[Message, ...] = ()

    def to_text(self, lang: Language) -> str:
        """The report as it is printed after an export and laid in the package."""
        return "\n".join(self._text(lang)) + "\n"

    def to_json(self, lang: Language) -> dict[str, Any]:
        """The report for machines: every line with its step, fate, feature and text."""
        return {
            "format": self.format,
            "case": self.case,
            "version": self.version,
            "draft": self.draft,
            "lang": lang,
            "purpose": render(INTENDED_PURPOSE, lang),
            "lines": [
                {
                    "step": line.step,
                    "fate": line.fate,
                    "feature": line.feature,
                    "text": render(line.what, lang),
                }
                for line in self.lines
            ],
            "notes": [render(note, lang) for note in self.notes],
        }

    def _text(self, lang: Language) -> Iterator[str]:
        head = _("What “{case}” lost as {format}", case=self.case, format=self.format)
        yield render(head, lang)
        yield render(INTENDED_PURPOSE, lang)
        if self.draft:
            yield render(DRAFT, lang)
        if not self.lines:
            yield render(_("Nothing was lost."), lang)
        step: str | None = ""
        fate = ""
        for line in self.lines:
            if line.step != step:
                step, fate = line.step, ""
                yield ""
                yield render(_("The whole case") if step is None else step, lang)
            if line.fate != fate:
                fate = line.fate
                yield f"  {render(_FATES[fate], lang)}"
            yield f"    - {render(line.what, lang)}"
        if self.notes:
            yield ""
            yield render(_("To know"), lang)
            yield from (f"  - {render(note, lang)}" for note in self.notes)


@dataclass(slots=True)
class Losses:
    """Gathers lines while an exporter works; :meth:`report` puts them in order."""

    _lines: dict[Line, None] = field(default_factory=dict)
    _notes: dict[Message, None] = field(default_factory=dict)

    def add(self, step: str | None, fate: Fate, feature: str, what: Message | None = None) -> None:
        """Tell of one feature, in ``what`` words or its own; telling it again changes nothing."""
        self._lines.setdefault(Line(step, fate, feature, what or FEATURES[feature]))

    def note(self, what: Message) -> None:
        """Something the one who imports the package needs to know."""
        self._notes.setdefault(what)

    def tell(
        self,
        case: Case,
        texts: Prose,
        *,
        whole: Mapping[str, Fared],
        steps: Mapping[str, Fared],
        apart: Mapping[str, Mapping[str, Fared]] = MappingProxyType({}),
    ) -> None:
        """Tell of every feature the case has: of the ``whole`` case, then step by step.

        ``apart`` has steps, by id, that fare otherwise than ``steps`` do. Raises
        :class:`KeyError` for a feature that the format says nothing about.
        """
        for step, feature in used(case, texts):
            fared = (whole if step is None else apart.get(step, steps))[feature]
            if fared is not None:
                fate, how = fared
                what = None if how is None else _told(feature, how)
                self.add(step, fate, feature, what)

    def report(self, format_name: str, case: str, *, version: int, draft: bool) -> Loss:
        """The report, ordered: the case first, then steps as they first came, by fate."""
        steps = list(dict.fromkeys([None, *(line.step for line in self._lines)]))
        lines = sorted(
            self._lines, key=lambda line: (steps.index(line.step), FATES.index(line.fate))
        )
        return Loss(format_name, case, version, draft, tuple(lines), tuple(self._notes))


def _told(feature: str, how: Message) -> Message:
    return _("{feature}: {how}", feature=FEATURES[feature], how=how)
