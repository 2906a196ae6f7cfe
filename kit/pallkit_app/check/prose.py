"""What a case says, in each language: all of it, nothing else, and really translated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pallkit.cases.model import Case
from pallkit.cases.wanted import needed_texts, optional_texts
from pallkit.i18n import _
from pallkit_app.check.bank import Bank
from pallkit_app.check.findings import Finding, rule
from pallkit_app.compile.strict_yaml import Place

REQUIRED = ("nb", "nn")
_GOALS = (2, 4)
_SAME_WORDS = 6


@rule("missing-text", _("Every text of a case is written in bokmål and in nynorsk."))
def missing_texts(bank: Bank) -> Iterator[Finding]:
    """A step without its text shows an empty page. An English text is wished for only."""
    for files, case in bank.sound_cases:
        for lang in (*REQUIRED, "en"):
            if lang in files.documents:
                for place in needed_texts(case):
                    if _blank(_at(files.prose(lang), place)):
                        yield Finding(
                            files.spot(lang, place),
                            _("“{text}” is not written.", text=_name(place)),
                            _("Write it in {file}.", file=f"{lang}.yaml"),
                            warning=lang not in REQUIRED,
                        )


@rule("no-english", _("A case is written in English too, or is listed as not."))
def cases_without_english(bank: Bank) -> Iterator[Finding]:
    """English is wished for, not demanded: a reader in English gets bokmål."""
    for files, _case in bank.sound_cases:
        if not (bank.root / files.folder / "en.yaml").exists():
            yield Finding(
                files.spot("en"),
                _("The case is not written in English; its readers get bokmål."),
                warning=True,
            )


@rule("extra-text", _("Every text belongs to something in case.yaml."))
def extra_texts(bank: Bank) -> Iterator[Finding]:
    """A text nothing shows is a misspelt id, or is left from an earlier version."""
    for files, case in bank.sound_cases:
        known = _shown(case)
        for lang in (*REQUIRED, "en"):
            for place in _places(files.prose(lang), ()):
                if place not in known:
                    yield Finding(
                        files.spot(lang, place),
                        _("“{text}” is not shown anywhere.", text=_name(place)),
                        _("Compare the id with case.yaml and the kind of step, or remove it."),
                    )


@rule("text-kind", _("A text is text, and a list of texts is a list."))
def texts_of_the_wrong_kind(bank: Bank) -> Iterator[Finding]:
    """A number or a list where a sentence belongs."""
    for files, case in bank.sound_cases:
        leaves = sorted(_shown(case) - _branches(case))
        for lang in (*REQUIRED, "en"):
            prose = files.prose(lang)
            for place in leaves:
                value = _at(prose, place)
                if _blank(value):
                    continue
                if not (_all_text(value) if _is_list(place) else isinstance(value, str)):
                    yield Finding(
                        files.spot(lang, place),
                        _("“{text}” is not text.", text=_name(place)),
                        _("Put it in quotes, or write a list with “- ” where a list belongs."),
                    )


@rule("goal-count", _("A case has two to four learning goals, as many in each language."))
def goal_counts(bank: Bank) -> Iterator[Finding]:
    """More than four are not goals but a table of contents."""
    for files, _case in bank.sound_cases:
        counts = {
            lang: len(goals)
            for lang in REQUIRED
            if isinstance(goals := files.prose(lang).get("goals"), list)
        }
        for lang, count in counts.items():
            if not _GOALS[0] <= count <= _GOALS[1] or count != next(iter(counts.values())):
                yield Finding(
                    files.spot(lang, ("goals",)),
                    _("There are {count} learning goals.", count=count),
                    _("Write two to four, the same ones in each language."),
                )


@rule("same-text", _("No text of six words or more is the same in bokmål and nynorsk."))
def untranslated_texts(bank: Bank) -> Iterator[Finding]:
    """Six words that are the same in both are as a rule a text nobody has translated."""
    allowed = same_allowed(bank)
    for files, case in bank.sound_cases:
        nb, nn = files.prose("nb"), files.prose("nn")
        for place in sorted(_shown(case) - _branches(case)):
            for text, other in zip(_texts(_at(nb, place)), _texts(_at(nn, place)), strict=False):
                if text != other or len(text.split()) < _SAME_WORDS:
                    continue
                if text not in allowed:
                    yield Finding(
                        files.spot("nn", place),
                        _("“{text}” is the same in bokmål and nynorsk.", text=_name(place)),
                        _(
                            "Translate it, or list the text in casebank/same_in_nb_and_nn.yaml if "
                            "it really is the same."
                        ),
                    )


def same_allowed(bank: Bank) -> frozenset[str]:
    """Return the texts that are listed as really the same in bokmål and nynorsk."""
    listed = bank.table("same_in_nb_and_nn").value
    return frozenset(map(str, listed)) if isinstance(listed, list) else frozenset()


def _shown(case: Case) -> set[Place]:
    """Return every place a text may have, and the branches that lead to them."""
    places: set[Place] = {*needed_texts(case), *optional_texts(case)}
    return places | {place[:length] for place in places for length in range(1, len(place))}


def _branches(case: Case) -> set[Place]:
    shown = _shown(case)
    return {place[:length] for place in shown for length in range(1, len(place))}


def _places(value: object, place: Place) -> Iterator[Place]:
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield (*place, key)
            yield from _places(inner, (*place, key))


def _at(prose: Mapping[str, Any], place: Place) -> object:
    value: object = prose
    for key in place:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _texts(value: object) -> list[str]:
    texts = value if isinstance(value, list) else [value]
    return [text.strip() for text in texts if isinstance(text, str)]


def _all_text(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(text, str) for text in value)


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip()) or value == []


def _is_list(place: Place) -> bool:
    return place == ("goals",) or place[:2] == ("guide", "questions")


def _name(place: Place) -> str:
    return ".".join(str(part) for part in place)
