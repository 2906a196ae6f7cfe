"""Withdraw a case or a ratio set, take it back again, or say what has replaced a set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pallkit.errors import ContentError
from pallkit.i18n import LANGUAGES, Language, _
from pallkit.privacy import refuse_identity_numbers
from pallkit.signing import UsedIn
from pallkit_app.casework.translated import FROM, RECORD, changes, record
from pallkit_app.compile import content_root
from pallkit_app.compile.strict_yaml import load
from pallkit_app.withdrawal.editing import inline, put_into, quoted, save
from pallkit_app.withdrawal.uses import Use

KEY = "withdrawn"
_LONGEST = 600
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def withdraw_case(
    folder: Path,
    why: Mapping[Language, str],
    *,
    on: date,
    instead: str | None = None,
    used: Iterable[Use] = (),
) -> list[Path]:
    """Write in ``case.yaml`` that the case is withdrawn, and in each language why.

    A case that is withdrawn already keeps its day, and those who used it stay on its list.
    Answers the files that were changed. Raises :class:`ContentError` where a reason is
    missing, or the other case is not one to send anybody to.
    """
    langs = languages_of(folder)
    _refuse_reasons(why, langs)
    if instead is not None:
        _refuse_other(instead, folder.name, folder.parent / instead / "case.yaml")
    path = folder / "case.yaml"
    value = _written(_before(path), on, instead, used)
    texts = {path: put_into(path, KEY, value, after="reviewed")}
    for lang in langs:
        file = folder / f"{lang}.yaml"
        texts[file] = put_into(file, KEY, quoted(why[lang].strip()))
    return _save_case(folder, texts)


def restore_case(folder: Path) -> list[Path]:
    """Undo a withdrawal: the case is in use again, and its reasons are taken out."""
    _refuse_restoring(folder / "case.yaml")
    files = [folder / "case.yaml", *(folder / f"{lang}.yaml" for lang in languages_of(folder))]
    return _save_case(folder, {file: put_into(file, KEY, None) for file in files})


def withdraw_set(
    path: Path,
    why: Mapping[Language, str],
    *,
    on: date,
    instead: str | None = None,
    used: Iterable[Use] = (),
) -> None:
    """Write in a ratio set's file that it is withdrawn, since when, and why; as for a case."""
    _refuse_reasons(why, LANGUAGES)
    if instead is not None:
        _refuse_other(instead, path.stem, _other_set(path, instead))
    reasons = f"\n  why: {inline({lang: why[lang].strip() for lang in LANGUAGES})}"
    value = _written(_before(path), on, instead, used, more=reasons)
    save({path: put_into(path, KEY, value, after="reviewed")})


def restore_set(path: Path) -> None:
    """Undo a set's withdrawal."""
    _refuse_restoring(path)
    save({path: put_into(path, KEY, None)})


def supersede_set(path: Path, newer: str | None) -> None:
    """Write which set has replaced this one, or that none has.

    Raises :class:`ContentError` for a set that is not there, or that is replaced itself, by
    this one or by another.
    """
    if newer is not None:
        other = _other_set(path, newer)
        _refuse_other(newer, path.stem, other)
        if _value(other).get("superseded_by") is not None:
            raise ContentError(
                _("“{id}” has been replaced itself. Name the one that is in force.", id=newer)
            )
    save({path: put_into(path, "superseded_by", newer, after="reviewed")})


def languages_of(folder: Path) -> tuple[Language, ...]:
    """The languages that a case is written in."""
    return tuple(lang for lang in LANGUAGES if (folder / f"{lang}.yaml").is_file())


def _written(
    before: Mapping[str, Any], on: date, instead: str | None, used: Iterable[Use], more: str = ""
) -> str:
    lines = [f"\n  on: {quoted(str(before.get('on') or on.isoformat()))}", more]
    if instead is not None:
        lines.append(f"\n  instead: {instead}")
    noted = _noted(before, used)
    if noted:
        lines.append("\n  used_in:" + "".join(f"\n    - {line}" for line in noted))
    return "".join(lines)


def _noted(before: Mapping[str, Any], used: Iterable[Use]) -> list[str]:
    """Those on the list already, in their order, and those that are new."""
    earlier = before.get("used_in")
    known = [one for one in earlier if isinstance(one, dict)] if isinstance(earlier, list) else []
    found = [_line(UsedIn(**one)) for one in known] + [_line(use.noted) for use in used]
    return list(dict.fromkeys(found))


def _line(used: UsedIn) -> str:
    course = f"course: {used.course}, " if used.course else ""
    titles = inline({str(lang): title for lang, title in used.title.items()})
    return f"{{kind: {used.kind}, {course}id: {used.id}, title: {titles}}}"


def _refuse_reasons(why: Mapping[Language, str], langs: Iterable[Language]) -> None:
    missing = [lang for lang in langs if not why.get(lang, "").strip()]
    if missing:
        raise ContentError(
            _(
                "Say why it is withdrawn in each of its languages. Missing: {options}.",
                options=", ".join(f"--why-{lang}" for lang in missing),
            )
        )
    for text in why.values():
        refuse_identity_numbers(text)
        if len(text) > _LONGEST or not text.isprintable():
            raise ContentError(
                _("Write why on one line, at most {most} characters.", most=_LONGEST)
            )


def _refuse_other(other: str, own: str, path: Path) -> None:
    if other == own or not _ID.fullmatch(other) or not path.is_file():
        raise ContentError(
            _("“{id}” is not another one there is. Check the spelling of the id.", id=other)
        )
    if _value(path).get(KEY) is not None:
        raise ContentError(_("“{id}” is withdrawn itself. Name one that is in use.", id=other))


def _other_set(path: Path, other: str) -> Path:
    """The other set's file: beside this one, else in the case bank."""
    beside = path.with_name(f"{other}.yaml")
    bank = content_root() / "casebank/ratio_sets" / f"{other}.yaml"
    return beside if beside.is_file() else bank


def _refuse_restoring(path: Path) -> None:
    if _value(path).get(KEY) is None:
        raise ContentError(_("It is not withdrawn, so there is nothing to undo."))


def _before(path: Path) -> Mapping[str, Any]:
    value = _value(path).get(KEY)
    return value if isinstance(value, dict) else {}


def _value(path: Path) -> dict[str, Any]:
    value = load(path).value
    return value if isinstance(value, dict) else {}


def _save_case(folder: Path, texts: Mapping[Path, str]) -> list[Path]:
    """Write the files; the record of translations stays true where it was."""
    agreed = _translations_agree(folder)
    save(texts)
    return [*texts, *([record(folder)] if agreed else [])]


def _translations_agree(folder: Path) -> bool:
    path = folder / RECORD
    if not path.is_file():
        return False
    recorded, source = load(path), load(folder / f"{FROM}.yaml").value
    others = [lang for lang in languages_of(folder) if lang != FROM]
    made = ((lang, load(folder / f"{lang}.yaml").value) for lang in others)
    return not any(any(changes(recorded, lang, source, value)) for lang, value in made)
