"""The refusals of counting and changing, each with its reason and what to do instead."""

from __future__ import annotations

from decimal import Decimal

from pallkit.doses import Preparation, drug, preparation_message, shown
from pallkit.i18n import Message, _
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import RatioSet
from pallkit.opioids.results import Refusal
from pallkit.opioids.rows import Direction, Row


def locked(preparation: Preparation, why_else: Message | None = None) -> Refusal:
    """The drug is locked, and ``why_else`` is what would have stopped it anyway."""
    message = _(
        "Locked: {drug}. Its strength against morphine depends on the dose, it accumulates "
        "over days, and only specialists change to or from it.",
        drug=drug(preparation.drug).name,
    )
    if why_else is not None:
        message = _("{first} {second}", first=message, second=why_else)
    return Refusal(
        "locked",
        message,
        _("Leave the calculation to a specialist in pain or palliative medicine."),
    )


def not_in_set(preparation: Preparation, table: RatioSet) -> Refusal:
    """The set has no row for the preparation."""
    message = _(
        "“{title}” has no figure for {preparation}.",
        title=table.title,
        preparation=preparation_message(preparation),
    )
    others = [other for other in table.preparations() if other.drug == preparation.drug]
    if not others:
        return Refusal("not_in_set", message, _("Choose a ratio set that has the drug."))
    remedy = _(
        "It has {others}. Choose another ratio set; a figure for one route does not hold for "
        "another.",
        others=_listed([preparation_message(other) for other in others]),
    )
    return Refusal("not_in_set", message, remedy)


def cannot_count(preparation: Preparation, rows: tuple[Row, ...], table: RatioSet) -> Refusal:
    """The set has the preparation, but not towards oral morphine."""
    by_nature = _by_nature(rows, table)
    if by_nature is not None:
        return by_nature
    message = _(
        "“{title}” goes only from oral morphine to {preparation}, not back.",
        title=table.title,
        preparation=preparation_message(preparation),
    )
    reason = next((row.one_way for row in rows if row.one_way), None)
    if reason is not None:
        message = _("{first} {second}", first=message, second=reason)
    return Refusal(
        "one_way",
        message,
        _("Do not turn the ratio round. Choose a ratio set that prints this direction."),
    )


def cannot_switch(preparation: Preparation, rows: tuple[Row, ...], table: RatioSet) -> Refusal:
    """The set has the preparation, but does not say how to change to it."""
    by_nature = _by_nature(rows, table) or compares(rows, table)
    if by_nature is not None:
        return by_nature
    return Refusal(
        "one_way",
        _(
            "“{title}” says what {preparation} is worth in oral morphine, not how to change to it.",
            title=table.title,
            preparation=preparation_message(preparation),
        ),
        _("Do not turn the ratio round. Choose a ratio set that prints this direction."),
    )


def compares(rows: tuple[Row, ...], table: RatioSet) -> Refusal | None:
    """Refuse a change by factors that are only for comparing; None when they are not."""
    if not any(row.direction is Direction.COMPARISON_ONLY for row in rows):
        return None
    return Refusal(
        "comparison_only",
        _(
            "“{title}” compares how much is used. Its factors are not for changing opioids.",
            title=table.title,
        ),
        _("Use it to count oral morphine equivalents, or choose a ratio set for changing."),
    )


def counting_only(table: RatioSet) -> Refusal:
    """Refuse a change by a table for counting that nobody has signed for it."""
    return Refusal(
        "counting_only",
        _(
            "“{title}” is made for counting, and nobody has signed that it may be used for "
            "changing opioids.",
            title=table.title,
        ),
        _("Use it to count oral morphine equivalents, or choose a ratio set for changing."),
    )


def _by_nature(rows: tuple[Row, ...], table: RatioSet) -> Refusal | None:
    directions = {row.direction for row in rows}
    if Direction.SURVEY_ONLY in directions:
        return Refusal(
            "survey_only",
            _(
                "“{title}” is a survey of what people use. It is never calculated with.",
                title=table.title,
            ),
            _("Choose a ratio set that is made for calculating."),
        )
    if Direction.LOOKUP_ONLY in directions:
        return _lines_only(_lookup(table))
    return None


def between_lines(
    preparation: Preparation, amount: Range, rows: tuple[Row, ...], table: RatioSet
) -> Refusal:
    """``amount`` mg oral morphine/24 h is not one of the printed lines for the preparation."""
    printed = [row.printed.morphine for row in rows if row.printed]
    if not printed:
        return _lines_only(_lookup(table))
    lines = _listed([_("{amount}", amount=shown(morphine)) for morphine in sorted(printed)])
    why = _(
        "It has {preparation} for {lines} mg oral morphine/24 h, and not for {amount}.",
        preparation=preparation_message(preparation),
        lines=lines,
        amount=amount.message,
    )
    return _lines_only(_("{first} {second}", first=_lookup(table), second=why))


def _lookup(table: RatioSet) -> Message:
    return _(
        "“{title}” is a table that holds only at its printed rows; nothing is calculated "
        "between them.",
        title=table.title,
    )


def _lines_only(message: Message) -> Refusal:
    return Refusal(
        "printed_rows_only",
        message,
        _("Read the printed table itself, or choose another ratio set."),
    )


def overlapping(amount: Range, table: RatioSet) -> Refusal:
    """More than one row claims ``amount``: which one is meant is never guessed."""
    return Refusal(
        "outside_bands",
        _(
            "More than one row of “{title}” holds for {amount} mg oral morphine/24 h.",
            title=table.title,
            amount=amount.message,
        ),
        _("Ask whoever made the table which row is meant; “pallkit sets check” shows them."),
    )


def over_cap(preparation: Preparation, amount: Range, most: Decimal, table: RatioSet) -> Refusal:
    """The answer is above the most that the same table allows."""
    return Refusal(
        "over_cap",
        _(
            "“{title}” comes to {preparation} {amount} {measure}, and itself allows at most "
            "{most} {measure}.",
            title=table.title,
            preparation=preparation_message(preparation),
            amount=amount.message,
            measure=preparation.measure.message,
            most=most,
        ),
        _("Ask a specialist; the table does not reach this far for this drug."),
    )


def outside_bands(amount: Range, rows: tuple[Row, ...], table: RatioSet) -> Refusal:
    """No printed band holds all of ``amount`` (mg oral morphine per 24 h)."""
    return Refusal(
        "outside_bands",
        bands_reason(amount, rows, table),
        _("Nothing is calculated outside or between the printed bands. Ask a specialist."),
    )


def bands_reason(amount: Range, rows: tuple[Row, ...], table: RatioSet) -> Message:
    """That ``amount`` lies outside or between the printed bands, and which they are."""
    return _(
        "{amount} mg oral morphine/24 h lies outside or between the bands that “{title}” "
        "prints: {bands}.",
        amount=amount.message,
        title=table.title,
        bands=_listed([row.band.message for row in rows if row.band]),
    )


def _listed(parts: list[Message]) -> Message:
    listed = parts[0]
    for part in parts[1:]:
        listed = _("{first}, {second}", first=listed, second=part)
    return listed
