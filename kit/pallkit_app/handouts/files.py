"""The sheets of a case on disk, each as HTML or PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from pallkit.cases import begin, load
from pallkit.cases.values import Level
from pallkit.i18n import Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.failures import why
from pallkit_app.guide.files import refuse_unknown, write_guide
from pallkit_app.guide.schedule import HOUR
from pallkit_app.handouts.cards import cards_html
from pallkit_app.handouts.common import KIND
from pallkit_app.handouts.debrief import debrief_html
from pallkit_app.handouts.marking import marking_html
from pallkit_app.handouts.reading import reading_html
from pallkit_app.paper import PaperError, check_target, write

Sheet = Literal["guide", "cards", "marking", "debrief", "reading"]
"""What can be printed from a case."""
SHEETS: tuple[Sheet, ...] = get_args(Sheet)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How the sheets are to be: ``level`` is that of the cards, ``minutes`` that of the guide."""

    lang: Language
    level: Level | None = None
    minutes: int = HOUR
    ending: str = ".pdf"
    force: bool = False


def print_case(
    case_id: str, sheets: Sequence[Sheet], folder: Path, wanted: Wanted
) -> Iterator[Path]:
    """Write each of ``sheets`` into ``folder``, and tell of each when it is there.

    The files are called ``<case>-<sheet>-<lang>``. One of ours is replaced; another's only
    with ``force``. Raises :class:`PaperError`, :class:`pallkit.errors.ContentError` for the
    case and :class:`pallkit.errors.DecisionError` for the level, before anything is written.
    """
    refuse_identity_numbers(case_id)
    refuse_identity_numbers(folder.name)  # nothing is named for a person
    refuse_unknown(case_id)
    begin(load(case_id), wanted.level)
    paths = {sheet: folder / f"{case_id}-{sheet}-{wanted.lang}{wanted.ending}" for sheet in sheets}
    for path in paths.values():
        _check(path, force=wanted.force)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PaperError(
            _("“{path}” could not be written: {why}.", path=str(folder), why=why(error))
        ) from error
    for sheet, path in paths.items():
        _write(case_id, sheet, path, wanted)
        yield path


def _write(case_id: str, sheet: Sheet, path: Path, wanted: Wanted) -> None:
    lang, paged = wanted.lang, wanted.ending == ".pdf"
    if sheet == "guide":
        write_guide(case_id, lang, path, minutes=wanted.minutes, force=True)
        return
    makers: Mapping[str, Callable[[], str]] = {
        "cards": lambda: cards_html(case_id, lang, level=wanted.level, paged=paged),
        "marking": lambda: marking_html(case_id, lang, level=wanted.level, paged=paged),
        "debrief": lambda: debrief_html(case_id, lang, paged=paged),
        "reading": lambda: reading_html(case_id, lang, paged=paged),
    }
    write(makers[sheet](), path)


def _check(path: Path, *, force: bool) -> None:
    """Leave what is not ours alone: of any of our kinds, since the names are our own."""
    foreign = _(
        "“{path}” exists and is not a print of ours. Choose another folder, or use --force.",
        path=str(path),
    )
    kind = "leader guide" if "-guide-" in path.name else KIND
    check_target(path, kind=kind, foreign=foreign, force=force)
