"""Conditions in a case: a small closed language over the state, never Python.

::

    pain >= 7 and not open.ring-lege
    respiratory_rate between 4 and 8 or consciousness == rousable
    chose.vurder == vent or knows.prognose
    clock >= 24 h and level != A

A **number** (a symptom, a vital sign, ``clock``, ``points.<axis>``, ``worry.<person>``,
``ratio.<dose step>``) is compared with ``== != < <= > >=`` or ``between … and …``, both
ends included. A **word** (``place``, ``consciousness``, ``frame``, ``level``,
``chose.<step>``, ``wish.<person>``) is compared with ``==`` and ``!=``. A **fact**
(``knows.<fact>``, ``told.<person>.<fact>``, ``open.<task>``, ``on.<medicine list entry>``,
``seen.<step>``, ``danger``) stands alone. ``and`` binds closer than ``or``; there are
parentheses. A condition about something that is not (a dose not yet given) is false.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal, Protocol, Union

from pallkit.cases.values import CONSCIOUSNESS, ESAS_ITEMS, FRAMES, LEVELS, PLACES, VITALS
from pallkit.errors import ContentError
from pallkit.i18n import _

Kind = Literal["number", "word", "fact"]
Value = Union[Decimal, str, bool, None]  # noqa: UP007  # read at runtime by dataclass users

NUMBERS = frozenset({*ESAS_ITEMS, *VITALS, "clock"})
WORDS: Mapping[str, tuple[str, ...]] = {
    "place": PLACES,
    "consciousness": CONSCIOUSNESS,
    "frame": FRAMES,
    "level": LEVELS,
}
FACTS = frozenset({"danger"})
ABOUT: Mapping[str, Kind] = {
    "points": "number",
    "worry": "number",
    "ratio": "number",
    "chose": "word",
    "wish": "word",
    "knows": "fact",
    "told": "fact",
    "open": "fact",
    "on": "fact",
    "seen": "fact",
}
"""Names with a part after a dot, which says whose or which."""

LONGEST = 300
"""The most characters of a condition: more than that is two conditions."""
_DEEPEST = 8

_TOKEN = re.compile(
    r"\s*(?:(?P<time>\d{1,5} ?(?:min|h|d)\b)|(?P<number>-?\d{1,5}(?:\.\d{1,3})?)"
    r"|(?P<name>[A-Za-z_][\w-]*(?:\.[\w-]+){0,2})|(?P<sign>==|!=|<=|>=|<|>|\(|\)))"
)
_MINUTES = {"min": 1, "h": 60, "d": 1440}


class Facts(Protocol):
    """What a condition is asked of: the value of a name, or None where there is none."""

    def value(self, name: str) -> Value:
        """The number, word or truth that ``name`` stands for."""


@dataclass(frozen=True, slots=True)
class Compare:
    """``name sign value``; a number is in the unit of the state, a time in minutes."""

    name: str
    sign: str
    value: Decimal | str

    def holds(self, facts: Facts) -> bool:
        """Whether it is so; what is not known is not so, whatever the sign."""
        found = facts.value(self.name)
        if found is None or isinstance(found, bool):
            return False
        if self.sign in {"==", "!="}:
            return (found == self.value) is (self.sign == "==")
        return isinstance(found, Decimal) and _ordered(found, self.sign, Decimal(self.value))


@dataclass(frozen=True, slots=True)
class Between:
    """``name between low and high``, both included."""

    name: str
    low: Decimal
    high: Decimal

    def holds(self, facts: Facts) -> bool:
        """Whether it is so."""
        found = facts.value(self.name)
        return isinstance(found, Decimal) and self.low <= found <= self.high


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that is or is not."""

    name: str

    def holds(self, facts: Facts) -> bool:
        """Whether it is so."""
        return facts.value(self.name) is True


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite of one condition."""

    part: Condition

    def holds(self, facts: Facts) -> bool:
        """Whether the part does not hold."""
        return not self.part.holds(facts)


@dataclass(frozen=True, slots=True)
class Both:
    """Two conditions joined by ``and`` or ``or``."""

    word: Literal["and", "or"]
    left: Condition
    right: Condition

    def holds(self, facts: Facts) -> bool:
        """Whether both, or either, hold."""
        pair = (self.left.holds(facts), self.right.holds(facts))
        return all(pair) if self.word == "and" else any(pair)


Condition = Union[Compare, Between, Fact, Not, Both]  # noqa: UP007


@cache
def read_condition(text: str) -> Condition:
    """Read a condition.

    Raises :class:`ContentError` with the place in the text where it stops making sense.
    """
    if len(text) > LONGEST:
        raise ContentError(_("The condition is longer than {most} characters.", most=LONGEST))
    reader = _Reader(tuple(_tokens(text)))
    condition = reader.either(0)
    reader.end()
    return condition


def names_in(condition: Condition) -> Iterator[str]:
    """Every name a condition asks about, as written."""
    if isinstance(condition, Not):
        yield from names_in(condition.part)
    elif isinstance(condition, Both):
        yield from names_in(condition.left)
        yield from names_in(condition.right)
    else:
        yield condition.name


def words_in(condition: Condition) -> Iterator[tuple[str, str]]:
    """Every (name, word) a condition compares, for a check that the word can be."""
    if isinstance(condition, Not):
        yield from words_in(condition.part)
    elif isinstance(condition, Both):
        yield from words_in(condition.left)
        yield from words_in(condition.right)
    elif isinstance(condition, Compare) and isinstance(condition.value, str):
        yield condition.name, condition.value


def kind_of(name: str) -> Kind | None:
    """What kind of value a name stands for; None for a name that is not in the language."""
    head, dot, tail = name.partition(".")
    if dot:
        deep = "." in tail
        return ABOUT.get(head) if deep is (head == "told") else None
    if name in NUMBERS:
        return "number"
    if name in WORDS:
        return "word"
    return "fact" if name in FACTS else None


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str


class _Reader:
    """Recursive descent: ``or`` of ``and`` of ``not`` of one comparison, fact or (…)."""

    def __init__(self, tokens: tuple[_Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0

    def either(self, depth: int) -> Condition:
        left = self._each(depth)
        while self._take("name", "or"):
            left = Both("or", left, self._each(depth))
        return left

    def _each(self, depth: int) -> Condition:
        left = self._one(depth)
        while self._take("name", "and"):
            left = Both("and", left, self._one(depth))
        return left

    def _one(self, depth: int) -> Condition:
        if depth > _DEEPEST:
            raise ContentError(_("The condition is too deep. Split it into several."))
        if self._take("name", "not"):
            return Not(self._one(depth + 1))
        if self._take("sign", "("):
            inner = self.either(depth + 1)
            if not self._take("sign", ")"):
                raise ContentError(_("A parenthesis is not closed."))
            return inner
        return self._about()

    def _about(self) -> Condition:
        name = self._name()
        kind = kind_of(name)
        if kind is None:
            raise ContentError(_("“{name}” is not something a condition can ask about.", name=name))
        if kind == "fact":
            return Fact(name)
        if self._take("name", "between"):
            return self._between(name, kind)
        sign = self._next("sign")
        if sign is None or sign.text in "()":
            raise ContentError(
                _("After “{name}” there must be a comparison, as in >= 7.", name=name)
            )
        return self._compared(name, kind, sign.text)

    def _between(self, name: str, kind: Kind) -> Condition:
        if kind != "number":
            raise ContentError(_("“{name}” is a word: compare it with == or !=.", name=name))
        low = self._number(name)
        if not self._take("name", "and"):
            raise ContentError(_("Write “between” with “and”, as in: pain between 4 and 6."))
        high = self._number(name)
        if low > high:
            raise ContentError(_("“between” has its lowest number first."))
        return Between(name, low, high)

    def _compared(self, name: str, kind: Kind, sign: str) -> Condition:
        if kind == "number":
            return Compare(name, sign, self._number(name))
        if sign not in {"==", "!="}:
            raise ContentError(_("“{name}” is a word: compare it with == or !=.", name=name))
        return Compare(name, sign, self._name())

    def _number(self, name: str) -> Decimal:
        token = self._next("time") if name == "clock" else self._next("number")
        if token is None:
            example = "24 h" if name == "clock" else "7"
            raise ContentError(
                _("“{name}” is compared with a number, as {example}.", name=name, example=example)
            )
        if token.kind == "number":
            return Decimal(token.text)
        found = re.fullmatch(r"(\d+) ?(\w+)", token.text)
        assert found  # noqa: S101  # the token's own pattern
        return Decimal(int(found[1]) * _MINUTES[found[2]])

    def _name(self) -> str:
        token = self._next("name")
        if token is None or token.text in {"and", "or", "not", "between"}:
            raise ContentError(_("The condition stops too early, or a name is missing."))
        return token.text

    def end(self) -> None:
        if self._at < len(self._tokens):
            rest = self._tokens[self._at].text
            raise ContentError(_("“{rest}” is not understood here.", rest=rest))

    def _next(self, kind: str) -> _Token | None:
        if self._at < len(self._tokens) and self._tokens[self._at].kind == kind:
            self._at += 1
            return self._tokens[self._at - 1]
        return None

    def _take(self, kind: str, text: str) -> bool:
        if self._at < len(self._tokens) and self._tokens[self._at] == _Token(kind, text):
            self._at += 1
            return True
        return False


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise ContentError(_("“{rest}” is not understood here.", rest=text[at:].strip()[:20]))
        yield _Token(str(found.lastgroup), found[str(found.lastgroup)])
        at = found.end()


def _ordered(left: Decimal, sign: str, right: Decimal) -> bool:
    if sign in {"<", "<="}:
        return left < right or (sign == "<=" and left == right)
    return left > right or (sign == ">=" and left == right)
