"""The compile step: one JSON file for each YAML file, and only what changed.

A compiled file carries its source's modification time, so that «is it fresh?» is one
comparison and needs no list that two processes could quarrel over. Every write goes to a
file of its own first and is moved into place, so that a reader sees all or nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pallkit.errors import ContentError
from pallkit.i18n import CATALOGUES, LANGUAGES, _
from pallkit_app.compile import TRANSLATED, catalogue_path, compiled_root, content_root, in_checkout
from pallkit_app.failures import why

Read = Callable[[Path, str], object]
TABLES = ("drugs", "products", "pump", "reductions", "safety", "sources", "topics")
FORMAT = 1  # raise it when the compiled form changes: everything is then compiled anew
_ORPHANED = 60  # seconds after which a half-written file belongs to a process that died


@dataclass(frozen=True, slots=True)
class Job:
    """One source and its compiled file, named by its path below the compiled root."""

    source: Path
    name: str
    changed: int  # the source's modification time, ns


def refresh() -> Mapping[str, ContentError]:
    """Compile what changed in a checkout: the entry point :mod:`pallkit.content` calls.

    Answers the files that could not be compiled, by compiled name, each with its reason.
    An installed package is left alone.
    """
    if not in_checkout():
        return {}
    catalogues = [catalogue_path(name, lang) for name in CATALOGUES for lang in TRANSLATED]
    if not all(is_compiled(path) for path in catalogues):
        from pallkit_app.compile.catalogues import compile_catalogues  # noqa: PLC0415  # Babel is slow

        with suppress(OSError):  # where nothing can be written, texts come out in English
            compile_catalogues()
    return compile_content(content_root(), compiled_root())


def compile_content(
    root: Path, target: Path, *, read: Read | None = None, force: bool = False
) -> dict[str, ContentError]:
    """Compile ``root/casebank`` into ``target`` and remove what has no source any more.

    A source that is not strict YAML has no compiled file afterwards; the answer holds its
    error. ``read`` gives a source's value; it gets the path and the name below ``root``.
    Raises :class:`ContentError` when ``target`` cannot be written.
    """
    jobs = list(plan(root))
    force = force or _index(target).get("format") != FORMAT
    try:
        faults = _compile(jobs, root, target, read=read or _read, force=force)
        _sweep(target, {job.name for job in jobs} - set(faults))
        _write_index([job for job in jobs if job.name not in faults], target)
    except OSError as error:
        raise ContentError(
            _(
                "The compiled content in {folder} cannot be written ({reason}). Run “python -m "
                "pallkit_app.compile” as the user who owns the folder.",
                folder=str(target),
                reason=why(error),
            )
        ) from error
    return faults


def is_compiled(catalogue: Path) -> bool:
    """Whether the ``.mo`` beside a ``.po`` is made of it as it is now, or there is no ``.po``."""
    try:
        return _fresh(catalogue.with_suffix(".mo"), catalogue.stat().st_mtime_ns)
    except FileNotFoundError:
        return True


def plan(root: Path) -> Iterator[Job]:
    """Every source below ``root/casebank`` that has a place in the compiled content."""
    casebank = root / "casebank"
    for table in TABLES:
        yield from _job(casebank / f"{table}.yaml", f"{table}.json")
    for path in _entries(casebank / "ratio_sets"):
        if path.suffix == ".yaml":
            yield from _job(path, f"ratio_sets/{path.stem}.json")
    for folder in _entries(casebank / "cases"):
        for stem in ("case", *LANGUAGES):
            yield from _job(folder / f"{stem}.yaml", f"cases/{folder.name}/{stem}.json")


def _job(source: Path, name: str) -> Iterator[Job]:
    try:
        yield Job(source, name, source.stat().st_mtime_ns)
    except (FileNotFoundError, NotADirectoryError):
        return


def _entries(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            names = sorted(entry.name for entry in found if not entry.name.startswith("."))
    except FileNotFoundError:
        return []
    return [folder / name for name in names]


def _compile(
    jobs: list[Job], root: Path, target: Path, *, read: Read, force: bool
) -> dict[str, ContentError]:
    faults: dict[str, ContentError] = {}
    for job in jobs:
        if not force and _fresh(target / job.name, job.changed):
            continue
        try:
            value = read(job.source, job.source.relative_to(root).as_posix())
        except ContentError as error:
            faults[job.name] = error
        else:
            text = json.dumps(value, ensure_ascii=False, indent=1)
            _put(target / job.name, text + "\n", changed=job.changed)
    return faults


def _read(source: Path, name: str) -> object:
    from pallkit_app.compile import strict_yaml  # noqa: PLC0415  # only when there is work

    return strict_yaml.load(source, name).value


def _fresh(compiled: Path, changed: int) -> bool:
    try:
        return compiled.stat().st_mtime_ns == changed
    except FileNotFoundError:
        return False


def _put(path: Path, text: str, *, changed: int | None = None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    own = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}.tmp")
    own.write_text(text, encoding="utf-8", newline="\n")
    if changed is not None:
        os.utime(own, ns=(changed, changed))
    own.replace(path)


def _sweep(target: Path, wanted: set[str]) -> None:
    """Remove compiled files that have no source, and folders left empty."""
    kept = {target / parent for name in wanted for parent in PurePosixPath(name).parents}
    for folder, _folders, files in os.walk(target, topdown=False):
        for file in files:
            path = Path(folder, file)
            name = path.relative_to(target).as_posix()
            if (path.suffix == ".json" and name not in wanted | {"index.json"}) or _orphan(path):
                path.unlink(missing_ok=True)
        if Path(folder) not in kept:
            with suppress(OSError):  # not empty, or another process was quicker
                Path(folder).rmdir()


def _orphan(path: Path) -> bool:
    if path.suffix != ".tmp":
        return False
    try:
        return path.stat().st_mtime < time.time() - _ORPHANED
    except FileNotFoundError:  # its process has just moved it into place
        return False


def _index(target: Path) -> dict[str, object]:
    try:
        found = json.loads((target / "index.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _write_index(done: list[Job], target: Path) -> None:
    """Write what there is, last of all: its ``edition`` is new when any file is."""
    stamp = "".join(f"{job.name} {job.changed}\n" for job in done)
    index = {
        "format": FORMAT,
        "edition": hashlib.sha256(stamp.encode()).hexdigest()[:16],
        "cases": [job.source.parent.name for job in done if job.name.endswith("/case.json")],
        "ratio_sets": [job.source.stem for job in done if job.name.startswith("ratio_sets/")],
    }
    if _index(target) != index:
        _put(target / "index.json", json.dumps(index, indent=1) + "\n")
