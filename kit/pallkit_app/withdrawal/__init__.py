"""Sign, replace and withdraw cases and ratio sets, and find what has used them.

What is withdrawn stays at its address and says so. The files are changed in place: what an
author wrote, and how, stays as it is beside the one key that is put in.
"""

from __future__ import annotations
