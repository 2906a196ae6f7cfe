"""Which tables there are, which drugs they hold, and which drug a reader means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pallkit.doses import Preparation, drug, drugs
from pallkit.doses.drugs import unknown
from pallkit.errors import ContentError
from pallkit.opioids import ORAL_MORPHINE, RatioSet, added_ratio_sets, ratio_set, ratio_set_ids

_FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Shelf:
    """Every table by id, those that were added here late, those not in force last.

    ``broken`` when one that was added here cannot be read.
    """

    tables: Mapping[str, RatioSet]
    broken: bool

    def preparations(self, *, methadone: bool) -> dict[Preparation, int]:
        """What can be looked up across the tables, and in how many it stands.

        Oral morphine is left out: it is 1 everywhere. A locked drug is in only when asked for.
        """
        found: dict[Preparation, int] = {}
        for table in self.tables.values():
            for one in table.preparations():
                if one != ORAL_MORPHINE and (methadone or not locked(one.drug)):
                    found[one] = found.get(one, 0) + 1
        return found


def fill_shelf() -> Shelf:
    """The case bank's tables, and those that a course leader has added."""
    bank = {set_id: ratio_set(set_id) for set_id in ratio_set_ids()}
    try:
        added = {table.id: table for table in added_ratio_sets()}
    except ContentError:
        return Shelf(_in_force_first(bank), broken=True)
    return Shelf(_in_force_first(bank | added), broken=False)


def _in_force_first(tables: Mapping[str, RatioSet]) -> dict[str, RatioSet]:
    return dict(sorted(tables.items(), key=lambda pair: not pair[1].in_force))


def locked(drug_id: str) -> bool:
    """Whether a drug is for specialists only, and its rows behind the demonstration switch."""
    return drug(drug_id).lock is not None


def search(text: str) -> tuple[str, ...]:
    """The ids of the drugs that a reader may mean: by any name, a part of it, or an ATC code.

    Raises :class:`pallkit.errors.DoseError`, with names that are near, where there is none.
    """
    words = text.casefold().split()
    found = {id_: None for word in words for id_ in _called(word)}
    if not found:
        raise unknown(text.strip())
    return tuple(found)


def _called(word: str) -> Iterable[str]:
    whole = [id_ for id_, one in drugs().items() if word in _names(id_)]
    if whole or len(word) < _FEWEST_LETTERS:
        return whole
    return [id_ for id_ in drugs() if any(name.startswith(word) for name in _names(id_))]


def _names(id_: str) -> list[str]:
    one = drug(id_)
    return [name.casefold() for name in (*one.names, *one.atc)]
