"""Which of the cells that nbgrader knows are damaged, and what they were when handed out.

nbgrader notes a checksum on every cell that is locked or graded. It says that a cell has been
edited, not what stood there: that comes from ``oppgave.json`` where it lists the cells, from an
earlier copy of the notebook that is whole, or is worked out, since a graded cell of ours can
only say a few things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pallkit.hand_ins import MasterCell, repair_cells
from pallkit.i18n import LANGUAGES, Message, _
from pallkit.preflight.notebook import Cell, about, checksum, source_of

CellKind = Literal["code", "markdown", "raw"]
_KINDS: tuple[CellKind, ...] = get_args(CellKind)


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with the cells, and the ``masters``: the cells as they should be.

    ``mending`` is what a repair would put right, ``lost`` what it cannot.
    """

    masters: tuple[MasterCell, ...]
    mending: tuple[Message, ...]
    lost: tuple[Message, ...]


def released_cells(notebook: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The cells of a released notebook that nbgrader knows, as ``oppgave.json`` lists them."""
    return [
        {
            "id": one.id,
            "kind": one.kind,
            "source": one.source,
            "answer": one.answer,
            "about": dict(one.about),
        }
        for one in _own(notebook.get("cells", ()))
    ]


def find_damage(
    cells: Sequence[Cell],
    listed: Sequence[MasterCell],
    earlier: Iterable[Sequence[Cell]],
    tasks: Iterable[str],
) -> Damage:
    """Look through ``cells``; ``tasks`` are those that must each have a graded cell."""
    masters = tuple(listed) or _reference(cells, earlier)
    known = {one.id for one in masters}
    lost = [*_not_mendable(masters), *_missing(tasks, known)]
    return Damage(masters, repair_cells([dict(one) for one in cells], masters).faults, tuple(lost))


def _reference(cells: Sequence[Cell], earlier: Iterable[Sequence[Cell]]) -> tuple[MasterCell, ...]:
    """An earlier copy that is whole and has every cell, else the best that is known of these."""
    own = _own(cells)
    names = {one.id for one in own}
    for copy in earlier:
        whole = _own(copy)
        if (
            names <= {one.id for one in whole}
            and len(whole) >= len(own)
            and all(map(_whole, whole))
        ):
            return whole
    return own


def _own(cells: Iterable[Any]) -> tuple[MasterCell, ...]:
    """What can be known from the cells themselves: of several by one name, from the untouched."""
    found: dict[str, MasterCell] = {}
    for cell in cells:
        noted = about(cell) if isinstance(cell, dict) else {}
        if not noted:
            continue
        master = _master(cell, noted)
        if master.id not in found or (_untouched(master) and not _untouched(found[master.id])):
            found[master.id] = master
    return tuple(found.values())


def _master(cell: Cell, noted: Mapping[str, Any]) -> MasterCell:
    name, told = str(noted["grade_id"]), noted.get("cell_type", cell.get("cell_type"))
    kind: CellKind = next((one for one in _KINDS if one == told), "raw")
    source, answer = source_of(cell), bool(noted.get("solution"))
    if answer:  # what stood in it when it was handed out is not known once it is written in
        return MasterCell(name, kind, source if _is(kind, source, noted) else "", answer, noted)
    if not _is(kind, source, noted):
        source = next((one for one in _sayings(name) if _is(kind, one, noted)), source)
    return MasterCell(name, kind, source, answer, noted)


def _sayings(task: str) -> Iterator[str]:
    """All that a graded cell of ours can say."""
    for call in ("check", "show"):
        yield f'{call}("{task}")'
        yield from (f'{call}("{task}", lang="{lang}")' for lang in LANGUAGES)


def _whole(master: MasterCell) -> bool:
    return master.answer or _untouched(master)


def _untouched(master: MasterCell) -> bool:
    return _is(master.kind, master.source, master.about)


def _is(kind: str, source: str, noted: Mapping[str, Any]) -> bool:
    """Whether this is what was handed out; nothing can be said of a cell without a checksum."""
    return "checksum" not in noted or noted["checksum"] == checksum(kind, source, noted)


def _not_mendable(masters: Iterable[MasterCell]) -> Iterator[Message]:
    for one in masters:
        if not _whole(one):
            yield _("The cell “{cell}” has been changed.", cell=one.id)


def _missing(tasks: Iterable[str], known: set[str]) -> Iterator[Message]:
    for task in tasks:
        if task not in known:
            yield _("The graded cell “{cell}” is missing.", cell=task)
