"""What a leader guide shows, as plain values in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup

from pallkit import content
from pallkit.cases import Case, Prose, load, names, prose
from pallkit.cases.model import ESAS_ITEMS
from pallkit.cases.state import PersonState, RegimenItem, State
from pallkit.cases.view_notices import DRAFT, warning_lines
from pallkit.cases.view_parts import sources_view
from pallkit.doses import dose_text
from pallkit.i18n import Language, _, render
from pallkit_app.guide.layout import places, reading_order
from pallkit_app.guide.routes import arrivals, best_path, shortest_and_longest
from pallkit_app.guide.schedule import HOUR, Slot, schedule
from pallkit_app.guide.stepmap import Node, Way, map_svg
from pallkit_app.guide.steps import GuideStep, Teller, decides


@dataclass(frozen=True, slots=True)
class Hour:
    """The time plan: minutes of the session, of the best path, the quickest and slowest way.

    ``slots`` add up to ``total``; ``planned`` is what the author set down for the steps.
    """

    total: int
    slots: tuple[Slot, ...]
    planned: int
    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class PersonTold:
    """Somebody around the patient: «Odd», «Partner, 74», who he is, what he wants, 0-10."""

    name: str
    role: str
    about: str
    wish: str
    worry: int


@dataclass(frozen=True, slots=True)
class StartingPoint:
    """What the group may need to see again of how the case opens.

    ``signs`` are vital signs, consciousness and expected time left, where the case uses them.
    """

    place: str
    medicines: tuple[tuple[str, str], ...]
    esas: tuple[tuple[str, int], ...]
    esas_note: str
    signs: tuple[tuple[str, str], ...]
    people: tuple[PersonTold, ...]
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """A whole guide. ``notice`` says that the case is withdrawn, overdue, a draft, or signed."""

    case: Case
    lang: Language
    text: Prose
    notice: str
    topics: tuple[str, ...]
    level: str
    hour: Hour
    start: StartingPoint
    steps: tuple[GuideStep, ...]
    map: Markup
    sources: tuple[Mapping[str, str | None], ...]


def make_guide(case_id: str, lang: Language, minutes: int = HOUR) -> Guide:
    """Gather the guide of a case, planned for a session of ``minutes``.

    Raises :class:`pallkit.errors.ContentError` when there is no such case, and
    :class:`pallkit_app.paper.PaperError` when it cannot be planned in so short a time.
    """
    today = datetime.now(tz=UTC).astimezone().date()
    return _made(case_id, lang, minutes, today, content.edition())


@lru_cache(maxsize=32)  # all the prints of a case are made from the same guide
def _made(case_id: str, lang: Language, minutes: int, today: date, _edition: str) -> Guide:
    case, text = load(case_id), prose(case_id, lang)
    path, order = best_path(case), reading_order(case)
    sources = _source_ids(case, order)
    steps_on_path = [case.by_id[id_] for id_ in path]
    slots = schedule([(str(one.id), one.minutes, decides(one)) for one in steps_on_path], minutes)
    teller = Teller(case, text, lang, order=order, sources=sources, slots=slots)
    states = arrivals(case)
    steps = tuple(teller.step(id_, states[id_]) for id_ in order)
    topics = content.table("topics")
    shortest, longest = shortest_and_longest(case)
    return Guide(
        case=case,
        lang=lang,
        text=text,
        notice=" ".join((*warning_lines(case, text, lang, today=today), _notice(case, lang))),
        topics=tuple(topics[topic][lang] for topic in case.topics),
        level=_level(case, lang),
        hour=Hour(minutes, slots, sum(one.minutes for one in steps_on_path), shortest, longest),
        start=_start(case, text, lang),
        steps=steps,
        map=_map(case, steps, lang),
        sources=tuple(sources_view(sources)),
    )


def _level(case: Case, lang: Language) -> str:
    own = render(names.LEVEL[case.level], lang)
    if len(case.open_levels) == 1:
        return own
    others = ", ".join(case.open_levels)
    return render(_("{level} (the case has levels {levels})", level=own, levels=others), lang)


def _notice(case: Case, lang: Language) -> str:
    if case.reviewed is None or case.draft:
        return render(DRAFT, lang)
    signed = case.reviewed
    return render(
        _("Signed by {name}, {role}, {date}.", name=signed.by, role=signed.role, date=signed.on),
        lang,
    )


def _start(case: Case, text: Prose, lang: Language) -> StartingPoint:
    first = arrivals(case)[case.first]
    return StartingPoint(
        place=render(names.PLACE[first.place], lang),
        medicines=tuple(
            (text.regimen.get(item.id, ""), _medicine(item, lang)) for item in first.regimen
        ),
        esas=tuple((render(names.ESAS[item], lang), first.esas[item]) for item in ESAS_ITEMS),
        esas_note=text.esas_note,
        signs=tuple(_signs(first, lang)),
        people=tuple(_person(one, text, lang) for one in first.people),
        tasks=tuple(text.tasks[task] for task in first.tasks),
    )


def _signs(first: State, lang: Language) -> Iterator[tuple[str, str]]:
    for vital, value in first.vitals.items():
        yield render(names.VITAL[vital], lang), names.vital(vital, value, lang)
    if first.vitals or first.consciousness != "alert":
        awake = names.CONSCIOUSNESS[first.consciousness]
        yield render(_("Consciousness"), lang), render(awake, lang)
    if first.frame != "unknown":
        yield render(_("Expected time left"), lang), render(names.FRAME[first.frame], lang)


def _person(one: PersonState, text: Prose, lang: Language) -> PersonTold:
    written = text.people[one.id]
    role = render(names.ROLE[one.role], lang)
    return PersonTold(
        name=written.name,
        role=role if one.age is None else f"{role}, {one.age}",
        about=written.about,
        wish="" if one.wish is None else written.wishes[one.wish],
        worry=one.worry,
    )


def _medicine(item: RegimenItem, lang: Language) -> str:
    dose = dose_text(item.dose, lang)
    if item.use == "fixed":
        return render(_("{dose}, regular", dose=dose), lang)
    return render(
        _("{dose}, as needed, {count} doses the last 24 hours", dose=dose, count=item.given), lang
    )


def _source_ids(case: Case, order: Sequence[str]) -> tuple[str, ...]:
    used = [source for id_ in order for source in case.by_id[id_].sources]
    return tuple(dict.fromkeys([*case.sources, *used]))


def _map(case: Case, steps: Sequence[GuideStep], lang: Language) -> Markup:
    where = places(case)
    nodes = [
        Node(step.id, step.number, step.title, where[step.id], decides=step.decides, end=step.ends)
        for step in steps
    ]
    title = render(_("Map of the {count} steps and the ways between them.", count=len(steps)), lang)
    return map_svg(nodes, _ways(steps, best_path(case)), title=title)


def _ways(steps: Sequence[GuideStep], path: Sequence[str]) -> list[Way]:
    found: dict[tuple[str, str], Way] = {}
    spine = set(pairwise(path))
    for step in steps:
        for branch in step.branches:
            for onward in branch.onward:
                if onward.next_id is None:
                    continue
                key = (step.id, onward.next_id)
                before = found.get(key, Way(*key, best=key in spine, turn=True))
                marks = dict.fromkeys(filter(None, [*before.marks, branch.mark]))
                turn = before.turn and bool(onward.when)
                found[key] = replace(before, marks=tuple(marks), turn=turn)
    return list(found.values())
