"""What came from outside can be played, and holds nobody's number: else it is refused whole."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pallkit.cases.model import Case
from pallkit.cases.play import begin, open_ways, take
from pallkit.cases.state import State
from pallkit.cases.steps import ways_on
from pallkit.cases.wanted import needed_texts
from pallkit.errors import ContentError, PallkitError
from pallkit.i18n import Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.exchange.package import shown

_NO_SIGNS = {"Cc", "Cs", "Cn"}
"""Control characters, halves of pairs, and what is no character."""

_STATES = 500
_VISITS = 2
"""How much is played before a case is let in: in all, and of each step."""

_MAY_BE_MISSING = {"feedback", "ask", "expert", "questions"}
"""Texts that the player does without; the linter tells the author of them."""


def refuse_texts(value: object) -> None:
    """Raise where a text holds an identity number, or characters that cannot be shown."""
    for text in _texts_in(value):
        refuse_identity_numbers(text)
        if any(unicodedata.category(sign) in _NO_SIGNS for sign in text if sign not in "\n\t"):
            raise ContentError(_("A text holds characters that cannot be shown."))


def refuse_unplayable(case: Case, texts: Mapping[Language, Any]) -> None:
    """Raise :class:`ContentError` where a player would stop: no such step, no text, no answer."""
    known = {step.id for step in case.steps}
    aims = [case.first, *(aim for step in case.steps for _choice, aim in ways_on(step))]
    for aim in aims:
        if aim is not None and aim not in known:
            raise ContentError(_("There is no step “{step}” to go to.", step=shown(aim)))
    for lang, prose in texts.items():
        for place in _missing(case, prose):
            where = ".".join((lang, *place))
            raise ContentError(_("A text is missing: {place}.", place=shown(where)))
    try:
        for level in case.open_levels:
            _try(case, begin(case, level))
    except PallkitError:
        raise
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError):
        # A file of ours is caught by the linter first; this one nobody has seen.
        raise ContentError(_("The case cannot be played.")) from None


def _try(case: Case, first: State) -> None:
    visits: Counter[str] = Counter()
    waiting, tried = [first], 0
    while waiting and tried < _STATES:
        state = waiting.pop()
        if state.step is None or visits[state.step] == _VISITS:
            continue
        visits[state.step] += 1
        tried += 1
        for choice, _way in open_ways(case.by_id[state.step], state):
            after = take(case, state, choice)
            waiting += [] if after is None else [after]


def _missing(case: Case, prose: Mapping[str, Any]) -> Iterable[tuple[str, ...]]:
    for place in needed_texts(case):
        here: object = prose
        for key in place:
            here = here.get(key) if isinstance(here, Mapping) else None
        if here in (None, "") and place[-1] not in _MAY_BE_MISSING:
            yield place


def _texts_in(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield str(key)
            yield from _texts_in(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts_in(inner)
