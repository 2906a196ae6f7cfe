"""What a case says, in one language: texts by step id, apart from the structure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pallkit import content
from pallkit.cases.schema import make_converter, structure_strictly
from pallkit.errors import ContentError
from pallkit.i18n import DEFAULT, Language, _


@dataclass(frozen=True, slots=True)
class OptionProse:
    """An option as the learner reads it, and what is said when it was chosen."""

    label: str
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class FieldProse:
    """A field of a form as the learner reads it; ``options`` by id where there is a choice."""

    label: str
    help: str = ""
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepProse:
    """The texts of a step; which of them are used depends on its kind.

    ``options`` are the texts of a choice's options, of things to tick or to put in order,
    and of questions to ask (``label``) with their answers (``feedback``). ``low`` and
    ``high`` say what the ends of an estimate's scale mean.
    """

    title: str
    text: str
    ask: str = ""
    hint: str = ""
    options: Mapping[str, OptionProse] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
    expert: str = ""
    fields: Mapping[str, FieldProse] = field(default_factory=dict)
    low: str = ""
    high: str = ""


@dataclass(frozen=True, slots=True)
class PersonProse:
    """Somebody around the patient: a first name, who they are, and their wishes by id."""

    name: str
    about: str = ""
    wishes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GuideProse:
    """What only the group leader reads. ``questions`` are by step id."""

    before: str
    silent: str
    closing: str
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Prose:
    """All texts of a case in ``lang``, as Markdown where the player shows paragraphs."""

    title: str
    summary: str
    goals: tuple[str, ...]
    patient: str
    steps: Mapping[str, StepProse]
    guide: GuideProse
    regimen: Mapping[str, str] = field(default_factory=dict)
    esas_note: str = ""
    people: Mapping[str, PersonProse] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)
    withdrawn: str = ""
    lang: Language = DEFAULT


def prose(case_id: str, lang: Language) -> Prose:
    """Read the texts of a case in ``lang``, or in bokmål where they do not exist in it.

    The answer's ``lang`` is the language it really is in, so that a page can mark it.
    Raises :class:`pallkit.errors.ContentError` when the case has no bokmål either.
    """
    for candidate in (lang, DEFAULT):
        raw = content.prose(case_id, candidate)
        if raw is not None:
            return structure_prose({**raw, "lang": candidate})
    raise ContentError(_("The case “{id}” has no texts in bokmål. Write its nb.yaml.", id=case_id))


def structure_prose(raw: object) -> Prose:
    """Make prose of compiled JSON, with every fault collected as for a case."""
    return structure_strictly(_CONVERTER, raw, Prose)


_CONVERTER = make_converter()
