"""Run the code of hand-ins where it can harm nothing: namespaces, limits, a warm process.

::

    grader (trusted, owns the gradebook)
      └ warm    imports pandas and IPython once; sees no key and no hand-in
          └ keeper  one a hand-in: leaves its namespaces, reports the end
              └ init    makes the file system, gives up root
                  └ learner   runs the cells; what it says is data, and is not believed

Linux only. Where a cage cannot be built, :class:`SandboxError` says so; nothing ever runs
without one.
"""

from __future__ import annotations

from pallkit_grading.sandbox.limits import CUT, WALLS, Limits, Wall
from pallkit_grading.sandbox.opened import (
    Cage,
    CageEndedError,
    Ended,
    Ran,
    SandboxError,
    Value,
)
from pallkit_grading.sandbox.sandbox import PRELOADED, Sandbox

__all__ = [
    "CUT",
    "PRELOADED",
    "WALLS",
    "Cage",
    "CageEndedError",
    "Ended",
    "Limits",
    "Ran",
    "Sandbox",
    "SandboxError",
    "Value",
    "Wall",
]
