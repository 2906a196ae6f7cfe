"""Ratio sets from outside the case bank: a local hospital's own table, for practice.

A local set is one YAML file in the format of ``casebank/ratio_sets``. It is named by its
path, or by its id when it lies in the folder that ``PALLKIT_SETS`` names, or that ``sets:``
names in ``pallkit/config.yaml`` below the user's configuration folder. Every answer by it
says that it is a practice table.
"""

from __future__ import annotations

from pallkit_app.sets.finding import find_set, known_sets, local_paths, sets_folder
from pallkit_app.sets.reading import read_set

__all__ = ["find_set", "known_sets", "local_paths", "read_set", "sets_folder"]
