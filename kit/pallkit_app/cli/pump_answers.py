"""How ``pallkit pump`` shows an answer: a receipt to read, or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer

from pallkit.about import WATERMARK
from pallkit.doses import dose_message, preparation_message
from pallkit.i18n import Message, Words, _, render
from pallkit.opioids import RatioSet, Refusal, Rescue
from pallkit.opioids.results import STAND_INS
from pallkit.pump import (
    Mixture,
    Note,
    Program,
    Start,
    drug_name,
    refusal_json,
    side_by_side_json,
)
from pallkit.pump.units import hours, mg, mg_per_hour, ml, ml_per_hour
from pallkit_app.cli.answers import REFUSED
from pallkit_app.cli.edge import cli_language, say

Line = tuple[Message, Message | Words | str]


def show(answer: Program | Mixture | Refusal, *, as_json: bool) -> None:
    """Print the answer and leave the command: exit 0 for an answer, 1 for a refusal."""
    refused = isinstance(answer, Refusal)
    if as_json:
        _print_json(
            refusal_json(answer, cli_language())
            if isinstance(answer, Refusal)
            else answer.to_json(cli_language())
        )
    else:
        typer.echo("\n\n".join([*_paragraphs(answer), say(WATERMARK)]))
    raise typer.Exit(REFUSED if refused else 0)


def show_starts(answers: Sequence[tuple[RatioSet, Start | Refusal]], *, as_json: bool) -> None:
    """Print each ratio set's answer; exit 1 when every one of them is a refusal."""
    if as_json:
        _print_json(side_by_side_json(answers, cli_language()))
    else:
        parts = [paragraph for table, answer in answers for paragraph in _start(table, answer)]
        typer.echo("\n\n".join([*parts, say(WATERMARK)]))
    refused = all(isinstance(answer, Refusal) for _table, answer in answers)
    raise typer.Exit(REFUSED if refused else 0)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _paragraphs(answer: Program | Mixture | Refusal) -> list[str]:
    if isinstance(answer, Refusal):
        return [_refused(answer)]
    head = _asked(answer) if isinstance(answer, Program) else _contents(answer)
    result = _program(answer) if isinstance(answer, Program) else _mixture(answer)
    notes = [_notes(answer.notes)] if answer.notes else []
    return [head, answer.receipt.to_text(cli_language()), _labelled(*result), *notes]


def _asked(answer: Program) -> str:
    return say(dose_message(answer.settings.dose))


def _contents(answer: Mixture) -> str:
    return "\n".join(
        say(_("{drug} {amount}", drug=drug_name(part.drug), amount=mg(part.amount)))
        for part in answer.parts
    )


def _program(answer: Program) -> list[Line]:
    life = answer.life
    lines: list[Line] = [
        (
            _("Rate"),
            _("{hour} = {rate}", hour=mg_per_hour(answer.per_hour), rate=ml_per_hour(answer.rate)),
        ),
    ]
    if answer.boluses is not None:
        found = answer.boluses
        lines += [
            (_("One bolus"), ml(found.volume)),
            (_("Most in any 60 minutes"), mg(found.most)),
            (_("Long-run mean"), mg_per_hour(found.mean)),
        ]
    lines.append((_("Lasts without boluses"), hours(life.untouched)))
    if life.shortest is not None:
        lines.append((_("Lasts with every bolus"), hours(life.shortest)))
    lines.append((_("Keeps"), life.keeping.message))
    return lines


def _mixture(answer: Mixture) -> list[Line]:
    lines: list[Line] = [
        (_("Drugs"), ml(answer.drugs)),
        (_("Fill up with"), ml(answer.fill_up)),
    ]
    if answer.rate is not None:
        lines.append((_("Rate"), ml_per_hour(answer.rate)))
    if answer.mixing is not None:
        lines.append((_("Mixing"), answer.mixing.verdict.message))
    return lines


def _start(table: RatioSet, answer: Start | Refusal) -> list[str]:
    about = f"{table.title}. {table.publisher}, {_say(table.date)}"
    head = _labelled(
        (_("Ratio set"), about),
        (_("Purpose"), table.purpose),
        (_("Not to be used for"), table.not_for),
    )
    if isinstance(answer, Refusal):
        return [head, _refused(answer)]
    done = answer.conversion
    lines: list[Line] = [
        (_("Answer"), done.message),
        (_("This is"), done.label),
        (
            _("Pump"),
            _(
                "{preparation} {amount} mg/h",
                preparation=preparation_message(done.to),
                amount=answer.per_hour.message,
            ),
        ),
    ]
    if isinstance(answer.rescue, Rescue):
        lines.append(
            (_("Nurse-given rescue dose"), _("{amount} mg", amount=answer.rescue.range.message))
        )
    notes = (
        [_labelled(*((_("Note"), warning) for warning in done.warnings))] if done.warnings else []
    )
    return [head, answer.receipt.to_text(cli_language()), _labelled(*lines), *notes]


def _refused(answer: Refusal) -> str:
    return _labelled((_("Refused"), answer.message), (_("Instead"), answer.remedy))


def _notes(notes: tuple[Note, ...]) -> str:
    return "\n".join(
        f"{say(_('Note'))}: {_say(note.text)}"
        + ("" if note.source in STAND_INS else f"  [{note.source}]")
        for note in notes
    )


def _labelled(*lines: Line) -> str:
    return "\n".join(f"{say(label)}: {_say(text)}" for label, text in lines)


def _say(text: Message | Words | str) -> str:
    return render(text, cli_language())
