"""The practice sheet as one HTML file, and on disk as HTML or PDF."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pallkit import __version__, content
from pallkit.about import INTENDED_PURPOSE, WATERMARK
from pallkit.doses import Dose, Preparation, dose_message, preparation_message
from pallkit.i18n import Language, _, render
from pallkit.opioids import RatioSet, Receipt, Refusal
from pallkit.opioids.results import STAND_INS
from pallkit.pump import Program, Start, side_by_side
from pallkit.pump.results import Note
from pallkit_app.paper import check_target, generator, is_paged, pages_of, styles, write
from pallkit_app.pump_sheet.questions import conversions, given, labels, questions, talk

KIND = "pump exercise"

_HERE = "pallkit_app.pump_sheet"
_PAGES = pages_of(_HERE)


@dataclass(frozen=True, slots=True)
class Exercise:
    """A pump to be worked out and, where ``by_mouth`` is given, a conversion before it.

    ``by_mouth`` is converted by each of ``sets`` to ``to``. It stands on its own: which
    answer becomes the pump's dose is not decided on paper.
    """

    program: Program
    by_mouth: tuple[Dose, ...] = ()
    to: Preparation | None = None
    sets: tuple[RatioSet, ...] = ()


def write_sheet(exercise: Exercise, lang: Language, path: Path, *, force: bool = False) -> None:
    """Write the sheet to ``path``, ending in .html or .pdf.

    Raises :class:`pallkit_app.paper.PaperError` for a name that is taken or cannot be written.
    """
    foreign = _(
        "“{path}” exists and is not a practice sheet. Choose another name, or use --force.",
        path=str(path),
    )
    check_target(path, kind=KIND, foreign=foreign, force=force)
    write(sheet_html(exercise, lang, paged=is_paged(path)), path)


def sheet_html(exercise: Exercise, lang: Language, *, paged: bool = False) -> str:
    """Write the sheet as HTML, complete with its styles; ``paged`` fills a PDF's margins."""
    program, starts = exercise.program, _starts(exercise)
    receipts = [answer.receipt for _set, answer in starts if isinstance(answer, Start)]
    cited = _Cited([*receipts, program.receipt], program.notes, lang)
    sheets = ["sheet.css", "paged.css"] if paged else ["sheet.css"]
    css = styles(*((_HERE, name) for name in sheets))
    return _PAGES.get_template("sheet.html.j2").render(
        css=css,
        lang=lang,
        l=labels(lang),
        generator=generator(KIND),
        version=__version__,
        purpose=render(INTENDED_PURPOSE, lang),
        watermark=render(WATERMARK, lang),
        given=given(program, lang),
        conversions=_conversions(exercise, lang),
        questions=questions(program, lang),
        talk=talk(program, lang, sets=len(exercise.sets)),
        starts=[(table.title, *_answer(answer, cited, lang)) for table, answer in starts],
        steps=cited.steps(program.receipt),
        notes=[(render(note.text, lang), cited.number(note.source)) for note in program.notes],
        sources=cited.entries(),
    )


def _starts(exercise: Exercise) -> tuple[tuple[RatioSet, Start | Refusal], ...]:
    if exercise.to is None or not exercise.by_mouth:
        return ()
    return side_by_side(exercise.by_mouth, exercise.to, exercise.sets)


def _conversions(exercise: Exercise, lang: Language) -> list[Any]:
    if exercise.to is None or not exercise.by_mouth:
        return []
    doses = dose_message(exercise.by_mouth[0])
    for dose in exercise.by_mouth[1:]:
        doses = _("{first} and {second}", first=doses, second=dose_message(dose))
    return list(conversions(doses, preparation_message(exercise.to), exercise.sets, lang))


def _answer(
    answer: Start | Refusal, cited: _Cited, lang: Language
) -> tuple[list[Mapping[str, object]], str]:
    """The steps of a set's answer, or why it has none."""
    if isinstance(answer, Refusal):
        return [], render(answer.message, lang)
    return cited.steps(answer.receipt), ""


class _Cited:
    """The sources of the sheet by number, in the order they are first named."""

    def __init__(self, receipts: Sequence[Receipt], notes: Sequence[Note], lang: Language) -> None:
        self._lang = lang
        named = [step.source for receipt in receipts for step in receipt.steps]
        named += [note.source for note in notes]
        ids = dict.fromkeys(source for source in named if source not in STAND_INS)
        self._numbers = {source: place for place, source in enumerate(ids, start=1)}

    def number(self, source: str) -> str:
        """«3», or what is told in place of a source."""
        if source in STAND_INS:
            return render(STAND_INS[source], self._lang)
        return str(self._numbers[source])

    def steps(self, receipt: Receipt) -> list[Mapping[str, object]]:
        """The steps with text, formula and source number, in the sheet's language."""
        return [
            {
                "text": render(step.text, self._lang),
                "formula": "" if step.ratio is None else render(step.ratio, self._lang),
                "source": self.number(step.source),
            }
            for step in receipt.steps
        ]

    def entries(self) -> list[Mapping[str, object]]:
        """The bibliography's entries, in the order of their numbers."""
        known = {entry["id"]: entry for entry in content.table("sources")}
        return [known.get(source, {"title": source}) for source in self._numbers]
