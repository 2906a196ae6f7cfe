"""Spans of answers to a dose or a pump: which outcome, which consequence, which card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from pallkit.cases import Case
from pallkit.cases.conditions import Compare, Fact
from pallkit.cases.consequences import band_of
from pallkit.cases.effects import Band
from pallkit.cases.steps import DoseStep, PumpStep, Way, outcome_of
from pallkit_app.handouts.markers import MARK, Known, asked_for
from pallkit_app.handouts.model import Computed, Row
from pallkit_app.handouts.rights import Bounds, Right

Asked = DoseStep | PumpStep
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Result:
    """What an answer comes to, told apart as far as something else follows.

    ``ratio`` is an example of given ÷ right, ``band`` what the case's teaching rule adds.
    """

    name: str
    way: Way
    choice: str
    ratio: Decimal | None = None
    band: Band | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    """Answers that come to the same, from ``low`` to ``high``; an absent end is open."""

    low: Decimal | None
    high: Decimal | None
    result: Result
    low_in: bool = False
    high_in: bool = False


@dataclass(frozen=True)
class Spans:
    """The spans of answers to one step, for any of its right answers."""

    case: Case
    step: Asked

    def results(self, found: Sequence[Right]) -> Sequence[Result]:
        """The different results of the step, from the least answer to the largest."""
        if not found:  # the leader tells which outcome it is
            return [Result(name, way, name) for name, way in self.step.outcomes.items()]
        named: dict[str, Result] = {}
        for right in found:
            for span in self._spans(right.solution.bounds):
                named.setdefault(span.result.name, span.result)
        return list(named.values())

    def keys(
        self, found: Sequence[Right], letters: Sequence[str | None], cards: Mapping[str, int]
    ) -> tuple[Computed, ...]:
        """The key of the step: one set of spans for each right answer, the usual one last."""
        keys = [
            Computed(
                when=None if letter is None else Fact(MARK + letter),
                bounds=right.solution.bounds,
                measure=getattr(right.solution, "measure", None),
                receipt=right.solution.receipt,
                rows=tuple(
                    Row(span.low, span.low_in, span.high, span.high_in, cards[span.result.name])
                    for span in self._spans(right.solution.bounds)
                ),
            )
            for right, letter in zip(found, letters, strict=True)
        ]
        return tuple(sorted(keys, key=lambda one: one.when is None))

    def _spans(self, bounds: Bounds) -> list[_Span]:
        cuts = sorted({*self._cuts(bounds)})
        spans = []
        # Below the first cut, then each cut by itself and the stretch after it.
        for low, high in pairwise([None, *cuts, None]):
            if low is not None:
                only = self._result(bounds, low)
                spans.append(_Span(low, low, only, low_in=True, high_in=True))
            inside = ((low or Decimal(0)) + (high or cuts[-1] * 2)) / 2
            spans.append(_Span(low, high, self._result(bounds, inside)))
        return list(_merged(_without_points(spans)))

    def _cuts(self, bounds: Bounds) -> Iterator[Decimal]:
        low, high = bounds
        yield low * (1 - self.step.tolerance)
        yield high * (1 + self.step.tolerance)
        for limit in self._limits():
            if limit <= _ONE:
                yield low * limit
            if limit >= _ONE:
                yield high * limit

    def _limits(self) -> Iterator[Decimal]:
        """The ratios where something else follows: bands of the rule, and what is asked for."""
        if self.step.consequence is None:
            return  # nothing remembers the ratio
        for band in self.case.consequences[self.step.consequence]:
            yield from (Decimal(one) for one in (band.at_least, band.below) if one is not None)
        yield from (Decimal(atom.value) for atom in self._asked)

    @cached_property
    def _asked(self) -> tuple[Compare, ...]:
        """What any condition asks of the ratio that this step leaves behind."""
        name = f"ratio.{self.step.id}"
        found = [atom for _step, atom in asked_for(self.case) if atom.name == name]
        return tuple(one for one in dict.fromkeys(found) if isinstance(one, Compare))

    def _result(self, bounds: Bounds, given: Decimal) -> Result:
        low, high = bounds
        ratio = given / min(max(given, low), high)
        name = "right"
        if given < low * (1 - self.step.tolerance):
            name = "too_low"
        elif given > high * (1 + self.step.tolerance):
            name = "too_high"
        rule = self.case.consequences[self.step.consequence] if self.step.consequence else ()
        band = band_of(rule, ratio)
        parts = [name, "" if band is None else str(rule.index(band))]
        asked = self._asked if self.step.consequence else ()
        parts += ["x" if atom.holds(Known({atom.name: ratio})) else "" for atom in asked]
        kept = ratio if self.step.consequence else None
        return Result("-".join(parts), outcome_of(self.step, name), name, kept, band)


def _without_points(spans: Sequence[_Span]) -> list[_Span]:
    """Leave out an answer that alone, to the last decimal, comes to something of its own.

    Where a limit of the teaching rule falls on a limit of the tolerance, the one answer on it
    is taken with its neighbour of the same outcome: no table tells them apart with a pencil.
    """
    kept: list[_Span] = []
    for span, after in zip(spans, [*spans[1:], None], strict=True):
        beside = [one.result for one in (*kept[-1:], after) if one is not None]
        alone = (
            span.low is not None
            and span.low == span.high
            and span.result.name not in {one.name for one in beside}
        )
        near = [one for one in beside if one.choice == span.result.choice]
        kept.append(replace(span, result=near[0]) if alone and near else span)
    return kept


def _merged(spans: Sequence[_Span]) -> Iterator[_Span]:
    current = spans[0]
    for span in spans[1:]:
        if span.result.name == current.result.name:
            current = replace(current, high=span.high, high_in=span.high_in)
        else:
            yield current
            current = span
    yield current
