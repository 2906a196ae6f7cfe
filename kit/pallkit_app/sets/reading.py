"""Read one local ratio set: strict YAML, the same closed format, known drugs only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from pallkit.doses import drugs
from pallkit.doses.structuring import structure
from pallkit.errors import ContentError
from pallkit.i18n import _
from pallkit.opioids import RatioSet, ratio_set_ids
from pallkit_app.failures import why


def read_set(path: Path) -> RatioSet:
    """Read the set in ``path``, marked as local.

    Raises :class:`ContentError` for a file that is not there, is not strict YAML, breaks the
    format, names an unknown drug, calls itself local, or takes the id of a set of the case bank.
    """
    from pallkit_app.compile.strict_yaml import load  # noqa: PLC0415  # YAML only when asked for

    try:
        raw = load(path).value
    except OSError as error:
        raise ContentError(
            _(
                "“{file}” could not be opened ({reason}). Check the name and the folder.",
                file=str(path),
                reason=why(error),
            )
        ) from None
    if isinstance(raw, dict) and "local" in raw:
        raise ContentError(
            _("{file}: a set does not say itself that it is local. Remove “local”.", file=path.name)
        )
    table = replace(structure(raw, RatioSet, where=path.name), local=True)
    _refuse_strangers(table, path)
    return table


def _refuse_strangers(table: RatioSet, path: Path) -> None:
    known = drugs()
    strange = next((row.drug for row in table.rows if row.drug not in known), None)
    if strange is not None:
        raise ContentError(
            _(
                "{file}: “{drug}” is not a drug PallKit knows. Write one of: {known}.",
                file=path.name,
                drug=strange,
                known=", ".join(sorted(known)),
            )
        )
    if table.id in ratio_set_ids():
        raise ContentError(
            _(
                "{file}: the case bank already has a set with the id “{id}”. Choose another id.",
                file=path.name,
                id=table.id,
            )
        )
