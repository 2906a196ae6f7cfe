"""The form as a short text for the page's address, readable enough to be written by hand.

``morfin po 30 mg x 2;behov 3 morfin po 10 mg|set=helsedirektoratet|to=oksykodon po|reduce=25%``

First the drugs as on a medicine list; then, in any order: ``set`` a table, ``to`` what to change
to, ``reduce`` a percentage or a rule, ``rescue`` a rule and a drug, ``gfr`` in mL/min, ``patient``
what else is known, and ``mode=practice`` or ``mode=compare``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, cast, get_args

from pallkit.doses import dose_text, drug, preparation_text, read_line, read_preparation
from pallkit.errors import PallkitError
from pallkit.i18n import Language, _, render
from pallkit.privacy import refuse_identity_numbers
from pallkit_widgets.calculator import choices
from pallkit_widgets.calculator.form import (
    FLAGS,
    MOST_ROWS,
    Form,
    Reduce,
    RescueChoice,
    Row,
    read_row,
    row_of,
)

Mode = Literal["calculate", "practice", "compare"]
LONGEST = 800

_NEEDED = re.compile(
    r"^\s*(?:ved behov|behov|as needed|prn)\s+(?P<given>\d{1,2})\s+", re.IGNORECASE
)
_CHANGED = re.compile(r"\s*\b(?:skift|bytt|change)\w*\b.*$", re.IGNORECASE)
_WORDS = re.compile(r"\s*\b(?:ved behov|behov|as needed|prn)\b.*$", re.IGNORECASE)
_BARE = re.compile(r"[\d.,]+")
_FROM_DIGIT = re.compile(r"\d.*$", re.DOTALL)
_AS_NEEDED: dict[Language, str] = {"nb": "behov", "nn": "behov", "en": "as needed"}
_EVERY: dict[Language, str] = {
    "nb": "skiftes hver {} t",
    "nn": "skiftast kvar {} t",
    "en": "changed every {} h",
}


@dataclass(frozen=True, slots=True)
class Start:
    """What a link asks for: a form that is filled in, and how it opens."""

    form: Form
    mode: Mode = "calculate"


def read_start(text: str) -> Start:
    """Read the text of a link. Raises :class:`PallkitError` that says what could not be read."""
    refuse_identity_numbers(text)
    if len(text) > LONGEST:
        raise PallkitError(_("It is longer than {most} characters.", most=LONGEST))
    drugs, *settings = text.split("|")
    written = [line for line in re.split(r"[;\n]", drugs) if line.strip()]
    if not 0 < len(written) <= MOST_ROWS:
        raise PallkitError(_("It must begin with 1 to {most} drugs.", most=MOST_ROWS))
    rows = tuple(_row(number, line) for number, line in enumerate(written, start=1))
    start = Start(Form(rows=rows))
    for setting in settings:
        start = _with(start, setting)
    return start


def write_start(form: Form, mode: Mode, lang: Language) -> str:
    """Write ``form``, every field of which can be read, as :func:`read_start` reads it."""
    parts = [";".join(_line(row, lang) for row in form.rows if not row.empty)]
    reduce = {
        "number": form.reduce.number.removesuffix("%").strip() + "%",
        "rule": form.reduce.rule,
    }
    rescue = f"{form.rescue.rule} {_name(form.rescue.of, lang)}".strip()
    settings = {
        "set": form.set,
        "to": _name(form.to, lang),
        "reduce": reduce.get(form.reduce.kind, "") if form.to else "",
        "rescue": rescue if form.rescue.rule else "",
        "gfr": form.gfr.strip(),
        "patient": ",".join(form.flags),
        "mode": "" if mode == "calculate" else mode,
    }
    return "|".join([*parts, *(f"{key}={value}" for key, value in settings.items() if value)])


def _row(number: int, text: str) -> Row:
    needed = _NEEDED.match(text)
    plain = text[needed.end() :] if needed else text
    whole = f"{plain} ved behov, gitt {needed['given']}" if needed else plain
    line = read_line(whole)
    brand = next((name for name in choices.brands() if name.casefold() in plain.casefold()), None)
    typed = _FROM_DIGIT.search(_WORDS.sub("", _CHANGED.sub("", plain)))
    bare = _BARE.match(typed.group()) if typed else None
    told = dose_text(replace(line.dose, change_hours=None), "nb")
    name = preparation_text(line.dose.preparation, "nb")
    own = typed.group().strip() if typed else ""
    ways = [own, told.removeprefix(name).strip()]
    if any(word.casefold() in own.casefold() for word in drug(line.dose.preparation.drug).names):
        ways.reverse()  # the drug was written after its dose
    for dose in (bare.group() if bare else "", *ways):
        row = row_of(line, dose, brand)
        if dose and _reads_as(number, row) == line:
            return row
    raise PallkitError(_("“{text}” could not be put into the form.", text=text.strip()))


def _reads_as(number: int, row: Row) -> object:
    try:
        return read_row(number, row)
    except PallkitError:
        return None


def _with(start: Start, setting: str) -> Start:
    key, sign, value = (part.strip() for part in setting.partition("="))
    if not sign or key not in _SETTINGS:
        raise PallkitError(
            _(
                "“{setting}” is not a setting. Known are {known}.",
                setting=setting.strip(),
                known=", ".join(_SETTINGS),
            )
        )
    return _SETTINGS[key](start, value)


def _set(start: Start, value: str) -> Start:
    return replace(start, form=replace(start.form, set=value))


def _to(start: Start, value: str) -> Start:
    return replace(start, form=replace(start.form, to=choices.code(read_preparation(value))))


def _reduce(start: Start, value: str) -> Start:
    number = re.fullmatch(r"([\d.,]+)\s*%?", value)
    reduce = Reduce("number", number[1]) if number else Reduce("rule", rule=value)
    return replace(start, form=replace(start.form, reduce=reduce))


def _rescue(start: Start, value: str) -> Start:
    rule, _space, of = value.partition(" ")
    chosen = RescueChoice(rule, choices.code(read_preparation(of)) if of.strip() else "")
    return replace(start, form=replace(start.form, rescue=chosen))


def _gfr(start: Start, value: str) -> Start:
    return replace(start, form=replace(start.form, gfr=value))


def _patient(start: Start, value: str) -> Start:
    flags = tuple(dict.fromkeys(one.strip() for one in value.split(",") if one.strip()))
    strange = next((one for one in flags if one not in FLAGS), None)
    if strange is not None:
        raise PallkitError(
            _("“{flag}” is not known. Write {known}.", flag=strange, known=", ".join(FLAGS))
        )
    return replace(start, form=replace(start.form, flags=flags))


def _mode(start: Start, value: str) -> Start:
    known = get_args(Mode)
    if value not in known:
        raise PallkitError(
            _("“{flag}” is not known. Write {known}.", flag=value, known=", ".join(known))
        )
    return replace(start, mode=cast("Mode", value))


_SETTINGS: dict[str, Callable[[Start, str], Start]] = {
    "set": _set,
    "to": _to,
    "reduce": _reduce,
    "rescue": _rescue,
    "gfr": _gfr,
    "patient": _patient,
    "mode": _mode,
}


def _name(code: str, lang: Language) -> str:
    """«oksykodon po» for «oxycodone oral»; what is written in words already stays."""
    return preparation_text(read_preparation(code), lang) if code else ""


def _line(row: Row, lang: Language) -> str:
    preparation = choices.find(row.drug, row.route)
    name = preparation_text(preparation, lang) if preparation else ""
    if preparation and row.drug.startswith(choices.BRAND):
        route = render(preparation.route.message, lang)
        name = f"{row.drug.removeprefix(choices.BRAND)} {route}"
    line = read_row(1, row)
    unit = render(line.dose.preparation.measure.message, lang)
    parts = [name, row.dose.strip(), "" if re.search(r"[^\W\d]", row.dose) else unit]
    if line.dose.change_hours is not None:
        parts.append(_EVERY[lang].format(line.dose.change_hours))
    if line.use == "as_needed":
        parts.insert(0, f"{_AS_NEEDED[lang]} {line.given}")
    return " ".join(part for part in parts if part)
