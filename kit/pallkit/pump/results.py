"""What every answer about a pump has: steps, notes with their sources, the same JSON keys."""

from __future__ import annotations

from dataclasses import dataclass

from pallkit.about import WATERMARK
from pallkit.i18n import Language, Message, Words, render
from pallkit.opioids import Refusal, Step
from pallkit.opioids.results import STAND_INS, WORKED_OUT, Json


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know about an answer, and the source that says it."""

    text: Message | Words
    source: str = WORKED_OUT

    def to_json(self, lang: Language) -> Json:
        """``{"text", "source"}``."""
        return {"text": render(self.text, lang), "source": self.source}


def step(text: Message, formula: Message | None = None, source: str = WORKED_OUT) -> Step:
    """A step of a receipt: the numbers, the formula they were put into, and who prints it."""
    return Step(text, formula, source)


def answer_json(lang: Language, **parts: object) -> Json:
    """An answer for machines and views, with every key present."""
    empty: Json = {
        "program": None,
        "mixture": None,
        "start": None,
        "steps": [],
        "notes": [],
        "refusal": None,
    }
    return {**empty, **parts, "watermark": render(WATERMARK, lang)}


def refusal_json(refusal: Refusal, lang: Language) -> Json:
    """The same keys with nothing in them but the refusal."""
    return answer_json(lang, refusal=refusal.to_json(lang)["refusal"])


def notes_json(notes: tuple[Note, ...], lang: Language) -> list[Json]:
    """The notes in ``lang``."""
    return [note.to_json(lang) for note in notes]


def sources_of(steps: tuple[Step, ...], notes: tuple[Note, ...]) -> tuple[str, ...]:
    """The ids of the sources behind steps and notes, each once."""
    named = [*(one.source for one in steps), *(one.source for one in notes)]
    return tuple(dict.fromkeys(source for source in named if source not in STAND_INS))
