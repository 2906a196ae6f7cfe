"""Laying the code that kernels run side by side.

To run a function is to write to its code: how many use it just now, how often it has run.
After the imports what a kernel runs lies here and there among seven times as much that it does
not, and each would be a page of its own. So it is moved to new pages, where it is all there is.
Nothing else of a function is new, and code is equal to a copy of itself.
"""

from __future__ import annotations

import gc
from collections.abc import Sequence
from types import CodeType, FunctionType

from pallkit_app.warm import packing


def gather(ran: Sequence[int]) -> int:
    """Move the code at the addresses ``ran``, in their order; return how many functions had it.

    Addresses at which there is no function's code are left out.
    """
    packing.pack()  # the copies would go where there is room, which is everywhere
    rank = {address: number for number, address in enumerate(ran)}
    functions = [
        each
        for each in gc.get_objects()
        if type(each) is FunctionType and id(each.__code__) in rank
    ]
    functions.sort(key=lambda each: rank[id(each.__code__)])
    move = _Move(rank)
    for function in functions:
        function.__code__ = move.moved(function.__code__)
    return len(functions)


class _Move:
    """Copies of code, one of each. What was copied is kept: else the next copy would lie there."""

    def __init__(self, chosen: dict[int, int]) -> None:
        self._chosen = chosen
        self._copies: dict[int, tuple[CodeType, CodeType]] = {}

    def moved(self, code: CodeType) -> CodeType:
        """Return the copy, in which the functions that the code makes have theirs."""
        if id(code) not in self._copies:
            parts = tuple(self._part(part) for part in code.co_consts)
            self._copies[id(code)] = code, code.replace(co_consts=parts)
        return self._copies[id(code)][1]

    def _part(self, part: object) -> object:
        inner = isinstance(part, CodeType) and id(part) in self._chosen
        return self.moved(part) if inner else part  # type: ignore[arg-type]  # seen to be code
