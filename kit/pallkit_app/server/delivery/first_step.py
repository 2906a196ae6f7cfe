"""The first step of a case, to be read while the player is on its way."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pallkit import content
from pallkit.cases import load
from pallkit.cases.view import player_view
from pallkit.i18n import Language


def first_step(case_id: str, lang: Language, level: str) -> Mapping[str, Any]:
    """What the player will show first: "title", "html", "ask" and "options".

    ``level`` is as it was asked for: one the case does not have counts as none.
    """
    return _first_step(case_id, lang, level, content.edition())


@lru_cache(maxsize=1000)
def _first_step(case_id: str, lang: Language, level: str, _edition: object) -> Mapping[str, Any]:
    known = next((one for one in load(case_id).open_levels if one == level), None)
    step: Mapping[str, Any] = player_view(case_id, (), lang, level=known)["step"]
    return step
