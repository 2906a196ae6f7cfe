"""Conditions and effects: about things that are in the case, and can be as it says."""

from __future__ import annotations

from collections.abc import Iterator

from pallkit.cases.conditions import names_in, read_condition, words_in
from pallkit.cases.effects import Effects
from pallkit.i18n import Message, _
from pallkit_app.check.bank import Bank
from pallkit_app.check.case_parts import placed_conditions, placed_effects
from pallkit_app.check.findings import Finding, rule
from pallkit_app.check.vocabulary import Vocabulary
from pallkit_app.compile.strict_yaml import Place

_SHOWN = 8


@rule("condition-name", _("A condition asks about what is in the case."))
def unknown_names(bank: Bank) -> Iterator[Finding]:
    """A fact nobody learns, or a person who is not there, makes a condition false for ever."""
    for files, case in bank.sound_cases:
        words = Vocabulary(case)
        for place, when in placed_conditions(case):
            for name in dict.fromkeys(names_in(read_condition(when))):
                known = words.known(name)
                if known is not None and name not in known:
                    yield Finding(
                        files.spot("case", place),
                        _("“{name}” asks about something that never is in this case.", name=name),
                        _one_of(known),
                    )


@rule("condition-word", _("A word in a condition is one that can be."))
def impossible_words(bank: Bank) -> Iterator[Finding]:
    """A comparison with a misspelt place or option never holds."""
    for files, case in bank.sound_cases:
        words = Vocabulary(case)
        for place, when in placed_conditions(case):
            for name, word in dict.fromkeys(words_in(read_condition(when))):
                known = words.known(name)
                if known is not None and name not in known:
                    continue  # its own rule tells
                possible = words.words(name)
                if word not in possible:
                    yield Finding(
                        files.spot("case", place),
                        _("“{name}” is never “{word}” in this case.", name=name, word=word),
                        _one_of(possible),
                    )


@rule("unknown-state", _("Effects change what the case has: people, signs, tasks, medicines."))
def effects_on_nothing(bank: Bank) -> Iterator[Finding]:
    """An effect on a misspelt person or sign would be passed over in silence."""
    for files, case in bank.sound_cases:
        words = Vocabulary(case)
        for place, effects in placed_effects(case):
            for below, name, known in _touched(effects, words):
                if name not in known:
                    yield Finding(
                        files.spot("case", (*place, *below)),
                        _("The effect changes “{name}”, which is not in the case.", name=name),
                        _one_of(known),
                    )


def _touched(effects: Effects, words: Vocabulary) -> Iterator[tuple[Place, str, frozenset[str]]]:
    yield from ((("people", str(id_)), str(id_), words.people) for id_ in effects.people)
    yield from ((("vitals", str(name)), str(name), words.vitals) for name in effects.vitals)
    for at, task in enumerate(effects.tasks.close):
        yield ("tasks", "close", at), str(task), words.tasks
    for at, entry in enumerate(effects.regimen.stop):
        yield ("regimen", "stop", at), str(entry), words.regimen


def _one_of(known: frozenset[str]) -> Message:
    if not known:
        return _("The case has nothing of the kind. Add it, or remove this.")
    first = sorted(known)[:_SHOWN]
    more = [*first, "…"] if len(known) > _SHOWN else first
    return _("Use one of: {known}.", known=", ".join(more))
