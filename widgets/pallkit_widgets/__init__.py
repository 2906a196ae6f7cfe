"""What a person touches in a notebook or a Voila page: case player, calculator, answer box.

Training on invented patients; not clinical decision support. Python decides and the
browser shows: a widget sends one dict, ``view``, already in the reader's language, and
takes only the messages it declares (:mod:`pallkit_widgets.shared.base`).
"""

from __future__ import annotations

from pallkit_widgets.answer_box import AnswerBox
from pallkit_widgets.calculator import OpioidCalculator
from pallkit_widgets.case_player import CasePlayer
from pallkit_widgets.practice_tasks import PracticeTasks
from pallkit_widgets.preflight import Preflight
from pallkit_widgets.pump_calculator import PumpCalculator
from pallkit_widgets.ratio_set_browser import RatioSetBrowser

__all__ = [
    "AnswerBox",
    "CasePlayer",
    "OpioidCalculator",
    "PracticeTasks",
    "Preflight",
    "PumpCalculator",
    "RatioSetBrowser",
]
