"""The static player shows, step by step, exactly what the case player shows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.app.exchange.static_player import model_of, play_static
from tests.app.exchange.walks import best_way, distinct_ways
from tests.kit.rich_bank import RICH, rich_bank
from tests.kit.test_case_view import PLAYED
from tests.widgets.browser import send

from pallkit import content
from pallkit.cases import load
from pallkit.cases.values import Level
from pallkit.i18n import LANGUAGES, Language
from pallkit_widgets import CasePlayer


@pytest.fixture
def bank(tmp_path: Path) -> Iterator[Path]:
    with rich_bank(tmp_path / "bank") as folder:
        yield folder


def decided(made: list[dict[str, str]]) -> list[dict[str, Any]]:
    return [{"type": "decide", "decision": decision} for decision in made]


def shown(case_id: str, lang: Language, level: Level | None, way: list[Any]) -> list[Any]:
    """What the widget shows at first and after each message."""
    player = CasePlayer(case_id, lang, level)
    player._may_choose = False  # a package is made at one level
    player._paint()
    views = [player.view, *(send(player, message) for message in way)]
    return [{key: part for key, part in view.items() if key != "turn"} for view in views]


def compare(
    case_id: str, lang: Language, ways: list[list[Any]], folder: Path, level: Level | None = None
) -> None:
    told = play_static(model_of(case_id, lang, level), ways, folder)
    for way, views in zip(ways, told, strict=True):
        for wanted, view in zip(shown(case_id, lang, level, way), views, strict=True):
            assert view == wanted


@pytest.mark.parametrize("case_id", content.case_ids())
def test_every_case_is_shown_as_the_case_player_shows_it(
    case_id: str, tmp_path: Path, *, whole: bool
) -> None:
    case = load(case_id)
    for level in case.open_levels if whole else [case.level]:
        ways = [best_way(case_id, level), *distinct_ways(case, "shown", 40 if whole else 1, level)]
        compare(case_id, "nb", [decided(made) for made in ways], tmp_path, level)


@pytest.mark.usefixtures("bank")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_so_is_the_case_with_every_kind_of_step_in_every_language(
    lang: Language, tmp_path: Path
) -> None:
    ways = [PLAYED, *distinct_ways(load(RICH), f"shown {lang}", 6, "C")]
    compare(RICH, lang, [decided(made) for made in ways], tmp_path, "C")


@pytest.mark.usefixtures("bank")
def test_decisions_are_taken_back_and_the_case_begun_again_in_the_same_way(tmp_path: Path) -> None:
    back, again = {"type": "undo"}, {"type": "restart"}
    way = [back, *decided(PLAYED[:5]), back, back, *decided(PLAYED[3:6]), again, back]
    compare(RICH, "nb", [[*way, *decided(PLAYED), back]], tmp_path)


def test_ids_that_are_numbers_keep_their_order(bank: Path, tmp_path: Path) -> None:
    for name in ("case", "nb"):
        place = bank / "cases" / RICH / f"{name}.json"
        text = place.read_text("utf-8")
        for word, number in (
            ("pust", "20"),
            ("sovn", "3"),
            ("vanlig", "9"),
            ("for-spesialist", "7"),
        ):
            text = text.replace(f'"{word}"', f'"{number}"')
        place.write_text(text, "utf-8")
    case = load(RICH)
    assert case.by_id["tegn"].picks[0].id == "20"  # type: ignore[union-attr]  # the multi step
    ways = [decided(made) for made in distinct_ways(case, "numbers", 3, "C")]
    compare(RICH, "nb", ways, tmp_path, "C")
