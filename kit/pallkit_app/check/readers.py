"""Reading the case bank's tables with the engine's own readers, to see whether they can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

from pallkit import content
from pallkit.doses import drugs
from pallkit.errors import ContentError, ConversionError
from pallkit.i18n import _
from pallkit.opioids import all_notes, products, ratio_set, reduction_rules, rescue_rule
from pallkit.pump import pump_table

RATIO_SETS = "casebank/ratio_sets/"
# What a reader meets when a list stands where a mapping belongs, and the like.
_MISSHAPEN = (TypeError, KeyError, AttributeError, IndexError, ValueError)


def stem(name: str) -> str:
    """Return a file's name without folder and ending: the id of a ratio set."""
    return name.rsplit("/", 1)[-1].removesuffix(".yaml")


def broken_tables(names: Iterable[str]) -> Iterator[tuple[str, ContentError]]:
    """Yield each of the files that its reader refuses, with the error it gave."""
    for name in names:
        reader = _reader(name)
        if reader is None:
            continue
        try:
            reader()
        except ContentError as error:
            yield name, error
        except _MISSHAPEN:
            yield name, ContentError(_("The file does not have the form of the other ones."))


def _reader(name: str) -> Callable[[], object] | None:
    if name == "casebank/drugs.yaml":
        return drugs
    if name == "casebank/reductions.yaml":
        return _read_reductions
    if name == "casebank/pump.yaml":
        return pump_table
    if name == "casebank/products.yaml":
        return products
    if name == "casebank/safety.yaml":
        return all_notes
    return partial(ratio_set, stem(name)) if name.startswith(RATIO_SETS) else None


def _read_reductions() -> None:
    reduction_rules()
    with suppress(ConversionError):  # no rule has this name, but all of them have been read
        rescue_rule("")
    for rule in (one for group in content.table("reductions").values() for one in group):
        if not rule["sources"]:
            raise ContentError(
                _("The rule “{id}” names no sources. Name at least one.", id=rule["id"])
            )
        if rule.get("divide_by") == 0:
            raise ContentError(
                _("The rule “{id}” divides by 0. Write a number above 0.", id=rule["id"])
            )
