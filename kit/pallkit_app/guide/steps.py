"""One step as the leader meets it: what to read, what to let decide, what to reveal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from pallkit.cases import Case, Prose, State
from pallkit.cases.steps import ConsultStep, DocumentStep, DoseStep, PlainStep, PumpStep, Step
from pallkit.i18n import Language, render
from pallkit.texts import to_html
from pallkit_app.guide.answers import (
    FormField,
    Item,
    RightDose,
    Scale,
    form,
    items,
    pump_settings,
    right_dose,
    scale,
    unit_asked,
)
from pallkit_app.guide.branches import Branch, Branches
from pallkit_app.guide.effects import BandTold, bands
from pallkit_app.guide.labels import KIND
from pallkit_app.guide.schedule import Slot

_LISTENING = frozenset({"info", "reflect", "gather"})


def decides(step: Step) -> bool:
    """Whether the tables decide something at ``step``, rather than listen and think."""
    return step.kind not in _LISTENING


@dataclass(frozen=True, slots=True)
class GuideStep:
    """A step of the guide. ``start`` is minutes into the session; None on a detour.

    ``reveal`` is the minute when the tables hear what is right.
    ``items`` are to be ticked or put in order, ``scale`` is an estimate's, ``form`` and
    ``fields`` a document's; ``most`` is how many questions may be asked; ``pump`` is the
    concentration and the reservoir; ``bands`` is what a wrong dose does to the patient.
    """

    id: str
    number: int
    kind: str
    kind_name: str
    title: str
    minutes: int
    start: int | None
    reveal: int | None
    on_path: bool
    read: Markup
    ask: str
    hint: str
    unit: str
    pump: tuple[str, str]
    certainty: bool
    most: int
    items: tuple[Item, ...]
    scale: Scale | None
    form: str
    fields: tuple[FormField, ...]
    branches: tuple[Branch, ...]
    right: RightDose | None
    bands: tuple[BandTold, ...]
    expert: Markup
    questions: tuple[str, ...]
    sources: tuple[int, ...]

    @property
    def ends(self) -> bool:
        """Whether the case can end with this step."""
        return any(branch.ends for branch in self.branches)

    @property
    def decides(self) -> bool:
        """Whether the tables decide something here, rather than listen and think."""
        return self.kind not in _LISTENING

    @property
    def in_right_order(self) -> tuple[Item, ...]:
        """The items of an order step as they should stand."""
        return tuple(sorted(self.items, key=lambda item: item.place))


class Teller:
    """Tells a case step by step in one language, numbered in reading order."""

    def __init__(  # noqa: PLR0913  # each is another thing to tell from
        self,
        case: Case,
        text: Prose,
        lang: Language,
        *,
        order: Sequence[str],
        sources: Sequence[str],
        slots: Sequence[Slot],
    ) -> None:
        self._case, self._text, self._lang = case, text, lang
        self._numbers = {id_: at for at, id_ in enumerate(order, 1)}
        self._sources = {id_: at for at, id_ in enumerate(sources, 1)}
        self._branches = Branches(case, text, lang, self._numbers)
        self._slots = {slot.step: slot for slot in slots if slot.step}

    def step(self, id_: str, state: State) -> GuideStep:
        """Tell the step ``id_``, met in ``state``."""
        step, written = self._case.by_id[id_], self._text.steps[id_]
        slot = self._slots.get(id_)
        named, fields = form(step, self._text, self._lang)
        return GuideStep(
            id=id_,
            number=self._numbers[id_],
            kind=step.kind,
            kind_name=render(KIND[step.kind], self._lang),
            title=written.title,
            minutes=step.minutes if slot is None else slot.minutes,
            start=None if slot is None else slot.start,
            reveal=None if slot is None else slot.reveal,
            on_path=slot is not None,
            read=Markup(to_html(written.text)),  # noqa: S704  # to_html answers safe HTML
            ask=written.ask,
            hint=written.hint,
            unit=unit_asked(step, self._lang),
            pump=pump_settings(step),
            certainty=self._certainty(step),
            most=step.most if isinstance(step, ConsultStep) else 0,
            items=items(step, written, self._lang),
            scale=scale(step, state, written),
            form=named,
            fields=fields,
            branches=tuple(self._branches.of(step, state)),
            right=right_dose(step, state, self._lang, self._sources),
            bands=self._bands(step),
            expert=Markup(to_html(written.expert)),  # noqa: S704  # as above
            questions=tuple(self._text.guide.questions.get(id_, ())),
            sources=tuple(self._sources[source] for source in step.sources),
        )

    def _certainty(self, step: Step) -> bool:
        if isinstance(step, PlainStep | ConsultStep | DocumentStep):
            return False
        return self._case.certainty or step.certainty

    def _bands(self, step: Step) -> tuple[BandTold, ...]:
        if not isinstance(step, DoseStep | PumpStep) or step.consequence is None:
            return ()
        return bands(self._case.consequences[step.consequence], self._text, self._lang)
