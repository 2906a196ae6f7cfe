"""A small compiled bank with the case that has every kind of step, for tests."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.kit.rich_case import rich_case
from tests.kit.rich_prose import rich_prose

from pallkit import content

RICH = "rik"
TABLES = Path(content.__file__).parent / "_compiled"


def add_case(folder: Path, case: Mapping[str, Any], prose: Mapping[str, Mapping[str, Any]]) -> None:
    """Add a case and its prose by language to the compiled bank in ``folder``."""
    place = folder / "cases" / case["id"]
    place.mkdir(parents=True)
    for name, value in {"case": case, **prose}.items():
        (place / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    index.update(cases=[*index["cases"], case["id"]], edition=f"prøve {case['id']}")
    (folder / "index.json").write_text(json.dumps(index), encoding="utf-8")


@contextmanager
def rich_bank(folder: Path, **changed: object) -> Iterator[Path]:
    """Read the real tables and, of cases, only the rich one, ``changed`` where asked."""
    content.case_ids()  # compiled anew if need be
    shutil.copytree(TABLES, folder, ignore=shutil.ignore_patterns("cases"))
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    (folder / "index.json").write_text(json.dumps({**index, "cases": []}), encoding="utf-8")
    add_case(folder, {**rich_case(), **changed}, rich_prose())
    with content.reading(folder):
        yield folder
