"""Where each step stands on the map: rows by order, the best path as a straight spine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pallkit.cases import Case
from pallkit.cases.model import ways_on
from pallkit_app.guide.routes import best_path


@dataclass(frozen=True, slots=True)
class Place:
    """A step's row and column. Column 0 is the best path; detours stand to its right."""

    row: int
    column: int


def reading_order(case: Case) -> tuple[str, ...]:
    """The ids of the reachable steps so that no step comes before one that leads to it."""
    rows = _rows(case)
    spine = set(best_path(case))
    ids = [step.id for step in case.steps if step.id in rows]
    return tuple(sorted(ids, key=lambda id_: (rows[id_], id_ not in spine)))


def places(case: Case) -> Mapping[str, Place]:
    """A place for every reachable step, such that no way runs through another step."""
    rows = _rows(case)
    found = {id_: Place(rows[id_], 0) for id_ in best_path(case)}
    taken: dict[int, list[tuple[int, int]]] = {}
    for id_ in reading_order(case):
        if id_ in found:
            continue
        span = _span(case, id_, rows, found)
        column = next(
            column
            for column in range(1, len(case.steps) + 1)
            if all(span[1] < low or high < span[0] for low, high in taken.get(column, []))
        )
        taken.setdefault(column, []).append(span)
        found[id_] = Place(rows[id_], column)
    return found


def _span(
    case: Case, id_: str, rows: Mapping[str, int], placed: Mapping[str, Place]
) -> tuple[int, int]:
    """The rows a detour's column must be free for: the step, and the ways in and out of it."""
    row = rows[id_]
    into = [rows[source] + 1 for source in _sources(case, id_, placed) if not placed[source].column]
    out = [rows[next_] - 1 for next_ in _targets(case, id_) if next_ in rows]
    return min([row, *into]), max([row, *out])


def _sources(case: Case, id_: str, among: Iterable[str]) -> Iterator[str]:
    return (source for source in among if id_ in _targets(case, source))


def _targets(case: Case, id_: str) -> Sequence[str]:
    """The other steps a step leads to; a question asked leads back to the step itself."""
    onward = dict.fromkeys(next_ for _choice, next_ in ways_on(case.by_id[id_]))
    return [next_ for next_ in onward if next_ is not None and next_ != id_]


def _rows(case: Case) -> dict[str, int]:
    """The longest way to each step, counted in steps; a way back up is left out."""
    rows: dict[str, int] = {}

    def visit(id_: str, row: int, above: frozenset[str]) -> None:
        if id_ in above or rows.get(id_, -1) >= row:
            return
        rows[id_] = row
        for next_ in _targets(case, id_):
            visit(next_, row + 1, above | {id_})

    visit(case.first, 0, frozenset())
    return rows
