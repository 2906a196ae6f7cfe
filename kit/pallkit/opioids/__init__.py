"""Equianalgesic arithmetic for teaching: count opioids, change them, show every step.

Training on invented patients; not clinical decision support. Figures come from named and
dated ratio sets only. Direction, spread and bands are a source's own; what it does not
support is a :class:`Refusal` with a reason, never 0 and never a guess.
"""

from __future__ import annotations

from pallkit.opioids.added import added_ratio_sets
from pallkit.opioids.comparing import Compared, compare, spread
from pallkit.opioids.conversion import Conversion
from pallkit.opioids.counting import Omeq, omeq
from pallkit.opioids.mistakes import Diagnosis, Mistake, diagnose, mistakes
from pallkit.opioids.notes import Note, Says, Situation, all_notes, notes, situation_of
from pallkit.opioids.questions import Question
from pallkit.opioids.ranges import Range
from pallkit.opioids.ratio_sets import ORAL_MORPHINE, RatioSet, ratio_set, ratio_set_ids
from pallkit.opioids.reductions import (
    Reduction,
    ReductionRule,
    read_reduction,
    reduction_rule,
    reduction_rules,
)
from pallkit.opioids.rescue import (
    Rescue,
    RescueRule,
    rescue,
    rescue_for,
    rescue_rule,
    rescue_rules,
)
from pallkit.opioids.results import CHOSEN, STAND_INS, Receipt, Refusal, Step
from pallkit.opioids.rows import Direction, Row
from pallkit.opioids.soundness import Flaw, flaws
from pallkit.opioids.strengths import (
    Drawn,
    Product,
    Rounded,
    draw,
    products,
    round_answer,
    round_down,
)
from pallkit.opioids.switching import convert
from pallkit.opioids.tasks import Distractor, Task, make_task, make_tasks
from pallkit.opioids.view_standing import standing_view

__all__ = [
    "CHOSEN",
    "ORAL_MORPHINE",
    "STAND_INS",
    "Compared",
    "Conversion",
    "Diagnosis",
    "Direction",
    "Distractor",
    "Drawn",
    "Flaw",
    "Mistake",
    "Note",
    "Omeq",
    "Product",
    "Question",
    "Range",
    "RatioSet",
    "Receipt",
    "Reduction",
    "ReductionRule",
    "Refusal",
    "Rescue",
    "RescueRule",
    "Rounded",
    "Row",
    "Says",
    "Situation",
    "Step",
    "Task",
    "added_ratio_sets",
    "all_notes",
    "compare",
    "convert",
    "diagnose",
    "draw",
    "flaws",
    "make_task",
    "make_tasks",
    "mistakes",
    "notes",
    "omeq",
    "products",
    "ratio_set",
    "ratio_set_ids",
    "read_reduction",
    "reduction_rule",
    "reduction_rules",
    "rescue",
    "rescue_for",
    "rescue_rule",
    "rescue_rules",
    "round_answer",
    "round_down",
    "situation_of",
    "spread",
    "standing_view",
]
