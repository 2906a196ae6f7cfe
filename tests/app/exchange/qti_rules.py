"""Runs an item's response processing as QTI 3 says, as far as our items use it, for tests.

Players take patterns in two ways, and an item must be judged alike by both: ``wholes`` is
XML Schema's, where a pattern always matches the whole and ^ and $ are signs like others;
otherwise it is JavaScript's, where it matches a part.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from xml.etree.ElementTree import Element

SPACE = "{http://www.imsglobal.org/xsd/imsqtiasi_v3p0}"
Value = Any
"""A number, a text, a truth, a list (multiple or ordered), or None."""


class Session:
    """One answer to one item: ``outcomes`` after it."""

    def __init__(self, item: Element, responses: dict[str, Value], *, wholes: bool) -> None:
        self._wholes = wholes
        self._correct: dict[str, Value] = {}
        self._several: set[str] = set()
        self.outcomes: dict[str, Value] = {}
        self._responses = responses
        for one in item.iter(f"{SPACE}qti-response-declaration"):
            values = [value.text for value in one.iter(f"{SPACE}qti-value")]
            several = one.get("cardinality") != "single"
            self._correct[str(one.get("identifier"))] = values if several else (values or [None])[0]
            if one.get("cardinality") == "multiple":
                self._several.add(str(one.get("identifier")))
        for one in item.iter(f"{SPACE}qti-outcome-declaration"):
            self.outcomes[str(one.get("identifier"))] = _default(one)
        for rule in item.iterfind(f"{SPACE}qti-response-processing/*"):
            self._rule(rule)

    def _rule(self, rule: Element) -> None:
        if _name(rule) == "set-outcome-value":
            self.outcomes[str(rule.get("identifier"))] = self._value(rule[0])
            return
        assert _name(rule) == "response-condition"
        for branch in rule:
            rules = list(branch)
            if _name(branch) != "response-else":
                condition, *rules = rules
                if not self._value(condition):
                    continue
            for one in rules:
                self._rule(one)
            return

    def _value(self, one: Element) -> Value:
        below: Callable[[int], Value] = lambda at: self._value(one[at])  # noqa: E731
        name = _name(one)
        simple: dict[str, Callable[[], Value]] = {
            "base-value": lambda: _read(str(one.get("base-type")), one.text or ""),
            "variable": lambda: self._variable(str(one.get("identifier"))),
            "correct": lambda: self._correct[str(one.get("identifier"))],
            "is-null": lambda: below(0) in (None, "", []),
            "not": lambda: not below(0),
            "and": lambda: all(self._value(each) for each in one),
            "or": lambda: any(self._value(each) for each in one),
            "member": lambda: below(0) in (below(1) or []),
            "match": lambda: self._matches(one),
            "sum": lambda: sum(self._value(each) for each in one),
            "product": lambda: below(0) * below(1),
            "gt": lambda: below(0) > below(1),
            "gte": lambda: below(0) >= below(1),
            "lt": lambda: below(0) < below(1),
            "ordered": lambda: [self._value(each) for each in one],
            "pattern-match": lambda: self._pattern(str(one.get("pattern")), below(0)),
        }
        return simple[name]()

    def _variable(self, name: str) -> Value:
        return self.outcomes[name] if name in self.outcomes else self._responses.get(name)

    def _matches(self, one: Element) -> bool:
        first, second = self._value(one[0]), self._value(one[1])
        if first is None or second is None:
            return False
        if one[0].get("identifier") in self._several:
            return sorted(first) == sorted(second)
        return bool(first == second)

    def _pattern(self, pattern: str, text: str) -> bool:
        if self._wholes:
            pattern = pattern.replace("^", r"\^").replace("$", r"\$")
            return bool(re.fullmatch(pattern, text))
        return bool(re.search(pattern, text))


def _name(one: Element) -> str:
    return one.tag.removeprefix(f"{SPACE}qti-")


def _default(one: Element) -> Value:
    value = one.find(f"{SPACE}qti-default-value/{SPACE}qti-value")
    if value is None or value.text is None:
        return None
    return _read(str(one.get("base-type")), value.text)


def _read(base_type: str, text: str) -> Value:
    if base_type in {"float", "integer"}:
        return Decimal(text)
    return text == "true" if base_type == "boolean" else text
