"""What is right at a step that is judged, as the leader reveals it, and how it came about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from pallkit.cases import Prose, State, names
from pallkit.cases.dosing import solve, solve_pump
from pallkit.cases.judging import estimate_bounds, shown_order
from pallkit.cases.prose import StepProse
from pallkit.cases.steps import (
    DocumentStep,
    DoseStep,
    EstimateStep,
    MultiStep,
    OrderStep,
    PumpStep,
    Step,
)
from pallkit.doses import measure_text, read_measure, shown
from pallkit.i18n import Language, number, render
from pallkit.opioids import Receipt
from pallkit.texts import to_html
from pallkit_app.guide.branches import points


@dataclass(frozen=True, slots=True)
class RightDose:
    """A computed answer: «40 mg/24 t», what is accepted, and the steps of the sum."""

    amount: str
    tolerance: str
    receipt: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Something to tick or to put in order. ``place`` is its right one in an order, from 1."""

    label: str
    right: bool = False
    danger: bool = False
    place: int = 0
    points: str = ""
    feedback: Markup = field(default_factory=Markup)


@dataclass(frozen=True, slots=True)
class Scale:
    """An estimate: the ends of the scale in words, and the figures that are right.

    ``own`` is the patient's own figure, where that is what is asked for.
    """

    low_end: str
    high_end: str
    low: int
    high: int
    own: int | None


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of a form: empty for the tables, with the right choice for the leader."""

    label: str
    help: str
    kind: str
    required: bool
    options: tuple[str, ...]
    right: str


def unit_asked(step: Step, lang: Language) -> str:
    """The unit a dose or a rate is asked for in; nothing where no amount is asked for."""
    if isinstance(step, DoseStep):
        return measure_text(read_measure(step.answer_unit), lang)
    if isinstance(step, PumpStep):
        return "ml/h" if lang == "en" else step.answer_unit
    return ""


def right_dose(
    step: Step, state: State, lang: Language, sources: Mapping[str, int]
) -> RightDose | None:
    """The computed answer to a dose or pump step met in ``state``."""
    if isinstance(step, DoseStep):
        done = solve(step, state)
        amounts = dict.fromkeys(number(shown(bound), lang) for bound in done.bounds)
        amount = f"{'–'.join(amounts)} {measure_text(done.measure, lang)}"
        receipt = done.receipt
    elif isinstance(step, PumpStep):
        rate = solve_pump(step, state)
        amount = f"{number(shown(rate.rate), lang)} {unit_asked(step, lang)}"
        receipt = rate.receipt
    else:
        return None
    tolerance = f"± {number(step.tolerance * 100, lang)} %"
    return RightDose(amount, tolerance, tuple(_rows(receipt, lang, sources)))


def _rows(
    receipt: Receipt, lang: Language, sources: Mapping[str, int]
) -> Iterator[Mapping[str, Any]]:
    for row in receipt.to_json(lang):
        yield {**row, "source": sources.get(row["source"])}


def pump_settings(step: Step) -> tuple[str, str]:
    """The concentration and the reservoir a pump is filled with; empty at other steps."""
    if not isinstance(step, PumpStep):
        return "", ""
    return step.task.concentration, step.task.reservoir


def items(step: Step, written: StepProse, lang: Language) -> tuple[Item, ...]:
    """The things to tick or to put in order, in the order a learner sees them."""
    if isinstance(step, MultiStep):
        return tuple(
            Item(
                written.options[pick.id].label,
                right=pick.right,
                danger=pick.danger,
                points=points(pick.score, lang),
                feedback=_html(written.options[pick.id].feedback),
            )
            for pick in step.picks
        )
    if isinstance(step, OrderStep):
        right = [str(item) for item in step.items]
        return tuple(
            Item(written.options[item].label, place=right.index(item) + 1)
            for item in shown_order(step)
        )
    return ()


def scale(step: Step, state: State, written: StepProse) -> Scale | None:
    """The scale of an estimate step met in ``state``."""
    if not isinstance(step, EstimateStep):
        return None
    own = None if step.of is None else state.esas[step.of]
    return Scale(written.low, written.high, *estimate_bounds(step, state), own)


def form(step: Step, text: Prose, lang: Language) -> tuple[str, tuple[FormField, ...]]:
    """The name of a form and its fields; nothing at other steps."""
    if not isinstance(step, DocumentStep):
        return "", ()
    said = text.steps[step.id].fields
    return render(names.FORM[step.form], lang), tuple(
        FormField(
            said[one.id].label,
            said[one.id].help,
            one.kind,
            one.required,
            tuple(said[one.id].options[option] for option in one.options),
            "" if one.right is None else said[one.id].options[one.right],
        )
        for one in step.fields
    )


def _html(markdown: str) -> Markup:
    return Markup(to_html(markdown))  # noqa: S704  # to_html answers safe HTML
