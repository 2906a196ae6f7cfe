"""Which names and words a condition of a case can ask about, and be true of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from pallkit.cases.conditions import ABOUT, WORDS
from pallkit.cases.model import Case
from pallkit.cases.steps import ConsultStep, DoseStep, PumpStep
from pallkit.cases.values import AXES, VITALS
from pallkit.cases.wanted import regimen_entries
from pallkit_app.check.case_parts import choices_at


@dataclass(frozen=True)
class Vocabulary:
    """What exists in a case, as far as conditions and effects name it."""

    case: Case

    @cached_property
    def people(self) -> frozenset[str]:
        """The ids of the people around the patient."""
        return frozenset(map(str, (one.id for one in self.case.start.people)))

    @cached_property
    def vitals(self) -> frozenset[str]:
        """The vital signs that the case starts with; no other is ever shown."""
        return frozenset(map(str, self.case.start.vitals))

    @cached_property
    def tasks(self) -> frozenset[str]:
        """Every task that is ever open."""
        opened = (task for one in self.case.every_effect() for task in one.tasks.open)
        return frozenset(map(str, (*self.case.start.tasks, *opened)))

    @cached_property
    def regimen(self) -> frozenset[str]:
        """Every entry that is ever on the medicine list."""
        return frozenset(map(str, (one.id for one in regimen_entries(self.case))))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Every fact the learner can come to have."""
        return frozenset(str(fact) for one in self.case.every_effect() for fact in one.learn)

    @cached_property
    def told(self) -> frozenset[str]:
        """Every ``<person>.<fact>`` that can come to be."""
        found = {f"{one.id}.{fact}" for one in self.case.start.people for fact in one.told}
        for effects in self.case.every_effect():
            for person, change in effects.people.items():
                found |= {f"{person}.{fact}" for fact in change.told}
        return frozenset(found)

    @cached_property
    def wishes(self) -> Mapping[str, frozenset[str]]:
        """The wishes each of the people can come to have."""
        found: dict[str, set[str]] = {id_: set() for id_ in self.people}
        for one in self.case.start.people:
            if one.wish is not None:
                found[str(one.id)].add(str(one.wish))
        for effects in self.case.every_effect():
            for person, change in effects.people.items():
                if change.wish is not None:
                    found.setdefault(str(person), set()).add(str(change.wish))
        return {id_: frozenset(wishes) for id_, wishes in found.items()}

    def known(self, name: str) -> frozenset[str] | None:
        """What may stand where ``name`` does, written out; None where it is always known."""
        head, dot, _tail = name.partition(".")
        if not dot:
            signs = {str(vital) for vital in VITALS}
            return self.vitals if name in signs else None
        return frozenset(f"{head}.{tail}" for tail in self._after(head))

    def words(self, name: str) -> frozenset[str]:
        """The words that ``name`` can be."""
        head, _dot, tail = name.partition(".")
        if head == "level":
            return frozenset(self.case.open_levels)
        if head in WORDS:
            return frozenset(WORDS[head])
        if head == "wish":
            return self.wishes.get(tail, frozenset())
        step = self.case.by_id.get(tail)
        return frozenset(choices_at(step)) if step is not None else frozenset()

    def _after(self, head: str) -> frozenset[str]:
        steps = self.case.steps
        after: dict[str, frozenset[str]] = {
            "points": frozenset(map(str, AXES)),
            "worry": self.people,
            "wish": frozenset(id_ for id_, wishes in self.wishes.items() if wishes),
            "ratio": frozenset(
                str(one.id)
                for one in steps
                if isinstance(one, DoseStep | PumpStep) and one.consequence
            ),
            "chose": frozenset(
                str(one.id) for one in steps if choices_at(one) and not isinstance(one, ConsultStep)
            ),
            "knows": self.facts,
            "told": self.told,
            "open": self.tasks,
            "on": self.regimen,
            "seen": frozenset(str(one.id) for one in steps),
        }
        assert after.keys() == ABOUT.keys()  # noqa: S101  # every name of the language is here
        return after[head]
