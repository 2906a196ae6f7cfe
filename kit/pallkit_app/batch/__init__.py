"""Many generated doses at once, in a pandas frame or in a CSV file. For generated regimens only.

Training on invented patients; not clinical decision support. A table with a column that looks
like a name, a birth date or an id is refused before anything is computed.
"""

from __future__ import annotations

from pallkit_app.batch.frame import omeq_frame
from pallkit_app.batch.personal import FrameError, refuse_personal
from pallkit_app.dose_columns import ADDED, GIVEN

__all__ = ["ADDED", "GIVEN", "FrameError", "omeq_frame", "refuse_personal"]
