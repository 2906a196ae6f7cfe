"""Patient cases: the format, playing one, and looking back on it.

The decision log is the only truth. :func:`replay` recomputes the state, the score and
the path from it; :func:`debrief` adds what the untaken branches would have given.
"""

from __future__ import annotations

from pallkit.cases.debrief import Alternative, Debrief, Passage, debrief
from pallkit.cases.model import Case, load, structure
from pallkit.cases.play import begin, play, replay
from pallkit.cases.prose import Prose, prose
from pallkit.cases.state import Event, State

__all__ = [
    "Alternative",
    "Case",
    "Debrief",
    "Event",
    "Passage",
    "Prose",
    "State",
    "begin",
    "debrief",
    "load",
    "play",
    "prose",
    "replay",
    "structure",
]
