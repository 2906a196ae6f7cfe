"""How ``omeq`` and ``convert`` show an answer: a receipt to read, or JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

import typer

from pallkit.about import WATERMARK
from pallkit.doses import Dose, daily_doses, dose_message, read_line
from pallkit.errors import ConversionError
from pallkit.i18n import Message, Words, _, render
from pallkit.opioids import (
    Conversion,
    Omeq,
    RatioSet,
    Refusal,
    ratio_set_ids,
    round_answer,
    standing,
)
from pallkit.privacy import refuse_identity_numbers
from pallkit_app.cli.edge import cli_language, say
from pallkit_app.sets import find_set, local_paths

REFUSED = 1


def read_doses(texts: list[str]) -> list[Dose]:
    """Read the doses of a command as they add up in 24 hours.

    «morfin po 10 mg ved behov, gitt 3 ganger» counts three. Raises when there is none, or one
    has no one meaning.
    """
    refuse_identity_numbers(" ; ".join(texts))
    if not texts:
        raise ConversionError(
            _("Write at least one dose, for example “{example}”.", example="morfin po 30 mg x 2")
        )
    doses = list(daily_doses(read_line(text) for text in texts))
    if not doses:
        raise ConversionError(
            _("Only doses as needed are written, and none was given. Write how many were given.")
        )
    return doses


def chosen_set(name: str | None) -> RatioSet:
    """The ratio set of a command, by id or by file.

    It has no default, since choosing it is part of the answer.
    """
    if name is None:
        raise ConversionError(
            _(
                "Choose a ratio set with --set: {known}.",
                known=", ".join((*ratio_set_ids(), *local_paths())),
            )
        )
    refuse_identity_numbers(name)
    return find_set(name)


def show(answer: Omeq | Conversion | Refusal, table: RatioSet, *, as_json: bool) -> None:
    """Print the answer and leave the command: exit 0 for an answer, 1 for a refusal."""
    if as_json:
        found = {**answer.to_json(cli_language()), "ratio_set": table.to_json(cli_language())}
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        typer.echo("\n\n".join(_paragraphs(answer, table)))
    raise typer.Exit(REFUSED if isinstance(answer, Refusal) else 0)


def _paragraphs(answer: Omeq | Conversion | Refusal, table: RatioSet) -> list[str]:
    if isinstance(answer, Refusal):
        refused = _labelled((_("Refused"), answer.message), (_("Instead"), answer.remedy))
        return [refused, *_notes(table.warnings), _about(table), say(WATERMARK)]
    parts = [_asked(answer), answer.receipt.to_text(cli_language()), _result(answer)]
    return [*parts, *_notes(answer.warnings), _about(table), say(WATERMARK)]


def _notes(warnings: Iterable[Message | Words]) -> list[str]:
    found = _labelled(*((_("Note"), warning) for warning in warnings))
    return [found] if found else []


def too_old(table: RatioSet) -> tuple[Message, ...]:
    """What to say of a set that should have been looked over before today."""
    told = standing.overdue(table, datetime.now(tz=UTC).astimezone().date())
    return () if told is None else (told,)


def _asked(answer: Omeq | Conversion) -> str:
    return "\n".join(say(dose_message(dose)) for dose in answer.doses)


def _result(answer: Omeq | Conversion) -> str:
    lines: list[tuple[Message, Message | Words | str]] = []
    if answer.oral_morphine is not None:
        amount = _("{amount} mg oral morphine/24 h", amount=answer.oral_morphine.message)
        lines.append((_("OMEQ"), amount))
    if isinstance(answer, Conversion):
        lines.append((_("Answer"), answer.message))
        lines.append((_("This is"), answer.label))
        rounded = round_answer(answer)
        if rounded is not None:
            lines.append((_("To existing strengths"), rounded.step.text))
    return _labelled(*lines)


def _about(table: RatioSet) -> str:
    return _labelled(
        (_("Ratio set"), f"{table.title}. {table.publisher}, {_say(table.date)}"),
        (_("Purpose"), table.purpose),
        (_("Not to be used for"), table.not_for),
        (_("Signature"), standing.signed_text(table)),
        *((_("Note"), told) for told in too_old(table)),
    )


def _labelled(*lines: tuple[Message, Message | Words | str]) -> str:
    return "\n".join(f"{_say(label)}: {_say(text)}" for label, text in lines)


def _say(text: Message | Words | str) -> str:
    return render(text, cli_language())
