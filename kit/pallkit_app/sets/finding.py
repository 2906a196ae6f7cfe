"""Where ratio sets are: the case bank, a file that is named, or a folder of one's own."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from pallkit.errors import ContentError, ConversionError
from pallkit.i18n import _
from pallkit.opioids import RatioSet, ratio_set, ratio_set_ids
from pallkit_app.sets.reading import read_set

VARIABLE = "PALLKIT_SETS"


def find_set(name: str) -> RatioSet:
    """The set with this id or in this file.

    A name that ends in ``.yaml`` or holds a slash is a file. Raises :class:`ConversionError`
    when there is no such set, :class:`ContentError` when its file cannot be used.
    """
    if name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name:
        return read_set(Path(name).expanduser())
    local = local_paths()
    if name in local and name not in ratio_set_ids():
        return _same_id(read_set(local[name]), local[name])
    try:
        return ratio_set(name)
    except ConversionError:
        if not local:
            raise
        known = ", ".join((*ratio_set_ids(), *local))
        raise ConversionError(
            _("There is no ratio set “{name}”. Choose one of: {known}.", name=name, known=known)
        ) from None


def known_sets() -> tuple[RatioSet, ...]:
    """Every set of the case bank, then of the local folder; last those no longer in force."""
    bank = [ratio_set(set_id) for set_id in ratio_set_ids()]
    local = [_same_id(read_set(path), path) for path in local_paths().values()]
    return tuple(sorted((*bank, *local), key=lambda table: not table.in_force))


def local_paths() -> Mapping[str, Path]:
    """The files of the local folder, by the id that their name is."""
    folder = sets_folder()
    if folder is None:
        return {}
    if not folder.is_dir():
        raise ContentError(
            _(
                "The folder for local ratio sets, “{folder}”, is not there. Make it, or correct "
                "{variable} or config.yaml.",
                folder=str(folder),
                variable=VARIABLE,
            )
        )
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def sets_folder() -> Path | None:
    """The folder named by ``PALLKIT_SETS``, else by ``config.yaml``; None where neither does."""
    named = os.environ.get(VARIABLE) or _configured()
    return Path(named).expanduser() if named else None


def config_file() -> Path:
    """``pallkit/config.yaml`` in the user's configuration folder (XDG)."""
    base = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(base) / "pallkit" / "config.yaml"


def _configured() -> str | None:
    from pallkit_app.compile.strict_yaml import load  # noqa: PLC0415  # YAML only when asked for

    path = config_file()
    if not path.is_file():
        return None
    raw = load(path).value
    if raw is None:
        return None
    if not isinstance(raw, dict) or set(raw) - {"sets"} or not isinstance(raw.get("sets"), str):
        raise ContentError(_("{file} may hold one line: “sets: ” and a folder.", file=str(path)))
    return str(raw["sets"])


def _same_id(table: RatioSet, path: Path) -> RatioSet:
    if table.id != path.stem:
        raise ContentError(
            _("The id is “{id}”, but the file is “{file}”.", id=table.id, file=path.stem)
        )
    return table
