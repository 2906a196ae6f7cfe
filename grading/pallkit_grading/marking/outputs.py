"""A cell's outputs and what they are worth, by nbgrader's own rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Output = Mapping[str, Any]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_KINDS = {"stream", "execute_result", "display_data", "error"}


def points_of(outputs: Iterable[Output], most: Decimal) -> Decimal:
    """Points for a test cell with these outputs, between 0 and ``most``.

    As nbgrader's ``determine_grade`` has it: an error or a line on stderr gives nothing, a
    number from 0 to ``most`` that is the cell's value gives that many points, anything else
    gives them all. (Where nbgrader fails on a number above ``most``, that is all of them too.)
    """
    for output in outputs:
        kind = output.get("output_type")
        if kind == "error" or (kind == "stream" and output.get("name") == "stderr"):
            return Decimal(0)
        if kind == "execute_result":
            number = _number(output)
            return number if number is not None and 0 <= number <= most else most
    return most


def sound_outputs(outputs: Iterable[Any], count: int) -> list[dict[str, Any]]:
    """Outputs from a cage, brought to nbformat's shape; what has none is left out.

    They go into a notebook that the leader opens: only texts and pictures, no scripts and no
    widgets' data. ``count`` is the cell's number.
    """
    return [sound for one in outputs if (sound := _sound(one, count)) is not None]


def result(text: str, count: int) -> dict[str, Any]:
    """A cell's value, as text."""
    return {
        "output_type": "execute_result",
        "data": {"text/plain": text},
        "metadata": {},
        "execution_count": count,
    }


def printed(lines: Sequence[str]) -> dict[str, Any]:
    """What a cell printed."""
    return {"output_type": "stream", "name": "stdout", "text": "".join(f"{one}\n" for one in lines)}


def _number(output: Output) -> Decimal | None:
    data = output.get("data")
    text = str(data.get("text/plain", "")) if isinstance(data, Mapping) else ""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        return None


_SHOWN = ("text/plain", "image/png", "image/jpeg")
"""What is kept of a rich output. HTML could hold a script, and the formgrader shows it."""


def _sound(output: Any, count: int) -> dict[str, Any] | None:
    kind = output.get("output_type") if isinstance(output, Mapping) else None
    if kind not in _KINDS:
        return None
    if kind == "stream":
        name = "stderr" if output.get("name") == "stderr" else "stdout"
        return {"output_type": kind, "name": name, "text": str(output.get("text", ""))}
    if kind == "error":
        lines = output.get("traceback")
        return {
            "output_type": kind,
            "ename": str(output.get("ename", "")),
            "evalue": str(output.get("evalue", "")),
            "traceback": [str(one) for one in lines] if isinstance(lines, list) else [],
        }
    data = output.get("data")
    kept = {key: str(data[key]) for key in _SHOWN if isinstance(data, Mapping) and key in data}
    shown: dict[str, Any] = {"output_type": kind, "data": kept, "metadata": {}}
    return shown | ({"execution_count": count} if kind == "execute_result" else {})
