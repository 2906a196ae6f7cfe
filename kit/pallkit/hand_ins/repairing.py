"""Put a damaged notebook right before it is graded, and say what was put right.

The master is what was handed out, with its hidden tests. Of a trainee's notebook only the
answers are the trainee's; every other graded cell is brought back to what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from pallkit.i18n import Message, _

Cell = dict[str, Any]
"""A cell as nbformat 4 has it."""

_LONGEST_NAME = 120

_Wrong = Literal["missing", "strange", "twice", "moved", "kind", "edited"]
_Repairs = list[tuple[_Wrong, str]]
"""What was wrong, and with which cell."""


@dataclass(frozen=True, slots=True)
class MasterCell:
    """A cell that nbgrader knows. ``about`` is its nbgrader metadata, ``id`` its grade_id.

    ``answer``: what stands in it is the trainee's, and is kept as it is. ``released`` is the
    source as it was handed out, where that is another: without its hidden tests.
    """

    id: str
    kind: Literal["code", "markdown", "raw"]
    source: str
    answer: bool
    about: Mapping[str, Any]
    released: str | None = None


@dataclass(frozen=True, slots=True)
class MasterNotebook:
    """A notebook of an assignment: its cells in order, and what each can give."""

    name: str
    cells: tuple[MasterCell, ...]
    most: Mapping[str, Decimal]
    kernelspec: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Repaired:
    """The cells as they should be, and what had to be done, for trainee and leader.

    ``faults`` says of each of ``repairs`` what was wrong, for one who has not decided yet.
    """

    cells: tuple[Cell, ...]
    repairs: tuple[Message, ...]
    faults: tuple[Message, ...] = ()


def repair_cells(cells: Sequence[Cell], masters: Sequence[MasterCell]) -> Repaired:
    """Let every master's cell be there once, in the masters' order and with its own text.

    No output is kept: what a cell shows is made again. What the trainee added keeps its place
    behind the cell it followed. No answer is lost: of two cells with the same name the last that
    was changed counts, and the other stays as an ordinary cell.
    """
    repairs: _Repairs = []
    whole = [_whole(cell) for cell in cells if isinstance(cell, dict)]
    groups = _groups(whole, {one.id for one in masters}, repairs)
    _keep_one_of_each(groups, masters, repairs)
    _say_if_moved(groups, masters, repairs)
    by_id = {group.id: group for group in groups}
    done = [*_plain(groups[0].cells)]
    for master in masters:
        group = by_id.get(master.id)
        if group is None:
            repairs.append(("missing", master.id))
            done.append(_fresh(master))
            continue
        done += [_restored(group.cells[0], master, repairs), *_plain(group.cells[1:])]
    return Repaired(
        tuple(done),
        tuple(_done_about(*one) for one in repairs),
        tuple(_fault(*one) for one in repairs),
    )


@dataclass(slots=True)
class _Group:
    """A known cell and the trainee's own that follow it. The first group has no known cell."""

    id: str | None
    cells: list[Cell]


def _groups(cells: Iterable[Cell], known: set[str], repairs: _Repairs) -> list[_Group]:
    groups = [_Group(None, [])]
    for cell in cells:
        name = _name(cell)
        if name in known:
            groups.append(_Group(name, [cell]))
            continue
        if name is not None:
            repairs.append(("strange", name))
        groups[-1].cells.append(cell)
    return groups


def _keep_one_of_each(
    groups: list[_Group], masters: Sequence[MasterCell], repairs: _Repairs
) -> None:
    """Of several cells with one name, let one keep it; the others become the trainee's own."""
    for master in masters:
        same = [group for group in groups if group.id == master.id]
        if len(same) < 2:
            continue
        repairs.append(("twice", master.id))
        changed = [one for one in same if _text(one.cells[0]) != master.source]
        kept = (changed if master.answer and changed else same)[-1]
        for group in same:
            if group is not kept:
                before = groups[groups.index(group) - 1]
                # A copy of a test would only run it twice; a second answer is kept to be seen.
                before.cells += group.cells if master.answer else group.cells[1:]
                groups.remove(group)


def _say_if_moved(groups: list[_Group], masters: Sequence[MasterCell], repairs: _Repairs) -> None:
    order = [group.id for group in groups if group.id is not None]
    wanted = [one.id for one in masters if one.id in order]
    if order != wanted:
        repairs.append(("moved", ""))


def _restored(cell: Cell, master: MasterCell, repairs: _Repairs) -> Cell:
    done = deepcopy(cell)
    if done.get("cell_type") != master.kind:
        repairs.append(("kind", master.id))
        done = _fresh(master) | {"source": _text(cell)}
    if not master.answer:
        if _text(cell) not in {master.source, master.released}:
            repairs.append(("edited", master.id))
        done["source"] = master.source
    done["metadata"] = {**_metadata(cell), "nbgrader": dict(master.about)}
    return done


def _plain(cells: Iterable[Cell]) -> Iterable[Cell]:
    """Copies without a word to nbgrader: a trainee's own cells give no points."""
    for cell in cells:
        metadata = {key: value for key, value in _metadata(cell).items() if key != "nbgrader"}
        yield deepcopy(cell) | {"metadata": metadata}


def _whole(cell: Cell) -> Cell:
    """A cell with every part that its kind has, whatever was handed in."""
    kind = cell.get("cell_type")
    done: Cell = {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",  # it may be no text
        "metadata": deepcopy(_metadata(cell)),
        "source": _text(cell),
    }
    if isinstance(cell.get("id"), str):
        done["id"] = cell["id"]
    return _as_code(done) if done["cell_type"] == "code" else done


def _as_code(cell: Cell) -> Cell:
    return cell | {"execution_count": None, "outputs": []}


def _fresh(master: MasterCell) -> Cell:
    cell: Cell = {
        "cell_type": master.kind,
        "id": master.id[:64],
        "metadata": {"nbgrader": dict(master.about)},
        "source": master.source,
    }
    return _as_code(cell) if master.kind == "code" else cell


def _name(cell: Cell) -> str | None:
    about = _metadata(cell).get("nbgrader")
    name = about.get("grade_id") if isinstance(about, dict) else None
    return name if isinstance(name, str) else None


def _metadata(cell: Cell) -> dict[str, Any]:
    metadata = cell.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _text(cell: Cell) -> str:
    source = cell.get("source")
    if isinstance(source, list):
        return "".join(line for line in source if isinstance(line, str))
    return source if isinstance(source, str) else ""


def _done_about(wrong: _Wrong, cell: str) -> Message:
    """What was done, once the notebook is repaired."""
    cell = _sayable(cell)
    told: dict[_Wrong, Message] = {
        "missing": _("The cell “{cell}” was missing and was put back.", cell=cell),
        "strange": _(
            "The cell “{cell}” is not one of the assignment's and gives no points.", cell=cell
        ),
        "twice": _("The cell “{cell}” was there more than once.", cell=cell),
        "moved": _("Cells had been moved and were put back in their order."),
        "kind": _("The cell “{cell}” had become another kind and was changed back.", cell=cell),
        "edited": _("The cell “{cell}” had been changed and was put right.", cell=cell),
    }
    return told[wrong]


def _fault(wrong: _Wrong, cell: str) -> Message:
    """What is wrong, while it is not repaired."""
    cell = _sayable(cell)
    told: dict[_Wrong, Message] = {
        "missing": _("The cell “{cell}” is missing.", cell=cell),
        "strange": _done_about("strange", cell),
        "twice": _("The cell “{cell}” is there more than once.", cell=cell),
        "moved": _("Cells have been moved."),
        "kind": _("The cell “{cell}” has become another kind of cell.", cell=cell),
        "edited": _("The cell “{cell}” has been changed.", cell=cell),
    }
    return told[wrong]


def _sayable(name: str) -> str:
    """A cell's name as it may stand in a line: what was handed in can hold anything."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:_LONGEST_NAME])
