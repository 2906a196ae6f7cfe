"""The form as it was typed, and what it asks for once every field has been read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any, TypeVar, cast, get_args

from pallkit.doses import (
    MEASURES,
    Dose,
    Preparation,
    RegimenLine,
    Route,
    preparation_text,
    read_dose,
    read_number,
    read_preparation,
)
from pallkit.errors import PallkitError
from pallkit.i18n import Message, _
from pallkit.opioids import (
    Question,
    RatioSet,
    Reduction,
    RescueRule,
    read_reduction,
    rescue_rule,
)
from pallkit.opioids.notes import Flag
from pallkit_widgets.calculator import choices
from pallkit_widgets.shared.fields import FieldError, with_unit

T = TypeVar("T")
MOST_ROWS = 8
MOST_GIVEN = 48
LONGEST_CHANGE = 336
FLAGS: tuple[Flag, ...] = get_args(Flag)


@dataclass(frozen=True, slots=True)
class Row:
    """One drug as typed. ``use`` is fixed or as_needed; ``drug`` an id, or «brand:» and a name."""

    drug: str = ""
    route: str = ""
    dose: str = ""
    use: str = "fixed"
    given: str = ""
    change: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing has been filled in."""
        return not (self.drug or self.route or self.dose.strip())


@dataclass(frozen=True, slots=True)
class Reduce:
    """How much to take off: none, number or rule, with what stands in the two fields."""

    kind: str = "none"
    number: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class RescueChoice:
    """A rule for rescue doses by its id, and the drug it is for; empty is none."""

    rule: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """Everything that stands in the form, as text."""

    rows: tuple[Row, ...] = (Row(),)
    set: str = ""
    to: str = ""
    reduce: Reduce = field(default=Reduce())
    rescue: RescueChoice = field(default=RescueChoice())
    gfr: str = ""
    flags: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The form for the browser; :func:`read_form` reads it back."""
        raw = asdict(self)
        return {**raw, "rows": list(raw["rows"]), "flags": list(self.flags)}


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for. ``table`` is None where all the tables are to be compared."""

    lines: tuple[RegimenLine, ...]
    table: RatioSet | None
    to: Preparation | None
    reduction: Reduction | None
    rescue: tuple[RescueRule, Preparation | None] | None
    gfr: Decimal | None
    flags: frozenset[Flag]

    def question(self, table: RatioSet) -> Question:
        """What is to be worked out, by one table."""
        return Question(self.lines, table, self.to, self.reduction)

    @property
    def as_needed(self) -> int:
        """How many doses as needed were given in the last 24 hours."""
        return sum(line.given for line in self.lines)


def read_form(raw: Mapping[str, Any]) -> Form:
    """Take the form as the browser sends it; raises :class:`FieldError` for another shape."""
    rows = raw.get("rows")
    if not isinstance(rows, list) or len(rows) > MOST_ROWS:
        raise _unreadable()
    form = Form(
        rows=tuple(_texts(Row, row) for row in rows),
        reduce=_texts(Reduce, raw.get("reduce")),
        rescue=_texts(RescueChoice, raw.get("rescue")),
        set=cast("str", raw.get("set")),
        to=cast("str", raw.get("to")),
        gfr=cast("str", raw.get("gfr")),
        flags=tuple(_list(raw.get("flags"))),
    )
    texts = (form.set, form.to, form.gfr, *form.flags)
    known = set(form.flags) <= set(FLAGS)
    if raw.keys() != form.to_json().keys() or not known or not all(map(_is_text, texts)):
        raise _unreadable()
    return form


def ask(form: Form, tables: Mapping[str, RatioSet], *, table_needed: bool = True) -> Asked:
    """Read every field; raises :class:`FieldError` for the first that cannot be read."""
    lines = tuple(
        read_row(number, row) for number, row in enumerate(form.rows, start=1) if not row.empty
    )
    if not lines:
        raise FieldError("row-1-drug", _("Choose a drug and a route, and write a dose."))
    if all(line.daily() is None for line in lines):
        raise FieldError("row-1-given", _("Nothing has been given, so there is nothing to count."))
    to = in_field("to", read_preparation, form.to) if form.to else None
    return Asked(
        lines,
        _table(form.set, tables, needed=table_needed),
        to,
        None if to is None else _reduction(form.reduce),
        _rescue(form.rescue),
        in_field("gfr", _gfr, form.gfr) if form.gfr.strip() else None,
        frozenset(cast("tuple[Flag, ...]", form.flags)),
    )


def read_row(number: int, row: Row) -> RegimenLine:
    """Read one row; ``number`` is its own, from 1, to say where a fault is."""
    at = f"row-{number}"
    preparation = _preparation(at, row)
    typed = with_unit(row.dose, str(preparation.measure)) if _is_patch(preparation) else row.dose
    where = f"{at}-dose"
    dose: Dose = in_field(where, read_dose, f"{preparation_text(preparation, 'nb')} {typed}")
    if row.change.strip() and _is_patch(preparation):
        dose = replace(dose, change_hours=in_field(f"{at}-change", _hours, row.change))
    if row.use == "as_needed" and not _is_patch(preparation):
        given = in_field(f"{at}-given", _given, row.given)
        return in_field(where, lambda one: RegimenLine(one, "as_needed", given), dose)
    in_field(where, Dose.daily, dose)
    return RegimenLine(dose)


def row_of(line: RegimenLine, dose: str, brand: str | None) -> Row:
    """The row of the form that reads as ``line``; ``dose`` is its amount as somebody typed it."""
    preparation = line.dose.preparation
    change = line.dose.change_hours
    return Row(
        drug=f"brand:{brand}" if brand else preparation.drug,
        route=preparation.route.value,
        dose=dose,
        use=line.use,
        given=str(line.given) if line.use == "as_needed" else "",
        change="" if change is None else str(change),
    )


def in_field(where: str, read: Callable[[Any], T], text: Any) -> T:
    """Read ``text``, and say in which field it was when that does not go."""
    try:
        return read(text)
    except FieldError:
        raise
    except PallkitError as error:
        raise FieldError(where, error.message) from None


def _preparation(at: str, row: Row) -> Preparation:
    if not row.drug:
        raise FieldError(f"{at}-drug", _("Choose a drug and a route, and write a dose."))
    if not row.route:
        raise FieldError(f"{at}-route", _("Choose how it is given."))
    if not row.dose.strip():
        raise FieldError(f"{at}-dose", _("Write a dose."))
    preparation = choices.find(row.drug, row.route)
    if preparation is None:
        raise FieldError(f"{at}-drug", _("Choose a drug and a route from the lists."))
    return preparation


def _is_patch(preparation: Preparation) -> bool:
    return preparation.route is Route.TRANSDERMAL and preparation.measure == MEASURES["µg/h"]


def _hours(text: str) -> int:
    return _whole(text, 1, LONGEST_CHANGE, _("Write the hours as a whole number, for example 72."))


def _given(text: str) -> int:
    hint = _("Write how many doses were given in the last 24 hours, 0 if none.")
    return _whole(text, 0, MOST_GIVEN, hint)


def _whole(text: str, least: int, most: int, otherwise: Message) -> int:
    value = read_number(text) if text.strip() else Decimal(-1)
    if value != int(value) or not least <= value <= most:
        raise PallkitError(otherwise)
    return int(value)


def _gfr(text: str) -> Decimal:
    value = read_number(text)
    if not 0 < value <= Decimal(200):
        raise PallkitError(_("Write the renal function in mL/min, from 1 to 200."))
    return value


def _table(name: str, tables: Mapping[str, RatioSet], *, needed: bool) -> RatioSet | None:
    if not name and not needed:
        return None
    if name not in tables:
        raise FieldError("table", _("Choose a conversion table."))
    return tables[name]


def _reduction(typed: Reduce) -> Reduction | None:
    if typed.kind == "none":
        return None
    if typed.kind not in {"number", "rule"}:
        raise FieldError("reduction", _("Choose a reduction, or none."))
    value = typed.number if typed.kind == "number" else typed.rule
    if not value.strip():
        raise FieldError("reduction", _("Write a percentage, or choose none."))
    text = with_unit(value, "%") if typed.kind == "number" else value
    return in_field("reduction", read_reduction, text)


def _rescue(typed: RescueChoice) -> tuple[RescueRule, Preparation | None] | None:
    if not typed.rule:
        return None
    rule = in_field("rescue", rescue_rule, typed.rule)
    return rule, in_field("rescue", read_preparation, typed.of) if typed.of else None


def _texts(kind: type[T], raw: object) -> T:
    """Make ``kind`` of a mapping that has its keys, all of them texts."""
    keys = set(kind.__dataclass_fields__)  # type: ignore[attr-defined]  # ours are dataclasses
    if not isinstance(raw, Mapping) or raw.keys() != keys or not all(map(_is_text, raw.values())):
        raise _unreadable()
    return kind(**raw)


def _list(raw: object) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > len(FLAGS) or not all(map(_is_text, raw)):
        raise _unreadable()
    return raw


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _unreadable() -> FieldError:
    return FieldError("form", _("The form could not be read. Reload the page."))
